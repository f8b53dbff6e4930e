from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.http import PersonRequest
from proposals import actions
from proposals.forms import AnswerForm, CommentForm, ReplyForm
from proposals.models import Comment
from proposals.pages import standing_at
from proposals.rules import may_answer, may_comment
from proposals.views.fetch import comment_of, proposal_of, show_errors
from proposals.views.proposals import detail_page


def _to_comment(comment: Comment) -> HttpResponse:
    url = reverse("proposals:detail", args=[comment.proposal_id])
    return redirect(f"{url}#comment-{comment.parent_id or comment.pk}")


@require_POST
def comment_add(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            comment = actions.comment_add(
                actor=request.user, proposal=proposal, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Tanggapan Anda tercatat."))
            return _to_comment(comment)
    return detail_page(request, proposal, comment_form=form)


@require_http_methods(["GET", "POST"])
def comment_reply(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    parent = comment_of(request, pk)
    proposal = proposal_of(request, parent.proposal_id)
    may_comment(standing_at(request, proposal, now=now)).require()
    form = ReplyForm(request.POST or None)
    if form.is_valid():
        try:
            comment = actions.comment_add(
                actor=request.user,
                proposal=proposal,
                kind=Comment.Kind.REPLY,
                parent=parent,
                now=now,
                **form.cleaned_data,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Balasan Anda tercatat."))
            return _to_comment(comment)
    return render(request, "proposals/comment_reply.html", {"form": form, "comment": parent})


@require_http_methods(["GET", "POST"])
def comment_answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    comment = comment_of(request, pk)
    proposal = proposal_of(request, comment.proposal_id)
    may_answer(standing_at(request, proposal, now=now), comment).require()
    form = AnswerForm(request.POST or None, comment=comment)
    if form.is_valid():
        try:
            actions.comment_answer(
                actor=request.user, comment=comment, now=now, **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Tindak lanjut tercatat; penanggap diberi tahu."))
            return _to_comment(comment)
    context = {"form": form, "comment": comment, "proposal": proposal}
    return render(request, "proposals/comment_answer.html", context)
