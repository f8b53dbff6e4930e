"""A secret vote leaves no trace outside its box: not in a table, a log, a message or a report."""

import logging
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from ledger.models import Event
from people.models import Person
from tests.voting.builders import (
    APPROVE,
    REJECT,
    ballot,
    cast,
    open_poll,
    sealed_poll,
    token,
)
from voting import boxes, receipts, urn
from voting.actions import casting
from voting.methods import METHODS
from voting.models import (
    Attendance,
    Ballot,
    Box,
    ChoiceCount,
    Elector,
    Item,
    OpenBallot,
    Poll,
    ReceiptCode,
)
from voting.policy import Policy

pytestmark = pytest.mark.django_db

MARKER = "penanda-rahasia-7c41"

type ClientOf = Callable[[Person], Client]


def tables() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found[name] = sorted(
                repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
                for row in cursor.fetchall()
            )
    return found


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A method whose choices are found again wherever they go: any text is one."""
    method = METHODS["approve"]
    for same in ("choice", "pack", "unpack"):
        monkeypatch.setattr(method, same, lambda text: text)
    monkeypatch.setattr(method, "width", 40, raising=False)


def post(client: Client, poll: Poll, person: Person, choice: str) -> Any:
    fields = {f"item-{item.pk}": choice for item in poll.items.all()}
    form = token(poll, person)
    response = client.post(reverse("voting:cast", args=[poll.pk]), fields | {"receipt": form})
    code = receipts.token_read(form, poll=poll.pk, person=person.pk)
    return response, code


def test_a_vote_changes_one_mark_and_one_box_and_no_other_row(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, items=2)
    client = client_of(elector)
    client.get(reverse("voting:detail", args=[poll.pk]))
    before = tables()
    response, _code = post(client, poll, elector, APPROVE)
    after = tables()
    assert response.status_code == 200
    assert {name: len(rows) for name, rows in before.items()} == {
        name: len(rows) for name, rows in after.items()
    }
    changed = {name: set(after[name]) - set(before[name]) for name in after}
    assert {name: len(rows) for name, rows in changed.items() if rows} == {
        "voting_elector": 1,
        "voting_box": 1,
    }


@pytest.mark.parametrize(
    ("method", "choices"), [("weights", ("71", "29")), ("schulze", ("", "843"))]
)
def test_points_and_ranks_change_one_mark_and_one_box_too(
    client_of: ClientOf, head: Person, elector: Person, method: str, choices: tuple[str, str]
) -> None:
    poll = open_poll(actor=head, items=2, policy=Policy(method=method))
    client = client_of(elector)
    fields = {f"item-{key}": choice for key, choice in ballot(poll, *choices).items()}
    fields["receipt"] = token(poll, elector)
    before = tables()
    for door in ("review", "cast"):
        assert client.post(reverse(f"voting:{door}", args=[poll.pk]), fields).status_code == 200
    after = tables()
    changed = {name: set(after[name]) - set(before[name]) for name in after}
    assert {name: len(rows) for name, rows in changed.items() if rows} == {
        "voting_elector": 1,
        "voting_box": 1,
    }


def test_reading_over_keeps_the_choice_nowhere(
    client_of: ClientOf,
    head: Person,
    elector: Person,
    marked: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(METHODS["approve"], "words", lambda choice: choice)
    poll = open_poll(actor=head)
    client = client_of(elector)
    before = tables()
    fields = {f"item-{item.pk}": MARKER for item in poll.items.all()}
    form = token(poll, elector)
    connection.force_debug_cursor = True
    try:
        with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django"):
            for more in ({}, {"back": "yes"}, {"move": "x:up"}):
                response = client.post(
                    reverse("voting:review", args=[poll.pk]), fields | {"receipt": form} | more
                )
                assert response.status_code == 200
                assert "no-store" in response.headers["Cache-Control"]
                assert MARKER not in str(response.headers)
    finally:
        connection.force_debug_cursor = False
    assert tables() == before
    output = capfd.readouterr()
    for text in (caplog.text, output.out, output.err, str(client.cookies)):
        assert MARKER not in text
    assert "voting_item" in caplog.text, "the control: SQL was logged"


def test_neither_choice_nor_code_is_found_anywhere(
    client_of: ClientOf,
    head: Person,
    elector: Person,
    marked: None,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    mailoutbox: list[object],
) -> None:
    """With all logs on, SQL included; tables hold sessions, cache, messages, tasks and notices."""
    poll = open_poll(actor=head)
    client = client_of(elector)
    connection.force_debug_cursor = True
    try:
        with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django"):
            response, code = post(client, poll, elector, MARKER)
    finally:
        connection.force_debug_cursor = False
    assert response.status_code == 200
    output = capfd.readouterr()
    places = {
        "tables": "\n".join(row for rows in tables().values() for row in rows),
        "log": caplog.text,
        "output": output.out + output.err,
        "cookies": str(client.cookies),
        "headers": str(response.headers),
    }
    assert "voting_box" in places["log"], "the control: SQL was logged"
    for place, text in places.items():
        assert MARKER not in text, place
        assert code not in text, place
    assert mailoutbox == []
    box = poll.boxes.get()
    kept = boxes.BoxContent.unlock(box.content, boxes.key_read(poll.pk))
    assert MARKER.encode() in kept.ballots[0], "the control: it is in the box"
    assert kept.receipts == [code]


CRASHES: dict[str, tuple[object, str]] = {
    "reading the token": (receipts, "token_read"),
    "locking the box": (urn, "place_locked"),
    "asking the clock": (urn, "questions_now"),
    "asking the rule": (casting, "may_cast"),
    "reading the ballot": (METHODS["approve"], "check_whole"),
    "marking the roll": (urn, "mark"),
    "reading the key": (boxes, "key_read"),
    "unlocking the box": (boxes.BoxContent, "unlock"),
    "writing the ballot": (boxes, "ballot_pack"),
    "putting it in": (boxes.BoxContent, "put"),
    "locking the content": (boxes.BoxContent, "lock"),
    "saving the box": (urn, "fill"),
}


@pytest.mark.parametrize("point", CRASHES)
def test_a_crash_while_casting_reports_no_choice_and_stores_nothing(
    client_of: ClientOf,
    head: Person,
    elector: Person,
    marked: None,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
) -> None:
    poll = open_poll(actor=head)
    place, name = CRASHES[point]
    reports: list[str] = []

    def report(sender: object, request: HttpRequest, **kwargs: object) -> None:
        kind, error, trace = sys.exc_info()
        reporter = ExceptionReporter(request, kind, error, trace)
        reports.extend((reporter.get_traceback_html(), reporter.get_traceback_text()))

    def crash(*arguments: object, **others: object) -> object:
        inside = (arguments, others)
        raise RuntimeError(f"stopped at {len(inside)}")

    client = client_of(elector)
    client.raise_request_exception = False
    got_request_exception.connect(report)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(place, name, crash)
            fields = {f"item-{item.pk}": MARKER for item in poll.items.all()}
            response = client.post(
                reverse("voting:cast", args=[poll.pk]), fields | {"receipt": token(poll, elector)}
            )
    finally:
        got_request_exception.disconnect(report)
    assert response.status_code == 500
    assert len(reports) == 2
    assert all("stopped at 2" in text for text in reports), "the control: it is that crash"
    assert not any(MARKER in text for text in reports)
    assert not poll.electors.voted().exists()
    assert poll.boxes.get().n == 0


def test_the_same_report_without_protection_would_tell(
    rf: Any, head: Person, elector: Person, marked: None
) -> None:
    """The control: an unprotected function shows its variables and the request its form."""
    request = rf.post("/", {"choice": MARKER})

    def unprotected(choice: str) -> None:
        raise RuntimeError(len(choice))

    try:
        unprotected(request.POST["choice"])
    except RuntimeError:
        text = ExceptionReporter(request, *sys.exc_info()).get_traceback_html()
    assert MARKER in text


def test_the_roll_has_no_column_for_a_time_or_a_choice() -> None:
    assert {field.name for field in Elector._meta.concrete_fields} == {
        "id",
        "poll",
        "person",
        "presence",
        "is_measured",  # as it was at opening
        "box",
        "has_voted",
    }
    pointing = {relation.related_model for relation in Elector._meta.related_objects}
    assert pointing == {Attendance, OpenBallot}, "open ballots are refused for a secret poll"


def test_a_box_has_no_column_that_leads_to_a_person() -> None:
    assert {field.name for field in Box._meta.concrete_fields} == {
        "id",
        "poll",
        "number",
        "is_open",
        "n",
        "content",
    }


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (ChoiceCount, {"id", "item", "choice", "ballots"}),
        (ReceiptCode, {"id", "poll", "code"}),
        (Ballot, {"id", "poll", "code", "choices"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_kept_of_ballots_has_no_column_for_a_person_or_a_time(
    model: type[Model], columns: set[str]
) -> None:
    assert {field.name for field in model._meta.concrete_fields} == columns
    assert not model._meta.related_objects, "and nothing points at it"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite_waits_for_each_writer_and_the_disk_and_wipes_what_is_deleted() -> None:
    """Deferred transactions lose votes; a deleted box would lie on in free pages."""
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        found = {}
        for name in ("synchronous", "secure_delete"):
            cursor.execute(f"PRAGMA {name}")
            (found[name],) = cursor.fetchone()
    assert found == {"synchronous": 2, "secure_delete": 1}  # 2 is FULL


def test_opposite_votes_leave_equal_pages(
    client_of: ClientOf, head: Person, elector: Person, author: Person
) -> None:
    """Two polls alike but for what was chosen in them look alike to everyone while open."""
    pages = []
    for choice in (APPROVE, REJECT):
        poll = open_poll(actor=head)
        for person in (elector, author):
            cast(poll, person, choice)
        texts = []
        for person in (head, elector):
            for name in ("detail", "my-status", "roll"):
                text = client_of(person).get(reverse(f"voting:{name}", args=[poll.pk])).content
                page = text.decode().replace(str(poll.pk), "")
                for item in Item.objects.filter(poll=poll):
                    page = page.replace(str(item.pk), "")
                texts.append(_without_tokens(page))
        pages.append(texts)
    assert pages[0] == pages[1]


def _without_tokens(page: str) -> str:
    varying = r'(name="(csrfmiddlewaretoken|receipt)" value="|nonce="|X-CSRFToken": ")[^"]*'
    return re.sub(varying, "", page)


def test_the_ledger_hears_of_no_single_vote(head: Person) -> None:
    sealed_poll(actor=head, choices=[APPROVE, REJECT, APPROVE])
    actions = list(Event.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["poll.opened", "poll.closed", "poll.sealed"]
