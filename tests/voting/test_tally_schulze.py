"""Method schulze, counted: worked examples, ties, and the rule for what a ballot does not rank."""

import random

import pytest

from voting.tally.schulze import Outcome, pairwise, rank

A, B, C, D, E = range(5)

# Schulze 2011, section 3.1: 45 voters; no option wins every comparison.
SCHULZE_45 = [
    (5, [[A], [C], [B], [E], [D]]),
    (5, [[A], [D], [E], [C], [B]]),
    (8, [[B], [E], [D], [A], [C]]),
    (3, [[C], [A], [B], [E], [D]]),
    (7, [[C], [A], [E], [B], [D]]),
    (2, [[C], [B], [A], [D], [E]]),
    (7, [[D], [C], [E], [B], [A]]),
    (8, [[E], [B], [A], [D], [C]]),
]


def test_example_of_45_voters_is_counted_as_published() -> None:
    table = pairwise(SCHULZE_45, 5)
    assert table == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]
    assert rank(table) == Outcome((E,), ((E,), (A,), (C,), (B,), (D,)))


def test_unranked_options_stand_last_or_are_not_compared() -> None:
    ballots = [(2, [[B], [A]]), (1, [[C]])]
    assert pairwise(ballots, 3) == [[0, 0, 2], [2, 0, 2], [1, 1, 0]]
    assert pairwise(ballots, 3, unranked_rule="no_opinion") == [[0, 0, 0], [2, 0, 0], [0, 0, 0]]


def test_equal_ranks_and_empty_ballots_prefer_nobody() -> None:
    assert pairwise([(3, [[A, B], [C]]), (4, [])], 3) == [[0, 0, 3], [0, 0, 3], [0, 0, 0]]
    assert pairwise([(1, [[A], [], [B]])], 2) == [[0, 1], [0, 0]]  # a rank left out is no option


@pytest.mark.parametrize(
    ("ballots", "ranking"),
    [
        ([], ((A, B, C),)),
        ([(1, [[A], [B], [C]]), (1, [[C], [B], [A]])], ((A, B, C),)),
        # a circle of equal strength: nobody is beaten
        ([(1, [[A], [B], [C]]), (1, [[B], [C], [A]]), (1, [[C], [A], [B]])], ((A, B, C),)),
        ([(2, [[A, B], [C]])], ((A, B), (C,))),
        ([(1, [[A], [B], [C]]), (1, [[B], [A], [C]])], ((A, B), (C,))),
    ],
    ids=str,
)
def test_ties_are_reported_and_never_drawn(
    ballots: list[tuple[int, list[list[int]]]], ranking: tuple[tuple[int, ...], ...]
) -> None:
    assert rank(pairwise(ballots, 3)) == Outcome(ranking[0], ranking)


def test_a_circle_is_cut_at_its_weakest_victory() -> None:
    table = [[0, 7, 4], [3, 0, 8], [6, 2, 0]]  # A over B by 7, B over C by 8, C over A by 6
    assert rank(table) == Outcome((A,), ((A,), (B,), (C,)))


def test_winning_votes_measure_a_victory_not_margins() -> None:
    # A over B by 10 to 8, B over C by 9 to 0, C over A by 9 to 8. By margins (2, 9, 1) A would win
    # alone; by winning votes the ways between A and C are both as strong as 9.
    table = [[0, 10, 8], [8, 0, 9], [9, 0, 0]]
    assert rank(table).ranking == ((A, C), (B,))


def test_no_option_stands_above_one_that_beats_it() -> None:
    # Only B and C are compared; A stands first beside B, and C below B.
    table = [[0, 0, 0], [0, 0, 1], [0, 0, 0]]
    assert rank(table) == Outcome((A, B), ((A, B), (C,)))


def test_nothing_is_ranked_where_there_is_nothing() -> None:
    assert rank([]) == Outcome((), ())
    assert rank([[0]]) == Outcome((A,), ((A,),))


def test_ballot_that_names_an_option_twice_or_none_of_the_poll_is_refused() -> None:
    for wrong in ([[0], [0]], [[0, 0]], [[2]], [[-1]]):
        with pytest.raises(ValueError, match="a ballot ranks an option"):
            pairwise([(1, wrong)], 2)


def test_order_of_the_ballots_changes_nothing() -> None:
    chance = random.Random(45)
    table = pairwise(SCHULZE_45, 5)
    for _ in range(1000):
        ballots = chance.sample(SCHULZE_45, len(SCHULZE_45))
        assert pairwise(ballots, 5) == table
