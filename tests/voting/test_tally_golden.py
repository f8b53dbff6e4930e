"""Schulze and instant runoff against others: pref_voting, and second implementations."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations_with_replacement, permutations, product
from pathlib import Path

import pytest

from tests.voting.golden import digests
from tests.voting.profiles import BLOCK, NUMBER, Profile, profiles
from voting.tally import irv, schulze

GOLDEN = json.loads((Path(__file__).parent / "data" / "golden_winners.json").read_text())


def by_schulze(profile: Profile) -> list[int]:
    options, ballots = profile
    return list(schulze.rank(schulze.pairwise(ballots, options)).winners)


def by_runoff(profile: Profile) -> list[int]:
    options, ballots = profile
    return list(irv.count(ballots, range(options)).outcome.winners)


@pytest.mark.parametrize(("method", "count"), [("schulze", by_schulze), ("irv", by_runoff)])
def test_ten_thousand_random_profiles_are_won_as_pref_voting_says(
    method: str, count: object
) -> None:
    assert GOLDEN["profiles"] == NUMBER == len(GOLDEN[method]) * BLOCK
    assert list(digests(map(count, profiles()))) == GOLDEN[method]  # type: ignore[call-overload]


def test_the_random_profiles_hold_ties_truncation_and_overvotes() -> None:
    ties = truncated = overvotes = circles = 0
    for options, ballots in profiles(number=2000):
        ties += len(by_schulze((options, ballots))) > 1
        truncated += any(sum(map(len, groups)) < options for _number, groups in ballots)
        overvotes += any(len(group) > 1 for _number, groups in ballots for group in groups)
        table = schulze.pairwise(ballots, options)
        circles += all(
            any(row[a] > table[a][b] for b, row in enumerate(table)) for a in range(options)
        )
    assert min(ties, truncated, overvotes, circles) > 50


# Every small profile, against a second way of counting


type Weak = tuple[tuple[int, ...], ...]


def weak_orders(options: int) -> list[Weak]:
    """Every ranking with ties; in each the levels are 0, 1, … without a gap."""
    found = []
    for levels in product(range(options), repeat=options):
        if set(levels) == set(range(max(levels) + 1)):
            found.append(tuple(
                tuple(option for option in range(options) if levels[option] == level)
                for level in range(max(levels) + 1)
            ))  # fmt: skip
    return found


def every_profile(rankings: Sequence[Weak], voters: int) -> Iterator[list[tuple[int, Weak]]]:
    """All ways in which up to so many voters can choose among rankings, whoever chose which."""
    for number in range(voters + 1):
        for chosen in combinations_with_replacement(rankings, number):
            yield [(1, ranking) for ranking in chosen]


def dropping(table: Sequence[Sequence[int]]) -> set[int]:
    """The winners by the words of the Debian constitution, A.6 (2003): drop the weakest defeats.

    The Schwartz set; while it has a defeat among its members, the weakest of these are dropped.
    """
    options = range(len(table))
    defeats = {(a, b): table[a][b] for a in options for b in options if table[a][b] > table[b][a]}
    while True:
        beaten_by = {a: {b for b, c in defeats if c == a} for a in options}
        grown = True
        while grown:
            grown = False
            for a in options:
                more = beaten_by[a].union(*(beaten_by[b] for b in beaten_by[a]))
                grown, beaten_by[a] = grown or more != beaten_by[a], more
        schwartz = {a for a in options if all(a in beaten_by[b] for b in beaten_by[a])}
        within = {pair: votes for pair, votes in defeats.items() if schwartz.issuperset(pair)}
        if not within:
            return schwartz
        weakest = min(within.values())
        defeats = {p: v for p, v in defeats.items() if not (p in within and v == weakest)}


def runoff(ballots: Sequence[tuple[int, Weak]], options: int) -> set[int]:
    """Everyone who wins in some order of elimination, one after the other down to a single one."""

    @cache
    def winners(left: frozenset[int]) -> frozenset[int]:
        if len(left) == 1:
            return left
        votes = dict.fromkeys(left, 0)
        for number, groups in ballots:
            for group in groups:
                if len(group) > 1:
                    break
                if group[0] in left:
                    votes[group[0]] += number
                    break
        fewest = min(votes.values())
        return frozenset().union(
            *(winners(left - {option}) for option in left if votes[option] == fewest)
        )

    return set(winners(frozenset(range(options))))


STRICT = [tuple((option,) for option in order) for order in permutations(range(4))]


@pytest.mark.parametrize(
    ("options", "rankings", "voters", "number"),
    [(4, STRICT, 4, 20_475), (3, weak_orders(3), 5, 8_568)],
    ids=["strict rankings of 4 options", "weak orders of 3 options"],
)
def test_every_small_profile_is_won_as_a_second_count_says(
    options: int, rankings: Sequence[Weak], voters: int, number: int
) -> None:
    seen = 0
    for ballots in every_profile(rankings, voters):
        table = schulze.pairwise(ballots, options)
        if set(schulze.rank(table).winners) != dropping(table):
            pytest.fail(f"schulze: {ballots}")
        if set(irv.count(ballots, range(options)).outcome.winners) != runoff(ballots, options):
            pytest.fail(f"irv: {ballots}")
        seen += 1
    assert seen == number


def test_every_profile_of_five_strict_rankings_of_four_options_by_schulze() -> None:
    """98,280 more, each table once: the winners depend on nothing else."""

    @cache
    def agrees(table: tuple[tuple[int, ...], ...]) -> bool:
        return set(schulze.rank(table).winners) == dropping(table)

    single = {order: schulze.pairwise([(1, order)], 4) for order in STRICT}
    for chosen in combinations_with_replacement(STRICT, 5):
        tables = [single[order] for order in chosen]
        table = tuple(
            tuple(sum(cells) for cells in zip(*rows, strict=True))
            for rows in zip(*tables, strict=True)
        )
        assert agrees(table), chosen


# Instant runoff, by hand


def test_runoff_example_by_hand() -> None:
    ballots = [(4, [[0], [1]]), (3, [[1], [2]]), (2, [[2], [1]]), (1, [])]
    assert irv.count(ballots, range(3)) == irv.Runoff(
        irv.Outcome((1,), ((1,), (0,), (2,))),
        (irv.Round({0: 4, 1: 3, 2: 2}, (2,), 1), irv.Round({0: 4, 1: 5}, (), 1)),
    )


def test_options_tied_for_the_last_place_go_together_where_none_can_be_saved() -> None:
    ballots = [(5, [[0]]), (4, [[1]]), (1, [[2], [3]]), (1, [[3], [2]])]
    found = irv.count(ballots, range(4))
    assert [step.eliminated for step in found.rounds] == [(2, 3), ()]
    assert found.outcome.ranking == ((0,), (1,), (2, 3))


def test_options_that_go_in_every_order_go_in_one_round() -> None:
    # 2 and 3 have as much together as 1, but whoever goes first, the other goes next.
    ballots = [(5, [[0]]), (2, [[1]]), (1, [[2]]), (1, [[3]])]
    found = irv.count(ballots, range(4))
    assert [step.eliminated for step in found.rounds] == [(2, 3), ()]


def test_a_tie_that_matters_ends_the_rounds_and_names_all_who_could_win() -> None:
    ballots = [(4, [[0], [1]]), (3, [[1], [0]]), (3, [[2], [1]])]
    found = irv.count(ballots, range(3))
    assert found.outcome.winners == (0, 1)  # without 1 option 0 has 7 of 10; without 2, 1 has 6
    assert found.outcome.ranking == ((0, 1), (2,))
    assert found.rounds == (irv.Round({0: 4, 1: 3, 2: 3}, (), 0),)


def test_an_overvote_ends_the_ballot_and_a_left_out_rank_does_not() -> None:
    ballots = [(2, [[0], [1, 2], [3]]), (3, [[], [3]]), (4, [[1]])]
    found = irv.count(ballots, range(4))
    assert found.rounds[0] == irv.Round({0: 2, 1: 4, 2: 0, 3: 3}, (2,), 0)
    assert found.rounds[2] == irv.Round({1: 4, 3: 3}, (), 2)


def test_too_many_orders_of_elimination_are_reported_as_a_tie() -> None:
    ballots = [(1, [[option]]) for option in range(60)]
    assert irv.count(ballots, range(60)).outcome.winners == tuple(range(60))
