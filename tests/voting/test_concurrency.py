"""One ballot for each person, and a closing that is a barrier: several processes at once."""

import json
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from people.models import Person
from tests.voting.builders import APPROVE, add_staff, cast_all, open_poll
from tests.voting.field import Field, voters
from tests.voting.race import CLIENTS, attack
from voting.models import Poll
from voting.policy import Policy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("processes")]

VOTERS, ROUNDS = 20, 6


def world_of(field: Field, poll: Poll) -> dict[str, Any]:
    return {
        "poll": str(poll.pk),
        "items": [str(item.pk) for item in poll.items.all()],
        "voters": voters(poll, VOTERS),
        "keys": str(field.keys),
    }


def test_eight_simultaneous_posts_of_each_voter_are_one_ballot(head: Person, field: Field) -> None:
    add_staff(head.unit, VOTERS)
    poll = open_poll(actor=head, items=2)
    world = world_of(field, poll)
    told = attack("vote_together", world, field.prepare(), processes=4)

    kinds = Counter(kind for kind, _detail in told)
    strange = [entry for entry in told if entry[0] not in ("recorded", "repeated", "403")]
    assert strange == []
    assert sum(kinds.values()) == VOTERS * CLIENTS
    recorded = Counter(person for kind, person in told if kind == "recorded")
    assert recorded == {voter["person"]: 1 for voter in world["voters"]}
    assert field.ask("SELECT sum(n) FROM voting_box") == [(VOTERS,)]
    assert field.ask("SELECT count(*) FROM voting_elector WHERE has_voted") == [(VOTERS,)]


def test_the_same_attack_on_a_naive_vote_doubles_ballots(head: Person, field: Field) -> None:
    """The control: were the attack too weak, the test above could not fail."""
    add_staff(head.unit, VOTERS)
    poll = open_poll(actor=head, items=2)
    told = attack("vote_naively", world_of(field, poll), field.prepare())
    assert [detail for kind, detail in told if kind == "crash"] == []
    ((ballots,),) = field.ask("SELECT sum(n) FROM voting_box")
    ((marks,),) = field.ask("SELECT count(*) FROM voting_elector WHERE has_voted")
    assert marks == VOTERS
    assert ballots > marks


def test_closing_is_a_barrier_for_every_vote(head: Person, field: Field) -> None:
    """Accepted answers = ballots in the result; all closers see one hash; none comes after."""
    add_staff(head.unit, 6)
    polls = [open_poll(actor=head) for _round in range(ROUNDS)]
    world = {
        "polls": [str(poll.pk) for poll in polls],
        "voters": voters(polls[0], CLIENTS - 2),
        "keys": str(field.keys),
    }
    told = attack("close_while_voting", world, field.prepare())

    assert [detail for kind, detail in told if kind == "crash"] == []
    accepted = Counter(detail for kind, detail in told if kind == "recorded")
    refused = Counter(detail for kind, detail in told if kind == "refused")
    assert accepted.total() + refused.total() == ROUNDS * (CLIENTS - 2)
    answers = {detail for kind, detail in told if kind == "closed"}
    assert len(answers) == ROUNDS, "two closers of each poll, one answer"
    assert all(" sealed " in answer for answer in answers)
    results = {
        json.loads(result)["poll"]: json.loads(result)["turnout"]
        for (result,) in field.ask("SELECT result FROM voting_seal")
    }
    assert results == {key: accepted[key] for key in world["polls"]}
    assert not list(field.keys.iterdir())


def test_closing_is_a_barrier_for_every_open_ballot(head: Person, field: Field) -> None:
    """Every accepted change is in the history, the last accepted one is what was counted."""
    add_staff(head.unit, 6)
    policy = Policy(is_secret=False, publication_mode="N")
    polls = [open_poll(actor=head, policy=policy) for _round in range(ROUNDS)]
    keys = [str(poll.pk) for poll in polls]
    world = {"polls": keys, "voters": voters(polls[0], CLIENTS - 2), "keys": str(field.keys)}
    told = attack("close_while_voting_openly", world, field.prepare())

    assert [detail for kind, detail in told if kind == "crash"] == []
    assert {kind for kind, _detail in told} == {"recorded", "refused", "closed"}
    assert len({detail for kind, detail in told if kind == "closed"}) == ROUNDS
    accepted = [detail.split() for kind, detail in told if kind == "recorded"]
    assert field.ask("SELECT count(*) FROM voting_openballot") == [(len(accepted),)]
    last = {(poll, person): choice for poll, person, choice in accepted}
    wanted = Counter((poll, choice) for (poll, _person), choice in last.items())
    counted: Counter[tuple[str, str]] = Counter()
    for poll, choice, number in field.ask(
        "SELECT CAST(i.poll_id AS varchar), c.choice, c.ballots FROM voting_choicecount c "
        "JOIN voting_item i ON i.id = c.item_id"
    ):
        counted[str(UUID(poll)), choice] += number
    assert counted == wanted


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's file byte by byte")
@pytest.mark.parametrize("end", ["seal_and_scrub", "cancel_and_scrub"])
def test_after_the_scrub_no_box_is_left_in_the_file(head: Person, field: Field, end: str) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE] * 3)
    environment = field.prepare()
    token_start = bytes(poll.boxes.get().content)[:60]
    assert token_start in field.file.read_bytes(), "the control"
    world = {"poll": str(poll.pk), "keys": str(field.keys), "head": str(head.pk)}
    told = attack(end, world, environment)
    assert told == [("scrubbed", str(poll.pk))]
    for file in field.file.parent.glob("race.sqlite3*"):
        assert token_start not in file.read_bytes(), file.name
