"""Whether an indicator still tells anything, from what was reported of it. Pure.

Three signs, none of which retires anything: people read them and propose, or let it be.

- *constant*: every figure of every unit in every period is exactly the same.
- *full*: every figure scores the same, and at least 100: nobody is told apart or falls short.
- *unreported*: nobody ever reported a figure, though periods have passed in which it was due.

The thresholds are strict on purpose. An index of a whole city moves by half a percent a year and is
alive; so nothing less than equality counts, and one single figure that differs ends the sign.
What two or three figures have in common is chance: below `LEAST_FIGURES` figures or
`LEAST_PERIODS` periods nothing is said but how much is there.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.scoring import SUM, Profile, show
from indicators.unit_scores import Period, score_item

MOST_PERIODS = 8  # the last two years of quarters
LEAST_PERIODS = 3
LEAST_FIGURES = 6
FULL = Fraction(100)
HANDED_IN_AFTER = timedelta(days=60)  # from the end of a period
LEAST_MISSED = {"bulanan": 3, "triwulanan": 2, "semesteran": 1, "tahunan": 1}
_MONTHS = {"bulanan": 1, "triwulanan": 3, "semesteran": 6, "tahunan": 12}
_LENGTHS = {"B": 1, "T": 3, "S": 6}  # months, by the first letter of a period


class Sign(StrEnum):
    CONSTANT = "constant"
    FULL = "full"
    UNREPORTED = "unreported"


@dataclass(frozen=True)
class Figure:
    """What a unit reported: the year, and within it the period (`TW2`; empty: the year)."""

    unit: str
    year: int
    period: str
    figure: Fraction


@dataclass(frozen=True)
class Finding:
    """One sign, as a sentence with its figures."""

    sign: Sign
    sentence: str


@dataclass(frozen=True)
class Checkup:
    """What the figures say; `too_little` tells why they say nothing, and is empty otherwise."""

    findings: tuple[Finding, ...] = ()
    too_little: str = ""


@dataclass(frozen=True)
class Rule:
    """What figures are held against: the record (JSON values), and how it is scored.

    `in_force_since` is the first day on which a published set held it.
    """

    content: Mapping[str, Any]
    profile: Profile
    in_force_since: date | None = None


def checkup(figures: Collection[Figure], rule: Rule, *, today: date) -> Checkup:
    """Look at the last `MOST_PERIODS` periods of one length: that of which most was reported."""
    if not figures:
        return _unreported(rule, today)
    looked_at = _last_periods(_of_one_length(figures))
    periods = sorted({(one.year, one.period) for one in looked_at})
    units = {one.unit for one in looked_at}
    counts = _counts(len(looked_at), len(units), len(periods))
    if len(periods) < LEAST_PERIODS or len(looked_at) < LEAST_FIGURES:
        return Checkup(
            too_little=_(
                "Belum cukup angka untuk menilai apakah indikator ini masih memberi tahu sesuatu: "
                "baru %(counts)s, dan perlu sedikitnya %(figures)d angka dalam %(periods)d periode."
            )
            % {"counts": counts, "figures": LEAST_FIGURES, "periods": LEAST_PERIODS}
        )
    span = _("%(first)s sampai %(last)s") % {"first": _name(periods[0]), "last": _name(periods[-1])}
    told = _("%(counts)s (%(span)s)") % {"counts": counts, "span": span}
    return Checkup(findings=(*_constant(looked_at, told), *_full(looked_at, rule, told)))


def _constant(figures: Sequence[Figure], told: str) -> list[Finding]:
    values = {one.figure for one in figures}
    if len(values) > 1:
        return []
    sentence = _(
        "Semua angka sama, %(value)s: %(told)s. Angka yang tidak pernah berbeda tidak memberi tahu "
        "apa pun."
    )
    return [Finding(Sign.CONSTANT, sentence % {"told": told, "value": show(values.pop())})]


def _full(figures: Sequence[Figure], rule: Rule, told: str) -> list[Finding]:
    scores = [_score(one, rule) for one in figures]
    first = scores[0]
    if first is None or first < FULL or any(one != first for one in scores):
        return []
    sentence = _(
        "Semua angka bernilai penuh, %(score)s: %(told)s. Tidak ada yang dibedakan; mungkin "
        "targetnya terlalu mudah."
    )
    return [Finding(Sign.FULL, sentence % {"told": told, "score": show(first)})]


def _score(figure: Figure, rule: Rule) -> Fraction | None:
    """The score of one figure by the rule of today; None where it cannot be told.

    A quarter of an indicator that is added up over the year is not held against the year's target.
    """
    is_part = bool(figure.period) and figure.period not in rule.content["targets"]
    if is_part and rule.content["period_consolidation"] == SUM:
        return None
    period = Period(figure.period)
    return score_item(rule.content, figure.figure, period, profile=rule.profile).exact


def _unreported(rule: Rule, today: date) -> Checkup:
    if rule.in_force_since is None:
        return Checkup(too_little=_("Belum berlaku dalam set yang terbit."))
    every = rule.content["reporting_period"]
    least = LEAST_MISSED.get(every)
    if least is None:
        return Checkup(too_little=_("Dilaporkan per kegiatan: tidak ada waktu pelaporan tetap."))
    missed = periods_due(rule.in_force_since, today, months=_MONTHS[every])
    if missed < least:
        return Checkup(
            too_little=_("Belum ada angka, tetapi waktu pelaporannya juga belum cukup lama lewat.")
        )
    sentence = ngettext(
        "Belum pernah dilaporkan satu unit pun, padahal %(count)d waktu pelaporan sudah lewat.",
        "Belum pernah dilaporkan satu unit pun, padahal %(count)d waktu pelaporan sudah lewat.",
        missed,
    )
    return Checkup(findings=(Finding(Sign.UNREPORTED, sentence % {"count": missed}),))


def periods_due(since: date, today: date, *, months: int) -> int:
    """How many whole calendar periods began on or after a day, and should be handed in by today.

    `months` is 1, 3, 6 or 12. A period that had begun already when the indicator came is not asked
    for; each is due `HANDED_IN_AFTER` its end.
    """
    start = -(-(_month(since) + (since.day > 1)) // months) * months
    until = today - HANDED_IN_AFTER
    end = (_month(until) // months) * months
    return max(0, (end - start) // months)


def _month(day: date) -> int:
    """Months since the year 0: the same for all days of a month."""
    return day.year * 12 + day.month - 1


def _of_one_length(figures: Collection[Figure]) -> list[Figure]:
    """Those of the length of period of which there are most; of two as many, the shorter."""
    by_length: dict[int, list[Figure]] = defaultdict(list)
    for one in figures:
        by_length[_LENGTHS.get(one.period[:1], 12)].append(one)
    return max(by_length.items(), key=lambda item: (len(item[1]), -item[0]))[1]


def _last_periods(figures: Sequence[Figure]) -> list[Figure]:
    last = set(sorted({(one.year, one.period) for one in figures})[-MOST_PERIODS:])
    return [one for one in figures if (one.year, one.period) in last]


def _name(period: tuple[int, str]) -> str:
    year, key = period
    return f"{year}-{key}" if key else str(year)


def _counts(figures: int, units: int, periods: int) -> str:
    told = ngettext("%(count)d angka", "%(count)d angka", figures) % {"count": figures}
    of = ngettext("%(count)d unit", "%(count)d unit", units) % {"count": units}
    over = ngettext("%(count)d periode", "%(count)d periode", periods) % {"count": periods}
    return _("%(told)s dari %(units)s dalam %(periods)s") % {
        "told": told,
        "units": of,
        "periods": over,
    }
