"""Rules as tables: who, in which state → allowed or the reason. No database, no clock."""

from datetime import UTC, datetime, timedelta

import pytest

from people.roles import Role, Roles
from voting.methods import METHODS
from voting.models import Elector, Item, Poll
from voting.rules import (
    may_cast,
    may_close,
    may_end,
    may_open,
    may_see_codes,
    may_see_roll,
    may_void,
)

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
UNIT, ABOVE, ELSEWHERE = 3, 2, 9
LINEAGE = frozenset({UNIT, ABOVE, 1})

NOBODY = Roles(frozenset())
HEAD = Roles(frozenset({(Role.HEAD.value, UNIT)}))
SUPERIOR = Roles(frozenset({(Role.HEAD.value, ABOVE)}))
OTHER_HEAD = Roles(frozenset({(Role.HEAD.value, ELSEWHERE)}))
FACILITATOR = Roles(frozenset({(Role.FACILITATOR.value, ELSEWHERE)}))
AUDITOR = Roles(frozenset({(Role.AUDITOR.value, ELSEWHERE)}))
ADMINISTRATOR = Roles(frozenset({(Role.ADMINISTRATOR.value, ELSEWHERE)}))

PEOPLE = {
    "nobody": NOBODY,
    "head": HEAD,
    "superior": SUPERIOR,
    "other head": OTHER_HEAD,
    "facilitator": FACILITATOR,
    "auditor": AUDITOR,
    "administrator": ADMINISTRATOR,
}


def poll(state: str = "open", mode: str = "A") -> Poll:
    return Poll(method="approve", state=state, closes_at=NOW, publication_mode=mode)


@pytest.mark.parametrize("who", PEOPLE)
def test_heads_of_the_unit_or_above_open_and_close(who: str) -> None:
    allowed = who in ("head", "superior")
    for verdict in (may_open(PEOPLE[who], LINEAGE, electors=3), may_end(PEOPLE[who], LINEAGE)):
        assert bool(verdict) == allowed
        assert bool(verdict.reason) != allowed


@pytest.mark.parametrize("who", PEOPLE)
def test_a_facilitator_opens_what_decides_nothing(who: str) -> None:
    verdict = may_open(PEOPLE[who], LINEAGE, electors=3, decides=False)
    assert bool(verdict) == (who in ("head", "superior", "facilitator"))
    assert {name for name, method in METHODS.items() if not method.decides} == {
        "weights",
        "schulze",
    }


def test_an_empty_roll_opens_nothing() -> None:
    assert "daftar pemilih tetap" in may_open(HEAD, LINEAGE, electors=0).reason


@pytest.mark.parametrize(
    ("elector", "box_is_open", "after", "reason"),
    [
        (Elector(), True, -1, ""),
        (None, True, -1, "tidak terdaftar"),
        (Elector(has_voted=True), True, -1, "sudah tercatat"),
        (Elector(has_voted=True), False, 1, "sudah tercatat"),
        (Elector(), False, -1, "sudah ditutup"),
        (Elector(), True, 0, "sudah ditutup"),  # [opens_at, closes_at)
        (Elector(), True, 1, "sudah ditutup"),
    ],
)
def test_casting_is_for_electors_once_before_the_end(
    elector: Elector | None, box_is_open: bool, after: int, reason: str
) -> None:
    now = NOW + timedelta(microseconds=after)
    verdict = may_cast(poll(), elector, box_is_open=box_is_open, now=now)
    assert bool(verdict) == (not reason)
    assert reason in verdict.reason


@pytest.mark.parametrize(
    ("state", "everyone_voted", "after", "allowed"),
    [
        ("open", False, -1, False),
        ("open", True, -1, True),
        ("open", False, 0, True),
        ("closed", True, 1, False),
        ("sealed", True, 1, False),
        ("disputed", True, 1, False),
    ],
)
def test_closing_is_by_the_clock_or_when_all_have_voted(
    state: str, everyone_voted: bool, after: int, allowed: bool
) -> None:
    now = NOW + timedelta(microseconds=after)
    assert bool(may_close(poll(state), everyone_voted=everyone_voted, now=now)) == allowed


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", Poll.State.values)
@pytest.mark.parametrize("is_void", [False, True])
def test_items_are_voided_by_heads_and_facilitators_while_open(
    who: str, state: str, is_void: bool
) -> None:
    item = Item(voided_at=NOW if is_void else None)
    allowed = who in ("head", "superior", "facilitator") and state == "open" and not is_void
    assert bool(may_void(poll(state), item, PEOPLE[who], LINEAGE)) == allowed


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("is_elector", [False, True])
def test_the_roll_is_read_by_those_it_concerns(who: str, is_elector: bool) -> None:
    elector = Elector() if is_elector else None
    allowed = is_elector or who in ("head", "superior", "facilitator", "auditor")
    assert bool(may_see_roll(PEOPLE[who], LINEAGE, elector)) == allowed


@pytest.mark.parametrize("state", Poll.State.values)
@pytest.mark.parametrize("mode", ["A", "B", "C"])
def test_codes_are_read_after_sealing_where_they_are_published(state: str, mode: str) -> None:
    assert bool(may_see_codes(poll(state, mode))) == (state == "sealed" and mode != "C")
