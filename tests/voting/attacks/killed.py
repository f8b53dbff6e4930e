"""Children that cast votes and are killed at any moment (test_killed.py starts this process).

Reads a world as JSON from standard input and writes what was acknowledged as JSON. Every child is
a fork that opens a connection of its own; after each vote it says so, as a server answers, and
before it can say more it may be dead.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    world: dict[str, Any] = json.load(sys.stdin)
    settings.KEYS_DIR = Path(world["keys"])
    chance = random.Random(world["seed"])
    acknowledged: dict[str, str] = {}
    repeated, place = 0, 0
    for _life in range(world["lives"]):
        told = _life_and_death(world, place, chance)
        for line in told.splitlines():
            person, code, kind = line.split()
            repeated += kind == "again"
            acknowledged.setdefault(person, code)
            if acknowledged[person] != code:
                raise AssertionError("a second receipt for one voter")
            place += 1
    json.dump({"acknowledged": acknowledged, "repeated": repeated}, sys.stdout)


def _life_and_death(world: dict[str, Any], place: int, chance: random.Random) -> str:
    """What a child could say before it was killed: whole lines alone.

    One in four dies before or while it casts its first vote, the others some time after it.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _vote_on(world, place, writing)
        finally:
            os._exit(1)
    os.close(writing)
    if chance.random() < 0.75:
        select.select([reading], [], [], 10)
    time.sleep(chance.uniform(0, 0.04))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    return text[: text.rfind("\n") + 1]


def _vote_on(world: dict[str, Any], place: int, writing: int) -> None:
    """Vote for one elector after the other, from where the last child fell, round and round."""
    from django.db import transaction

    from people.models import Person
    from voting.actions import ballot_cast
    from voting.models import Poll

    poll = Poll.objects.get(pk=world["poll"])
    choices = dict.fromkeys(world["items"], "approve")
    while True:
        voter = world["voters"][place % len(world["voters"])]
        person = Person.objects.get(pk=voter["person"])
        place += 1
        if world["naive"]:  # the control: it answers before what it says is kept
            with transaction.atomic():
                receipt = ballot_cast(
                    actor=person, poll=poll, choices=choices, receipt_token=voter["token"]
                )
                _say(writing, voter["person"], receipt)
                time.sleep(0.002)
        else:
            receipt = ballot_cast(
                actor=person, poll=poll, choices=choices, receipt_token=voter["token"]
            )
            _say(writing, voter["person"], receipt)


def _say(writing: int, person: str, receipt: Any) -> None:
    kind = "again" if receipt.is_repeated else "first"
    os.write(writing, f"{person} {receipt.code} {kind}\n".encode())


if __name__ == "__main__":
    main()
