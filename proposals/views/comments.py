from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.http import PersonRequest
from proposals import actions
from proposals.forms import AnswerForm, CommentForm, ReplyForm
from proposals.models import Comment
from proposals.pages import crowd_offered, standing_at
from proposals.rules import may_answer, may_comment, may_read
from proposals.views.fetch import comment_of, proposal_of, show_errors, to_comment
from proposals.views.proposals import detail_page


@require_POST
def comment_add(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    standing = standing_at(request, proposal, now=timezone.now())
    form = CommentForm(request.POST, crowd=crowd_offered(standing))
    if form.is_valid():
        try:
            comment = actions.comment_add(
                actor=request.user, proposal=proposal, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Tanggapan Anda tercatat."))
            return to_comment(comment)
    return detail_page(request, proposal, comment_form=form)


@require_http_methods(["GET", "POST"])
def comment_reply(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    parent = comment_of(request, pk)
    proposal = proposal_of(request, parent.proposal_id)
    standing = standing_at(request, proposal, now=now)
    may_comment(standing).require()
    form = ReplyForm(request.POST or None, crowd=crowd_offered(standing))
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
            return to_comment(comment)
    context = {"form": form, "comment": parent, "shows_words": may_read(standing, parent)}
    return render(request, "proposals/comment_reply.html", context)


@require_http_methods(["GET", "POST"])
def comment_answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    comment = comment_of(request, pk)
    proposal = proposal_of(request, comment.proposal_id)
    standing = standing_at(request, proposal, now=now)
    may_answer(standing, comment).require()
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
            return to_comment(comment)
    context = {
        "form": form,
        "comment": comment,
        "proposal": proposal,
        "shows_words": may_read(standing, comment),
    }
    return render(request, "proposals/comment_answer.html", context)
