"""Fifty voters and fifty closers at the same moment, round after round (RELIABILITY, invariant 8).

Whatever was answered "recorded" is in the result, nothing else is, and all closers see one result.
"""

import json
from collections import Counter

import pytest

from people.models import Person
from tests.voting.builders import add_staff, open_poll
from tests.voting.field import Field, voters
from tests.voting.race import attack

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("processes")]

VOTERS, CLOSERS, ROUNDS = 50, 50, 6


def test_fifty_closers_among_fifty_voters_see_one_result_with_every_vote(
    head: Person, field: Field
) -> None:
    add_staff(head.unit, VOTERS)
    polls = [str(open_poll(actor=head).pk) for _round in range(ROUNDS)]
    world = {
        "polls": polls,
        "voters": voters(open_poll(actor=head), VOTERS),
        "keys": str(field.keys),
    }
    told = attack(
        "vote_and_close_at_once",
        world,
        field.prepare(),
        processes=4,
        clients=VOTERS + CLOSERS,
    )

    assert [detail for kind, detail in told if kind == "crash"] == []
    kinds = Counter(kind for kind, _detail in told)
    assert kinds["closed"] == ROUNDS * CLOSERS
    assert kinds["recorded"] + kinds["refused"] == ROUNDS * VOTERS
    assert kinds["recorded"] > 0
    assert kinds["refused"] > 0, "closing fell among the votes"
    answers = {detail for kind, detail in told if kind == "closed"}
    assert len(answers) == ROUNDS, "all closers of a poll were told the same"
    assert all(" sealed " in answer for answer in answers)
    accepted = Counter(detail for kind, detail in told if kind == "recorded")
    sealed = (json.loads(result) for (result,) in field.ask("SELECT result FROM voting_seal"))
    assert {one["poll"]: one["turnout"] for one in sealed} == {key: accepted[key] for key in polls}
