"""Method *score*: a ballot gives every option points by itself; the largest sum wins.

An option that a ballot leaves out gets 0 points from it. Sums are exact; equal sums are a tie.
"""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from voting.tally.places import Outcome, by_most


def count(ballots: Iterable[tuple[int, Mapping[int, Fraction]]], options: int) -> list[Fraction]:
    """The sum of the points of each option.

    `ballots` are (number of equal ballots, points by option).
    Raises ValueError for an option that does not exist.
    """
    sums = [Fraction(0)] * options
    for number, points in ballots:
        for option, given in points.items():
            if not 0 <= option < options:
                raise ValueError("a ballot gives points to an option that does not exist")
            sums[option] += number * given
    return sums


def rank(sums: list[Fraction], among: Collection[int]) -> Outcome:
    """The places of the options `among`, by their sums."""
    return by_most({option: sums[option] for option in among})
