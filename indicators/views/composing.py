"""Pages on which a facilitator composes a set and the publisher publishes it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indicators import actions, rules
from indicators.composition import Composition, composition_of
from indicators.forms import (
    DetailsForm,
    DraftForm,
    FollowsForm,
    PublishForm,
    ReturnForm,
    ShareOutForm,
    TakeWeightsForm,
    WeightsForm,
)
from indicators.models import IndicatorSet, IndicatorVersion, Publication
from indicators.pages import changes_by_indicator, offers_of, rows_of
from people.http import PersonRequest
from web.pages import page_of


@require_GET
def draft_list(request: PersonRequest) -> HttpResponse:
    rules.may_see_drafts(request.roles).require()
    context = {
        "page": page_of(request, IndicatorSet.objects.visible_to(request.roles).unpublished()),
        "may_draft": rules.may_draft(request.roles),
        "may_import": rules.may_import_actuals(request.roles),
    }
    return render(request, "indicators/draft_list.html", context)


@require_http_methods(["GET", "POST"])
def draft_create(request: PersonRequest) -> HttpResponse:
    rules.may_draft(request.roles).require()
    now = timezone.now()
    form = DraftForm(request.POST or None, initial=_beginning(request, timezone.localdate(now)))
    if request.method == "POST" and form.is_valid():
        indicator_set = actions.set_draft(
            actor=request.user,
            scope=form.cleaned_data["scope"],
            details=form.details,
            submission=form.cleaned_data["submission"],
            now=now,
        )
        messages.success(request, _("Draf set dibuat. Pilih indikator dan bobotnya."))
        return redirect("indicators:compose", indicator_set.pk)
    return render(request, "indicators/draft_create.html", {"form": form})


def _beginning(request: PersonRequest, today: date) -> dict[str, object]:
    """What a new draft is offered: this year, or the period of the set that it follows."""
    form = FollowsForm(request.GET)
    followed = form.cleaned_data["follows"] if form.is_valid() else None
    if followed is None:
        return _whole_year(today.year)
    return {
        "scope": followed.scope_id,
        "year": followed.year,
        "period_from": followed.set.period_from,
        "period_until": followed.set.period_until,
        "effective_on": min(max(today, followed.set.period_from), followed.set.period_until),
    }


def _whole_year(year: int) -> dict[str, object]:
    return {
        "year": year,
        "period_from": date(year, 1, 1),
        "period_until": date(year, 12, 31),
        "effective_on": date(year, 1, 1),
    }


@require_http_methods(["GET", "POST"])
def set_compose(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The draft with its form; saving answers htmx with the checks alone."""
    indicator_set = _draft(request, pk)
    verdict = rules.may_compose(request.roles, indicator_set)
    if request.method == "POST":
        verdict.require()
    typed = request.POST if request.method == "POST" else None
    details, weights = _forms(indicator_set, typed)
    if request.method == "POST" and details.is_valid() and weights.is_valid():
        indicator_set = actions.set_change(
            actor=request.user,
            indicator_set=indicator_set,
            details=details.details,
            entries=weights.entries,
            now=timezone.now(),
        )
        if not request.htmx:
            messages.success(request, _("Draf set disimpan."))
            return redirect("indicators:compose", pk)
    return _compose_page(request, _draft(request, pk), details, weights)


def _compose_page(
    request: PersonRequest,
    indicator_set: IndicatorSet,
    details: DetailsForm,
    weights: WeightsForm,
    sharing: ShareOutForm | None = None,
) -> HttpResponse:
    """The draft with all that is computed of it, and its forms as they stand."""
    composition = composition_of(indicator_set, today=timezone.localdate())
    context = {
        "set": indicator_set,
        "details": details,
        "weights": weights,
        "rows": weights.rows(),
        "invalid": [*details.faults(), *weights.faults()],
        "verdict": rules.may_compose(request.roles, indicator_set),
        "may_return": rules.may_return(request.roles, indicator_set),
        "return_form": ReturnForm(),
        "composition": composition,
        "changes": changes_by_indicator(composition.changes),
        "offers": offers_of(indicator_set),
        "sharing": sharing or _share_out_form(composition),
    }
    template = "indicators/set_compose.html"
    if request.htmx:
        template += "#set-checks"
    return render(request, template, context)


def _share_out_form(composition: Composition, typed: QueryDict | None = None) -> ShareOutForm:
    return ShareOutForm(
        typed,
        units=composition.measured_units(),
        perspectives={
            listed.content["perspective"] or "" for listed in composition.listed.values()
        },
    )


@require_POST
def set_share_out(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Shares the percent of each perspective out to what measures a unit."""
    indicator_set = _draft(request, pk)
    rules.may_compose(request.roles, indicator_set).require()
    composition = composition_of(indicator_set, today=timezone.localdate())
    form = _share_out_form(composition, request.POST)
    if form.is_valid():
        try:
            actions.set_share_out(
                actor=request.user,
                indicator_set=indicator_set,
                unit=form.cleaned_data["unit"],
                shares=form.shares,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Bobot dibagi menurut perspektif."))
            return redirect("indicators:compose", pk)
    details, weights = _forms(indicator_set)
    return _compose_page(request, indicator_set, details, weights, form)


@require_POST
def set_take_weights(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Puts the weights that voters came to into the draft."""
    indicator_set = _draft(request, pk)
    rules.may_compose(request.roles, indicator_set).require()
    form = TakeWeightsForm(request.POST, indicator_set=indicator_set)
    if form.is_valid():
        advice = form.cleaned_data["advice"]
        actions.set_weights_take(
            actor=request.user, indicator_set=indicator_set, advice=advice, now=timezone.now()
        )
        messages.success(request, _("Bobot dari pemilih dipakai; sesuaikan bila perlu."))
    else:
        messages.error(request, _("Bobot itu tidak ditawarkan bagi set ini."))
    return redirect("indicators:compose", pk)


def _forms(
    indicator_set: IndicatorSet, typed: QueryDict | None = None
) -> tuple[DetailsForm, WeightsForm]:
    """The forms of a draft, as typed, or as they were saved."""
    details = DetailsForm(
        typed,
        instance=indicator_set,
        published=Publication.objects.light().of_scope(indicator_set.scope.code),
    )
    weights = WeightsForm(
        typed,
        versions=list(IndicatorVersion.objects.in_use()),
        entries=list(indicator_set.entries.with_versions()),
    )
    return details, weights


def _draft(request: PersonRequest, pk: UUID) -> IndicatorSet:
    sets = IndicatorSet.objects.visible_to(request.roles).unpublished()
    return get_object_or_404(sets, pk=pk)


@require_POST
def set_hand_over(request: PersonRequest, pk: UUID) -> HttpResponse:
    actions.set_compose(actor=request.user, indicator_set=_draft(request, pk), now=timezone.now())
    messages.success(request, _("Set diserahkan kepada penerbit."))
    return redirect("indicators:drafts")


@require_POST
def set_return(request: PersonRequest, pk: UUID) -> HttpResponse:
    indicator_set = _draft(request, pk)
    rules.may_return(request.roles, indicator_set).require()
    form = ReturnForm(request.POST)
    if form.is_valid():
        actions.set_return(
            actor=request.user,
            indicator_set=indicator_set,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        messages.success(request, _("Set dikembalikan menjadi draf."))
        return redirect("indicators:drafts")
    return render(request, "indicators/set_return.html", {"set": indicator_set, "form": form})


@require_http_methods(["GET", "POST"])
def set_publish(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The publisher's review; publishing leads to the published page, repeated clicks as well."""
    sets = IndicatorSet.objects.visible_to(request.roles)
    indicator_set = get_object_or_404(sets, pk=pk)
    if indicator_set.state == IndicatorSet.State.PUBLISHED:
        return _to_publication(indicator_set.publication)
    verdict = rules.may_publish(request.user, request.roles, indicator_set)
    if request.method == "POST":
        verdict.require()
    now = timezone.now()
    composition = composition_of(indicator_set, today=timezone.localdate(now))
    form = PublishForm(
        request.POST or None,
        request.FILES or None,
        computed=composition.computed_bump,
        initial={"expected_version": composition.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            publication = actions.set_publish(
                actor=request.user,
                indicator_set=indicator_set,
                decision=form.decision,
                decree=form.cleaned_data["decree"],
                raised_bump=form.cleaned_data["raised_bump"],
                expected_version=form.shown_version(),
                now=now,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Set terbit. Dokumennya tidak dapat diubah lagi."))
            return _to_publication(publication)
    context = {
        "set": indicator_set,
        "composition": composition,
        "changes": changes_by_indicator(composition.changes),
        "rows": rows_of(composition),
        "form": form,
        "verdict": verdict,
        "may_return": rules.may_return(request.roles, indicator_set),
        "return_form": ReturnForm(),
    }
    return render(request, "indicators/set_publish.html", context)


def _to_publication(publication: Publication) -> HttpResponse:
    return redirect("indicators:set", publication.scope_code, publication.version)
