"""Results: what they say, and below five ballots what they do not say."""

import itertools
import json
import uuid

import pytest

from core.canonical import canonical_bytes
from people.models import Person
from tests.voting.builders import ABSTAIN, APPROVE, REJECT, add_staff, open_poll, sealed_poll
from voting.models import Item, Poll
from voting.policy import Policy
from voting.results import result_document, result_of

KEY, ITEM = uuid.uuid4(), uuid.uuid4()
TOLD_ALWAYS = {"item", "position", "digest", "is_void", "passed"}


def document(yes: int, no: int, abstain: int, *, roll: int) -> dict[str, object]:
    """The sealed document of a poll over one item, without a database."""
    poll = Poll(pk=KEY, roll_size=roll, roll_hash="sha256:0", **Policy().as_dict())
    item = Item(pk=ITEM, poll=poll, position=1, digest="sha256:1")
    column = {APPROVE: yes, REJECT: no, ABSTAIN: abstain}
    return result_document(poll, [item], [column], turnout=yes + no + abstain)


def splits(ballots: int) -> list[tuple[int, int, int]]:
    """All ways in which so many ballots can be approvals, rejections and abstentions."""
    return [
        (yes, no, ballots - yes - no)
        for yes in range(ballots + 1)
        for no in range(ballots + 1 - yes)
    ]


@pytest.mark.parametrize("ballots", range(1, 11))
@pytest.mark.parametrize("roll", [10, 12, 25])
def test_below_five_ballots_only_decision_and_turnout_can_be_told(ballots: int, roll: int) -> None:
    """Any two outcomes with the same decision give the same bytes, so that nothing else shows."""
    told: dict[bool, set[bytes]] = {True: set(), False: set()}
    for split in splits(ballots):
        found = document(*split, roll=roll)
        (entry,) = found["items"]  # type: ignore[misc]
        told[entry["passed"]].add(canonical_bytes(found))
        assert found["is_shown"] == (ballots >= 5)
        assert (set(entry) == TOLD_ALWAYS) == (ballots < 5)
    if ballots < 5:
        assert all(len(texts) <= 1 for texts in told.values())
    else:
        assert sum(map(len, told.values())) == len(splits(ballots)), "the control: all differ"


def test_the_threshold_may_be_higher_and_is_kept() -> None:
    poll = Poll(pk=KEY, roll_size=9, roll_hash="sha256:0", **Policy(minimum_shown=8).as_dict())
    item = Item(pk=ITEM, poll=poll, position=1, digest="sha256:1")
    for turnout, is_shown in ((7, False), (8, True)):
        found = result_document(poll, [item], [{APPROVE: turnout}], turnout=turnout)
        assert found["is_shown"] == is_shown


@pytest.mark.django_db
def test_there_is_no_result_before_sealing(head: Person) -> None:
    assert result_of(open_poll(actor=head)) is None


@pytest.mark.django_db
@pytest.mark.parametrize("ballots", [4, 5])
def test_counts_appear_with_the_fifth_ballot(head: Person, ballots: int) -> None:
    add_staff(head.unit, 3)
    poll = sealed_poll(actor=head, choices=[APPROVE, REJECT, REJECT, ABSTAIN, APPROVE][:ballots])
    result = result_of(poll)
    assert result is not None
    (entry,) = result.items
    assert result.turnout == ballots
    assert result.not_voted == result.electors - ballots
    if ballots < 5:
        assert not result.is_shown
        assert (entry.in_favour, entry.against, entry.abstained) == (None, None, None)
        assert entry.passed_of_present is None
        assert not entry.is_tie
        assert entry.bars == []
    else:
        assert result.is_shown
        assert (entry.in_favour, entry.against, entry.abstained) == (2, 2, 1)
        assert entry.is_tie
        assert [number for _label, number in entry.bars] == [2, 2, 1]


@pytest.mark.django_db
def test_unanimity_comes_with_a_warning(head: Person) -> None:
    add_staff(head.unit, 3)
    alike = result_of(sealed_poll(actor=head, choices=[REJECT] * 6))
    mixed = result_of(sealed_poll(actor=head, choices=[REJECT] * 5 + [APPROVE]))
    assert alike is not None
    assert mixed is not None
    assert "suara bulat" in alike.unanimity_warning
    assert mixed.unanimity_warning == ""


@pytest.mark.django_db
def test_without_quorum_nothing_is_approved(head: Person) -> None:
    add_staff(head.unit, 9)
    poll = sealed_poll(actor=head, choices=[APPROVE] * 6)
    result = result_of(poll)
    assert result is not None
    assert (poll.roll_size, result.quorum_needed, result.quorum_reached) == (13, 7, False)
    assert not result.items[0].passed


@pytest.mark.django_db
def test_the_result_asks_few_queries_whatever_the_number_of_items(
    head: Person, django_assert_num_queries: object
) -> None:
    for items in (1, 12):
        poll = sealed_poll(actor=head, choices=[APPROVE], items=items)
        fresh = Poll.objects.get(pk=poll.pk)
        with django_assert_num_queries(2):  # type: ignore[operator]
            result_of(fresh)


@pytest.mark.django_db
def test_the_result_does_not_depend_on_the_order_of_voting(head: Person) -> None:
    """All orders of five ballots: the same document but for the key of poll and item."""
    add_staff(head.unit, 1)
    texts = set()
    orders = set(itertools.permutations([APPROVE, APPROVE, APPROVE, REJECT, ABSTAIN]))
    for order in sorted(orders)[::4]:
        poll = sealed_poll(actor=head, choices=order)
        found = json.loads(poll.seal.result)
        found["poll"], found["items"][0]["item"] = "", ""
        texts.add(json.dumps(found, sort_keys=True))
    assert len(texts) == 1
