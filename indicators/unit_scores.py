"""The scores of one unit by one published set: which indicators apply, for which period, the total.

Pure: a document's JSON values, a tree of units and figures in; scores out (DESIGN 4.2).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from indicators.scoring import (
    PROFILES,
    TAKE_LAST_KNOWN,
    Measure,
    Profile,
    Score,
    Total,
    consolidate,
    exact,
    measure_of,
    score,
    total,
)
from indicators.shapes import PERIODS
from indicators.units import UnitTree

type Actual = Fraction | Mapping[str, Fraction] | None

_PERIOD = re.compile(
    r"(?:(?P<year>\d{4})[-/ ]?)?"
    r"(?:(?:TW|Q|TRIWULAN ?)(?P<quarter>[1-4])"
    r"|(?:SM|S|H|SEMESTER ?)(?P<half>[12])"
    r"|B?(?P<month>0[1-9]|1[0-2])"
    r"|(?P<whole>TAHUN|TAHUNAN)?)"
)


@dataclass(frozen=True)
class Period:
    """A part of the set's year: its key (`TW2`, `S1`, `B03`), empty for the whole year."""

    key: str

    @property
    def last_month(self) -> int:
        """The month (1 to 12) with which it ends."""
        return last_month(self.key) if self.key else 12


def last_month(key: str) -> int:
    """The month with which a period key ends: 6 for `TW2`, `S1` and `B06`."""
    months = {"B": 1, "T": 3, "S": 6}[key[0]]
    return int(key.lstrip("BTWS")) * months


def period_of(text: str, *, year: int) -> Period:
    """Read a period: `2026`, `2026-TW2`, `TW2`, `Q2`, `S1`, `2026-03`, `B03`, `tahun`.

    Raises ValueError for any other text and for another year than the set's.
    """
    found = _PERIOD.fullmatch(text.strip().upper())
    if not found or not text.strip():
        raise ValueError(_("Periode ditulis seperti 2026, TW2, S1, atau B03."))
    if found["year"] and int(found["year"]) != year:
        raise ValueError(_("Set ini berlaku untuk tahun %d.") % year)
    if found["quarter"]:
        return Period(f"TW{found['quarter']}")
    if found["half"]:
        return Period(f"S{found['half']}")
    return Period(f"B{found['month']}") if found["month"] else Period("")


@dataclass(frozen=True)
class IndicatorScore:
    """One indicator of the unit with its score; weight 0 means watched, not scored."""

    code: str
    name: str
    weight_percent: str
    result: Score


@dataclass(frozen=True)
class UnitScore:
    """All that applies to a unit; `missing` are the codes that count and have no score.

    `not_applied` are codes with an actual that do not apply to the unit, or are not in the set.
    """

    indicators: list[IndicatorScore]
    total: Total
    missing: list[str]
    not_applied: list[str]


def profile_of(document: Mapping[str, Any]) -> Profile:
    """The scoring profile that a document was published with. Raises KeyError if unknown here."""
    profile = document["scoring_profile"]
    return PROFILES[profile["name"], profile["version"]]


def score_unit(
    document: Mapping[str, Any],
    *,
    tree: UnitTree,
    unit: str,
    period: Period,
    actuals: Mapping[str, Actual],
    family: str | None = None,
) -> UnitScore:
    """Score a unit (with `family`: the people of one position family in it) in a period.

    An actual is either the figure of the period itself, or figures by period key, which are then
    consolidated up to the period. The target is the period's own, else the yearly one.
    """
    profile = profile_of(document)
    applying = [
        item
        for item in document["indicators"]
        if tree.applies(item["applies_to"], unit, family=family)
    ]
    scored = [
        IndicatorScore(
            code=item["code"],
            name=item["name"],
            weight_percent=item["weight_percent"],
            result=_score(item, actuals.get(item["code"]), period, profile),
        )
        for item in applying
    ]
    counted = [entry for entry in scored if Decimal(entry.weight_percent)]
    return UnitScore(
        indicators=scored,
        total=total((exact(entry.weight_percent), entry.result.exact) for entry in counted),
        missing=[entry.code for entry in counted if entry.result.exact is None],
        not_applied=sorted(set(actuals) - {entry.code for entry in scored}),
    )


def _score(item: Mapping[str, Any], actual: Actual, period: Period, profile: Profile) -> Score:
    if item["polarity"] is None:
        return Score(None, reason=_("Polarisasi belum ditetapkan."))
    targets = {key: exact(figure) for key, figure in item["targets"].items()}
    if not isinstance(actual, Mapping):
        target = targets.get(period.key)
        return score(_measure(item, target), actual, profile=profile)
    keys = sorted({*targets, *actual}, key=lambda key: (last_month(key), key))
    together = consolidate(
        item["period_consolidation"] or TAKE_LAST_KNOWN,
        [key for key in keys if last_month(key) <= period.last_month],
        targets=targets,
        actuals=actual,
    )
    if together.missing:
        return Score(None, reason=_("Realisasi %s belum ada.") % ", ".join(together.missing))
    return score(_measure(item, together.target), together.actual, profile=profile)


def _measure(item: Mapping[str, Any], target: Fraction | None) -> Measure:
    """The measure with a period's own target; the range goes with the yearly target alone."""
    if target is None:
        return measure_of(item)
    return measure_of({**item, "target_range": []}, target=target)


def is_period_key(text: str) -> bool:
    """Whether a text is a key under which figures by period may stand."""
    return text in PERIODS
