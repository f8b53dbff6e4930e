"""Random polls against a second, plain account of what may happen to them (invariants 1 to 9).

Hypothesis lets people open, cast, cast again, cancel, close, seal and repeat polls of every method
and mode, in any order and at any time. `Told` remembers what must be true; every deed has to
succeed exactly when the rules say so, a refused one changes no row, and after each deed the rows
of the poll are held against what was told. A sealed poll is counted again by docs/recount.py, from
its export and from the ballots that were told.
"""

import importlib.util
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import cycle
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from core.canonical import canonical_bytes
from core.verdict import Refused
from people.models import Person
from tests.builders import Cast, Units, build_cast, build_units
from tests.state_machines import run_part
from tests.voting.builders import add_staff, ballot, cast, cast_open, open_poll, token
from voting import boxes, clock, exported, verify
from voting.actions import item_void, poll_cancel, poll_close, poll_seal, polls_close_due
from voting.actions.closing import _close
from voting.export import ballots_export
from voting.methods import METHODS, InvalidBallot
from voting.methods.base import Choices
from voting.models import Poll
from voting.policy import Policy
from voting.results import result_of
from voting.roll import roll_hash
from voting.rules import may_export, may_see_codes

PARTS, EXAMPLES, STEPS = 4, 25, 100  # 10,000 deeds

SECRET = [
    Policy(method=method, publication_mode=mode, **rules)
    for method in ("approve", "schulze", "weights")
    for mode in "ABC"
    for rules in ({}, {"quorum": "2/3", "majority": "2/3"})
]
OPEN = [
    Policy(method=method, is_secret=False, publication_mode="N")
    for method in ("approve", "consensus")
]
POLICIES = [*SECRET, *OPEN, *OPEN]
DEEDS = [
    *("open", "cast", "cast", "cast", "crowd", "cast_again", "send_again", "cast_badly"),
    *("extend", "rewrite", "cancel", "void", "close", "close", "close_by_head", "close_and_crash"),
    *("seal", "repeat", "wait", "the_clock_strikes", "break_in"),
]
HOSTILE = [
    "UPDATE voting_poll SET state = 'open' WHERE id = %s AND state <> 'open'",
    "UPDATE voting_poll SET closed_at = opened_at WHERE id = %s AND state <> 'open'",
    "UPDATE voting_poll SET majority = '3/4', roll_hash = 'x' WHERE id = %s",
    "UPDATE voting_seal SET result = '{}' WHERE poll_id = %s",
    "DELETE FROM voting_seal WHERE poll_id = %s",
    "UPDATE voting_elector SET has_voted = false WHERE poll_id = %s AND has_voted",
    "DELETE FROM voting_elector WHERE poll_id = %s",
    "UPDATE voting_item SET text = 'x' WHERE poll_id = %s",
    "DELETE FROM voting_receiptcode WHERE poll_id = %s",
    "UPDATE voting_ballot SET choices = '[]' WHERE poll_id = %s",
    "DELETE FROM voting_box WHERE poll_id = %s AND is_open",
    "UPDATE voting_choicecount SET ballots = 9 WHERE item_id IN "
    "(SELECT id FROM voting_item WHERE poll_id = %s)",
]
LIVE = ("open", "closed")

type Rows = dict[str, Any]


def recount_script() -> Any:
    path = Path(__file__).parents[2] / "docs" / "recount.py"
    spec = importlib.util.spec_from_file_location("recount", path)
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RECOUNT = recount_script()


@dataclass
class Told:
    """What must be true of a poll."""

    key: UUID
    policy: Policy
    closes_at: datetime
    items: int
    roll: list[UUID]
    state: str = "open"
    void: set[int] = field(default_factory=set)
    ballots: dict[UUID, Choices] = field(default_factory=dict)
    codes: dict[UUID, str] = field(default_factory=dict)
    forms: dict[UUID, str] = field(default_factory=dict)
    casts: int = 0  # of an open poll, with the ballots that were changed
    is_broken: bool = False
    is_repeated: bool = False
    rows: Rows = field(default_factory=dict)

    @property
    def counted(self) -> list[Choices]:
        """The ballots without what they say about void items."""
        return [
            tuple(None if place in self.void else choice for place, choice in enumerate(said))
            for said in self.ballots.values()
        ]


class Voting(RuleBasedStateMachine):
    """Seven electors, their head, a facilitator and a stranger; up to four polls at a time."""

    units: Units
    people: Cast
    began: datetime
    reached: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self._savepoint = transaction.atomic()
        self._savepoint._from_testcase = True  # type: ignore[attr-defined]  # as a TestCase's is
        self._savepoint.__enter__()
        self.told: list[Told] = []
        self.touched: Told | None = None
        self.refused = False
        self.turns = cycle(range(997))

    @initialize()
    def begin(self) -> None:
        self.now = self.began
        self.electors = list(
            Person.objects.active()
            .working_in(self.units.unit)
            .exclude(pk=self.people.head.pk)
            .order_by("pk")
        )

    def teardown(self) -> None:
        for told in self.told:
            boxes.key_destroy(told.key)
        transaction.set_rollback(True)
        self._savepoint.__exit__(None, None, None)

    # Helpers

    def poll(self, told: Told) -> Poll:
        return Poll.objects.get(pk=told.key)

    def pick(self, number: int) -> Told | None:
        """Any poll, though mostly one that is not over."""
        alive = [told for told in self.told if told.state in LIVE] if number % 4 else self.told
        chosen = alive or self.told
        return chosen[number % len(chosen)] if chosen else None

    def person(self, who: int) -> Person:
        people = [*self.electors, self.people.outsider]
        return people[who % len(people)]

    def attempt(self, told: Told, allowed: bool, deed: Callable[[], Any]) -> Any:
        """Do it; it must succeed exactly when allowed. The invariants see whether rows changed."""
        why = "allowed what the rules refuse"
        try:
            with clock.staged_at(self.now):
                done = deed()
        except (Refused, ValidationError, InvalidBallot) as refusal:
            done, why = None, str(refusal)
        assert (done is not None) is allowed, (why, told)
        self.touched, self.refused = told, done is None
        return done

    def choices(self, told: Told, choice: int) -> tuple[str, ...]:
        chance = random.Random(choice)
        if told.policy.method == "weights":
            cuts = sorted(chance.randint(0, 100) for _cut in range(told.items - 1))
            return tuple(str(b - a) for a, b in zip([0, *cuts], [*cuts, 100], strict=True))
        if told.policy.method == "schulze":
            return tuple(chance.choice("123") for _item in range(told.items))
        kinds = self.poll(told).counting.kinds
        return tuple(chance.choice(kinds) for _item in range(told.items))

    # Deeds: one rule for all, because Hypothesis leaves out some rules of a machine at random

    @rule(
        deed=st.sampled_from(DEEDS),
        number=st.integers(0, 99),
        who=st.integers(0, 15),
        choice=st.integers(0, 9999).map(lambda number: number * 7919 % 10_007),  # or mostly small
        policy=st.sampled_from(POLICIES),
    )
    def act(self, deed: str, number: int, who: int, choice: int, policy: Policy) -> None:
        self.policy = policy
        self.touched, self.refused = None, False
        self.now += timedelta(seconds=1)
        told = self.pick(number)
        if told is None:
            deed = "open"
        getattr(self, deed)(told, who, choice)

    def open(self, told: Told | None, who: int, choice: int) -> None:
        if sum(each.state in LIVE for each in self.told) < 4:
            self.opened(self.policy, 1 + choice % 3, hours=12 + choice % 60)

    def opened(self, policy: Policy, items: int, *, hours: int, before: Poll | None = None) -> None:
        poll = open_poll(
            actor=self.people.head,
            items=items,
            policy=policy,
            opens_at=self.now,
            lasts=timedelta(hours=hours),
            previous=before,
        )
        roll = [person.pk for person in self.electors]
        self.told.append(Told(poll.pk, policy, poll.closes_at, items, roll))
        self.touched = self.told[-1]

    def crowd(self, told: Told, who: int, choice: int) -> None:
        """Some of those who are waited for, one after the other; or few votes would have five."""
        for number, person in enumerate(self.electors[: 2 + who % 6]):
            if self.may_cast(told, person) and person.pk not in told.ballots:
                self.cast_by(told, person, choice + number, form=token(self.poll(told), person))
                self.holds(told, refused=False)

    def may_cast(self, told: Told, person: Person) -> bool:
        is_free = not told.policy.is_secret or person.pk not in told.codes
        empty = told.policy.method == "schulze" and len(told.void) == told.items
        is_open = told.state == "open" and self.now < told.closes_at
        return is_open and is_free and not empty and person.pk in told.roll

    def cast(self, told: Told, who: int, choice: int) -> None:
        person = self.person(who)
        self.cast_by(told, person, choice, form=token(self.poll(told), person))

    def cast_by(self, told: Told, person: Person, choice: int, *, form: str) -> None:
        poll, said = self.poll(told), self.choices(told, choice)
        raw = ballot(poll, *said)
        allowed = self.may_cast(told, person)
        held = tuple(None if place in told.void else c for place, c in enumerate(said))
        if told.policy.is_secret:
            receipt = self.attempt(
                told, allowed, lambda: cast(poll, person, raw=raw, receipt_token=form)
            )
            if receipt is not None:
                assert not receipt.is_repeated
                told.codes[person.pk], told.forms[person.pk] = receipt.code, form
        else:
            reasons = {key: "Belum terukur." for key, c in raw.items() if c == "object"}
            given = self.attempt(
                told, allowed, lambda: cast_open(poll, person, raw=raw, reasons=reasons)
            )
            if given is not None:
                told.casts += held != told.ballots.get(person.pk)
        if not self.refused:
            told.ballots[person.pk] = held

    def cast_again(self, told: Told, who: int, choice: int) -> None:
        """Who has voted sends another form: refused, or in an open poll the one that counts."""
        if told.ballots:
            person = Person.objects.get(pk=sorted(told.ballots)[who % len(told.ballots)])
            self.cast_by(told, person, choice, form=token(self.poll(told), person))

    def send_again(self, told: Told, who: int, choice: int) -> None:
        """The very same form: the same receipt, for as long as the codes are known somewhere."""
        if not told.forms:
            return
        key = sorted(told.forms)[who % len(told.forms)]
        poll, person = self.poll(told), Person.objects.get(pk=key)
        known = told.state in (*LIVE, "disputed") or (
            told.state == "sealed" and told.policy.publication_mode in "AB"
        )
        raw = ballot(poll, *self.choices(told, choice))
        receipt = self.attempt(
            told, known, lambda: cast(poll, person, raw=raw, receipt_token=told.forms[key])
        )
        if receipt is not None:
            assert (receipt.code, receipt.is_repeated) == (told.codes[key], True)
            self.refused = True  # and no row changes

    def cast_badly(self, told: Told, who: int, choice: int) -> None:
        poll, person = self.poll(told), self.person(who)
        spoiled: list[dict[str, str]] = [
            {},
            {"x": "approve"},
            ballot(poll, "101"),
            ballot(poll, "ya"),
        ]
        raw = spoiled[choice % 4]
        if told.policy.method == "schulze" and choice % 4 == 2:  # a rank like any other
            return
        if len(told.void) == told.items and told.policy.method != "schulze" and choice % 4 != 1:
            return  # nothing is asked any more, so that nothing can be wrong
        if told.policy.is_secret:
            self.attempt(told, False, lambda: cast(poll, person, raw=raw))
        else:
            self.attempt(told, False, lambda: cast_open(poll, person, raw=raw or {"x": "x"}))

    def extend(self, told: Told, who: int, choice: int) -> None:
        """No action does; and the database refuses it."""
        self.by_sql(
            told, "UPDATE voting_poll SET closes_at = '2099-01-01 00:00:00+00' WHERE id = %s"
        )

    def rewrite(self, told: Told, who: int, choice: int) -> None:
        self.by_sql(told, HOSTILE[choice % len(HOSTILE)])

    def by_sql(self, told: Told, statement: str) -> None:
        """Whatever it meets is refused; what it does not meet is not there."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [in_database(told.key)])
                assert cursor.rowcount == 0, statement
        except DatabaseError as error:
            if "martahi" not in str(error):
                raise
        self.touched, self.refused = told, True

    def cancel(self, told: Told, who: int, choice: int) -> None:
        actor = [self.people.head, self.people.facilitator, self.people.elector][who % 3]
        reason = ["", "Roll keliru."][choice % 2]
        if choice % 6 > 1 and told.state == "open":  # or few polls would come to their end
            return
        allowed = (
            actor != self.people.elector
            and bool(reason)
            and told.state == "open"
            and self.now < told.closes_at
        )
        poll = self.poll(told)
        done = self.attempt(
            told,
            allowed,
            lambda: poll_cancel(actor=actor, poll=poll, reason=reason, now=self.now),
        )
        if done is not None:
            told.state = "void"

    def void(self, told: Told, who: int, choice: int) -> None:
        place = choice % told.items
        item = self.poll(told).items.get(position=place + 1)
        allowed = (
            told.state == "open" and told.policy.method != "weights" and place not in told.void
        )
        done = self.attempt(
            told,
            allowed,
            lambda: item_void(
                actor=self.people.facilitator, item=item, reason="Dikembalikan.", now=self.now
            ),
        )
        if done is not None:
            told.void.add(place)

    def close(self, told: Told, who: int, choice: int) -> None:
        """By the clock: when it is time, or when all have voted; twice is once."""
        self.closed(told, None, choice)

    def close_by_head(self, told: Told, who: int, choice: int) -> None:
        self.closed(told, [self.people.head, self.people.elector][who % 2], choice)

    def closed(self, told: Told, actor: Person | None, choice: int) -> None:
        if told.state == "open" and len(told.ballots) > choice % 10:
            self.now = max(self.now, told.closes_at)
        poll = self.poll(told)
        allowed = actor != self.people.elector and self.may_close(told)
        done = self.attempt(told, allowed, lambda: poll_close(actor=actor, poll=poll))
        if done is not None:
            self.ended(told)

    def may_close(self, told: Told) -> bool:
        everyone_voted = len(told.ballots) == len(told.roll)  # without whom a false mark keeps out
        return told.state != "open" or self.now >= told.closes_at or everyone_voted

    def ended(self, told: Told) -> None:
        if told.state in LIVE:
            told.state = "disputed" if told.is_broken else "sealed"
        else:
            self.refused = True  # it was over already: no row changes

    def close_and_crash(self, told: Told, who: int, choice: int) -> None:
        """Closed, and the process died before the seal."""
        if told.state != "open" or told.is_broken or len(told.ballots) < 3:
            return
        self.now = max(self.now, told.closes_at)
        with clock.staged_at(self.now):
            _close(None, self.poll(told))
        told.state, self.touched = "closed", told

    def seal(self, told: Told, who: int, choice: int) -> None:
        was = told.state
        self.attempt(told, True, lambda: poll_seal(poll=self.poll(told)))
        if was == "closed":
            self.ended(told)
        else:
            self.refused = True

    def repeat(self, told: Told, who: int, choice: int) -> None:
        if told.state not in ("sealed", "disputed") or told.is_repeated:
            with pytest.raises((ValidationError, DatabaseError)), transaction.atomic():
                self.opened(told.policy, told.items, hours=9, before=self.poll(told))
            self.touched, self.refused = told, True
            return
        told.is_repeated = True
        self.opened(told.policy, told.items, hours=9, before=self.poll(told))

    def wait(self, told: Told | None, who: int, choice: int) -> None:
        self.now += timedelta(hours=(1, 2, 3, 24)[choice % 4])

    def the_clock_strikes(self, told: Told | None, who: int, choice: int) -> None:
        with clock.staged_at(self.now):
            polls_close_due()
        for each in self.told:
            if each.state == "closed" or (each.state == "open" and self.now >= each.closes_at):
                self.ended(each)
                self.holds(each, refused=False)
        secret = {each.key for each in self.told if each.policy.is_secret}
        over = {each.key for each in self.told if each.state in ("sealed", "void")}
        assert set(boxes.keys_kept()) == secret - over

    def break_in(self, told: Told, who: int, choice: int) -> None:
        """A mark without a ballot, as only somebody with the database's password makes one."""
        left = [key for key in told.roll if key not in told.ballots]
        if choice % 8 or told.state != "open" or not left or told.is_broken:
            return
        self.poll(told).electors.filter(person=left[0]).update(has_voted=True)
        told.roll = [key for key in told.roll if key != left[0]]  # nobody votes there any more
        told.is_broken, self.touched = True, told

    # What always holds

    @invariant()
    def what_was_touched_is_as_told(self) -> None:
        if self.touched is not None:
            self.holds(self.touched, refused=self.refused)

    @invariant()
    def nothing_else_changed(self) -> None:
        """Asked of one poll after each deed, of another after the next."""
        if self.told:
            other = self.told[next(self.turns) % len(self.told)]
            if other is not self.touched:
                assert rows_of(other.key) == other.rows

    def holds(self, told: Told, *, refused: bool) -> None:
        rows, before = rows_of(told.key), told.rows
        if refused:
            assert rows == before, "a refused deed changed a row"
        told.rows = rows
        (poll,) = rows["poll"]
        assert poll["state"] == told.state
        self.reached[told.state] += 1
        people = [UUID(str(line["person_id"])) for line in rows["roll"]]
        assert roll_hash(people) == poll["roll_hash"]
        lines = zip(people, rows["roll"], strict=True)
        marked = {person for person, line in lines if line["has_voted"]}
        assert marked >= told.ballots.keys()
        assert len(marked) == len(told.ballots) + told.is_broken
        if before and before["poll"][0]["state"] == told.state != "open":
            assert rows == before, "over is over"
        kinds = ("seal", "counts", "codes", "ballots")
        if told.state != "sealed":
            assert not any(rows[kind] for kind in kinds)
            instance = self.poll(told)
            assert result_of(instance) is None
            assert not may_export(instance)
            assert not may_see_codes(instance)
        elif not before or before["poll"][0]["state"] != "sealed":
            self.is_counted_right(told)
        if told.policy.is_secret:
            assert not rows["open"]
            self.boxes_hold(told, rows)
        else:
            assert len(rows["open"]) == told.casts
            assert not any(box["content"] for box in rows["boxes"])

    def boxes_hold(self, told: Told, rows: Rows) -> None:
        if told.state in ("sealed", "void"):
            assert not rows["boxes"]
            return
        key = boxes.key_read(told.key)
        found = [boxes.BoxContent.unlock(box["content"], key) for box in rows["boxes"]]
        said = [
            boxes.ballot_read(
                METHODS[told.policy.method], packed, has_code=told.policy.publication_mode == "B"
            )
            for content in found
            for packed in content.ballots
        ]
        assert sum(box["n"] for box in rows["boxes"]) == len(told.ballots)
        assert Counter(choices for choices, _code in said) == Counter(told.ballots.values())
        assert sorted(code for content in found for code in content.receipts) == sorted(
            told.codes.values()
        )

    # The count, again and otherwise

    def is_counted_right(self, told: Told) -> None:
        poll = Poll.objects.select_related("scope", "seal").get(pk=told.key)
        assert list(verify._of_opening(poll)) == list(verify._of_seal(poll)) == []
        export = json.loads(canonical_bytes(ballots_export(poll)))
        assert list(exported.mismatches(export)) == []
        pairs = RECOUNT.of_seal(export)
        if "withheld" not in export:
            pairs |= RECOUNT.of_result(export, RECOUNT.count(export))
        assert [name for name, (one, other) in pairs.items() if one != other] == []
        self.result_is_that_of(told, export["result"])
        self.reached[f"{told.policy.method} {told.policy.publication_mode}"] += 1
        self.reached["shown"] += len(told.ballots) >= 5

    def result_is_that_of(self, told: Told, result: dict[str, Any]) -> None:
        """The sealed result against a count of the ballots that were told."""
        assert result["turnout"] == len(told.ballots)
        is_shown = len(told.ballots) >= 5 or not told.policy.is_secret
        assert result["is_shown"] == is_shown
        found = RECOUNT.count(self.file_of(told, result["quorum_needed"]))
        entries = dict(enumerate(result["items"]))
        is_reached = len(told.ballots) >= result["quorum_needed"]
        winners = set(found["winners"]) if is_reached else set()
        if told.policy.method == "schulze" and len(winners) > 1:
            winners = set()
        if told.policy.method == "weights" and is_reached:
            winners = set(range(told.items))
        assert {n for n, entry in entries.items() if entry.get("passed")} == winners
        if not is_shown:
            assert not {"counts", "place", "median"} & {key for e in entries.values() for key in e}
        elif told.policy.method == "schulze" and is_reached:
            places = [[n for n, e in entries.items() if e.get("place") == p] for p in (1, 2, 3)]
            assert [place for place in places if place] == found["ranking"]
        elif told.policy.method == "weights" and is_reached:
            shares = [Fraction(entry.get("weight_percent") or 0) for entry in entries.values()]
            assert shares == [Fraction(share or 0) for share in found["weights"]]

    def file_of(self, told: Told, needed: int) -> dict[str, Any]:
        """The ballots that were told as an election file, whatever the poll publishes."""
        kind = {"schulze": "ranked", "weights": "weights"}.get(told.policy.method, "approve")
        words = {"agree": "approve", "object": "reject"}
        ballots: list[list[Any]] = []
        for said in told.counted:
            by_item = {n: words.get(c, c) for n, c in enumerate(said) if c is not None}
            ranks = sorted(set(by_item.values()))
            groups = [[n for n, c in by_item.items() if c == rank] for rank in ranks]
            ballots.append(
                [1, groups if kind == "ranked" else {str(n): c for n, c in by_item.items()}]
            )
        share = Fraction(told.policy.majority)
        ratio = max(len(ballots), 1) if told.policy.method == "consensus" else share / (1 - share)
        majority = {str(n): str(ratio) for n in range(told.items)} if kind == "approve" else {}
        return {
            "candidates": [f"Butir {n}" for n in range(told.items)],
            "kind": kind,
            "ballots": ballots,
            "void": sorted(told.void),
            "ballots_required": needed,
            "majority_required": majority,
        }


QUERIES = {
    "poll": "SELECT * FROM voting_poll WHERE id = %s",
    "items": "SELECT * FROM voting_item WHERE poll_id = %s ORDER BY id",
    "roll": "SELECT * FROM voting_elector WHERE poll_id = %s ORDER BY id",
    "boxes": "SELECT * FROM voting_box WHERE poll_id = %s ORDER BY id",
    "seal": "SELECT * FROM voting_seal WHERE poll_id = %s",
    "counts": "SELECT c.* FROM voting_choicecount c JOIN voting_item i ON i.id = c.item_id "
    "WHERE i.poll_id = %s ORDER BY c.id",
    "codes": "SELECT * FROM voting_receiptcode WHERE poll_id = %s ORDER BY id",
    "ballots": "SELECT * FROM voting_ballot WHERE poll_id = %s ORDER BY id",
    "open": "SELECT b.* FROM voting_openballot b JOIN voting_elector e ON e.id = b.elector_id "
    "WHERE e.poll_id = %s ORDER BY b.id",
    "chosen": "SELECT c.* FROM voting_openchoice c JOIN voting_item i ON i.id = c.item_id "
    "WHERE i.poll_id = %s ORDER BY c.id",
}


def rows_of(key: UUID) -> Rows:
    """Every row of a poll, by raw SQL in a fixed order."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for name, query in QUERIES.items():
            cursor.execute(query, [in_database(key)])
            columns = [column[0] for column in cursor.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    for box in found["boxes"]:
        box["content"] = bytes(box["content"])
    return found


def in_database(key: UUID) -> Any:
    return key.hex if connection.vendor == "sqlite" else key


@pytest.fixture
def machine(db: None, now: datetime) -> type[Voting]:
    Voting.units = build_units()
    Voting.people = build_cast(Voting.units, today=now.date())
    add_staff(Voting.units.unit, 4)
    Voting.began, Voting.reached = now, Counter()
    return Voting


@pytest.mark.parametrize("part", range(PARTS))
def test_random_polls_break_no_rule(machine: type[Voting], part: int) -> None:
    run_part(machine, part, examples=EXAMPLES, steps=STEPS)
    assert {"open", "sealed"} <= set(machine.reached), "too tame"
    ended = {f"{policy.method} {policy.publication_mode}" for policy in POLICIES}
    assert len(ended & set(machine.reached)) > len(ended) / 2, "too tame: too few were counted"
    assert machine.reached["shown"], "too tame: none had five ballots"
