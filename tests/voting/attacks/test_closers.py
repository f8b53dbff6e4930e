"""Fifty voters and fifty closers at the same moment, round after round (RELIABILITY, invariant 8).

Whatever was answered "recorded" is in the result, nothing else is, and all closers see one result.
"""

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection

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


@pytest.fixture
def naive_polls() -> Iterator[list[str]]:
    """Polls of a naive design: a number of ballots, and whether more are taken."""
    keys = [f"poll{number}" for number in range(ROUNDS)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive_poll (id text PRIMARY KEY, is_open boolean, n integer)")
        for key in keys:
            cursor.execute("INSERT INTO naive_poll VALUES (%s, true, 0)", [key])
        yield keys
        cursor.execute("DROP TABLE naive_poll")


def test_the_same_attack_on_a_naive_closing_tells_closers_apart_and_loses_votes(
    head: Person, field: Field, naive_polls: list[str]
) -> None:
    """The control: were the attack too weak, the test above could not fail."""
    add_staff(head.unit, VOTERS)
    world = {
        "polls": naive_polls,
        "voters": voters(open_poll(actor=head), VOTERS),
        "keys": str(field.keys),
    }
    told = attack(
        "vote_and_close_naively",
        world,
        field.prepare(),
        processes=4,
        clients=VOTERS + CLOSERS,
    )

    assert [detail for kind, detail in told if kind == "crash"] == []
    answers = {detail for kind, detail in told if kind == "closed"}
    assert len(answers) > ROUNDS, "closers of one poll were told different results"
    accepted = Counter(detail for kind, detail in told if kind == "recorded")
    first = {key: min(int(a.split()[1]) for a in answers if a.startswith(key)) for key in accepted}
    assert sum(accepted.values()) > sum(first.values()), "votes were taken that a result left out"
