"""Scoring over HTTP: figures come by POST, are answered, and are neither kept nor logged."""

import re
from fractions import Fraction
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from ninja import Body, Router
from ninja.errors import HttpError

from indicators import documents, scoring
from indicators.api.asked import PreviewIn, ScoresIn
from indicators.api.described import SCORE, SCORES
from indicators.api.sets import publication_of
from indicators.models import Publication
from indicators.unit_scores import UnitScore, is_period_key, period_of, score_unit
from indicators.units import UnitTree
from people.models import Person
from web.problems import described

router = Router()


@router.post("scores/preview", openapi_extra=described(400, 422, ok=SCORE))
@sensitive_variables()
def score_preview(request: HttpRequest, asked: Annotated[PreviewIn, Body()]) -> HttpResponse:
    """Score one figure by parameters of one's own; nothing is kept."""
    return _uncached(score_json(scoring.score(asked.indicator.measure(), asked.actual)))


@router.post("scores", openapi_extra=described(400, 404, 422, ok=SCORES))
@sensitive_variables()
def unit_scores(request: HttpRequest, asked: Annotated[ScoresIn, Body()]) -> HttpResponse:
    """Score a unit by a published set; nothing is kept.

    Only the indicators that apply to the unit count. Without `position_family` those are all that
    measure the unit or anyone in it; with it, those that measure such people.
    An actual is the figure of the period, or figures by period (`{"TW1": "20", "TW2": "30"}`),
    which are consolidated up to the period as the indicator says.
    Besides the total, `quality` weighs by validity, control and, with `last_year`, by the target.
    """
    publication = _asked_publication(asked)
    document = documents.read(publication.content)
    tree = UnitTree.kept(publication.units)
    if asked.unit not in tree.names:
        tree = UnitTree.current()  # a unit that is younger than the set
    if asked.unit not in tree.names:
        raise HttpError(422, _("Unit kerja tidak dikenal: %s.") % asked.unit)
    if asked.position_family is not None and asked.position_family not in Person.Family.values:
        raise HttpError(422, _("Rumpun jabatan tidak dikenal."))
    try:
        period = period_of(asked.period, year=document["period"]["year"])
    except ValueError as error:
        raise HttpError(422, str(error)) from error
    for actual in asked.actuals.values():
        if isinstance(actual, dict) and not all(map(is_period_key, actual)):
            raise HttpError(422, _("Realisasi per periode memakai kunci seperti TW1, S1 atau B03."))
    try:
        result = score_unit(
            document,
            tree=tree,
            unit=asked.unit,
            period=period,
            actuals=asked.actuals,
            family=asked.position_family,
            last_year={
                code: scoring.LastYear(before.target, before.actual)
                for code, before in (asked.last_year or {}).items()
            },
        )
    except ValueError as error:
        raise HttpError(422, str(error)) from error
    return _uncached(
        {
            "scope": publication.scope_code,
            "version": publication.version,
            "digest": publication.digest,
            "unit": asked.unit,
            "period": asked.period,
            **_unit_json(result),
        }
    )


def _asked_publication(asked: ScoresIn) -> Publication:
    if not re.fullmatch(r"[-a-zA-Z0-9_]{1,40}", asked.scope, re.ASCII):
        raise Http404(_("Versi set indikator ini tidak ada."))
    return publication_of(asked.scope, asked.version)


def score_json(result: scoring.Score) -> dict[str, Any]:
    """A score as the API answers it."""
    if result.exact is None:
        return {"score": None, "reason": result.reason}
    return {
        "score": result.score,
        "unrounded": result.unrounded,
        "status": result.status,
        "steps": list(result.steps),
    }


def _unit_json(result: UnitScore) -> dict[str, Any]:
    mean = result.total.exact
    return {
        "scores": [
            {
                "code": entry.code,
                "name": entry.name,
                "weight_percent": entry.weight_percent,
                "explain_url": reverse("indicators:version", args=[entry.code, entry.version]),
                **score_json(entry.result),
                "quality": _quality_json(entry.quality),
            }
            for entry in result.indicators
        ],
        **_mean_json("total", mean),
        "status": None if mean is None else scoring.status(mean, profile=result.profile),
        **_mean_json("quality_total", result.quality_mean),
        "profile": {"name": result.profile.name, "version": result.profile.version},
        "missing": result.missing,
        "weight_covered": documents.figure_text(result.total.covered),
        "not_applied": result.not_applied,
    }


def _mean_json(name: str, mean: Fraction | None) -> dict[str, str | None]:
    """A mean in its two forms, under its name and as `…_unrounded`."""
    if mean is None:
        return {name: None, f"{name}_unrounded": None}
    return {
        name: scoring.fixed(mean, scoring.SCORE_PLACES),
        f"{name}_unrounded": scoring.fixed(mean, scoring.UNROUNDED_PLACES),
    }


def _quality_json(told: scoring.Quality) -> dict[str, Any]:
    if told.k3 is None:
        return {"k3": None, "reason": told.reason}
    return {
        "k3": scoring.fixed(told.k3, 4),
        "indicator": documents.figure_text(told.of_indicator or Fraction(0)),
        "target": documents.figure_text(told.of_target or Fraction(0)),
        "steps": list(told.steps),
    }


def _uncached(content: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response
