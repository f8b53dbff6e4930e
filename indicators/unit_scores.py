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
    TAKE_LAST_KNOWN,
    LastYear,
    Measure,
    Profile,
    Quality,
    Score,
    Total,
    consolidate,
    exact,
    measure_of,
    profile_of,
    quality,
    quality_mean,
    score,
    show,
    together,
    told,
    total,
)
from indicators.shapes import PERIOD_FAMILIES, PERIODS
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
    def months(self) -> range:
        """The months that it holds."""
        return months_of(self.key) if self.key else range(1, 13)

    @property
    def last_month(self) -> int:
        """The month (1 to 12) with which it ends."""
        return self.months[-1]


def months_of(key: str) -> range:
    """The months of a period key: 4 to 6 for `TW2`."""
    length = {"B": 1, "T": 3, "S": 6}[key[0]]
    last = int(key.lstrip("BTWS")) * length
    return range(last - length + 1, last + 1)


def last_month(key: str) -> int:
    """The month with which a period key ends: 6 for `TW2`, `S1` and `B06`."""
    return months_of(key)[-1]


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
    version: int
    name: str
    weight_percent: str
    result: Score
    quality: Quality


@dataclass(frozen=True)
class UnitScore:
    """All that applies to a unit; `missing` are the codes that count and have no score.

    `not_applied` are codes with an actual that do not apply to the unit, or are not in the set.
    `quality_mean` weighs by quality (DOMAIN 3.4) all that counts, is scored and has such a weight.
    """

    profile: Profile
    indicators: list[IndicatorScore]
    total: Total
    quality_mean: Fraction | None
    missing: list[str]
    not_applied: list[str]


def score_unit(
    document: Mapping[str, Any],
    *,
    tree: UnitTree,
    unit: str,
    period: Period,
    actuals: Mapping[str, Actual],
    family: str | None = None,
    last_year: Mapping[str, LastYear] | None = None,
) -> UnitScore:
    """Score a unit (with `family`: the people of one position family in it) in a period.

    An actual is either the figure of the period itself, or figures by period key, which are then
    consolidated up to the period (`score_item`). `last_year` weighs the targets (`quality`).
    Raises ValueError for a document whose profile cannot be followed.
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
            version=item["version"],
            name=item["name"],
            weight_percent=item["weight_percent"],
            result=score_item(item, actuals.get(item["code"]), period, profile=profile),
            quality=_quality(item, profile, (last_year or {}).get(item["code"])),
        )
        for item in applying
    ]
    counted = [entry for entry in scored if Decimal(entry.weight_percent)]
    weighed = [
        (entry.result.exact, entry.quality.k3)
        for entry in counted
        if entry.result.exact is not None and entry.quality.k3 is not None
    ]
    return UnitScore(
        profile=profile,
        indicators=scored,
        quality_mean=quality_mean(weighed, profile=profile),
        total=total((exact(entry.weight_percent), entry.result.exact) for entry in counted),
        missing=[entry.code for entry in counted if entry.result.exact is None],
        not_applied=sorted(set(actuals) - {entry.code for entry in scored}),
    )


def _quality(item: Mapping[str, Any], profile: Profile, last_year: LastYear | None) -> Quality:
    return quality(
        profile,
        validity=item["validity"],
        control=item["control"],
        polarity=item["polarity"],
        target=None if item["target"] is None else exact(item["target"]),
        last_year=last_year,
    )


def score_item(
    item: Mapping[str, Any], actual: Actual, period: Period, *, profile: Profile
) -> Score:
    """The score of one indicator (its record as JSON values) in a period, or the reason for none.

    The target is the period's own; else that of the parts that make up the period, consolidated;
    else the yearly one. Figures by period are consolidated up to the period (DOMAIN 3.3).
    """
    if item["polarity"] is None:
        return Score(None, reason=_("Polarisasi belum ditetapkan."))
    try:
        if isinstance(actual, Mapping):
            return _score_by_period(item, actual, period, profile)
        target, steps = target_in(item, period)
        return score(_measure(item, target), actual, profile=profile, before=steps)
    except ValueError as error:
        return Score(None, reason=str(error))


def _score_by_period(
    item: Mapping[str, Any], actual: Mapping[str, Fraction], period: Period, profile: Profile
) -> Score:
    targets = {key: exact(figure) for key, figure in item["targets"].items()}
    if not any(set(actual) <= set(family) for family in PERIOD_FAMILIES):
        return Score(
            None, reason=_("Realisasi mencampur bulan, triwulan, dan semester: pilih salah satu.")
        )
    keys = sorted({*targets, *actual}, key=lambda key: (last_month(key), key))
    whole = consolidate(
        item["period_consolidation"] or TAKE_LAST_KNOWN,
        [key for key in keys if last_month(key) <= period.last_month],
        targets=targets,
        actuals=actual,
    )
    if whole.missing:
        return Score(None, reason=_("Realisasi %s belum ada.") % ", ".join(whole.missing))
    steps = whole.steps
    if whole.target is None:
        steps += _yearly_instead(item, period)
    return score(_measure(item, whole.target), whole.actual, profile=profile, before=steps)


def target_in(item: Mapping[str, Any], period: Period) -> tuple[Fraction | None, tuple[str, ...]]:
    """The target of a period and how it came about; None for the yearly one."""
    targets = {key: exact(figure) for key, figure in item["targets"].items()}
    if period.key in targets:
        return targets[period.key], ()
    if not period.key and item["target"] is not None:
        return None, ()
    for family in PERIOD_FAMILIES:
        parts = [key for key in family if set(months_of(key)) <= set(period.months)]
        if len(parts) > 1 and all(key in targets for key in parts):
            rule = item["period_consolidation"] or TAKE_LAST_KNOWN
            figures = [(key, targets[key]) for key in parts]
            whole = together(rule, [figure for _key, figure in figures])
            return whole, (told(_("Target"), rule, figures, whole or Fraction(0)),)
    return None, _yearly_instead(item, period)


def _yearly_instead(item: Mapping[str, Any], period: Period) -> tuple[str, ...]:
    """The sentence that a part of the year is held against the target of all of it."""
    if not period.key or item["target"] is None:
        return ()
    words = {"period": period.key, "target": show(exact(item["target"]))}
    return (
        _("%(period)s tidak punya target sendiri: dipakai target setahun, %(target)s.") % words,
    )


def _measure(item: Mapping[str, Any], target: Fraction | None) -> Measure:
    """The measure with a period's own target; the range goes with the yearly target alone."""
    if target is None:
        return measure_of(item)
    return measure_of({**item, "target_range": []}, target=target)


def is_period_key(text: str) -> bool:
    """Whether a text is a key under which figures by period may stand."""
    return text in PERIODS
