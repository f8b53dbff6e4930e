"""Where a weight comes from, in the published document and in words. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.canonical import decimal_text
from core.numbers import format_number
from indicators.models import AdvisedWeight, SetEntry


def advice_json(entry: SetEntry) -> dict[str, Any] | None:
    """The optional `weight_advice` of an indicator: the poll, what it gave, why another is set."""
    advised = entry.advised
    if advised is None:
        return None
    return {
        "poll": str(advised.advice_id),
        "result_hash": advised.advice.result_hash,
        "median_points": decimal_text(advised.median_points),
        "weight_percent": decimal_text(advised.weight_percent),
        "reason": entry.deviation_reason or None,
    }


def given_words(median: Decimal, weight: Decimal) -> str:
    """What voters gave: the median of their points, and its weight where that is another figure."""
    if median == weight:
        return _("Nilai tengah suara %(median)s") % {"median": format_number(median)}
    return _("Nilai tengah suara %(median)s, disesuaikan menjadi %(weight)s") % {
        "median": format_number(median),
        "weight": format_number(weight),
    }


def given_by(advised: AdvisedWeight) -> str:
    """What voters gave an indicator, in words."""
    return given_words(advised.median_points, advised.weight_percent)


def origin_words(item: Mapping[str, Any]) -> str:
    """Where the weight of a document's indicator comes from; empty where nobody was asked."""
    advice = item.get("weight_advice")
    if not advice:
        return ""
    given = given_words(Decimal(advice["median_points"]), Decimal(advice["weight_percent"]))
    if not advice["reason"]:
        return f"{given}."
    return _("%(given)s, ditetapkan %(weight)s. Alasan: %(reason)s") % {
        "given": given,
        "weight": format_number(Decimal(item["weight_percent"])),
        "reason": advice["reason"],
    }
