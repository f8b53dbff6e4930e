"""What happens to people, units and appointments, and the event that tells it."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from core.verdict import Refused
from ledger.models import Event
from people import actions
from people.models import Appointment, Person, Unit
from tests.builders import Cast, build_appointment, build_holiday

NIP = "200001012024032990"


def fields_of(unit: Unit, **others: Any) -> dict[str, Any]:
    return {
        "nip": NIP,
        "name": "Baru Contoh",
        "unit": unit,
        "position": "Perawat Terampil",
        "position_family": "health",
    } | others


def last_event() -> tuple[str, str, dict[str, Any]]:
    event = Event.objects.latest("number")
    return event.action, event.subject, json.loads(event.content.body)


# Persons


def test_a_person_is_registered(administrator: Person, unit: Unit, now: datetime) -> None:
    person = actions.person_create(actor=administrator, **fields_of(unit), now=now)
    assert (person.nip, person.unit, person.is_active) == (NIP, unit, True)
    assert not person.has_usable_password()
    assert last_event() == (
        "person.created",
        f"people.person:{person.pk}",
        {"unit": unit.code, "position_family": "health"},
    )


def test_a_repeated_submission_registers_nobody_else(
    administrator: Person, unit: Unit, now: datetime
) -> None:
    fields = fields_of(unit, submission=uuid4())
    first = actions.person_create(actor=administrator, **fields, now=now)
    events = Event.objects.count()
    assert actions.person_create(actor=administrator, **fields, now=now) == first
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("field", "value"),
    [("nip", "198502302010011991"), ("nip", "123"), ("name", ""), ("position_family", "noble")],
)
def test_a_bad_field_registers_nobody(
    administrator: Person, unit: Unit, now: datetime, field: str, value: str
) -> None:
    count = Person.objects.count()
    with pytest.raises(ValidationError) as error:
        actions.person_create(actor=administrator, **fields_of(unit, **{field: value}), now=now)
    assert field in error.value.message_dict
    assert (Person.objects.count(), Event.objects.count()) == (count, 0)


def test_an_edit_tells_which_fields_changed(
    administrator: Person, elector: Person, now: datetime
) -> None:
    fields = {"name": "Nama Lain", "grade": "IX", "position": elector.position}
    actions.person_update(actor=administrator, person=elector, fields=fields, now=now)
    elector.refresh_from_db()
    assert (elector.name, elector.grade) == ("Nama Lain", "IX")
    assert last_event()[2] == {"fields": ["grade", "name"]}


def test_an_edit_that_changes_nothing_is_no_event(
    administrator: Person, elector: Person, now: datetime
) -> None:
    actions.person_update(
        actor=administrator, person=elector, fields={"name": elector.name}, now=now
    )
    assert Event.objects.count() == 0


def test_an_edit_reaches_no_other_field(
    administrator: Person, elector: Person, now: datetime
) -> None:
    with pytest.raises(ValueError, match="is_active"):
        actions.person_update(
            actor=administrator, person=elector, fields={"is_active": False}, now=now
        )


def test_a_move_changes_the_unit_and_nothing_else(
    administrator: Person, head: Person, other_unit: Unit, now: datetime
) -> None:
    origin = head.unit
    actions.person_move(actor=administrator, person=head, unit=other_unit, now=now)
    head.refresh_from_db()
    assert head.unit == other_unit
    assert head.appointments.get().ends_on is None
    assert last_event()[2] == {"origin": origin.code, "unit": other_unit.code}


def test_a_move_to_the_same_or_a_closed_unit_is_refused(
    administrator: Person, elector: Person, other_unit: Unit, now: datetime
) -> None:
    other_unit.is_active = False
    other_unit.save()
    for unit in (elector.unit, other_unit):
        with pytest.raises(ValidationError):
            actions.person_move(actor=administrator, person=elector, unit=unit, now=now)
    assert Event.objects.count() == 0


def test_who_is_deactivated_holds_no_appointment_any_more(
    administrator: Person, facilitator: Person, now: datetime
) -> None:
    actions.person_deactivate(actor=administrator, person=facilitator, now=now)
    facilitator.refresh_from_db()
    assert not facilitator.is_active
    assert not facilitator.appointments.not_over(localdate(now)).exists()
    actions_told = list(Event.objects.values_list("action", flat=True))
    assert actions_told == ["appointment.ended", "person.deactivated"]


def test_a_reactivation_brings_back_no_appointment(
    administrator: Person, facilitator: Person, now: datetime
) -> None:
    actions.person_deactivate(actor=administrator, person=facilitator, now=now)
    actions.person_reactivate(actor=administrator, person=facilitator, now=now)
    facilitator.refresh_from_db()
    assert facilitator.is_active
    assert not facilitator.appointments.in_force(localdate(now)).exists()


# Passwords


def test_an_issued_password_opens_the_account_and_must_be_changed(
    administrator: Person, elector: Person, now: datetime
) -> None:
    password = actions.password_issue(actor=administrator, person=elector, now=now)
    elector.refresh_from_db()
    assert elector.check_password(password)
    assert elector.password_is_temporary
    assert last_event()[0] == "person.password_issued"
    assert password not in json.dumps(last_event())


def test_a_chosen_password_is_no_longer_temporary(
    administrator: Person, elector: Person, now: datetime
) -> None:
    actions.password_issue(actor=administrator, person=elector, now=now)
    actions.password_change(person=elector, password="sebuah rahasia panjang")
    elector.refresh_from_db()
    assert elector.check_password("sebuah rahasia panjang")
    assert not elector.password_is_temporary


# Units


def test_a_unit_is_added_below_another(administrator: Person, agency: Unit, now: datetime) -> None:
    unit = actions.unit_create(
        actor=administrator,
        code="pkm-b",
        name="Puskesmas B",
        kind="service",
        parent=agency,
        now=now,
    )
    assert unit in Unit.objects.within(agency)
    assert last_event() == (
        "unit.created",
        "people.unit:pkm-b",
        {"kind": "service", "parent": "dinkes"},
    )


def test_the_tree_never_bites_its_tail(
    administrator: Person, agency: Unit, unit: Unit, now: datetime
) -> None:
    with pytest.raises(ValidationError) as error:
        actions.unit_update(actor=administrator, unit=agency, fields={"parent": unit}, now=now)
    assert "parent" in error.value.message_dict
    agency.refresh_from_db()
    assert agency.parent != unit


def test_a_corrected_unit_tells_what_changed(
    administrator: Person, unit: Unit, other_unit: Unit, now: datetime
) -> None:
    actions.unit_update(
        actor=administrator,
        unit=unit,
        fields={"name": "Puskesmas Baru", "parent": other_unit},
        now=now,
    )
    assert last_event()[2] == {"name": "Puskesmas Baru", "parent": other_unit.code}


# Appointments


def appoint(actor: Person | None, person: Person, unit: Unit, now: datetime, **others: Any) -> Any:
    fields = {"role": "head", "starts_on": localdate(now)} | others
    return actions.appointment_create(actor=actor, person=person, unit=unit, **fields, now=now)


def test_an_acting_head_is_appointed_beside_the_definitive_one(
    administrator: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    until = localdate(now) + timedelta(days=30)
    appointment = appoint(administrator, elector, unit, now, standing="plh", ends_on=until)
    action, subject, content = last_event()
    assert (action, subject) == ("appointment.appointed", f"people.appointment:{appointment.pk}")
    assert content["person"] == str(elector.pk)
    assert content["ends_on"] == until.isoformat()


def test_a_second_definitive_head_is_refused(
    administrator: Person, elector: Person, unit: Unit, head: Person, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="kepala definitif"):
        appoint(administrator, elector, unit, now)
    assert Event.objects.count() == 0


def test_a_definitive_head_follows_on_the_day_when_the_other_ends(
    administrator: Person, elector: Person, unit: Unit, head: Person, now: datetime
) -> None:
    head.appointments.update(ends_on=localdate(now))
    assert appoint(administrator, elector, unit, now).holds_on(localdate(now))


def test_the_same_role_twice_at_a_time_is_refused(
    administrator: Person, facilitator: Person, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="sudah memegang"):
        appoint(administrator, facilitator, facilitator.unit, now, role="facilitator")


@pytest.mark.parametrize("standing", ["plt", "plh"])
def test_an_acting_head_without_an_end_is_refused(
    administrator: Person, elector: Person, unit: Unit, now: datetime, standing: str
) -> None:
    with pytest.raises(ValidationError, match="tanggal berakhir"):
        appoint(administrator, elector, unit, now, standing=standing)


def test_an_empty_period_is_refused(
    administrator: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    with pytest.raises(ValidationError) as error:
        appoint(administrator, elector, unit, now, role="auditor", ends_on=localdate(now))
    assert "ends_on" in error.value.message_dict


def test_a_repeated_submission_appoints_once(
    administrator: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    submission = uuid4()
    first, second = (
        appoint(administrator, elector, unit, now, role="auditor", submission=submission)
        for _ in range(2)
    )
    assert first == second
    assert Event.objects.count() == 1


def test_an_appointment_ends_on_a_day(
    administrator: Person, facilitator: Person, now: datetime
) -> None:
    appointment = facilitator.appointments.get()
    ended = actions.appointment_end(
        actor=administrator, appointment=appointment, ends_on=localdate(now), now=now
    )
    assert ended.is_over(localdate(now))
    assert last_event()[:2] == ("appointment.ended", f"people.appointment:{appointment.pk}")


def test_an_appointment_to_come_is_revoked(
    administrator: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    starts_on = localdate(now) + timedelta(days=10)
    appointment = build_appointment(elector, "auditor", unit=unit, starts_on=starts_on)
    ended = actions.appointment_end(
        actor=administrator, appointment=appointment, ends_on=localdate(now), now=now
    )
    assert ended.ends_on == starts_on
    assert not ended.holds_on(starts_on)


@pytest.mark.parametrize("days", [-1, 11])
def test_an_end_in_the_past_or_later_than_before_is_refused(
    administrator: Person, elector: Person, now: datetime, days: int
) -> None:
    until = localdate(now) + timedelta(days=10)
    appointment = build_appointment(elector, "auditor", ends_on=until)
    with pytest.raises(ValidationError):
        actions.appointment_end(
            actor=administrator,
            appointment=appointment,
            ends_on=localdate(now) + timedelta(days=days),
            now=now,
        )
    appointment.refresh_from_db()
    assert appointment.ends_on == until


# All of them


def calls(cast: Cast, actor: Person, now: datetime) -> dict[str, Callable[[], object]]:
    """Every action, on things on which the administrator may do it."""
    unit, person, day = cast.elector.unit, cast.elector, localdate(now)
    auditing: Appointment = cast.auditor.appointments.get()
    return {
        "person_create": lambda: actions.person_create(actor=actor, **fields_of(unit), now=now),
        "person_update": lambda: actions.person_update(
            actor=actor, person=person, fields={"name": "X Y"}, now=now
        ),
        "person_move": lambda: actions.person_move(
            actor=actor, person=person, unit=cast.outsider.unit, now=now
        ),
        "person_deactivate": lambda: actions.person_deactivate(actor=actor, person=person, now=now),
        "person_reactivate": lambda: actions.person_reactivate(
            actor=actor, person=cast.deactivated, now=now
        ),
        "password_issue": lambda: actions.password_issue(actor=actor, person=person, now=now),
        "unit_create": lambda: actions.unit_create(
            actor=actor, code="neu", name="Neu", kind="service", parent=unit, now=now
        ),
        "unit_update": lambda: actions.unit_update(
            actor=actor, unit=unit, fields={"name": "Neu"}, now=now
        ),
        "appointment_create": lambda: appoint(actor, person, unit, now, role="auditor"),
        "appointment_end": lambda: actions.appointment_end(
            actor=actor, appointment=auditing, ends_on=day, now=now
        ),
        "people_import": lambda: actions.people_import(actor=actor, lines=[], now=now),
        "units_import": lambda: actions.units_import(actor=actor, lines=[], now=now),
        "holiday_add": lambda: actions.holiday_add(
            actor=actor, day=day, name="Hari Contoh", kind="national", basis="", now=now
        ),
        "holiday_remove": lambda: actions.holiday_remove(
            actor=actor, holiday=build_holiday(day.year, month=day.month, day=day.day), now=now
        ),
    }


# The facilitator keeps the table of holidays, too: tests/people/test_holidays.py.
ADMINISTRATORS_OWN = set(actions.__all__) - {"password_change", "holiday_add", "holiday_remove"}


def test_the_list_of_calls_is_whole(cast: Cast, now: datetime) -> None:
    assert calls(cast, cast.head, now).keys() == set(actions.__all__) - {"password_change"}


@pytest.mark.parametrize("name", sorted(ADMINISTRATORS_OWN))
@pytest.mark.parametrize("part", ["author", "head", "facilitator", "publisher", "auditor"])
def test_nobody_but_the_administrator_does_it(
    cast: Cast, now: datetime, name: str, part: str
) -> None:
    def stored() -> list[object]:
        models = (Person, Unit, Appointment, Event)
        return [list(model._default_manager.order_by("pk").values()) for model in models]

    before = stored()
    with pytest.raises(Refused):
        calls(cast, getattr(cast, part), now)[name]()
    assert stored() == before


@pytest.mark.parametrize("name", sorted(set(actions.__all__) - {"password_change"}))
def test_no_event_carries_a_name_or_a_nip(cast: Cast, now: datetime, name: str) -> None:
    calls(cast, cast.administrator, now)[name]()
    told = [
        f"{event.subject} {event.content.body}" for event in Event.objects.select_related("content")
    ]
    assert told
    for person in Person.objects.all():
        assert not any(person.nip in text or person.name in text for text in told)


def test_the_period_of_a_day_is_one_day() -> None:
    appointment = Appointment(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2))
    assert appointment.holds_on(date(2026, 1, 1))
    assert not appointment.holds_on(date(2026, 1, 2))
