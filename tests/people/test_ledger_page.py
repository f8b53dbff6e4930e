"""The page of the audit trail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.actions import content_erase
from ledger.chain import checkpoint
from people.models import Person
from tests.ledger.builders import ANOTHER, SOMEONE, build_event, build_events

type ClientOf = Callable[[Any], Client]


@pytest.fixture
def client(client_of: ClientOf, auditor: Person) -> Client:
    return client_of(auditor)


def test_an_event_shows_who_and_what(client: Client, author: Person) -> None:
    build_event(1, actor=author.pk, action="proposal.revised", content={"revision": 7})
    page = client.get("/people/ledger/").content.decode()
    for text in (author.name, "proposal.revised", "tests.thing:1", "{&quot;revision&quot;:7}"):
        assert text in page


def test_the_clock_and_who_is_gone_are_named_as_far_as_known(client: Client) -> None:
    build_event(1, actor=None)
    build_event(2, actor=SOMEONE)
    page = client.get("/people/ledger/").content.decode()
    assert "sistem" in page
    assert str(SOMEONE) in page


def test_the_page_shows_the_checkpoint(client: Client) -> None:
    build_events(3)
    assert str(checkpoint()) in client.get("/people/ledger/").content.decode()


def test_an_erased_content_is_told(client: Client) -> None:
    build_event(1)
    content_erase(
        actor=SOMEONE, approver=ANOTHER, number=1, request="1", basis="x", now=timezone.now()
    )
    assert "Isi sudah dihapus" in client.get("/people/ledger/").content.decode()


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [3, 2, 1]),
        ({"action": "opened"}, [2]),
        ({"subject": "tests.thing:3"}, [3]),
        ({"subject": "tests.thing"}, [3, 2, 1]),
        ({"subject": "tests.thing:3", "action": "opened"}, []),
        ({"action": "nothing"}, []),
    ],
)
def test_the_filter_narrows(client: Client, query: dict[str, str], numbers: list[int]) -> None:
    for number in (1, 2, 3):
        build_event(number, action="opened" if number == 2 else "tested")
    lines = client.get("/people/ledger/", query).context["lines"]
    assert [event.number for event, _actor in lines] == numbers


def test_the_page_takes_as_many_queries_for_twenty_as_for_two(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get("/people/ledger/")
        return len(counted)

    build_events(2)
    client.get("/people/ledger/")
    few = queries()
    build_events(20)
    assert queries() == few
