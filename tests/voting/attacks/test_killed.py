"""A process that is killed at any moment loses no acknowledged vote and leaves no half of one.

RELIABILITY, invariants 2 and 3: 300 times `kill -9`, somewhere between two acknowledgements.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from people.models import Person
from tests.voting.builders import add_staff, open_poll, token, voters_of
from tests.voting.field import Field
from voting import boxes
from voting.boxes import BoxContent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("processes")]

LIVES, VOTERS = 300, 600
ROOT = Path(settings.BASE_DIR)


def kill(head: Person, field: Field, *, lives: int, naive: bool) -> dict[str, Any]:
    """What was acknowledged and what is kept, after that many lives and deaths."""
    add_staff(head.unit, VOTERS)
    poll = open_poll(actor=head, items=2)
    world = {
        "poll": str(poll.pk),
        "items": [str(item.pk) for item in poll.items.all()],
        "voters": [
            {"person": str(person.pk), "token": token(poll, person)} for person in voters_of(poll)
        ],
        "keys": str(field.keys),
        "lives": lives,
        "naive": naive,
        "seed": 20261124,
    }
    run = subprocess.run(
        [sys.executable, "-m", "tests.voting.attacks.killed"],
        input=json.dumps(world),
        env=os.environ | field.prepare(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    key = boxes.key_read(poll.pk)
    rows = field.ask("SELECT n, content FROM voting_box")
    kept = [BoxContent.unlock(bytes(content), key) for _n, content in rows]
    ((marks,),) = field.ask("SELECT count(*) FROM voting_elector WHERE has_voted")
    return json.loads(run.stdout) | {
        "n": [n for n, _content in rows],
        "ballots": [len(content.ballots) for content in kept],
        "codes": [code for content in kept for code in content.receipts],
        "marks": marks,
    }


def test_no_acknowledged_vote_is_lost_and_none_is_kept_by_half(head: Person, field: Field) -> None:
    """And who got no answer asks again with the same form, and gets the receipt of what is kept."""
    after = kill(head, field, lives=LIVES, naive=False)
    assert len(after["acknowledged"]) > LIVES, "the children lived long enough to vote"
    assert set(after["acknowledged"].values()) <= set(after["codes"])
    assert after["n"] == after["ballots"]
    assert sum(after["n"]) == after["marks"] == len(set(after["codes"])) == len(after["codes"])
    assert after["repeated"] >= 1, "a vote that was kept and not acknowledged"
    if connection.vendor == "sqlite":
        assert field.ask("PRAGMA integrity_check") == [("ok",)]


def test_an_answer_before_the_commit_would_lose_votes(head: Person, field: Field) -> None:
    """The control."""
    after = kill(head, field, lives=60, naive=True)
    assert set(after["acknowledged"].values()) - set(after["codes"])
