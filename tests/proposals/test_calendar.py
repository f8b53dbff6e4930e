"""The calendar page and its file."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from core.dates import WIB
from people.models import Person, Unit
from people.roles import roles_of
from proposals.deadlines import Deadline, calendar_file, deadlines_between
from proposals.models import Round
from tests.builders import build_holiday
from tests.proposals.builders import build_discussion, build_draft, build_round

type ClientOf = Callable[[Person], Client]

NOON = datetime(2026, 12, 24, 12, 0, tzinfo=WIB)


@pytest.fixture
def round_(unit: Unit) -> Round:
    return build_round(unit, now=NOON, closes_at=NOON + timedelta(days=30))


def file_of(*deadlines: Deadline) -> bytes:
    return calendar_file(deadlines, site="https://martahi.example", now=NOON)


def test_a_moment_is_written_in_utc() -> None:
    written = file_of(Deadline("a", NOON, "Putaran ditutup", "Putaran", "/rounds/"))
    assert b"DTSTART:20261224T050000Z\r\n" in written
    assert b"DTSTAMP:20261224T050000Z\r\n" in written


def test_a_whole_day_is_a_date() -> None:
    written = file_of(Deadline("a", NOON.date(), "Libur nasional", "Natal", "/"))
    assert b"DTSTART;VALUE=DATE:20261224\r\n" in written


def test_long_lines_are_folded_and_signs_escaped() -> None:
    title = "Persentase ibu, bayi; dan \\ balita\nEND:VCALENDAR " + "ééé " * 60
    written = file_of(Deadline("a", NOON, "Masa sanggah", title, "/"))
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert b"\n" not in written.replace(b"\r\n", b"")
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert str(event["summary"]) == f"Masa sanggah: {title}"


def test_a_window_keeps_its_name_in_calendars(round_: Round, author: Person) -> None:
    roles = roles_of(author, on=NOON.date())
    before = {one.key for one in deadlines_between(author, roles, NOON.date())}
    round_.closes_at += timedelta(days=1)
    round_.save()
    assert before == {one.key for one in deadlines_between(author, roles, NOON.date())}


def test_the_page_lists_the_month(client_of: ClientOf, author: Person, round_: Round) -> None:
    build_holiday(2026, month=12, day=25, name="Hari Raya Natal")
    client, url = client_of(author), reverse("proposals:calendar")
    assert "Hari Raya Natal" in client.get(url, {"month": "2026-12"}).content.decode()
    january = client.get(url, {"month": "2027-01"}).content.decode()
    assert "Putaran ditutup" in january
    assert "Hari Raya Natal" not in january


def test_times_are_written_as_the_reader_writes_them(
    client_of: ClientOf, author: Person, round_: Round
) -> None:
    client, url = client_of(author), reverse("proposals:calendar")
    assert "12.00 WIB" in client.get(url, {"month": "2026-11"}).content.decode()
    client.post(reverse("set_language"), {"language": "en"})
    assert "12:00 WIB" in client.get(url, {"month": "2026-11"}).content.decode()


@pytest.mark.parametrize("month", ["", "x", "2026-13", "9999-12", "0001-01", "\0"])
def test_a_month_that_is_none_is_this_one(client_of: ClientOf, author: Person, month: str) -> None:
    response = client_of(author).get(reverse("proposals:calendar"), {"month": month})
    assert response.status_code == 200


def test_the_draft_of_another_is_in_no_calendar(
    client_of: ClientOf, author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now)
    build_draft(author, round_, now=now, name="Persentase rahasia")
    build_discussion(author, round_, now=now, name="Persentase terbuka")
    written = client_of(elector).get(reverse("proposals:calendar-download"))
    assert written["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"terbuka" in written.content
    assert b"rahasia" not in written.content


def test_the_calendar_takes_four_queries(
    author: Person, round_: Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        build_discussion(author, round_, now=NOON, code=f"KES-3{number}")
    roles = roles_of(author, on=NOON.date())
    with django_assert_num_queries(4):
        deadlines_between(author, roles, NOON.date())
