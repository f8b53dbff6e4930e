"""`event_record` and `content_erase`: the doors of the ledger."""

import pytest
from django.db import transaction
from django.utils import timezone

from core.verdict import Refused
from ledger.actions import content_erase, event_record
from ledger.chain import ERASED, START, checkpoint, mismatches
from ledger.models import Event, EventContent, Head
from tests.ledger.builders import ANOTHER, SOMEONE, build_event, build_events


@pytest.mark.django_db
def test_events_are_numbered_from_one_and_each_names_the_hash_before() -> None:
    events = build_events(3)
    assert [event.number for event in events] == [1, 2, 3]
    assert [event.previous_hash for event in events] == [START, events[0].hash, events[1].hash]


@pytest.mark.django_db
def test_the_head_is_the_last_event() -> None:
    events = build_events(3)
    assert str(checkpoint()) == f"3:{events[2].hash}"


@pytest.mark.django_db
def test_the_content_is_kept_as_canonical_json() -> None:
    event = build_event(content={"b": 1, "a": ["x"]})
    assert event.content.body == '{"a":["x"],"b":1}'


@pytest.mark.django_db
def test_equal_contents_have_different_commitments() -> None:
    first, second = (build_event(content={"decision": "adopted"}) for _ in range(2))
    assert first.commitment != second.commitment


@pytest.mark.django_db
def test_content_that_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError):
        build_event(content={"weight": 0.5})
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        event_record(actor=None, action="tested", subject="x:1", content={}, now=timezone.now())
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_takes_its_event_with_it() -> None:
    @transaction.atomic
    def change() -> None:
        event_record(actor=None, action="tested", subject="x:1", content={}, now=timezone.now())
        raise ZeroDivisionError

    build_event(1)
    with pytest.raises(ZeroDivisionError):
        change()
    assert Event.objects.count() == 1
    assert Head.objects.get().number == 1
    build_event(2)
    assert list(mismatches()) == []


@pytest.mark.django_db
def test_an_erased_content_is_gone_and_the_chain_says_so() -> None:
    build_events(3)
    erased = content_erase(
        actor=SOMEONE,
        approver=ANOTHER,
        number=2,
        request="PDP-7/2026",
        basis="UU 27/2022 Pasal 8",
        now=timezone.now(),
    )
    assert (erased.action, erased.subject) == (ERASED, "ledger.event:2")
    assert not EventContent.objects.filter(event=2).exists()
    assert list(mismatches()) == []


@pytest.mark.django_db
def test_nobody_approves_the_erasure_that_he_carries_out() -> None:
    build_events(2)
    with pytest.raises(Refused):
        content_erase(
            actor=SOMEONE, approver=SOMEONE, number=2, request="1", basis="x", now=timezone.now()
        )
    assert Event.objects.count() == EventContent.objects.count() == 2


@pytest.mark.django_db
def test_a_content_is_erased_only_once() -> None:
    build_events(2)
    for _ in range(2):
        answer = None
        try:
            content_erase(
                actor=SOMEONE,
                approver=ANOTHER,
                number=2,
                request="1",
                basis="x",
                now=timezone.now(),
            )
        except Refused as refused:
            answer = str(refused)
    assert answer == "Isi peristiwa ini sudah dihapus."
    assert Event.objects.count() == 3
