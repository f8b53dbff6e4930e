from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.http import PersonRequest
from proposals.overview import KINDS, overview_of
from proposals.views.fetch import proposal_of


@require_GET
def proposal_overview(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    context = {"proposal": proposal, "overview": overview_of(proposal), "kinds": KINDS}
    return render(request, "proposals/proposal_overview.html", context)
