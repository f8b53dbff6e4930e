"""Method approve, counted: exhaustively, at its borders, and on real votes."""

import json
from collections import Counter
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest

from voting.methods import METHODS, InvalidBallot
from voting.policy import Policy
from voting.tally.approve import Counts, count, has_majority, outcome

DATA = Path(__file__).parent / "data" / "elections" / "approve_reject_abstain.jsonl"
ROWS = [json.loads(line) for line in DATA.read_text().splitlines()]


def reading_by_hand(
    yes: int, no: int, abstain: int, roll: int, rule: tuple[int, int], quorum: str
) -> tuple[bool, bool]:
    """Both readings in whole numbers alone, by other steps than the code under test takes.

    A majority of more than p/q is asked as q·yes > p·voters; half plus one as 2·present > roll.
    """
    present = yes + no + abstain
    part, whole = rule
    if quorum == "half_plus_one":
        is_quorate = 2 * present > roll if roll % 2 else 2 * present >= roll + 2
    else:
        needed, of = map(int, quorum.split("/"))
        is_quorate = of * present >= needed * roll
    return (
        is_quorate and whole * yes > part * (present - abstain),
        is_quorate and whole * yes > part * present,
    )


@pytest.mark.parametrize(
    ("quorum", "majority"), [("half_plus_one", "1/2"), ("2/3", "2/3"), ("half_plus_one", "3/4")]
)
def test_every_count_on_every_roll_up_to_forty(quorum: str, majority: str) -> None:
    policy = Policy(quorum=quorum, majority=majority)
    part, whole = map(int, majority.split("/"))
    share = policy.majority_share
    needed = [policy.quorum_needed(roll) for roll in range(41)]
    seen = 0
    for yes in range(41):
        for no in range(41 - yes):
            for abstain in range(41 - yes - no):
                counts = Counts(yes, no, abstain)
                found = [
                    outcome(counts, quorum_reached=reached, majority=share)
                    for reached in (False, True)
                ]
                for roll in range(max(1, counts.total), 41):
                    told = found[counts.total >= needed[roll]]
                    expected = reading_by_hand(yes, no, abstain, roll, (part, whole), quorum)
                    if (told.passed, told.passed_of_present) != expected:
                        pytest.fail(f"{counts} on a roll of {roll}: {told}, not {expected}")
                    seen += 1
    assert seen == comb(44, 4) - 1  # four summands up to 40, without the empty roll


@pytest.mark.parametrize(
    ("counts", "passed", "passed_of_present", "is_tie"),
    [
        (Counts(0, 0, 0), False, False, False),
        (Counts(0, 0, 7), False, False, False),
        (Counts(1, 0, 0), True, True, False),
        (Counts(1, 1, 0), False, False, True),
        (Counts(2, 1, 0), True, True, False),
        (Counts(2, 1, 1), True, False, False),  # half of those present is not more than half
        (Counts(3, 3, 4), False, False, True),
        (Counts(1, 0, 9), True, False, False),
    ],
    ids=str,
)
def test_simple_majority_at_its_borders(
    counts: Counts, passed: bool, passed_of_present: bool, is_tie: bool
) -> None:
    found = outcome(counts, quorum_reached=True, majority=Fraction(1, 2))
    assert (found.passed, found.passed_of_present, found.is_tie) == (
        passed,
        passed_of_present,
        is_tie,
    )


def test_exactly_two_thirds_are_not_more_than_two_thirds() -> None:
    assert not has_majority(6, 9, Fraction(2, 3))
    assert has_majority(7, 10, Fraction(2, 3))


def test_without_quorum_nothing_passes() -> None:
    found = outcome(Counts(9, 0, 0), quorum_reached=False, majority=Fraction(1, 2))
    assert not found.passed
    assert not found.passed_of_present


@pytest.mark.parametrize("counts", [Counts(5, 0, 0), Counts(0, 5, 0), Counts(0, 0, 5)], ids=str)
def test_unanimity_is_noticed_whatever_the_choice(counts: Counts) -> None:
    assert outcome(counts, quorum_reached=True, majority=Fraction(1, 2)).is_unanimous


def test_an_unknown_choice_is_not_counted_away() -> None:
    with pytest.raises(ValueError, match="not a choice"):
        count([("approve", 3), ("maybe", 1)])


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['vote']} {row['option'][:20]}" for row in ROWS])
def test_real_debian_options_pass_and_fail_as_they_did(row: dict[str, object]) -> None:
    """The share that must be exceeded is odds ÷ (1 + odds); the quorum there is of approvals."""
    odds = Fraction(str(row["majority_ratio_required"]))
    yes, no = int(str(row["approve"])), int(str(row["reject"]))
    passed = yes >= Fraction(str(row["quorum"])) and has_majority(yes, yes + no, odds / (1 + odds))
    assert passed == row["computed_passed"]
    if row["official_passed"] is not None:
        assert passed == row["official_passed"]


def test_the_real_votes_hold_both_outcomes_and_both_ratios() -> None:
    assert len(ROWS) == 49
    kinds = Counter((row["majority_ratio_required"], row["computed_passed"]) for row in ROWS)
    assert set(kinds) == {(1.0, True), (1.0, False), (3.0, True), (3.0, False)}


# The ballot of the method


KEYS = ["a", "b", "c"]


def test_a_ballot_is_read_in_the_order_of_the_items() -> None:
    choices = {"c": "abstain", "a": "approve", "b": "reject"}
    assert METHODS["approve"].read(KEYS, [], choices) == ("approve", "reject", "abstain")


def test_a_void_item_is_read_as_nothing_even_if_it_was_answered() -> None:
    choices = {"a": "approve", "b": "reject", "c": "abstain"}
    assert METHODS["approve"].read(KEYS, ["b"], choices) == ("approve", None, "abstain")


@pytest.mark.parametrize(
    ("choices", "at_fault"),
    [
        ({}, "a b c"),
        ({"a": "approve", "b": "reject"}, "c"),
        ({"a": "approve", "b": "", "c": "abstain"}, "b"),
        ({"a": "yes", "b": "reject", "c": "abstain"}, "a"),
        ({"a": "APPROVE", "b": " reject", "c": "abstain\x00"}, "a b c"),
        ({"a": "approve", "b": "reject", "c": "abstain", "d": "approve"}, ""),
        ({"a": "approve" * 10_000, "b": "NaN", "c": "1e400"}, "a b c"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_ballot_is_told_item_by_item(choices: dict[str, str], at_fault: str) -> None:
    with pytest.raises(InvalidBallot) as caught:
        METHODS["approve"].read(KEYS, [], choices)
    assert set(caught.value.sentences) == set(at_fault.split(" "))
