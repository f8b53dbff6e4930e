"""Method *schulze*: ballots rank the options; whoever wins the comparisons two by two wins.

Source: Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and
condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011),
267-303, section 2.2, with the strength of a defeat measured by its winning votes.

Nothing is ever drawn by lot: options that the ballots do not separate are reported as a tie.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from voting.tally.places import Outcome, in_places

# A ballot: groups of options, the best group first; the options of one group are equal.
type Ranking = Sequence[Sequence[int]]
type UnrankedRule = Literal["last", "no_opinion"]


def pairwise(
    ballots: Iterable[tuple[int, Ranking]], options: int, *, unranked_rule: UnrankedRule = "last"
) -> list[list[int]]:
    """How many ballots rank the option of the row above the option of the column.

    `ballots` are (number of equal ballots, ranking). What a ballot does not rank stands, level,
    below all that it ranks; under `no_opinion` it is not compared at all.
    Shape: `options` rows of `options` columns, 0 on the diagonal.
    Raises ValueError for an option that does not exist or stands twice on a ballot.
    """
    table = [[0] * options for _ in range(options)]
    for number, groups in ballots:
        ranked = [option for group in groups for option in group]
        below = set(range(options))
        if len(set(ranked)) != len(ranked):
            raise ValueError("a ballot ranks an option twice")
        if not below.issuperset(ranked):
            raise ValueError("a ballot ranks an option that does not exist")
        if unranked_rule == "no_opinion":
            below = set(ranked)
        for group in groups:
            below.difference_update(group)
            for better in group:
                row = table[better]
                for worse in below:
                    row[worse] += number
    return table


def strongest_paths(pairwise: Sequence[Sequence[int]]) -> list[list[int]]:
    """The strength of the strongest path from the option of the row to that of the column.

    A step of a path is a comparison that was won, as strong as the votes that won it; a path is as
    strong as its weakest step. 0 where no path leads.
    """
    options = range(len(pairwise))
    paths = [
        [pairwise[a][b] if pairwise[a][b] > pairwise[b][a] else 0 for b in options] for a in options
    ]
    for middle in options:
        onward = paths[middle]
        for start in options:
            first = paths[start][middle]
            if first and start != middle:
                row = paths[start]
                paths[start] = [
                    max(direct, min(first, second))
                    for direct, second in zip(row, onward, strict=True)
                ]
                paths[start][start] = 0
    return paths


def rank(pairwise: Sequence[Sequence[int]]) -> Outcome:
    """The winners and the ranking that the comparisons give.

    An option beats another where its strongest path is stronger than the way back. The winners are
    those whom nobody beats. The next place belongs to those whom nobody beats once the places
    above are taken away, and so on; so an option always stands above whatever it beats.
    """
    paths = strongest_paths(pairwise)
    left = list(range(len(pairwise)))
    places: list[tuple[int, ...]] = []
    while left:
        place = tuple(b for b in left if all(paths[a][b] <= paths[b][a] for a in left))
        places.append(place)
        left = [option for option in left if option not in place]
    return in_places(places)


__all__ = ["Outcome", "Ranking", "UnrankedRule", "pairwise", "rank", "strongest_paths"]
