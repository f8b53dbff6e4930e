import json
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.http import PersonRequest
from proposals.debate import debate_document, decisions_on, votes_on
from proposals.history import history_of
from proposals.reviewing import summaries_of
from proposals.shown import whole_debate
from proposals.text import parts_of, text_content, unit_names
from proposals.views.fetch import proposal_of
from proposals.workbook import debate_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def proposal_print(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    context = {
        "proposal": proposal,
        "parts": parts_of(text_content(proposal.record), unit_names(), blank=False),
        "history": history_of(proposal),
        "threads": whole_debate(proposal),
        "summaries": summaries_of(proposal),
        "votes": votes_on(proposal),
        "decisions": decisions_on(proposal),
        "stage_changes": proposal.stage_changes.select_related("by"),
        "protests": proposal.protests.select_related("author"),
        "printed_at": timezone.now(),
    }
    return render(request, "proposals/proposal_print.html", context)


@require_GET
def debate_json(request: PersonRequest, pk: UUID) -> HttpResponse:
    document = debate_document(proposal_of(request, pk))
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return attached(text.encode(), "application/json", f"usulan-{pk}.json")


@require_GET
def debate_xlsx(request: PersonRequest, pk: UUID) -> HttpResponse:
    document = debate_document(proposal_of(request, pk))
    return attached(debate_workbook(document), XLSX, f"usulan-{pk}.xlsx")


def attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be kept, never shown in its place."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
