"""Reads of people and appointments, in the words of the office."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from people.models import Appointment, Person, Unit  # noqa: F401


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> Self:
        """People who are in service."""
        return self.filter(is_active=True)

    def working_in(self, unit: Unit) -> Self:
        """People of a unit and of every unit below it."""
        return self.filter(unit__in=type(unit).objects.descendants(unit, include_self=True))

    def with_unit(self) -> Self:
        """With the unit at hand, in the same query."""
        return self.select_related("unit")


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, day: date) -> Self:
        """Appointments whose period holds `day`, of people in service."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day, person__is_active=True
        )

    def of_role(self, *roles: str) -> Self:
        """Appointments in one of these roles."""
        return self.filter(role__in=roles)
