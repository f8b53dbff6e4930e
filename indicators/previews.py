"""The impact preview of a draft: its figures are fetched here and put into words.

What is computed stands in `indicators.impact`; which units are left out, too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.documents import read
from indicators.impact import (
    MOST_MOVERS,
    Covered,
    Figures,
    Impact,
    Moved,
    Rules,
    Sensitivity,
    Shift,
    UnitEffect,
    hidden_units,
    impact_of,
    parts_of,
    people_of,
    sensitivity,
)
from indicators.models import Actual, IndicatorSet, Publication
from indicators.pages import target_text
from indicators.querysets import ActualQuerySet
from indicators.record import content_of
from indicators.scoring import PROFILES, Profile, exact, fixed, profile_of, show, show_score
from indicators.units import UnitTree
from people.models import Person
from web.charts import Swing, swings

MOST_LEVERS = 8  # that the page shows at once

type Item = Mapping[str, Any]


@dataclass(frozen=True)
class Mover:
    """A unit that moves far: its totals, by how much, and the indicator that moved it, in words."""

    unit: str
    before: str
    after: str
    by: str
    because: str


@dataclass(frozen=True)
class UnitRow:
    """A unit in the table; texts are empty where there is no total."""

    unit: str
    before: str
    after: str
    by: str
    status: str
    changed_from: str  # the band before, where it is another one
    covered: str  # percent of the weight that has figures, where it is not all


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator that counts in the draft, over the units shown."""

    code: str
    name: str
    weight: str
    measured: int
    scored: int
    before: str
    after: str


@dataclass(frozen=True)
class LeverShift:
    """What one movement of a weight would do: to the mean, in words, and to how many units."""

    mean: str
    bands: int
    ranks: int


@dataclass(frozen=True)
class LeverRow:
    """What moving an indicator's weight down and up would do, in words and as bars."""

    code: str
    name: str
    shifts: list[LeverShift]
    swings: list[Swing]


@dataclass(frozen=True)
class Preview:
    """The page of a draft's impact. `summary` is empty where nothing can be computed."""

    year: int | None
    years: list[int]
    before: Publication | None
    summary: str
    rests_on: list[str]
    hidden: list[str]  # names
    bands: list[tuple[str, int, int]]
    steps: list[tuple[str, int, int]]
    up: list[Mover]
    down: list[Mover]
    rows: list[UnitRow]
    indicators: list[IndicatorRow]
    levers: list[LeverRow]
    is_compared: bool
    same_bands: bool

    @property
    def first_levers(self) -> list[LeverRow]:
        """The indicators whose weight does most."""
        return self.levers[:MOST_LEVERS]

    @property
    def other_levers(self) -> list[LeverRow]:
        """All others."""
        return self.levers[MOST_LEVERS:]

    @property
    def bands_after(self) -> list[tuple[str, int]]:
        """The bands for a chart of one side."""
        return [(name, after) for name, _before, after in self.bands]

    @property
    def steps_after(self) -> list[tuple[str, int]]:
        """The steps for a chart of one side."""
        return [(label, after) for label, _before, after in self.steps]


@dataclass(frozen=True)
class _Computed:
    """What `indicators.impact` makes of a draft, with the records of both sides by code."""

    items: dict[str, Item]
    old_items: dict[str, Item]
    before: Publication | None
    profile: Profile
    tree: UnitTree
    year: int | None
    years: list[int]
    hidden: list[str]
    impact: Impact
    levers: list[Sensitivity]


def preview_of(indicator_set: IndicatorSet, *, year: int | None = None) -> Preview:
    """What a draft would do on the figures of a year: the last before its own, unless `year` says.

    Six queries, however many units and indicators there are.
    """
    found = _computed(indicator_set, year)
    impact, names = found.impact, found.tree.names
    words = _Words(found.old_items, found.items, names)
    return Preview(
        year=found.year,
        years=found.years,
        before=found.before,
        summary=summary_of(impact),
        rests_on=_rests_on(impact, found.year),
        hidden=[names[unit] for unit in found.hidden],
        bands=[(band.name, band.before, band.after) for band in impact.bands(found.profile)],
        steps=[
            (f"{step.start}–{step.end}", step.before, step.after)
            for step in reversed(impact.steps())
        ],
        up=[words.mover(effect) for effect in impact.up[:MOST_MOVERS]],
        down=[words.mover(effect) for effect in impact.down[:MOST_MOVERS]],
        rows=[_row(effect, names) for effect in impact.effects],
        indicators=[_indicator(each, found.items[each.code]) for each in impact.covered],
        levers=_levers(found.levers, found.items),
        is_compared=impact.is_compared,
        same_bands=impact.same_bands,
    )


def _computed(indicator_set: IndicatorSet, year: int | None) -> _Computed:
    tree = UnitTree.current()
    items = _items(indicator_set)
    before = Publication.objects.followed_by(indicator_set)
    old = read(before.content) if before else {"indicators": []}
    old_items = {item["code"]: item for item in old["indicators"]}
    after_rules = Rules.of(items.values(), PROFILES[indicator_set.scoring_profile])
    before_rules = Rules.of(old_items.values(), profile_of(old)) if before else None
    units = sorted(tree.within(indicator_set.scope.code), key=lambda code: (tree.names[code], code))
    hidden = _hidden(before_rules, after_rules, tree)
    reported = Actual.objects.in_units_of(indicator_set.scope, but=hidden)
    years = reported.years(until=indicator_set.year)
    chosen = year if year in years else _last(years, indicator_set.year)
    parts = parts_of(
        before_rules, after_rules, units=units, tree=tree, figures=_figures(reported, chosen)
    )
    shown = {part.unit: part.after for part in parts if part.after and part.unit not in hidden}
    return _Computed(
        items=items,
        old_items=old_items,
        before=before,
        profile=after_rules.profile,
        tree=tree,
        year=chosen,
        years=years,
        hidden=[part.unit for part in parts if part.unit in hidden],
        impact=impact_of(
            parts,
            hidden=hidden,
            before=before_rules.profile if before_rules else None,
            after=after_rules.profile,
        ),
        levers=sensitivity(shown, profile=after_rules.profile),
    )


# Fetching


def _hidden(before: Rules | None, after: Rules, tree: UnitTree) -> frozenset[str]:
    """Who is left out. Over all units, so that no draft of a smaller scope shows whom one hides."""
    staff = Person.objects.active().count_by_unit_and_family()
    units = sorted(tree.active)
    measured = people_of(after, units, tree, staff)
    if before:
        measured += people_of(before, units, tree, staff)
    return hidden_units(measured, {code: tree.path(code) for code in units})


def _items(indicator_set: IndicatorSet) -> dict[str, Item]:
    """The indicators of the draft by code, as documents carry them."""
    return {
        entry.version.code: {
            **content_of(entry.version),
            "weight_percent": str(entry.weight_percent),
        }
        for entry in indicator_set.entries.with_versions().order_by("version__code")
    }


def _last(years: Sequence[int], year: int) -> int | None:
    """The last year before the draft's own that has figures; else the last that has any."""
    return max([known for known in years if known < year] or years, default=None)


def _figures(reported: ActualQuerySet, year: int | None) -> Figures:
    """By unit and code: the figure of the year where there is one, else those by period."""
    found: dict[str, dict[str, dict[str, Fraction]]] = {}
    for unit, code, period, figure in reported.of_year(year):
        found.setdefault(unit, {}).setdefault(code, {})[period] = exact(figure)
    return {
        unit: {code: by_period.get("", by_period) for code, by_period in codes.items()}
        for unit, codes in found.items()
    }


# Words


def signed(figure: Fraction) -> str:
    """`+1,40`, `−0,35`, `0,00`: a difference in points, to two decimals."""
    text = show_score(abs(figure))
    rounded = Fraction(fixed(figure, 2))
    return text if not rounded else ("+" if rounded > 0 else "−") + text


def summary_of(impact: Impact) -> str:
    """What the draft would do, in one sentence; empty where no unit has a total."""
    if impact.mean_after is None:
        return ""
    after = show_score(impact.mean_after)
    if not impact.compared or impact.mean_before is None:
        told = ngettext(
            "%(count)d unit dapat dinilai; rata-rata nilainya %(after)s.",
            "%(count)d unit dapat dinilai; rata-rata nilainya %(after)s.",
            impact.scored,
        )
        return told % {"count": impact.scored, "after": after}
    told = _(
        "%(up)d dari %(count)d unit naik, %(down)d turun, %(same)d tetap; "
        "rata-rata %(before)s → %(after)s"
    ) % {
        "up": len(impact.up),
        "down": len(impact.down),
        "same": impact.same,
        "count": len(impact.compared),
        "before": show_score(impact.mean_before),
        "after": after,
    }
    if impact.same_bands:
        told += "; " + _("%d unit pindah status") % impact.band_changes
    return told + "."


def _rests_on(impact: Impact, year: int | None) -> list[str]:
    """What the figures rest on, in sentences."""
    measured = sum(each.measured for each in impact.covered)
    scored = sum(each.scored for each in impact.covered)
    if not measured or year is None:
        return []
    told = [
        _(
            "Dasarnya realisasi %(year)d yang sudah dilaporkan: %(scored)d dari %(measured)d angka "
            "ada, dari %(units)d unit dan %(indicators)d indikator yang dinilai."
        )
        % {
            "year": year,
            "scored": scored,
            "measured": measured,
            "units": len(impact.effects),
            "indicators": len(impact.covered),
        }
    ]
    if scored < measured:
        told.append(
            _("Unit yang angkanya belum lengkap dinilai dari bobot indikator yang ada angkanya.")
        )
    return told


class _Words:
    """Why a unit moved, from the records on both sides."""

    def __init__(
        self, before: Mapping[str, Item], after: Mapping[str, Item], names: Mapping[str, str]
    ) -> None:
        self.before, self.after, self.names = before, after, names

    def mover(self, effect: UnitEffect) -> Mover:
        """A unit that moved, with its totals."""
        return Mover(
            unit=self.names[effect.unit],
            before=_shown(effect.before),
            after=_shown(effect.after),
            by="" if effect.difference is None else signed(effect.difference),
            because=self.because(effect.moved_by) if effect.moved_by else "",
        )

    def because(self, moved: Moved) -> str:
        """What became of an indicator, in one sentence."""
        item = self.after.get(moved.code) or self.before[moved.code]
        told = {"code": moved.code, "name": item["name"]}
        old, new = moved.before, moved.after
        if old is None and new is not None:
            told |= {"weight": show(new.weight), "score": _score(new.score)}
            return _("%(code)s %(name)s masuk dengan bobot %(weight)s: nilainya %(score)s.") % told
        if new is None and old is not None:
            told |= {"weight": show(old.weight), "score": _score(old.score)}
            return (
                _("%(code)s %(name)s tidak dinilai lagi: bobotnya %(weight)s, nilainya %(score)s.")
                % told
            )
        return f"{moved.code} {item['name']}: {', '.join(self._changes(moved))}."

    def _changes(self, moved: Moved) -> Iterable[str]:
        old, new = moved.before, moved.after
        if old is None or new is None:
            return
        if old.score == new.score:
            yield _("nilainya tetap %s") % _score(new.score)
        else:
            words = {"before": _score(old.score), "after": _score(new.score)}
            yield _("nilainya %(before)s → %(after)s") % words
        targets = [target_text(side[moved.code]) for side in (self.before, self.after)]
        if targets[0] != targets[1]:
            yield _("target %(before)s → %(after)s") % dict(
                zip(("before", "after"), targets, strict=True)
            )
        if old.weight != new.weight:
            yield _("bobot %(before)s → %(after)s") % {
                "before": show(old.weight),
                "after": show(new.weight),
            }


def _score(figure: Fraction | None) -> str:
    return _("belum ada") if figure is None else show_score(figure)


def _shown(figure: Fraction | None) -> str:
    return "" if figure is None else show_score(figure)


def _row(effect: UnitEffect, names: Mapping[str, str]) -> UnitRow:
    share = effect.covered / effect.weight * 100 if effect.weight else Fraction(100)
    return UnitRow(
        unit=names[effect.unit],
        before=_shown(effect.before),
        after=_shown(effect.after),
        by="" if effect.difference is None else signed(effect.difference),
        status=effect.band_after,
        changed_from=effect.band_before if effect.changes_band else "",
        covered="" if share == 100 else show(Fraction(fixed(share, 0))),
    )


def _indicator(each: Covered, item: Item) -> IndicatorRow:
    return IndicatorRow(
        code=each.code,
        name=item["name"],
        weight=show(exact(item["weight_percent"])),
        measured=each.measured,
        scored=each.scored,
        before=_shown(each.mean_before),
        after=_shown(each.mean_after),
    )


def _levers(found: Sequence[Sensitivity], items: Mapping[str, Item]) -> list[LeverRow]:
    drawn = swings((_drawn(each.lighter), _drawn(each.heavier)) for each in found)
    return [
        LeverRow(
            each.code,
            items[each.code]["name"],
            [
                LeverShift(signed(shift.mean), shift.band_changes, shift.rank_changes)
                for shift in (each.lighter, each.heavier)
            ],
            bars,
        )
        for each, bars in zip(found, drawn, strict=True)
    ]


def _drawn(shift: Shift) -> Decimal:
    return Decimal(fixed(shift.mean, 4))
