from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.http import PersonRequest
from proposals import actions
from proposals.actions.comments import kinds_left
from proposals.forms import EditForm, HideForm, PaperForm
from proposals.history import versions_of
from proposals.mentions import names_offered
from proposals.pages import standing_at, thread_at
from proposals.rules import may_comment, may_copy_paper, may_edit, may_hide, may_read
from proposals.views.fetch import comment_of, proposal_of, show_errors


@require_GET
def comment_thread(request: PersonRequest, pk: UUID) -> HttpResponse:
    comment = comment_of(request, pk)
    if comment.parent_id is not None:
        return redirect(comment.url)
    proposal = proposal_of(request, comment.proposal_id)
    thread = thread_at(request, proposal, now=timezone.now())
    context = {
        "proposal": proposal,
        "line": thread.whole(comment),
        "may_comment": may_comment(thread.standing),
    }
    template = "proposals/comment_thread.html"
    if request.htmx:
        template = "proposals/_comment.html"
    return render(request, template, context | {"comment": comment})


@require_GET
def comment_versions(request: PersonRequest, pk: UUID) -> HttpResponse:
    comment = comment_of(request, pk)
    proposal = proposal_of(request, comment.proposal_id)
    shows_words = may_read(standing_at(request, proposal, now=timezone.now()), comment)
    context = {
        "proposal": proposal,
        "comment": comment,
        "shows_words": shows_words,
        "steps": versions_of(comment) if shows_words else [],
    }
    return render(request, "proposals/comment_versions.html", context)


@require_http_methods(["GET", "POST"])
def comment_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    comment = comment_of(request, pk)
    proposal = proposal_of(request, comment.proposal_id)
    may_edit(standing_at(request, proposal, now=now), comment).require()
    form = EditForm(request.POST or None, comment=comment, kinds=kinds_left(comment))
    if form.is_valid():
        try:
            actions.comment_edit(actor=request.user, comment=comment, now=now, **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Perubahan tersimpan; teks sebelumnya tetap dapat dibaca."))
            return redirect(comment.url)
    context = {"form": form, "comment": comment, "proposal": proposal}
    return render(request, "proposals/comment_edit.html", context)


@require_http_methods(["GET", "POST"])
def comment_hide(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    comment = comment_of(request, pk)
    proposal = proposal_of(request, comment.proposal_id)
    may_hide(standing_at(request, proposal, now=now), comment).require()
    form = HideForm(request.POST or None)
    if form.is_valid():
        try:
            actions.comment_hide(actor=request.user, comment=comment, now=now, **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Tanggapan disembunyikan; alasannya tampil di tempatnya."))
            return redirect(comment.url)
    context = {"form": form, "comment": comment, "proposal": proposal, "shows_words": True}
    return render(request, "proposals/comment_hide.html", context)


@require_POST
def comment_show(request: PersonRequest, pk: UUID) -> HttpResponse:
    comment = comment_of(request, pk)
    actions.comment_show(actor=request.user, comment=comment, now=timezone.now())
    messages.success(request, _("Tanggapan ditampilkan kembali."))
    return redirect(comment.url)


@require_POST
def comment_react(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    comment = comment_of(request, pk)
    try:
        actions.reaction_set(
            actor=request.user, comment=comment, kind=request.POST.get("kind", ""), now=now
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    if not request.htmx:
        return redirect(comment.url)
    proposal = proposal_of(request, comment.proposal_id)
    line = thread_at(request, proposal, now=now).whole(comment)
    return render(request, "proposals/_reactions.html", {"line": line, "comment": comment})


@require_http_methods(["GET", "POST"])
def paper_add(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    may_copy_paper(standing_at(request, proposal, now=now)).require()
    form = PaperForm(request.POST or None)
    if form.is_valid():
        try:
            comment = actions.paper_add(
                actor=request.user, proposal=proposal, now=now, **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Tanggapan dari kertas tercatat."))
            return redirect(comment.url)
    context = {"form": form, "proposal": proposal}
    return render(request, "proposals/comment_paper.html", context)


@require_POST
def mention_names(request: PersonRequest) -> HttpResponse:
    return render(
        request,
        "proposals/_mention_names.html",
        {"names": names_offered(request.POST.get("mention", ""))},
    )
