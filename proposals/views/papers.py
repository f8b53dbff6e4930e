from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.http import PersonRequest
from proposals.models import Decision
from proposals.papers import decree_odt, decree_of, minutes_of
from proposals.papers.odt import MIME as ODT
from proposals.rules import may_draft_decree, may_read_minutes
from proposals.views.exports import attached
from voting.models import Poll
from voting.rules import heads_any, lineage_of
from web.pdf import may_make_pdf, pdf_of

PDF = "application/pdf"
SHEET = "web/paper.css"


@require_GET
def minutes(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = _poll_of(request, pk)
    may_read_minutes(poll).require()
    context = {"poll": poll, "paper": minutes_of(poll), "may_make_pdf": may_make_pdf()}
    return render(request, "proposals/papers/minutes.html", context)


@require_GET
def minutes_pdf(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = _poll_of(request, pk)
    may_read_minutes(poll).require()
    paper = {"paper": minutes_of(poll), "body": "proposals/papers/_minutes.html"}
    html = render_to_string("proposals/papers/pdf.html", paper)
    return attached(pdf_of(html, stylesheet=SHEET), PDF, f"berita-acara-{pk}.pdf")


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
