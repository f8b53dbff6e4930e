from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from indicators.models import Publication
from people.models import Person
from proposals.asks import asks_of
from proposals.models import Proposal, Round
from proposals.pages import news_mark


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    publications = Publication.objects.light()[:3]
    if not isinstance(request.user, Person):
        return render(request, "proposals/home_visitor.html", {"publications": publications})
    roles = request.roles  # type: ignore[attr-defined]
    latest = list(Proposal.objects.visible_to(request.user, roles).for_list()[:6])
    news_mark(request.user, latest)
    return render(
        request,
        "proposals/home.html",
        {
            "asks": asks_of(request.user, roles, now=now),
            "latest": latest,
            "rounds": Round.objects.open_at(now).for_unit(request.user.unit).with_counts(),
            "publications": publications,
        },
    )
