"""The units of the city as a tree, with who heads them today."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from people.models import Appointment, Person, Unit


@dataclass(frozen=True)
class Branch:
    """A unit, its heads of today, how many people work in it itself, and the units below."""

    unit: Unit
    heads: list[Appointment]
    people: int
    below: list["Branch"] = field(default_factory=list)

    @property
    def is_root(self) -> bool:
        """Whether nothing stands above it."""
        return self.unit.parent_id is None


def city_tree(*, on: date) -> list[Branch]:
    """The roots of the tree of active units, as it is on a day. Three queries."""
    heads: dict[int, list[Appointment]] = defaultdict(list)
    for appointment in (
        Appointment.objects.in_force(on).of_role(Appointment.Role.HEAD).with_person()
    ):
        heads[appointment.unit_id].append(appointment)
    people = Person.objects.active().count_by_unit()
    branches: dict[int, Branch] = {}
    roots: list[Branch] = []
    for unit in Unit.objects.active().as_tree():
        branch = branches[unit.pk] = Branch(unit, heads[unit.pk], people.get(unit.pk, 0))
        above = branches.get(unit.parent_id) if unit.parent_id else None
        (above.below if above else roots).append(branch)
    return roots
