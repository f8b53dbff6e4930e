"""The rules of one side, before or after: which indicators count for whom, and their scores.

Plain values: records as JSON values, a tree of units, numbers of people, figures by unit and code.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from indicators.impact.effects import Part, UnitParts
from indicators.impact.hiding import People
from indicators.scoring import Profile, exact
from indicators.unit_scores import Actual, Period, score_item
from indicators.units import UnitTree

type Figures = Mapping[str, Mapping[str, Actual]]
"""What each unit reported of each indicator: the figure of the year, or figures by period."""
type Staff = Mapping[tuple[str, str], int]
"""How many people work where, by unit and position family."""

YEAR = Period("")
# What of a record its score depends on: two texts with the same of these score a figure alike.
_SCORED_BY = (
    *("polarity", "target", "targets", "target_range", "target_is_max", "worst_case"),
    *("stabilize_scale", "period_consolidation"),
)


@dataclass(frozen=True)
class Rules:
    """The indicators of a set that count, with their `weight_percent`, and its profile."""

    items: tuple[Mapping[str, Any], ...]
    profile: Profile

    @classmethod
    def of(cls, items: Iterable[Mapping[str, Any]], profile: Profile) -> Self:
        """The rules of these records, without those that are only watched."""
        return cls(tuple(item for item in items if exact(item["weight_percent"])), profile)


def people_of(rules: Rules, units: Collection[str], tree: UnitTree, staff: Staff) -> list[People]:
    """Of each indicator that counts: how many people it measures in each unit."""
    families = sorted({family for _unit, family in staff})
    return [
        {
            unit: sum(
                staff.get((unit, family), 0)
                for family in families
                if tree.applies(item["applies_to"], unit, family=family)
            )
            for unit in units
            if tree.applies(item["applies_to"], unit)
        }
        for item in rules.items
    ]


class Scorer:
    """Scores figures, each figure by each rule once: a draft leaves most rules as they were."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, object], Fraction | None] = {}

    def parts(
        self, rules: Rules, units: Collection[str], tree: UnitTree, figures: Figures
    ) -> dict[str, tuple[Part, ...]]:
        """What counts for each unit that the rules measure, scored for the whole year."""
        found: dict[str, list[Part]] = {}
        for item in rules.items:
            weight = exact(item["weight_percent"])
            rule = json.dumps(
                [rules.profile.key, *(item[name] for name in _SCORED_BY)], sort_keys=True
            )
            for unit in units:
                if tree.applies(item["applies_to"], unit):
                    figure = figures.get(unit, {}).get(item["code"])
                    score = self._score(item, rule, figure, rules.profile)
                    found.setdefault(unit, []).append(Part(item["code"], weight, score))
        return {unit: tuple(parts) for unit, parts in found.items()}

    def _score(
        self, item: Mapping[str, Any], rule: str, figure: Actual, profile: Profile
    ) -> Fraction | None:
        key = (rule, tuple(figure.items()) if isinstance(figure, Mapping) else figure)
        if key not in self._known:
            self._known[key] = score_item(item, figure, YEAR, profile=profile).exact
        return self._known[key]


def parts_of(
    before: Rules | None,
    after: Rules,
    *,
    units: Collection[str],
    tree: UnitTree,
    figures: Figures,
) -> list[UnitParts]:
    """Each unit that counts on either side, with its parts, in the order of `units`."""
    scorer = Scorer()
    old = scorer.parts(before, units, tree, figures) if before else {}
    new = scorer.parts(after, units, tree, figures)
    return [
        UnitParts(unit, old.get(unit), new.get(unit))
        for unit in units
        if unit in old or unit in new
    ]
