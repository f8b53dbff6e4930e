"""Pages on which a published indicator is rated by those it measures, and reviewed at its date."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from indicators import actions, rules
from indicators.aftercare import Aftercare, aftercare_of
from indicators.forms import RatingForm, ReviewForm
from indicators.models import IndicatorVersion, Rating
from indicators.models.aftercare import LEAST_RATERS
from indicators.reviewing import review_date_of
from indicators.units import UnitTree
from people.http import PersonRequest
from people.models import Person


def shown_to(request: HttpRequest, code: str) -> Aftercare | None:
    """What an indicator's page tells this reader of its life after publication."""
    person = request.user if isinstance(request.user, Person) else None
    roles = request.roles if person else None  # type: ignore[attr-defined]
    return aftercare_of(code, person, roles, now=timezone.now())


@never_cache
@sensitive_post_parameters()
@sensitive_variables("form", "own")
@require_http_methods(["GET", "POST"])
def indicator_rate(request: PersonRequest, code: str) -> HttpResponse:
    """One's own rating alone is read here; nobody else's ever is."""
    version = get_object_or_404(IndicatorVersion.objects.in_force(), indicator__code=code)
    rules.may_rate(request.user, version, UnitTree.current()).require()
    own = Rating.objects.by(request.user, version)
    initial = {"control": own.control, "burden": own.burden} if own else {}
    form = RatingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.rating_give(
            actor=request.user,
            code=code,
            control=form.cleaned_data["control"],
            burden=form.cleaned_data["burden"],
        )
        messages.success(request, _("Penilaian Anda disimpan. Anda dapat mengubahnya."))
        return redirect("indicators:indicator", code)
    context = {"version": version, "form": form, "own": own, "least": LEAST_RATERS}
    return render(request, "indicators/indicator_rate.html", context)


@require_http_methods(["GET", "POST"])
def indicator_review(request: PersonRequest, code: str) -> HttpResponse:
    now = timezone.now()
    versions = IndicatorVersion.objects.in_use().with_reviews()
    version = get_object_or_404(versions, indicator__code=code)
    review = review_date_of(version, today=timezone.localdate(now))
    rules.may_review(request.user, request.roles, version, review).require()
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_record(
                actor=request.user, code=code, reason=form.cleaned_data["reason"], now=now
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Tinjauan disimpan; tanggal berikutnya dihitung dari hari ini.")
            )
            return redirect("indicators:indicator", code)
    context = {"version": version, "review": review, "form": form}
    return render(request, "indicators/indicator_review.html", context)
