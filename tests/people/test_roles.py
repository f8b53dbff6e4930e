"""Roles come from appointments in force today, and from nothing else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Appointment, Person, Unit
from people.roles import Role, heads_of, roles_of
from tests.builders import build_appointment

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (LAST - timedelta(days=1), True),
        (LAST, False),
    ],
)
def test_an_appointment_holds_from_its_first_day_until_before_its_end(
    elector: Person, unit: Unit, day: date, holds: bool
) -> None:
    appointment = build_appointment(
        elector,
        Role.HEAD,
        unit=unit,
        starts_on=FIRST,
        ends_on=LAST,
        standing=Appointment.Standing.PLH,
    )
    assert appointment.holds_on(day) is holds
    assert roles_of(elector, on=day).heads(unit.pk) is holds
    assert (elector in heads_of(unit, on=day)) is holds


def test_an_appointment_without_end_holds_on(elector: Person, unit: Unit) -> None:
    build_appointment(elector, Role.FACILITATOR, unit=unit, starts_on=FIRST)
    assert roles_of(elector, on=date(2060, 1, 1)).has(Role.FACILITATOR)


def test_an_appointment_revoked_before_it_began_never_holds(elector: Person, unit: Unit) -> None:
    build_appointment(elector, Role.FACILITATOR, unit=unit, starts_on=FIRST, ends_on=FIRST)
    assert not roles_of(elector, on=FIRST).held


def test_a_head_heads_exactly_the_unit(superior_head: Person, agency: Unit, unit: Unit) -> None:
    roles = roles_of(superior_head, on=timezone.localdate())
    assert roles.heads(agency.pk)
    assert not roles.heads(unit.pk)


def test_who_left_the_service_has_no_role(facilitator: Person) -> None:
    facilitator.is_active = False
    facilitator.save()
    assert not roles_of(facilitator, on=timezone.localdate()).held


def test_roles_are_one_query(
    facilitator: Person, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        roles_of(facilitator, on=timezone.localdate())


def test_a_role_withdrawn_in_mid_session_is_gone_at_the_next_request(
    facilitator: Person, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(facilitator)
    assert client.get("/people/").status_code == 200
    facilitator.appointments.update(ends_on=timezone.localdate())
    assert client.get("/people/").status_code == 403


def test_a_person_deactivated_in_mid_session_is_signed_out_at_the_next_request(
    facilitator: Person, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(facilitator)
    assert client.get("/people/").status_code == 200
    facilitator.is_active = False
    facilitator.save()
    answer = client.get("/people/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/people/")
