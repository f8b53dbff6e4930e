"""What an impact is computed from: the draft, the set before it, the tree and the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from indicators.documents import read
from indicators.impact import (
    Figures,
    Impact,
    Rules,
    Sensitivity,
    hidden_units,
    impact_of,
    parts_of,
    people_of,
    sensitivity,
)
from indicators.models import Actual, IndicatorSet, Publication
from indicators.previews.words import Item
from indicators.querysets import ActualQuerySet
from indicators.record import content_of
from indicators.scoring import PROFILES, Profile, exact, profile_of
from indicators.units import UnitTree
from people.models import Person


@dataclass(frozen=True)
class Computed:
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


def computed(indicator_set: IndicatorSet, year: int | None) -> Computed:
    """Fetch and compute. Six queries, however many units and indicators there are."""
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
    return Computed(
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
