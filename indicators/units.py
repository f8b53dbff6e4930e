"""The tree of units as indicators need it: names, what lies below what, and who is measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from people.models import Unit


@dataclass(frozen=True)
class UnitTree:
    """All units by code, with names, parents and whether they are still at work."""

    names: Mapping[str, str]
    parents: Mapping[str, str | None]
    active: frozenset[str]

    @classmethod
    def current(cls) -> Self:
        """The tree of today. One query."""
        rows = list(Unit.objects.values_list("code", "name", "parent__code", "is_active"))
        return cls(
            names={code: name for code, name, _parent, _active in rows},
            parents={code: parent for code, _name, parent, _active in rows},
            active=frozenset(code for code, _name, _parent, active in rows if active),
        )

    @classmethod
    def kept(cls, snapshot: Mapping[str, Mapping[str, Any]]) -> Self:
        """A tree as `snapshot` wrote it."""
        return cls(
            names={code: row["name"] for code, row in snapshot.items()},
            parents={code: row["parent"] for code, row in snapshot.items()},
            active=frozenset(code for code, row in snapshot.items() if row["active"]),
        )

    def snapshot(self) -> dict[str, dict[str, Any]]:
        """The tree as JSON, to be kept beside a publication."""
        return {
            code: {
                "name": self.names[code],
                "parent": self.parents[code],
                "active": code in self.active,
            }
            for code in sorted(self.names)
        }

    @cached_property
    def _paths(self) -> dict[str, tuple[str, ...]]:
        paths: dict[str, tuple[str, ...]] = {}

        def path(code: str) -> tuple[str, ...]:
            if code not in paths:
                parent = self.parents[code]
                paths[code] = (
                    code,
                    *(path(parent) if parent is not None and parent in self.parents else ()),
                )
            return paths[code]

        for code in self.parents:
            path(code)
        return paths

    def path(self, code: str) -> tuple[str, ...]:
        """A unit, its parent, and so on up to the root; empty for an unknown code."""
        return self._paths.get(code, ())

    def within(self, scope: str) -> list[str]:
        """The active units of a scope: itself and all below it, by code."""
        return sorted(code for code in self.active if scope in self.path(code))

    def applies(
        self, applies_to: Sequence[Mapping[str, Any]], unit: str, *, family: str | None = None
    ) -> bool:
        """Whether an indicator measures a unit; with `family`, those of its people.

        A unit is measured by an indicator as soon as some of its people are: `position_family`
        narrows who is meant inside the unit, not whether the unit counts. So the weights of a unit
        run over all indicators that apply to it or to anyone in it.
        """
        path = self.path(unit)
        return any(
            (entry["unit"] == unit or (entry["include_sub_units"] and entry["unit"] in path))
            and (family is None or entry["position_family"] in (None, family))
            for entry in applies_to
        )
