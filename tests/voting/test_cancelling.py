"""A cancelled poll: counted never, readable never, and known to everybody."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from core.verdict import Refused
from ledger.models import Event
from people.models import Person
from tests.voting.builders import APPROVE, add_staff, ballot, cast_open, open_poll, token
from voting import boxes
from voting.actions import ballot_cast, poll_cancel, poll_close, poll_scrub
from voting.clock import staged_at
from voting.models import Box, Poll, Seal
from voting.policy import Policy
from voting.results import result_of
from voting.turnout import group_turnout_of
from voting.verify import mismatches

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(head: Person) -> Poll:
    """Open, with five votes in its box."""
    voters = add_staff(head.unit, 5)
    poll = open_poll(actor=head)
    for person in voters:
        ballot_cast(
            actor=person,
            poll=poll,
            choices=ballot(poll, APPROVE),
            receipt_token=token(poll, person),
        )
    return poll


def cancel(actor: Person, poll: Poll, *, now: datetime, reason: str = "Roll keliru.") -> Poll:
    return poll_cancel(actor=actor, poll=poll, reason=reason, now=now)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_cancelled_poll_is_countable(head: Person, poll: Poll, now: datetime) -> None:
    assert boxes.keys_kept() == [poll.pk]
    poll = cancel(head, poll, now=now)
    assert (poll.state, poll.void_reason) == (Poll.State.VOID, "Roll keliru.")
    assert not Box.objects.exists()
    assert not Seal.objects.exists()
    assert boxes.keys_kept() == []
    assert result_of(poll) is None
    assert group_turnout_of(poll) is None
    assert list(mismatches()) == []
    assert Event.objects.get(action="poll.voided").actor == head.pk


@pytest.mark.django_db(transaction=True)
def test_nobody_votes_or_closes_after_it_was_cancelled(
    head: Person, author: Person, poll: Poll, now: datetime
) -> None:
    cancel(head, poll, now=now)
    with pytest.raises(Refused, match="sudah ditutup"):
        ballot_cast(
            actor=author,
            poll=poll,
            choices=ballot(poll, APPROVE),
            receipt_token=token(poll, author),
        )
    assert poll_close(actor=None, poll=poll).state == Poll.State.VOID
    with pytest.raises(Refused):
        cancel(head, poll, now=now)


def test_only_head_and_facilitator_cancel_with_a_reason_while_time_runs(
    head: Person, author: Person, facilitator: Person, poll: Poll, now: datetime
) -> None:
    with pytest.raises(Refused, match="kepala unit kerja atau fasilitator"):
        cancel(author, poll, now=now)
    with pytest.raises(ValidationError, match="alasan"):
        cancel(head, poll, now=now, reason="  ")
    with staged_at(poll.closes_at + timedelta(seconds=1)), pytest.raises(Refused, match="habis"):
        cancel(head, poll, now=now)
    assert cancel(facilitator, poll, now=now).state == Poll.State.VOID


@pytest.mark.parametrize(
    "change",
    [
        "state = 'open'",
        "state = 'sealed'",
        "void_reason = 'lain'",
        "closes_at = opened_at",
        "closed_at = opened_at",
    ],
)
def test_a_cancelled_poll_stays_as_it_is(
    head: Person, poll: Poll, now: datetime, change: str
) -> None:
    cancel(head, poll, now=now)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE voting_poll SET {change}")


def test_an_open_poll_takes_no_reason(poll: Poll) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE voting_poll SET void_reason = 'x'")


def test_a_closed_poll_cannot_be_cancelled_by_raw_sql(poll: Poll) -> None:
    with staged_at(poll.closes_at):
        poll_close(actor=None, poll=poll)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE voting_poll SET state = 'void', void_reason = 'x'")


# What a cancelled poll leaves behind in the database's files


@pytest.mark.django_db(transaction=True)
def test_the_remains_of_a_cancelled_poll_are_scrubbed_once(
    client_of: Callable[[Person], Client], head: Person, poll: Poll, now: datetime
) -> None:
    page = reverse("voting:detail", args=[poll.pk])
    assert poll_scrub() == []
    cancel(head, poll, now=now)
    assert "Pembersihan sisa datanya dijadwalkan." in client_of(head).get(page).content.decode()
    assert poll_scrub() == [poll]
    poll.refresh_from_db()
    assert poll.scrubbed_at is not None
    assert "Sisa datanya dibersihkan" in client_of(head).get(page).content.decode()
    assert Event.objects.filter(action="poll.scrubbed").count() == 1
    assert poll_scrub() == []
    assert list(mismatches()) == []


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_open_vote_has_nothing_to_scrub(
    client_of: Callable[[Person], Client], head: Person, elector: Person, now: datetime
) -> None:
    poll = open_poll(actor=head, policy=Policy(is_secret=False, publication_mode="N"))
    cast_open(poll, elector, APPROVE)
    cancel(head, poll, now=now)
    assert poll_scrub() == []
    page = client_of(head).get(reverse("voting:detail", args=[poll.pk])).content.decode()
    assert "dibatalkan" in page
    assert "Sisa data" not in page
    assert elector.name not in page


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_the_database_keeps_when_it_was_scrubbed(
    head: Person, poll: Poll, now: datetime, is_cancelled: bool
) -> None:
    """Once for a cancelled poll, never for another one."""
    if is_cancelled:
        cancel(head, poll, now=now)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE voting_poll SET scrubbed_at = closed_at")
    with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
        Poll.objects.update(scrubbed_at=poll.closes_at)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL's own columns")
def test_the_rows_of_a_cancelled_poll_do_not_tell_when_people_voted(
    head: Person, poll: Poll, now: datetime
) -> None:
    def moments() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM voting_elector")
            return int(cursor.fetchone()[0])

    assert moments() == 6, "the control: one for the opening, one for each vote"
    cancel(head, poll, now=now)
    assert moments() == 1
