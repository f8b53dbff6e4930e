"""Sealing: boxes become the result and are gone, their key too; then the remains are scrubbed."""

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from ledger.models import Event
from people.models import Person
from tests.voting.builders import (
    ABSTAIN,
    APPROVE,
    REJECT,
    add_staff,
    ballot,
    cast,
    cast_all,
    close_by_clock,
    open_poll,
    sealed_poll,
    voters_of,
)
from voting import boxes
from voting.actions import poll_scrub, poll_seal
from voting.models import Ballot, Box, ChoiceCount, Elector, Poll, ReceiptCode
from voting.policy import Policy
from voting.results import result_of
from voting.verify import mismatches

CODES = [bytes([number] * 16) for number in range(3)]


@pytest.mark.django_db
def test_boxes_and_key_are_gone_and_the_roll_forgets_its_boxes(head: Person) -> None:
    poll = sealed_poll(actor=head, choices=[APPROVE, REJECT])
    assert not Box.objects.filter(poll=poll).exists()
    assert not Elector.objects.filter(poll=poll, box__isnull=False).exists()
    assert boxes.keys_kept() == []
    assert poll.electors.voted().count() == 2


@pytest.mark.django_db
def test_an_open_poll_is_not_sealed(head: Person) -> None:
    poll = open_poll(actor=head)
    assert poll_seal(poll=poll).state == Poll.State.OPEN
    assert boxes.keys_kept() == [poll.pk]


@pytest.mark.django_db
def test_mode_a_keeps_columns_and_codes_and_no_ballot(head: Person) -> None:
    poll = open_poll(actor=head, items=2)
    codes = [cast(poll, person, APPROVE, REJECT).code for person in voters_of(poll)[:3]]
    close_by_clock(poll)
    assert [row.code for row in ReceiptCode.objects.filter(poll=poll)] == sorted(codes)
    counts = ChoiceCount.objects.filter(item__poll=poll).order_by("item__position")
    assert [(row.item.position, row.choice, row.ballots) for row in counts] == [
        (1, APPROVE, 3),
        (2, REJECT, 3),
    ]
    assert not Ballot.objects.exists()


@pytest.mark.django_db
def test_mode_b_keeps_each_ballot_beside_its_code(head: Person) -> None:
    add_staff(head.unit, 3)
    poll = open_poll(actor=head, items=2, policy=Policy(publication_mode="B"))
    cast_choices = [(APPROVE, REJECT), (ABSTAIN, REJECT), (REJECT, REJECT)]
    expected = {
        cast(poll, person, *choices).code: list(choices)
        for person, choices in zip(voters_of(poll), cast_choices, strict=False)
    }
    close_by_clock(poll)
    assert {row.code: row.choices for row in Ballot.objects.filter(poll=poll)} == expected
    assert not ReceiptCode.objects.exists()
    assert list(mismatches()) == []


@pytest.mark.django_db
def test_mode_c_keeps_totals_and_no_code(head: Person) -> None:
    poll = sealed_poll(actor=head, choices=[APPROVE, REJECT], policy=Policy(publication_mode="C"))
    assert not ReceiptCode.objects.exists()
    assert not Ballot.objects.exists()
    assert poll.items.get().choice_counts.count() == 2
    assert list(mismatches()) == []


@pytest.mark.django_db
def test_a_box_changed_from_outside_makes_the_poll_disputed(head: Person) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE] * 3)
    forged = boxes.BoxContent([boxes.ballot_pack(poll.counting, (REJECT,))] * 3, CODES).lock(
        Fernet.generate_key()
    )
    Box.objects.filter(poll=poll).update(content=forged)
    poll = close_by_clock(poll)
    assert poll.state == Poll.State.DISPUTED
    assert Event.objects.filter(action="poll.disputed").exists()
    assert boxes.keys_kept() == [poll.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "held",
    [
        ([b"0"], CODES[:1]),  # a ballot and a code taken out
        ([b"0", b"0"], CODES[:1] * 2),  # a code twice
        ([b"0", b"0"], CODES[:1]),
        ([b"0", b"9"], CODES[:2]),  # what is no choice
        ([b"0", b"\xff"], CODES[:2]),
        ([b"0", b" "], CODES[:2]),
        ([b"0", b"-"], CODES[:2]),  # no answer to an item that is not void
    ],
    ids=str,
)
def test_a_box_that_does_not_fit_the_roll_makes_the_poll_disputed(
    head: Person, held: tuple[list[bytes], list[bytes]]
) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE] * 2)
    content = boxes.BoxContent(*held).lock(boxes.key_read(poll.pk))
    Box.objects.filter(poll=poll).update(content=content)
    poll = close_by_clock(poll)
    assert poll.state == Poll.State.DISPUTED
    assert not ChoiceCount.objects.exists()
    assert result_of(poll) is None


@pytest.mark.django_db
def test_a_box_is_not_filled_with_the_ballots_of_another_poll(head: Person) -> None:
    poll, other = open_poll(actor=head, items=1), open_poll(actor=head, items=2)
    cast_all(poll, [APPROVE])
    strange = boxes.BoxContent(
        [boxes.ballot_pack(other.counting, (APPROVE, APPROVE))], CODES[:1]
    ).lock(boxes.key_read(poll.pk))
    Box.objects.filter(poll=poll).update(content=strange)
    assert close_by_clock(poll).state == Poll.State.DISPUTED


@pytest.mark.django_db
def test_the_nonce_of_each_seal_is_its_own(head: Person) -> None:
    first = sealed_poll(actor=head, choices=[APPROVE]).seal
    second = sealed_poll(actor=head, choices=[APPROVE]).seal
    assert len(first.nonce) == 64
    assert first.nonce != second.nonce
    assert first.ballots_hash != second.ballots_hash


@pytest.mark.django_db
def test_nothing_is_scrubbed_inside_a_transaction(head: Person) -> None:
    sealed_poll(actor=head, choices=[APPROVE])
    with pytest.raises(RuntimeError, match="outside of transactions"):
        poll_scrub()


@pytest.mark.django_db(transaction=True)
def test_scrubbing_is_recorded_once(head: Person) -> None:
    assert poll_scrub() == []
    poll = sealed_poll(actor=head, choices=[APPROVE, REJECT])
    assert poll.seal.scrubbed_at is None
    assert poll_scrub() == [poll]
    poll.seal.refresh_from_db()
    assert poll.seal.scrubbed_at is not None
    assert Event.objects.filter(action="poll.scrubbed").count() == 1
    assert poll_scrub() == []
    assert list(mismatches()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL's own columns")
def test_the_rows_do_not_tell_in_which_order_people_voted(head: Person) -> None:
    add_staff(head.unit, 8)
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE] * 10)

    def moments() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(DISTINCT xmin::text) FROM voting_elector WHERE poll_id = %s",
                [poll.pk],
            )
            return int(cursor.fetchone()[0])

    assert moments() == 11, "the control: one for the opening, one for each vote"
    close_by_clock(poll)
    assert moments() == 1


@pytest.mark.django_db
def test_the_ballot_of_a_voter_cannot_be_told_from_codes(head: Person) -> None:
    """Codes and choices lie in separate tables without a common key."""
    poll = open_poll(actor=head)
    cast(poll, voters_of(poll)[0], raw=ballot(poll, APPROVE))
    close_by_clock(poll)
    shared = {field.column for field in ReceiptCode._meta.concrete_fields} & {
        field.column for field in ChoiceCount._meta.concrete_fields
    }
    assert shared == {"id"}, "each counts its own rows"
