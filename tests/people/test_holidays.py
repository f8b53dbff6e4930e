"""Holidays: the table from which working days follow."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core.dates import working_days_between
from core.verdict import Refused
from ledger.models import Event
from people import actions
from people.models import Holiday, Person
from people.working_days import working_day_after
from tests.builders import build_holiday

type ClientOf = Callable[[Person], Client]

CHRISTMAS = date(2026, 12, 25)  # a Friday
EVE = CHRISTMAS - timedelta(days=1)


def add(actor: Person, now: datetime, **over: str) -> Holiday:
    said = {"name": "Hari Raya Natal", "kind": "national", "basis": ""} | over
    return actions.holiday_add(actor=actor, day=CHRISTMAS, now=now, **said)


def test_a_holiday_is_no_working_day(facilitator: Person, now: datetime) -> None:
    assert working_day_after(EVE, 1) == CHRISTMAS
    add(facilitator, now)
    assert working_day_after(EVE, 1) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("end", "days"),
    [
        pytest.param(EVE, 0, id="the same day"),
        pytest.param(CHRISTMAS, 0, id="a holiday"),
        pytest.param(date(2026, 12, 27), 0, id="the weekend after it"),
        pytest.param(date(2026, 12, 29), 2, id="Monday and Tuesday"),
        pytest.param(date(2026, 12, 1), 0, id="earlier"),
    ],
)
def test_working_days_between_two_dates(end: date, days: int) -> None:
    assert working_days_between(EVE, end, {CHRISTMAS}) == days


def test_the_ledger_tells_what_was_added_and_removed(facilitator: Person, now: datetime) -> None:
    actions.holiday_remove(actor=facilitator, holiday=add(facilitator, now), now=now)
    assert not Holiday.objects.exists()
    assert list(Event.objects.order_by("number").values_list("action", flat=True)) == [
        "holiday.added",
        "holiday.removed",
    ]


def test_the_same_holiday_again_is_the_same(facilitator: Person, now: datetime) -> None:
    assert add(facilitator, now) == add(facilitator, now)
    assert (Holiday.objects.count(), Event.objects.count()) == (1, 1)


def test_a_day_has_one_holiday(facilitator: Person, now: datetime) -> None:
    add(facilitator, now)
    with pytest.raises(ValidationError, match="sudah tercatat"):
        add(facilitator, now, name="Cuti bersama", kind="shared_leave")
    assert Holiday.objects.get().name == "Hari Raya Natal"


def test_nobody_else_adds_a_holiday(author: Person, now: datetime) -> None:
    with pytest.raises(Refused, match="fasilitator"):
        add(author, now)
    assert not Holiday.objects.exists()


def test_nobody_else_removes_a_holiday(author: Person, now: datetime) -> None:
    holiday = build_holiday(2027)
    with pytest.raises(Refused, match="fasilitator"):
        actions.holiday_remove(actor=author, holiday=holiday, now=now)
    assert Holiday.objects.get() == holiday


def test_the_page_shows_the_holidays_of_the_year(client_of: ClientOf, author: Person) -> None:
    build_holiday(2027)
    client = client_of(author)
    url = reverse("people:holidays")
    assert "1 Januari 2027" in client.get(url, {"year": 2027}).content.decode()
    assert "1 Januari 2027" not in client.get(url, {"year": 2028}).content.decode()


@pytest.mark.parametrize("year", ["", "dua ribu", "99999999999", "\0"])
def test_a_year_that_is_none_is_this_year(
    client_of: ClientOf, author: Person, now: datetime, year: str
) -> None:
    page = client_of(author).get(reverse("people:holidays"), {"year": year}).content.decode()
    assert f"Hari libur {now.year}" in page


def test_a_holiday_is_added_on_the_form(client_of: ClientOf, facilitator: Person) -> None:
    typed = {"day": "2026-12-25", "name": "Hari Raya Natal", "kind": "national"}
    client = client_of(facilitator)
    page = client.post(reverse("people:holiday-add"), typed, follow=True).content.decode()
    assert "25 Desember 2026" in page
    assert Holiday.objects.get().day == CHRISTMAS


@pytest.mark.parametrize(
    ("field", "typed"), [("day", "31/12"), ("day", "1999-01-01"), ("name", ""), ("kind", "x")]
)
def test_a_wrong_holiday_stays_on_the_form(
    client_of: ClientOf, facilitator: Person, field: str, typed: str
) -> None:
    said = {"day": "2026-12-25", "name": "Hari Raya Natal", "kind": "national"} | {field: typed}
    response = client_of(facilitator).post(reverse("people:holiday-add"), said)
    assert response.status_code == 200
    assert not Holiday.objects.exists()
