"""How views fetch: what one may not see is not there (404)."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from people.http import PersonRequest
from proposals.models import Comment, Evidence, Invitation, Proposal, Pseudonym, Unsealing
from proposals.rules import may_request_unsealing
from web.pages import PER_PAGE


def proposal_of(request: PersonRequest, pk: UUID) -> Proposal:
    """A proposal that the reader may see, with all that its page shows. Raises Http404."""
    visible = Proposal.objects.visible_to(request.user, request.roles).for_detail()
    return get_object_or_404(visible, pk=pk)


def comment_of(request: PersonRequest, pk: UUID) -> Comment:
    """A comment on a proposal that the reader may see. Raises Http404."""
    comments = Comment.objects.for_thread().visible_to(request.user, request.roles)
    return get_object_or_404(comments.select_related("proposal__record"), pk=pk)


def pseudonym_of(request: PersonRequest, pk: UUID) -> tuple[Pseudonym, Unsealing | None]:
    """A pseudonym and its opening, for those who may open it. Raises Http404."""
    if not may_request_unsealing(request.roles, None):
        raise Http404
    known = Pseudonym.objects.select_related("proposal__record").prefetch_related("unsealings")
    pseudonym = get_object_or_404(known, pk=pk)
    return pseudonym, next(iter(pseudonym.unsealings.all()), None)


def evidence_of(request: PersonRequest, pk: UUID) -> Evidence:
    """A file of a proposal that the reader may see. Raises Http404."""
    visible = Proposal.objects.visible_to(request.user, request.roles)
    return get_object_or_404(Evidence.objects.kept().of_proposals(visible), pk=pk)


def invitation_of(request: PersonRequest, pk: UUID) -> Invitation:
    """An invitation that the reader sent or received. Raises Http404."""
    return get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)


def to_comment(comment: Comment) -> HttpResponseRedirect:
    """Back to where a comment stands: on its proposal's page, a reply on the page of its thread."""
    if comment.parent_id is not None:
        return HttpResponseRedirect(comment.url)
    number = Comment.objects.roots_before(comment).count() // PER_PAGE + 1
    place = reverse("proposals:detail", args=[comment.proposal_id])
    page = f"?page={number}" if number > 1 else ""
    return HttpResponseRedirect(f"{place}{page}#comment-{comment.pk}")


def show_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put an action's ValidationError beside the fields that the form has, else on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


def whole(text: str | None) -> int:
    """A whole number that an address or a hidden field holds; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
