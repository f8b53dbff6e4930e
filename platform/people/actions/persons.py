"""Registering people, correcting, moving, deactivating and reactivating them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.actions.appointments import appointment_close
from people.actions.ground import person_locked, roles_now, tell
from people.models import Person, Unit
from people.rules import (
    may_create_person,
    may_deactivate_person,
    may_edit_person,
    may_move_person,
    may_reactivate_person,
)

EDITABLE = frozenset({"nip", "name", "email", "position", "position_family", "grade", "presence"})


@transaction.atomic
def person_create(
    *,
    actor: Person | None,
    nip: str,
    name: str,
    unit: Unit,
    position: str,
    position_family: str,
    grade: str = "",
    email: str = "",
    presence: str = Person.Presence.PRESENT,
    password: str | None = None,
    submission: UUID | None = None,
    now: datetime,
) -> Person:
    """The person registered; without a password nobody signs in as them until one is issued.

    A repeated submission yields the person that the first one made.
    Raises Refused unless the actor is administrator, ValidationError for bad fields.
    """
    may_create_person(roles_now(actor, now)).require()
    if submission and (first := Person.objects.filter(submission=submission).first()):
        return first
    person = Person.objects.create_user(
        nip,
        password,
        name=name,
        unit=unit,
        position=position,
        position_family=position_family,
        grade=grade,
        email=email,
        presence=presence,
        submission=submission,
    )
    tell(actor, "created", person, now, unit=unit.code, position_family=position_family)
    return person


@transaction.atomic
def person_update(
    *, actor: Person | None, person: Person, fields: Mapping[str, Any], now: datetime
) -> Person:
    """The person with corrected fields of `EDITABLE`; the event names the fields that changed.

    Raises Refused, ValidationError for bad values, ValueError for a field that is not editable.
    """
    if unknown := fields.keys() - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    person = person_locked(person.pk)
    may_edit_person(roles_now(actor, now), person).require()
    changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
    if not changed:
        return person
    for name in changed:
        setattr(person, name, fields[name])
    person.full_clean()
    person.save(update_fields=changed)
    tell(actor, "updated", person, now, fields=changed)
    return person


@transaction.atomic
def person_move(*, actor: Person | None, person: Person, unit: Unit, now: datetime) -> Person:
    """The person in another unit. Appointments stay; results that stand do not change.

    Raises Refused, ValidationError for the same or a closed unit.
    """
    person = person_locked(person.pk)
    may_move_person(roles_now(actor, now), person).require()
    if unit == person.unit:
        raise ValidationError({"unit": _("Pegawai sudah bekerja di unit ini.")})
    if not unit.is_active:
        raise ValidationError({"unit": _("Unit ini sudah tidak aktif.")})
    origin, person.unit = person.unit, unit
    person.full_clean()
    person.save(update_fields=["unit"])
    tell(actor, "moved", person, now, origin=origin.code, unit=unit.code)
    return person


@transaction.atomic
def person_deactivate(*, actor: Person | None, person: Person, now: datetime) -> Person:
    """The person out of service: signed out at the next request, appointments ended today."""
    person = person_locked(person.pk)
    may_deactivate_person(actor, roles_now(actor, now), person).require()
    today = timezone.localdate(now)
    for appointment in person.appointments.not_over(today):
        appointment_close(actor=actor, appointment=appointment, ends_on=today, now=now)
    person.is_active = False
    person.save(update_fields=["is_active"])
    tell(actor, "deactivated", person, now)
    return person


@transaction.atomic
def person_reactivate(*, actor: Person | None, person: Person, now: datetime) -> Person:
    """The person back in service, without the appointments of before."""
    person = person_locked(person.pk)
    may_reactivate_person(roles_now(actor, now), person).require()
    person.is_active = True
    person.save(update_fields=["is_active"])
    tell(actor, "reactivated", person, now)
    return person
