"""Appointing people to roles in units, and ending that."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import format_date
from people.actions.ground import person_locked, roles_now, tell
from people.models import Appointment, Person, Unit
from people.rules import may_appoint, may_end_appointment


@transaction.atomic
def appointment_create(
    *,
    actor: Person | None,
    person: Person,
    unit: Unit,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    standing: str = Appointment.Standing.DEFINITIVE,
    decree: str = "",
    submission: UUID | None = None,
    now: datetime,
) -> Appointment:
    """The appointment, in force on `[starts_on, ends_on)`.

    A repeated submission yields the appointment that the first one made.
    Raises Refused (nobody appoints himself), ValidationError for bad dates, for a second
    definitive head of the unit in the same days, and for a role that the person already holds.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    person = person_locked(person.pk)
    may_appoint(actor, roles_now(actor, now), person).require()
    if submission and (first := Appointment.objects.filter(submission=submission).first()):
        return first
    appointment = Appointment(
        person=person,
        unit=unit,
        role=role,
        standing=standing,
        starts_on=starts_on,
        ends_on=ends_on,
        decree=decree,
        submission=submission,
    )
    _check_period(appointment)
    appointment.full_clean()
    appointment.save(force_insert=True)
    tell(
        actor,
        "appointed",
        appointment,
        now,
        person=person.pk,
        unit=unit.code,
        role=role,
        standing=standing,
        starts_on=starts_on,
        ends_on=ends_on,
        decree=decree,
    )
    return appointment


@transaction.atomic
def appointment_end(
    *, actor: Person | None, appointment: Appointment, ends_on: date, now: datetime
) -> Appointment:
    """The appointment, no longer in force from `ends_on` on; one that had not begun is revoked.

    Raises Refused, ValidationError for a day in the past or after the end it already has.
    """
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    today = timezone.localdate(now)
    may_end_appointment(actor, roles_now(actor, now), appointment, today=today).require()
    if ends_on < today:
        raise ValidationError({"ends_on": _("Tanggal berakhir tidak boleh sebelum hari ini.")})
    if appointment.ends_on and ends_on > appointment.ends_on:
        raise ValidationError(
            {
                "ends_on": _("Penunjukan ini sudah berakhir pada %(day)s; ia tidak diperpanjang.")
                % {"day": format_date(appointment.ends_on)}
            }
        )
    return appointment_close(actor=actor, appointment=appointment, ends_on=ends_on, now=now)


def appointment_close(
    *, actor: Person | None, appointment: Appointment, ends_on: date, now: datetime
) -> Appointment:
    """The appointment with its end, in the transaction of whoever decided that it ends."""
    appointment.ends_on = max(ends_on, appointment.starts_on)
    appointment.full_clean()
    appointment.save(update_fields=["ends_on"])
    tell(actor, "ended", appointment, now, ends_on=appointment.ends_on)
    return appointment


def _check_period(new: Appointment) -> None:
    """Raise ValidationError if the period is empty or collides with another appointment."""
    if new.ends_on is not None and new.ends_on <= new.starts_on:
        raise ValidationError({"ends_on": _("Tanggal berakhir harus sesudah tanggal mulai.")})
    if not new.unit.is_active:
        raise ValidationError({"unit": _("Unit ini sudah tidak aktif.")})
    others = [
        other
        for other in Appointment.objects.of_role(new.role).filter(unit=new.unit)
        if other.overlaps(new.starts_on, new.ends_on) and not other.is_over(other.starts_on)
    ]
    if any(other.person_id == new.person_id for other in others):
        raise ValidationError(_("Pegawai ini sudah memegang peran itu dalam masa tersebut."))
    if new.is_definitive_head and any(other.is_definitive_head for other in others):
        raise ValidationError(
            {
                "unit": _(
                    "Unit ini sudah mempunyai kepala definitif dalam masa tersebut. "
                    "Akhiri penunjukannya lebih dulu, atau tunjuk Plt./Plh."
                )
            }
        )
