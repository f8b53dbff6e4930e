"""What a draft would do to the units of its scope, for those who may see the draft."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from indicators.forms import ImpactForm
from indicators.impact import LEAST_PEOPLE, POINTS
from indicators.models import IndicatorSet
from indicators.previews import preview_of
from indicators.rules import may_import_actuals
from people.http import PersonRequest


@require_GET
def set_impact(request: PersonRequest, pk: UUID) -> HttpResponse:
    sets = IndicatorSet.objects.visible_to(request.roles).unpublished()
    indicator_set = get_object_or_404(sets, pk=pk)
    preview = preview_of(indicator_set, year=ImpactForm(request.GET).asked)
    context = {
        "set": indicator_set,
        "preview": preview,
        "form": ImpactForm(initial={"year": preview.year}, years=preview.years),
        "points": POINTS,
        "least_people": LEAST_PEOPLE,
        "may_import": may_import_actuals(request.roles),
    }
    return render(request, "indicators/set_impact.html", context)
