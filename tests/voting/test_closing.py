"""Closing: by the clock, by hand, as a barrier; voiding an item; what a timer does."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.verdict import Refused
from ledger.models import Event, EventContent
from people.models import Person
from tests.voting.builders import (
    ABSTAIN,
    APPROVE,
    REJECT,
    add_staff,
    cast,
    cast_all,
    close_by_clock,
    open_poll,
    sealed_poll,
    voters_of,
)
from voting import boxes, clock
from voting.actions import item_void, poll_close, polls_close_due
from voting.actions.closing import _close
from voting.models import Elector, Poll
from voting.results import result_of

pytestmark = pytest.mark.django_db


def test_nobody_closes_before_the_time_while_somebody_may_vote(head: Person) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE] * (poll.roll_size - 1))
    for actor in (head, None):
        with pytest.raises(Refused, match="Belum waktunya"):
            poll_close(actor=actor, poll=poll)
    poll.refresh_from_db()
    assert poll.state == Poll.State.OPEN
    assert poll.boxes.get().is_open


def test_a_head_closes_once_all_have_voted(head: Person) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE] * poll.roll_size)
    poll = poll_close(actor=head, poll=poll)
    assert poll.state == Poll.State.SEALED
    assert poll.closed_at is not None
    assert poll.closed_at < poll.closes_at


def test_the_superior_head_closes_too(head: Person, superior_head: Person) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE] * poll.roll_size)
    assert poll_close(actor=superior_head, poll=poll).state == Poll.State.SEALED


@pytest.mark.parametrize("who", ["author", "elector", "former_acting_head", "facilitator"])
def test_others_do_not_close_even_when_it_is_time(
    request: pytest.FixtureRequest, head: Person, who: str
) -> None:
    poll = open_poll(actor=head)
    with clock.staged_at(poll.closes_at), pytest.raises(Refused, match="kepala unit kerja"):
        poll_close(actor=request.getfixturevalue(who), poll=poll)
    poll.refresh_from_db()
    assert poll.state == Poll.State.OPEN


def test_the_clock_closes_with_the_first_moment_after_the_end(head: Person) -> None:
    poll = open_poll(actor=head)
    just_before = poll.closes_at - timedelta(microseconds=1)
    with clock.staged_at(just_before), pytest.raises(Refused):
        poll_close(actor=None, poll=poll)
    assert close_by_clock(poll).closed_at == poll.closes_at


def test_closing_twice_is_closing_once(head: Person) -> None:
    poll = sealed_poll(actor=head, choices=[APPROVE])
    sealed_at, events = poll.seal.sealed_at, Event.objects.count()
    again = close_by_clock(poll)
    assert again.seal.sealed_at == sealed_at
    assert Event.objects.count() == events
    assert poll_close(actor=head, poll=poll).state == Poll.State.SEALED


def test_the_events_say_who_closed_and_how_many_voted(head: Person) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE] * poll.roll_size)
    poll_close(actor=head, poll=poll)
    by_hand = Event.objects.get(action="poll.closed")
    assert by_hand.actor == head.pk
    assert EventContent.objects.get(event=by_hand).body == (
        f'{{"ballots":{poll.roll_size},"marks":{poll.roll_size}}}'
    )
    close_by_clock(open_poll(actor=head))
    assert Event.objects.filter(action="poll.closed").latest("number").actor is None


def test_a_poll_is_not_closed_inside_another_transaction(
    head: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealing must be a transaction of its own; Django's check looks past the test's own."""
    poll = open_poll(actor=head)
    with (
        transaction.atomic(),
        pytest.raises(RuntimeError, match="durable"),
        clock.staged_at(poll.closes_at),
    ):
        poll_close(actor=None, poll=poll)


def test_marks_without_ballots_make_the_poll_disputed(head: Person) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE] * 2)
    Elector.objects.filter(poll=poll, person=voters_of(poll)[-1]).update(has_voted=True)
    poll = close_by_clock(poll)
    assert poll.state == Poll.State.DISPUTED
    assert result_of(poll) is None
    assert Event.objects.filter(action="poll.disputed").count() == 1
    assert poll.boxes.get().n == 2, "kept for whoever examines it"
    assert boxes.keys_kept() == [poll.pk]
    assert close_by_clock(poll).state == Poll.State.DISPUTED


# What a timer does


def test_the_timer_closes_what_is_due_and_nothing_else(head: Person) -> None:
    due = open_poll(actor=head, opens_at=timezone.now() - timedelta(days=4))
    running = open_poll(actor=head)
    assert polls_close_due() == [due]
    due.refresh_from_db()
    running.refresh_from_db()
    assert (due.state, running.state) == (Poll.State.SEALED, Poll.State.OPEN)
    assert polls_close_due() == []


def test_a_crash_between_closing_and_sealing_is_made_good(head: Person) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE, REJECT])
    with clock.staged_at(poll.closes_at):
        _close(None, poll)  # and then the process died
    poll.refresh_from_db()
    assert poll.state == Poll.State.CLOSED
    assert result_of(poll) is None
    assert polls_close_due() == [poll]
    poll.refresh_from_db()
    result = result_of(poll)
    assert result is not None
    assert result.turnout == 2


def test_a_crash_between_sealing_and_the_end_of_the_key_is_made_good(
    head: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = open_poll(actor=head)
    destroy = boxes.key_destroy

    def die(key: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(boxes, "key_destroy", die)
    with pytest.raises(KeyboardInterrupt):
        close_by_clock(poll)
    assert boxes.keys_kept() == [poll.pk], "the crash left it"
    monkeypatch.setattr(boxes, "key_destroy", destroy)
    assert polls_close_due() == []
    assert boxes.keys_kept() == []


def test_the_keys_of_open_polls_stay(head: Person) -> None:
    poll = open_poll(actor=head)
    polls_close_due()
    assert boxes.keys_kept() == [poll.pk]


def test_one_poll_that_fails_does_not_keep_the_others_open(head: Person) -> None:
    long_ago = timezone.now() - timedelta(days=4)
    broken, fine = (
        open_poll(actor=head, opens_at=long_ago),
        open_poll(actor=head, opens_at=long_ago),
    )
    key = boxes.key_read(broken.pk)
    boxes.key_destroy(broken.pk)
    with pytest.raises(ExceptionGroup) as caught:
        polls_close_due()
    assert isinstance(caught.value.exceptions[0], FileNotFoundError)
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.state, fine.state) == (Poll.State.CLOSED, Poll.State.SEALED)
    boxes._store().create(f"poll-{broken.pk}", key)  # the host that has the key comes
    assert polls_close_due() == [broken]


# Voiding an item


def test_a_void_item_is_told_and_the_others_count(head: Person) -> None:
    add_staff(head.unit, 4)
    poll = open_poll(actor=head, items=2)
    first, second = poll.items.all()
    cast_all(poll, [APPROVE] * 3)
    item_void(actor=head, item=first, reason="Rumus keliru.", now=timezone.now())
    for person in voters_of(poll)[3:6]:
        cast(poll, person, raw={str(second.pk): ABSTAIN})
    result = result_of(close_by_clock(poll))
    assert result is not None
    void, counted = result.items
    assert (void.is_void, void.passed, void.counts) == (True, False, None)
    assert void.item.void_reason == "Rumus keliru."
    assert (counted.in_favour, counted.against, counted.abstained) == (3, 0, 3)
    assert not first.choice_counts.exists()


def test_voiding_is_an_event_of_its_own(head: Person) -> None:
    item = open_poll(actor=head).items.get()
    item_void(actor=head, item=item, reason="Rumus keliru.", now=timezone.now())
    event = Event.objects.get(action="item.voided")
    assert (event.actor, event.subject) == (head.pk, f"voting.item:{item.pk}")


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_an_item_is_not_voided_without_a_reason(head: Person, reason: str) -> None:
    item = open_poll(actor=head).items.get()
    with pytest.raises(ValidationError):
        item_void(actor=head, item=item, reason=reason, now=timezone.now())
    item.refresh_from_db()
    assert not item.is_void


def test_nothing_is_voided_once_the_result_is_there(head: Person) -> None:
    item = sealed_poll(actor=head, choices=[REJECT]).items.get()
    with pytest.raises(Refused, match="Sesudah"):
        item_void(actor=head, item=item, reason="Kami kalah.", now=timezone.now())
