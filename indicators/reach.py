"""How many people an indicator measures: `applies_to` held against the staff of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from indicators.units import UnitTree
from people.models import Person


@dataclass(frozen=True)
class Staff:
    """The tree of units, and how many people in service work in each, by position family."""

    tree: UnitTree
    counts: Mapping[tuple[str, str], int]  # by unit code and position family

    @classmethod
    def current(cls) -> Self:
        """The staff of today. Two queries."""
        return cls(UnitTree.current(), Person.objects.active().count_by_unit_and_family())

    def reached(self, applies_to: Sequence[Mapping[str, Any]]) -> int:
        """How many people an indicator measures, each once, however many entries hold them.

        Source: DESIGN 4.5 (`applies_to`: unit, units below it, position family).
        """
        return sum(
            count
            for (unit, family), count in self.counts.items()
            if self.tree.applies(applies_to, unit, family=family)
        )
