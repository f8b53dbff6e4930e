"""Which roles a person holds today: asked once a request, then answered from memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from people.models import Appointment, Person, Unit

Role = Appointment.Role


@dataclass(frozen=True)
class Roles:
    """The roles of one person on one day, as pairs of role and unit key."""

    held: frozenset[tuple[str, int]]

    def has(self, role: str) -> bool:
        """Whether the person holds the role anywhere."""
        return any(name == role for name, _ in self.held)

    def heads(self, unit_key: int) -> bool:
        """Whether the person heads exactly this unit."""
        return (Role.HEAD.value, unit_key) in self.held

    @property
    def sees_people(self) -> bool:
        """Whether the person may look up other people's records."""
        return any(map(self.has, (Role.ADMINISTRATOR, Role.FACILITATOR, Role.AUDITOR)))

    @property
    def headed(self) -> list[int]:
        """Keys of the units that the person heads."""
        return sorted(unit for name, unit in self.held if name == Role.HEAD)


# The operator of the server, who runs commands at its console: names the first administrator and
# imports the roster. Unit key 0 is no unit.
OPERATOR = Roles(frozenset({(Role.ADMINISTRATOR.value, 0)}))


def roles_of(person: Person, *, on: date) -> Roles:
    """The roles that a person holds on a day. One query."""
    if not person.is_active:
        return Roles(frozenset())
    rows = Appointment.objects.in_force(on).filter(person=person).values_list("role", "unit_id")
    return Roles(frozenset((role, unit) for role, unit in rows))


def heads_of(unit: Unit, *, on: date) -> list[Person]:
    """Everyone who heads a unit on a day, definitive and acting alike."""
    appointments = Appointment.objects.in_force(on).of_role(Role.HEAD).filter(unit=unit)
    return [item.person for item in appointments.select_related("person__unit")]
