"""What the tables refuse, whoever asks."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from people.models import Appointment, Person, Unit
from tests.builders import build_appointment, build_person, build_unit

DAY, LATER = date(2026, 3, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("person_position_family", {"position_family": "nobility"}),
        ("person_presence", {"presence": "asleep"}),
        ("person_nip_length", {"nip": "123"}),
        ("person_named", {"name": ""}),
        ("person_named", {"position": ""}),
    ],
)
def test_a_person_that_cannot_be_is_refused(
    elector: Person, name: str, change: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Person.objects.filter(pk=elector.pk).update(**change)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("unit_kind", {"kind": "galaxy"}),
        ("unit_named", {"name": ""}),
    ],
)
def test_a_unit_that_cannot_be_is_refused(unit: Unit, name: str, change: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(**change)


def test_a_unit_cannot_stand_below_itself(unit: Unit) -> None:
    with pytest.raises(IntegrityError, match="unit_not_below_itself"), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(parent=unit.pk)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("appointment_role", {"role": "king"}),
        ("appointment_standing", {"standing": "for_fun", "ends_on": LATER}),
        ("appointment_only_heads_act", {"role": "auditor", "standing": "plt", "ends_on": LATER}),
        ("appointment_acting_ends", {"standing": "plh"}),
        ("appointment_dates", {"ends_on": date(2026, 2, 28)}),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(
    elector: Person, name: str, fields: dict[str, Any]
) -> None:
    fields = {"role": "head", "starts_on": DAY} | fields
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        build_appointment(elector, **fields)


def test_an_appointment_is_recorded_once(elector: Person) -> None:
    build_appointment(elector, "auditor", starts_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        build_appointment(elector, "auditor", starts_on=DAY)


def test_a_nip_belongs_to_one_person(elector: Person, unit: Unit) -> None:
    with pytest.raises(ValidationError, match="sudah terdaftar"):
        build_person(unit=unit, nip=elector.nip)


def test_the_title_says_that_someone_acts() -> None:
    acting = Appointment(role="head", standing="plt")
    assert acting.title == "Plt. Kepala unit kerja"
    assert Appointment(role="head").title == "Kepala unit kerja"


def test_within_is_the_unit_and_all_below(agency: Unit, unit: Unit, city: Unit) -> None:
    post = build_unit("pustu", parent=unit)
    assert set(Unit.objects.within(agency)) == {agency, unit, post}
    assert set(Unit.objects.within(post)) == {post}
    assert city not in Unit.objects.within(agency)


def test_working_in_counts_the_units_below(agency: Unit, unit: Unit, author: Person) -> None:
    assert author in Person.objects.working_in(agency)
    assert set(Person.objects.working_in(unit)) <= set(Person.objects.working_in(agency))


def test_migrating_makes_the_table_of_the_cache(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_cache")
    call_command("migrate", verbosity=0)
    assert "django_cache" in connection.introspection.table_names()
