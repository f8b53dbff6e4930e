"""The inbox."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from notices.models import Notice
from people.models import Person
from tests.notices.builders import build_notice

type ClientOf = Callable[[Any], Client]


@pytest.fixture
def client(client_of: ClientOf, author: Person) -> Client:
    return client_of(author)


def test_the_inbox_shows_own_notices_alone(
    client: Client, author: Person, head: Person, now: datetime
) -> None:
    build_notice(author, now=now, text="Untuk penulis.")
    build_notice(head, now=now, text="Untuk kepala.")
    page = client.get("/notices/").content.decode()
    assert "Untuk penulis." in page
    assert "Untuk kepala." not in page


def test_unread_come_first_and_each_day_by_itself(
    client: Client, author: Person, now: datetime
) -> None:
    build_notice(author, now=now, text="dibaca", read_at=now)
    build_notice(author, now=now - timedelta(days=2), text="lama")
    build_notice(author, now=now - timedelta(days=1), text="baru")
    days = client.get("/notices/").context["days"]
    assert [[notice.text for notice in day["notices"]] for day in days] == [
        ["baru"],
        ["lama"],
        ["dibaca"],
    ]


def test_a_day_is_a_day_of_the_city(client: Client, author: Person, now: datetime) -> None:
    build_notice(author, now=datetime.fromisoformat("2026-11-23T17:30:00+00:00"))
    (day,) = client.get("/notices/").context["days"]
    assert day["day"].isoformat() == "2026-11-24"
    assert "24 November 2026" in client.get("/notices/").content.decode()
    assert "00.30 WIB" in client.get("/notices/").content.decode()


def test_an_empty_inbox_says_what_to_do(client: Client) -> None:
    assert "Belum ada pemberitahuan" in client.get("/notices/").content.decode()


def test_text_is_shown_as_text(client: Client, author: Person, now: datetime) -> None:
    build_notice(author, now=now, text="<script>alert(1)</script>")
    page = client.get("/notices/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_opening_marks_it_read_and_leads_to_its_page(
    client: Client, author: Person, now: datetime
) -> None:
    notice = build_notice(author, now=now)
    answer = client.post(f"/notices/{notice.pk}/open/")
    assert (answer.status_code, answer["Location"]) == (302, "/people/profile/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_opening_a_link_that_browsers_read_as_foreign_stays_here(
    client: Client, author: Person, now: datetime
) -> None:
    notice = build_notice(author, now=now, url="/\\example.org")
    assert client.post(f"/notices/{notice.pk}/open/")["Location"] == "/notices/"


def test_anothers_notice_is_not_found_and_stays_unread(
    client: Client, head: Person, now: datetime
) -> None:
    notice = build_notice(head, now=now)
    foreign = client.post(f"/notices/{notice.pk}/open/")
    absent = client.post(f"/notices/{uuid4()}/open/")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert Notice.objects.unread_count(head) == 1


def test_all_are_marked_read_at_once(
    client: Client, author: Person, head: Person, now: datetime
) -> None:
    for number in range(3):
        build_notice(author, now=now, text=f"Nomor {number}")
    build_notice(head, now=now)
    assert client.post("/notices/read-all/")["Location"] == "/notices/"
    assert Notice.objects.unread_count(author) == 0
    assert Notice.objects.unread_count(head) == 1


@pytest.mark.parametrize("path", ["read-all/", "{pk}/open/"])
def test_what_marks_as_read_is_not_a_link(
    client: Client, author: Person, now: datetime, path: str
) -> None:
    notice = build_notice(author, now=now)
    assert client.get(f"/notices/{path.format(pk=notice.pk)}").status_code == 405
    assert Notice.objects.unread_count(author) == 1


def test_the_inbox_is_read_with_get(client: Client) -> None:
    assert client.post("/notices/").status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["", "read-all/", f"{UUID(int=1)}/open/"])
def test_visitors_are_sent_to_the_sign_in(db: None, method: str, path: str) -> None:
    answer = getattr(Client(), method)(f"/notices/{path}")
    assert answer["Location"].startswith("/accounts/login/")


def test_the_inbox_takes_as_many_queries_for_fifteen_as_for_two(
    client: Client, author: Person, now: datetime
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get("/notices/")
        return len(counted)

    for number in range(2):
        build_notice(author, now=now, text=f"Nomor {number}")
    client.get("/notices/")
    few = queries()
    for number in range(2, 15):
        build_notice(author, now=now, text=f"Nomor {number}")
    assert queries() == few
