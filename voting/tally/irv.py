"""Method *irv* (instant runoff): whoever has the fewest votes goes, until two options are left.

Source: the rule of Minneapolis, Code of Ordinances, chapter 167 (2013), for one seat. A ballot
counts for the option that it ranks first among those left. A rank at which it names several of
them is an overvote and ends the ballot; a rank that it leaves out is passed over. The count goes
on after an option has more than half, so that every reader sees the last two against each other.

Ties for the last place are never drawn. Where the tied options together have fewer votes than the
next one, all of them go at once: whatever the order, none could have been saved. Otherwise every
order is followed: options that go in all of them go in one round, and where the orders never meet
again, the rounds end at the tie and all options that win in some order are reported as winners.
Which options are left decides everything that follows, so orders that leave the same ones are one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voting.tally.places import Outcome, in_places

# So many sets of options left are followed at a time. Where ties open more ways than that, the
# options left at the tie are reported as tied, without telling which of them could not have won.
MOST_WAYS = 1_000

type _Left = frozenset[int]


@dataclass(frozen=True)
class Round:
    """The votes of the options left, the ballots that count for none, and who goes after it."""

    tally: dict[int, int]
    eliminated: tuple[int, ...]
    exhausted: int


@dataclass(frozen=True)
class Runoff:
    """The outcome, and the rounds that led to it."""

    outcome: Outcome
    rounds: tuple[Round, ...]


class _Ballots:
    """Ballots cut down to the order in which they count for the options `among`."""

    def __init__(
        self, ballots: Iterable[tuple[int, Sequence[Sequence[int]]]], among: _Left
    ) -> None:
        self._orders: Counter[tuple[int, ...]] = Counter()
        for number, groups in ballots:
            self._orders[_order(groups, among)] += number
        self._votes: dict[_Left, dict[int, int]] = {}

    def votes(self, left: _Left) -> dict[int, int]:
        """The votes of each option left."""
        if left not in self._votes:
            votes = dict.fromkeys(sorted(left), 0)
            for order, number in self._orders.items():
                first = next((option for option in order if option in left), None)
                if first is not None:
                    votes[first] += number
            self._votes[left] = votes
        return self._votes[left]

    def round(self, left: _Left, after: _Left) -> Round:
        """The round with these options left, of which those `after` it stay."""
        votes = self.votes(left)
        exhausted = self._orders.total() - sum(votes.values())
        return Round(votes, tuple(sorted(left - after)), exhausted)

    def is_final(self, left: _Left) -> bool:
        """Whether nobody more is eliminated: two are left, or nobody has a vote."""
        return len(left) <= 2 or not any(self.votes(left).values())

    def first(self, left: _Left) -> set[int]:
        """Who has the most votes."""
        votes = self.votes(left)
        return {option for option in left if votes[option] == max(votes.values())}

    def onward(self, left: _Left) -> set[_Left]:
        """The sets that can be left after the next elimination: one, but at a tie that matters."""
        votes = self.votes(left)
        fewest = min(votes.values())
        last = {option for option in left if votes[option] == fewest}
        above = [number for number in votes.values() if number > fewest]
        if above and fewest * len(last) < min(above):
            return {left - last}
        return {left - {option} for option in last}


def _order(groups: Sequence[Sequence[int]], among: _Left) -> tuple[int, ...]:
    order: list[int] = []
    for group in groups:
        named = [option for option in group if option in among]
        if len(named) > 1:
            break
        order += named
    return tuple(order)


def count(ballots: Iterable[tuple[int, Sequence[Sequence[int]]]], among: Collection[int]) -> Runoff:
    """The runoff among some options; others are passed over as if nobody had ranked them.

    `ballots` are (number of equal ballots, ranking), as `voting.tally.schulze` takes them.
    """
    held = _Ballots(ballots, frozenset(among))
    ends, line = _follow(held, frozenset(among))
    rounds = [held.round(left, after) for left, after in pairwise([*line, line[-1]])]
    winners = set().union(*map(held.first, ends))
    places = [winners, line[-1] - winners, *(step.eliminated for step in reversed(rounds))]
    return Runoff(in_places(places), tuple(rounds))


def _follow(held: _Ballots, among: _Left) -> tuple[set[_Left], list[_Left]]:
    """Where the orders of elimination end, and the sets that are left in every one of them."""
    ways, line = {among}, [among]
    while unfinished := [left for left in ways if not held.is_final(left)]:
        longest = max(map(len, unfinished))
        for left in unfinished:
            if len(left) == longest:
                ways.remove(left)
                ways |= held.onward(left)
            if len(ways) > MOST_WAYS:
                return {frozenset([option]) for option in line[-1]}, line
        if len(ways) == 1:
            line += ways
    return ways, line
