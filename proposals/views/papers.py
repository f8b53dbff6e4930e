"""Papers: each as a page that prints, and as a PDF."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from people.http import PersonRequest
from people.roles import Role
from proposals.models import Decision
from proposals.papers import decree_odt, decree_of, minutes_of, sheet_of
from proposals.papers.odt import MIME as ODT
from proposals.rules import may_draft_decree, may_read_meeting, may_read_minutes
from proposals.views.exports import attached
from voting.models import Poll
from voting.rules import heads_any, lineage_of
from web.pdf import may_make_pdf, pdf_of

PDF = "application/pdf"
SHEET = "web/paper.css"


@require_GET
def minutes(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = _poll_of(request, pk)
    return _page(request, poll, "minutes", _("Berita acara"), _minutes(poll))


@require_GET
def minutes_pdf(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _pdf("minutes", f"berita-acara-{pk}", _minutes(_poll_of(request, pk)))


@require_GET
def attendance(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = _poll_of(request, pk)
    return _page(request, poll, "attendance", _("Daftar hadir"), _meeting(request, poll))


@require_GET
def attendance_pdf(request: PersonRequest, pk: UUID) -> HttpResponse:
    context = _meeting(request, _poll_of(request, pk))
    return _pdf("attendance", f"daftar-hadir-{pk}", context)


@require_GET
def notes(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = _poll_of(request, pk)
    return _page(request, poll, "notes", _("Notula"), _meeting(request, poll))


@require_GET
def notes_pdf(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _pdf("notes", f"notula-{pk}", _meeting(request, _poll_of(request, pk)))


@require_GET
def decree_download(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = _poll_of(request, pk)
    adopted = list(Decision.objects.adopted_after(poll))
    is_head = heads_any(request.roles, lineage_of(poll.scope))
    may_draft_decree(request.roles, is_head=is_head, adopted=len(adopted)).require()
    draft = decree_odt(decree_of(poll, adopted), now=timezone.now())
    return attached(draft, ODT, f"rancangan-keputusan-{pk}.odt")


def _poll_of(request: PersonRequest, pk: UUID) -> Poll:
    polls = Poll.objects.visible_to(request.user).for_pages().select_related("opened_by")
    return get_object_or_404(polls, pk=pk)


def _minutes(poll: Poll) -> dict[str, Any]:
    may_read_minutes(poll).require()
    return {"paper": minutes_of(poll)}


def _meeting(request: PersonRequest, poll: Poll) -> dict[str, Any]:
    """Both papers of a meeting. Raises Http404 where there was none, Refused."""
    meeting = getattr(poll, "meeting", None)
    if meeting is None:
        raise Http404
    may_read_meeting(
        request.user,
        request.roles,
        meeting,
        is_head=heads_any(request.roles, lineage_of(poll.scope)),
        is_elector=poll.elector_of(request.user) is not None,
    ).require()
    return {
        "paper": sheet_of(meeting, shows_nip=request.roles.has(Role.ADMINISTRATOR)),
        "tallies": minutes_of(poll).tallies if may_read_minutes(poll) else [],
    }


def _page(
    request: PersonRequest, poll: Poll, name: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    whole = context | {
        "poll": poll,
        "title": title,
        "body": f"proposals/papers/_{name}.html",
        "pdf_address": reverse(f"proposals:{name}-pdf", args=[poll.pk]),
        "may_make_pdf": may_make_pdf(),
    }
    return render(request, "proposals/papers/paper.html", whole)


def _pdf(name: str, file_name: str, context: dict[str, Any]) -> HttpResponse:
    whole = context | {"title": file_name, "body": f"proposals/papers/_{name}.html"}
    html = render_to_string("proposals/papers/pdf.html", whole)
    return attached(pdf_of(html, stylesheet=SHEET), PDF, f"{file_name}.pdf")
