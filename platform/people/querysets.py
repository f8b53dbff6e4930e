"""Reads of units, people and appointments, in the words of the office."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from tree_queries.query import TreeQuerySet

if TYPE_CHECKING:
    from people.models import Appointment, Holiday, Person, Unit  # noqa: F401
    from people.roles import Roles


class UnitQuerySet(TreeQuerySet, models.QuerySet["Unit"]):  # type: ignore[misc]
    def active(self) -> Self:
        """Units that exist today."""
        return self.filter(is_active=True)

    def within(self, unit: Unit) -> Self:
        """A unit and every unit below it."""
        found: Self = self.descendants(unit, include_self=True)
        return found

    def as_tree(self) -> Self:
        """In the order of the tree, each with `tree_depth`; siblings by name."""
        ordered: Self = self.order_siblings_by("name").with_tree_fields()
        return ordered


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> Self:
        """People who are in service."""
        return self.filter(is_active=True)

    def working_in(self, unit: Unit) -> Self:
        """People of a unit and of every unit below it."""
        return self.filter(unit__in=type(unit).objects.within(unit))

    def with_unit(self) -> Self:
        """With the unit at hand, in the same query."""
        return self.select_related("unit")

    def visible_to(self, person: Person, roles: Roles) -> Self:
        """Whose record `person` may open: everyone's for whom the roles allow it, else the own."""
        return self if roles.sees_people else self.filter(pk=person.pk)

    def matching(self, words: str, *, by_nip: bool = False) -> Self:
        """People whose name, unit or (`by_nip`) NIP holds every word; all for an empty text."""
        found = self
        for word in words.split():
            holds = Q(name__icontains=word) | Q(unit__name__icontains=word)
            found = found.filter(holds | Q(nip__contains=word) if by_nip else holds)
        return found

    def count_by_unit(self) -> dict[int, int]:
        """How many of these people work in each unit itself, by the unit's key. One query."""
        counts = self.order_by().values_list("unit").annotate(people=models.Count("pk"))
        return dict(counts)

    def in_order_after(self, key: UUID | None) -> Self:
        """By key, from the one after `key` on, with their units: to be gone through in parts."""
        found = self if key is None else self.filter(pk__gt=key)
        return found.order_by("pk").select_related("unit")

    def count_by_unit_and_family(self) -> dict[tuple[str, str], int]:
        """How many of these people work where: by unit code and position family. One query."""
        counts = self.order_by().values_list("unit__code", "position_family")
        return {
            (unit, family): people
            for unit, family, people in counts.annotate(people=models.Count("pk"))
        }


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, day: date) -> Self:
        """Appointments whose period holds `day`, of people in service."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day, person__is_active=True
        )

    def not_over(self, day: date) -> Self:
        """Appointments in force on `day` or to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)).exclude(
            ends_on=models.F("starts_on")
        )

    def of_role(self, *roles: str) -> Self:
        """Appointments in one of these roles."""
        return self.filter(role__in=roles)

    def with_unit(self) -> Self:
        """With the unit at hand, in the same query."""
        return self.select_related("unit")

    def with_person(self) -> Self:
        """With the person at hand, in the same query."""
        return self.select_related("person")

    def latest_first(self) -> Self:
        """The latest beginning first."""
        return self.order_by("-starts_on", "unit__name", "role")

    def with_all(self) -> Self:
        """With person and unit at hand, in the same query."""
        return self.select_related("person", "unit")

    def visible_to(self, person: Person, roles: Roles) -> Self:
        """Of whom the records are visible: everyone for some roles, else of the person alone."""
        return self if roles.sees_people else self.filter(person=person)


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def of_year(self, year: int) -> Self:
        """The holidays of a calendar year, earliest first."""
        return self.filter(day__year=year).order_by("day")

    def days_after(self, day: date) -> frozenset[date]:
        """The dates of all holidays after a day, for counting working days. One query."""
        return frozenset(self.filter(day__gt=day).values_list("day", flat=True))

    def years(self) -> list[int]:
        """The years that have holidays, earliest first. One query."""
        return [day.year for day in self.order_by().dates("day", "year")]
