"""The roll (daftar pemilih tetap): who may vote in a poll, and who may not and why.

Source: RELIABILITY, decision 8: everyone active in the unit and below, without who decides.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.canonical import digest
from people.models import Person, Unit


@dataclass(frozen=True)
class LeftOut:
    """A person of the unit who is not on the roll, and the reason in words."""

    person: Person
    reason: str


@dataclass(frozen=True)
class RollPreview:
    """The roll as it would be frozen now."""

    electors: list[Person]
    left_out: list[LeftOut]

    @property
    def away(self) -> int:
        """How many electors are on leave or being transferred: they may vote, and may not."""
        return sum(person.presence != Person.Presence.PRESENT for person in self.electors)


def electors_of(
    scope: Unit, *, decider: Person, families: Collection[str] = ()
) -> QuerySet[Person]:
    """Who would be on the roll: active people of the unit and below, of these families if any."""
    people = Person.objects.active().working_in(scope).exclude(pk=decider.pk)
    return people.filter(position_family__in=families) if families else people


def preview(scope: Unit, *, decider: Person, families: Collection[str] = ()) -> RollPreview:
    """The roll of a poll that would open now, by name, with everyone who is left out."""
    electors, left_out = [], []
    for person in Person.objects.active().working_in(scope).with_unit().order_by("name", "pk"):
        if person.pk == decider.pk:
            left_out.append(LeftOut(person, _("Memutuskan atas hasil pemungutan suara.")))
        elif families and person.position_family not in families:
            left_out.append(LeftOut(person, _("Rumpun jabatannya tidak diukur oleh butir ini.")))
        else:
            electors.append(person)
    return RollPreview(electors, left_out)


def roll_hash(people: Iterable[UUID]) -> str:
    """The hash of a roll: over the random keys of its people, sorted. No name goes into it."""
    return digest(sorted(map(str, people)))
