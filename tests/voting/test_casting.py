"""Casting a ballot: once, by whom, until when; what a bad one leaves behind (nothing)."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from core.verdict import Refused
from people.models import Person
from tests.voting.builders import (
    ABSTAIN,
    APPROVE,
    REJECT,
    add_staff,
    ballot,
    ballots_in,
    cast,
    cast_all,
    close_by_clock,
    open_poll,
    sealed_poll,
    token,
    voters_of,
)
from voting import boxes, clock, receipts
from voting.actions import item_void
from voting.methods import METHODS, InvalidBallot
from voting.models import Box, Elector, Poll
from voting.policy import Policy
from voting.receipts import token_read

pytestmark = pytest.mark.django_db


def content(poll: Poll) -> boxes.BoxContent:
    """What lies in the only box of a poll."""
    return boxes.BoxContent.unlock(poll.boxes.get().content, boxes.key_read(poll.pk))


def assert_nothing_cast(poll: Poll) -> None:
    assert not poll.electors.voted().exists()
    assert poll.boxes.get().n == 0
    assert content(poll) == boxes.BoxContent()


def test_a_vote_is_one_mark_and_one_ballot(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, items=2)
    receipt = cast(poll, elector, APPROVE, ABSTAIN)
    assert [line.person for line in poll.electors.voted()] == [elector]
    kept = content(poll)
    assert poll.boxes.get().n == 1
    assert kept.receipts == [receipt.code]
    assert ballots_in(poll) == [((APPROVE, ABSTAIN), "")]


def test_what_lies_in_a_box_is_sorted_by_content(head: Person) -> None:
    add_staff(head.unit, 6)
    poll = open_poll(actor=head, items=2)
    for person, choices in zip(
        voters_of(poll),
        [(REJECT, APPROVE), (APPROVE, REJECT), (ABSTAIN, ABSTAIN)] * 2,
        strict=False,
    ):
        cast(poll, person, *choices)
    kept = content(poll)
    assert kept.ballots == sorted(kept.ballots)
    assert kept.codes == sorted(kept.codes)
    assert len(kept.codes) == 6


def test_a_box_does_not_tell_its_content_by_its_length(head: Person) -> None:
    """AES in blocks of 16 would show the length of a ballot to whoever sees two states."""
    people = add_staff(head.unit, 3)
    lengths = set()
    for choices in ([APPROVE] * 9, [REJECT] * 9, [ABSTAIN, REJECT, APPROVE] * 3):
        poll = open_poll(actor=head, items=9)
        for person in people:
            cast(poll, person, *choices)
        lengths.add(len(poll.boxes.get().content))
    assert len(lengths) == 1
    assert len({len(choice) for choice in (APPROVE, REJECT, ABSTAIN)}) > 1, "the control"


def test_the_box_is_encrypted_in_the_database(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head)
    code = cast(poll, elector, APPROVE).code
    stored = bytes(poll.boxes.get().content)
    assert APPROVE.encode() not in stored
    assert code.encode() not in stored
    assert stored.startswith(b"gAAAA")


def test_a_second_ballot_is_refused_and_changes_nothing(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head)
    cast(poll, elector, APPROVE)
    before = content(poll)
    with pytest.raises(Refused, match="sudah tercatat"):
        cast(poll, elector, REJECT)
    assert content(poll) == before


def test_the_same_form_again_gets_the_same_receipt(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head)
    form = token(poll, elector)
    first = cast(poll, elector, APPROVE, receipt_token=form)
    again = cast(poll, elector, REJECT, receipt_token=form)
    assert again.code == first.code
    assert (first.is_repeated, again.is_repeated) == (False, True)
    assert content(poll).receipts == [first.code]
    assert ballots_in(poll) == [((APPROVE,), "")]


@pytest.mark.parametrize("mode", ["A", "B"])
def test_the_same_form_is_recognised_after_sealing(
    head: Person, elector: Person, mode: str
) -> None:
    poll = open_poll(actor=head, policy=Policy(publication_mode=mode))
    form = token(poll, elector)
    first = cast(poll, elector, APPROVE, receipt_token=form)
    close_by_clock(poll)
    assert cast(poll, elector, APPROVE, receipt_token=form).code == first.code


def test_a_vote_after_the_end_is_refused(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head)
    with clock.staged_at(poll.closes_at), pytest.raises(Refused, match="sudah ditutup"):
        cast(poll, elector, APPROVE)
    assert_nothing_cast(poll)


def test_the_database_clock_decides_and_not_the_hosts(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, opens_at=timezone.now() - timedelta(days=4))
    with pytest.raises(Refused, match="sudah ditutup"):
        cast(poll, elector, APPROVE)
    assert_nothing_cast(poll)


def test_a_vote_in_a_sealed_poll_is_refused(head: Person, elector: Person) -> None:
    poll = sealed_poll(actor=head, choices=[])
    with pytest.raises(Refused, match="sudah ditutup"):
        cast(poll, elector, APPROVE)


@pytest.mark.parametrize("who", ["outsider", "head", "facilitator", "moved", "administrator"])
def test_who_is_not_on_the_roll_does_not_vote(
    request: pytest.FixtureRequest, head: Person, who: str
) -> None:
    poll = open_poll(actor=head)
    with pytest.raises(Refused, match="tidak terdaftar"):
        cast(poll, request.getfixturevalue(who), APPROVE)
    assert_nothing_cast(poll)


def test_who_came_after_opening_does_not_vote(head: Person) -> None:
    poll = open_poll(actor=head)
    (newcomer,) = add_staff(head.unit, 1)
    with pytest.raises(Refused, match="tidak terdaftar"):
        cast(poll, newcomer, APPROVE)


def test_who_left_the_service_does_not_vote(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head)
    elector.is_active = False
    with pytest.raises(Refused, match="tidak aktif"):
        cast(poll, elector, APPROVE)
    assert_nothing_cast(poll)


def test_who_moved_after_opening_still_votes(
    head: Person, elector: Person, outsider: Person
) -> None:
    poll = open_poll(actor=head)
    elector.unit = outsider.unit
    elector.save()
    assert cast(poll, elector, APPROVE).code


def test_the_items_of_another_poll_are_refused(head: Person, elector: Person) -> None:
    poll, other = open_poll(actor=head), open_poll(actor=head)
    for wrong in (ballot(other, APPROVE), ballot(poll, APPROVE) | ballot(other, APPROVE)):
        with pytest.raises(InvalidBallot) as caught:
            cast(poll, elector, raw=wrong)
        assert "bukan bagian" in caught.value.sentences[""]
    assert_nothing_cast(poll)
    assert_nothing_cast(other)


@pytest.mark.parametrize(
    "wrong", ["", "yes", "approve ", "APPROVE", "x" * 100_000, "\x00", "1e400"]
)
def test_a_bad_choice_is_never_stored_and_marks_nobody(
    head: Person, elector: Person, wrong: str
) -> None:
    poll = open_poll(actor=head, items=2)
    keys = list(ballot(poll, APPROVE))
    with pytest.raises(InvalidBallot) as caught:
        cast(poll, elector, raw={keys[0]: APPROVE, keys[1]: wrong})
    assert list(caught.value.sentences) == [keys[1]]
    if wrong:
        assert wrong not in str(caught.value)
    assert_nothing_cast(poll)
    assert cast(poll, elector, APPROVE, REJECT).code


def test_a_void_item_needs_no_answer(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, items=2)
    first, second = poll.items.all()
    item_void(actor=head, item=first, reason="Teks dikembalikan.", now=timezone.now())
    cast(poll, elector, raw={str(second.pk): APPROVE})
    assert ballots_in(poll) == [((None, APPROVE), "")]


def test_an_answer_to_an_item_voided_meanwhile_is_dropped(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, items=2)
    choices = ballot(poll, APPROVE)
    item_void(actor=head, item=poll.items.all()[0], reason="Dikembalikan.", now=timezone.now())
    cast(poll, elector, raw=choices)
    assert ballots_in(poll) == [((None, APPROVE), "")]


@pytest.mark.parametrize("forged", ["", "x", "a:b", "e30:" + "A" * 43])
def test_a_forged_receipt_token_is_refused(head: Person, elector: Person, forged: str) -> None:
    poll = open_poll(actor=head)
    with pytest.raises(Refused, match="Buka kembali"):
        cast(poll, elector, APPROVE, receipt_token=forged or "-")
    assert_nothing_cast(poll)


def test_a_token_of_another_person_or_poll_is_refused(
    head: Person, elector: Person, author: Person
) -> None:
    poll, other = open_poll(actor=head), open_poll(actor=head)
    for foreign in (token(poll, author), token(other, elector)):
        with pytest.raises(Refused, match="Buka kembali"):
            cast(poll, elector, APPROVE, receipt_token=foreign)
    assert_nothing_cast(poll)


def test_every_form_has_a_code_of_its_own_of_128_bits(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head)
    codes = {token_read(token(poll, elector), poll=poll.pk, person=elector.pk) for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code.replace("-", "")) == 32 for code in codes)


def test_making_a_token_stores_nothing(
    head: Person, elector: Person, django_assert_num_queries: object
) -> None:
    poll = open_poll(actor=head)
    with django_assert_num_queries(0):  # type: ignore[operator]
        receipts.token_make(poll=poll.pk, person=elector.pk)


def test_a_mark_that_is_there_already_stops_the_vote_at_the_last_moment(
    head: Person, elector: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The compare-and-set holds even where the reading before it was of an older state."""
    poll = open_poll(actor=head)
    read = METHODS["approve"].read

    def meanwhile(*args: object) -> object:
        Elector.objects.filter(poll=poll, person=elector).update(has_voted=True)
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(METHODS["approve"], "read", meanwhile)
    with pytest.raises(Refused, match="sudah tercatat"):
        cast(poll, elector, APPROVE)


def test_casting_asks_a_fixed_number_of_queries(
    head: Person, django_assert_max_num_queries: object
) -> None:
    add_staff(head.unit, 30)
    poll = open_poll(actor=head, items=12)
    voters = voters_of(poll)
    cast_all(poll, [APPROVE] * 20)
    choices, form = ballot(poll, APPROVE), token(poll, voters[-1])
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        cast(poll, voters[-1], raw=choices, receipt_token=form)


def test_the_boxes_of_others_are_not_touched(head: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "BOX_SIZE", 4)
    add_staff(head.unit, 6)
    poll = open_poll(actor=head)
    before = {box.pk: bytes(box.content) for box in poll.boxes.all()}
    line = Elector.objects.filter(poll=poll).first()
    assert line is not None
    cast(poll, line.person, APPROVE)
    changed = [key for key, old in before.items() if bytes(Box.objects.get(pk=key).content) != old]
    assert len(before) > 1
    assert changed == [line.box_id]


@pytest.mark.parametrize("method", METHODS)
def test_what_a_ballot_says_is_read_again_from_a_box(method: str) -> None:
    counting = METHODS[method]
    choices = {"schulze": ("1", "", "999", None), "weights": ("0", "60", "40", None)}.get(
        method, (*counting.kinds, None)
    )
    for code in ("", "-".join(["9f2c"] * 8)):
        packed = boxes.ballot_pack(counting, choices, code)
        assert len(packed) == counting.width * len(choices) + (16 if code else 0)
        read = boxes.ballot_read(counting, packed, has_code=bool(code))
        assert read == (choices, code)


def test_a_ballot_of_another_length_is_not_put_among_others() -> None:
    content = boxes.BoxContent()
    content.put(b"000", "00" * 16)
    with pytest.raises(ValueError, match="2 bytes among others"):
        content.put(b"00", "01" * 16)
    assert len(content.ballots) == len(content.codes) == 1


def test_a_full_box_is_short(head: Person) -> None:
    """It is read and written whole at every vote: 500 ballots on 12 items take 20 kB."""
    content = boxes.BoxContent([b"0" * 12] * 500, [bytes(16)] * 500)
    assert len(content.lock(Fernet.generate_key())) < 20_000
