"""The way of one poll, from opening to a sealed result that verifies."""

import pytest

from people.models import Person
from tests.voting.builders import add_staff, cast, close_by_clock, open_poll, voters_of
from voting import boxes
from voting.models import Box, Poll
from voting.results import result_of
from voting.verify import mismatches

pytestmark = pytest.mark.django_db


def test_a_poll_goes_from_opening_to_a_result_that_verifies(head: Person) -> None:
    add_staff(head.unit, 4)
    poll = open_poll(actor=head, items=2)
    voters = voters_of(poll)
    assert len(voters) == 8
    for person, choices in zip(
        voters,
        [
            ("approve", "reject"),
            ("approve", "reject"),
            ("approve", "abstain"),
            ("reject", "approve"),
            ("abstain", "approve"),
        ],
        strict=False,
    ):
        cast(poll, person, *choices)
    assert result_of(poll) is None

    poll = close_by_clock(poll)

    assert poll.state == Poll.State.SEALED
    assert not Box.objects.exists()
    assert boxes.keys_kept() == []
    result = result_of(poll)
    assert result is not None
    assert (result.electors, result.turnout, result.quorum_needed) == (8, 5, 5)
    assert result.quorum_reached
    first, second = result.items
    assert (first.in_favour, first.against, first.abstained) == (3, 1, 1)
    assert first.passed
    assert first.passed_of_present
    assert (second.in_favour, second.against, second.abstained) == (2, 2, 1)
    assert not second.passed
    assert second.is_tie
    assert poll.receipt_codes.count() == 5
    assert list(mismatches()) == []
