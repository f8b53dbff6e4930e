"""SQLite's write-ahead log, copied after 200 votes, holds the database as it was after each one.

RELIABILITY, invariant 16: whoever has that file sees who was marked between two states, and what
changed in a box. The box is encrypted: as long as the key lies on the server, whoever has that too
reads every vote (which is the control, and what voters are told); once the key is destroyed, none.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from struct import unpack

import pytest
from cryptography.fernet import InvalidToken
from django.db import connection

from people.models import Person
from tests.voting.builders import APPROVE, REJECT, add_staff, open_poll, token, voters_of
from tests.voting.field import Field
from tests.voting.race import attack
from voting import boxes
from voting.boxes import BoxContent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("processes"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own file"),
]

VOTERS = 200


def states(main: bytes, wal: bytes) -> Iterator[sqlite3.Connection]:
    """The database after each commit in the log. Source: SQLite, *WAL-mode File Format*."""
    page_size, salts = unpack(">I", wal[8:12])[0], wal[16:24]
    image = bytearray(main)
    image[18:20] = b"\x01\x01"  # read it as a file without a log
    place = 32
    while place < len(wal):
        page, size_after = unpack(">II", wal[place : place + 8])
        if wal[place + 8 : place + 16] != salts:
            break  # the rest is of an older log
        start = (page - 1) * page_size
        image[start : start + page_size] = wal[place + 24 : place + 24 + page_size]
        image[18:20] = b"\x01\x01"
        place += 24 + page_size
        if size_after:
            with closing(sqlite3.connect(":memory:")) as copy:
                copy.deserialize(bytes(image[: size_after * page_size]))
                yield copy


def links(main: bytes, wal: bytes, key: bytes) -> dict[str, bytes]:
    """Person to ballot, as two neighbouring states tell it: one mark more, one ballot more."""
    found: dict[str, bytes] = {}
    marked: set[str] = set()
    ballots: list[bytes] = []
    for state in states(main, wal):
        now_marked = {
            person
            for (person,) in state.execute("SELECT person_id FROM voting_elector WHERE has_voted")
        }
        try:
            now = [
                ballot
                for (content,) in state.execute("SELECT content FROM voting_box")
                for ballot in BoxContent.unlock(content, key).ballots
            ]
        except InvalidToken:
            now = []
        more = list(now)
        for ballot in ballots:
            if ballot in more:
                more.remove(ballot)
        if len(now_marked - marked) == len(more) == 1:
            (person,) = now_marked - marked
            found[person] = more[0]
        marked, ballots = now_marked, now
    return found


@pytest.mark.parametrize("end", ["seal_and_scrub", "cancel_and_scrub"])
def test_the_log_of_an_ended_poll_links_nobody(
    head: Person, field: Field, tmp_path: Path, end: str
) -> None:
    add_staff(head.unit, VOTERS)
    poll = open_poll(actor=head)
    chosen = {
        person.pk.hex: (APPROVE, REJECT)[number % 2]
        for number, person in enumerate(voters_of(poll))
    }
    world = {
        "poll": str(poll.pk),
        "voters": [
            {
                "person": str(person.pk),
                "token": token(poll, person),
                "choice": chosen[person.pk.hex],
            }
            for person in voters_of(poll)
        ],
        "keys": str(field.keys),
        "stolen": str(tmp_path / "stolen"),
        "head": str(head.pk),
    }
    environment = field.prepare()
    key = boxes.key_read(poll.pk)  # the thief of a running server has this too
    told = attack("cast_in_turn", world, environment)
    assert told == [("stolen", str(len(chosen)))]
    main, wal = (Path(f"{world['stolen']}{end}").read_bytes() for end in ("", "-wal"))

    with_key = links(main, wal, key)
    assert len(with_key) == len(chosen), "the control: the log holds every state"
    assert with_key == {
        person: boxes.ballot_pack(poll.counting, (choice,)) for person, choice in chosen.items()
    }

    assert attack(end, world, environment) == [("scrubbed", str(poll.pk))]
    assert not list(field.keys.iterdir()), "the key is gone, and with it what the log holds"
    assert links(main, wal, b"A" * 43 + b"=") == {}
    shutil.rmtree(field.keys)
