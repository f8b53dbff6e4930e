from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.verdict import Refused
from people.http import PersonRequest
from proposals import actions
from proposals.forms import AdoptWordingForm, AnswerReplyForm, SuggestionForm
from proposals.models import Comment, PseudonymAuthor
from proposals.pages import crowd_offered, standing_at
from proposals.rules import may_adopt_wording, may_comment, may_read, may_reply_to_answer
from proposals.said import said_of
from proposals.text import text_content
from proposals.views.fetch import comment_of, proposal_of, show_errors, to_comment, whole
from proposals.wording import SUGGESTIBLE, typed_wording, wording_diff, wording_of, written_wording
from web.pages import page_of


@require_http_methods(["GET", "POST"])
def suggestion_create(request: PersonRequest, pk: UUID, field: str) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    if field not in SUGGESTIBLE:
        raise Http404
    standing = standing_at(request, proposal, now=now)
    may_comment(standing).require()
    about, content = SUGGESTIBLE[field], text_content(proposal.record)
    present = typed_wording(about, wording_of(about, content))
    form = SuggestionForm(
        request.POST or None,
        field=about,
        initial={"wording": present},
        crowd=crowd_offered(standing),
    )
    if form.is_valid():
        try:
            comment = actions.suggestion_add(
                actor=request.user, proposal=proposal, field=field, now=now, **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Usulan rumusan Anda tercatat; pengusul diberi tahu."))
            return to_comment(comment)
    context = {
        "form": form,
        "proposal": proposal,
        "about": about,
        "present": written_wording(about, content, wording_of(about, content)),
    }
    return render(request, "proposals/suggestion_create.html", context)


@require_http_methods(["GET", "POST"])
def suggestion_adopt(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    comment = comment_of(request, pk)
    proposal = proposal_of(request, comment.proposal_id)
    may_adopt_wording(standing_at(request, proposal, now=now), comment).require()
    about, content = SUGGESTIBLE[comment.field], text_content(proposal.record)
    latest = proposal.revisions.latest("number")
    typed = {"wording": typed_wording(about, comment.wording)}
    form = AdoptWordingForm(request.POST or None, field=about, initial=typed)
    if form.is_valid():
        try:
            answer = actions.suggestion_adopt(
                actor=request.user,
                comment=comment,
                based_on=whole(request.POST.get("based_on")),
                now=now,
                **form.cleaned_data,
            )
        except (ValidationError, Refused) as error:
            problem = ValidationError(str(error)) if isinstance(error, Refused) else error
            show_errors(form, problem)
        else:
            number = answer.revision.number if answer.revision else 0
            messages.success(request, _("Revisi %(n)d memuat usulan rumusan ini.") % {"n": number})
            return to_comment(comment)
    pinned = text_content(comment.revision.text)
    context = {
        "form": form,
        "comment": comment,
        "proposal": proposal,
        "about": about,
        "based_on": latest.number,
        "diff": wording_diff(about, content, comment.wording),
        "has_moved": wording_of(about, pinned) != wording_of(about, content),
        "moved": wording_diff(about, pinned, wording_of(about, content)),
    }
    return render(request, "proposals/suggestion_adopt.html", context)


@require_http_methods(["GET", "POST"])
def disposition_reply(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    comment = comment_of(request, pk)
    proposal = proposal_of(request, comment.proposal_id)
    may_reply_to_answer(standing_at(request, proposal, now=now), comment).require()
    form = AnswerReplyForm(request.POST or None)
    if form.is_valid():
        try:
            actions.disposition_reply(
                actor=request.user, comment=comment, now=now, **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Jawaban Anda tercatat dan akan tercetak di surat suara."))
            return to_comment(comment)
    context = {"form": form, "comment": comment, "proposal": proposal}
    return render(request, "proposals/disposition_reply.html", context)


@require_GET
def said_list(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    standing = standing_at(request, proposal, now=timezone.now())
    comments = proposal.comments.with_answers()
    page = page_of(request, comments)
    context = {
        "proposal": proposal,
        "page": page,
        "said": said_of(
            page,
            is_own=standing.said,
            shows_words=lambda comment: may_read(standing, comment),
        ),
        "outcomes": comments.outcomes(),
    }
    return render(request, "proposals/said_list.html", context)


@require_GET
def said_by_me(request: PersonRequest) -> HttpResponse:
    own = Comment.objects.words_of(request.user, PseudonymAuthor.objects.keys_of(request.user))
    comments = own.visible_to(request.user, request.roles).with_answers()
    page = page_of(request, comments.order_by("-created_at", "pk"))
    said = said_of(page, is_own=lambda comment: True, shows_words=lambda comment: True)
    context = {"page": page, "said": said, "outcomes": comments.outcomes()}
    return render(request, "proposals/said_by_me.html", context)
