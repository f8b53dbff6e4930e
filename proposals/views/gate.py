from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.http import PersonRequest
from proposals.gate_page import gate_page
from proposals.pages import standing_at
from proposals.views.fetch import proposal_of


@require_GET
def proposal_gate(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    page = gate_page(standing_at(request, proposal, now=now), now=now)
    return render(request, "proposals/proposal_gate.html", {"proposal": proposal, "page": page})
