"""Where all proposals stand, and how well the deliberation goes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.http import PersonRequest
from proposals.dashboard import dashboard_of
from proposals.health import process_health
from proposals.models import Proposal


@require_GET
def dashboard(request: PersonRequest) -> HttpResponse:
    visible = Proposal.objects.visible_to(request.user, request.roles)
    context = {"dashboard": dashboard_of(visible, now=timezone.now())}
    return render(request, "proposals/dashboard.html", context)


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    city, *rounds = process_health(now=timezone.now())
    medians = [
        (one.round.title, one.median_days)
        for one in rounds
        if one.round is not None and one.median_days is not None
    ]
    context = {"city": city, "rounds": rounds, "medians": medians}
    return render(request, "proposals/health.html", context)
