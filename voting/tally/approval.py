"""Method *approval*: a ballot names all options that it can live with; the most named one wins.

Source: Steven J. Brams and Peter C. Fishburn, "Approval Voting", American Political Science
Review 72 (1978), 831-847. Equal numbers are a tie.
"""

from collections.abc import Collection, Iterable

from voting.tally.places import Outcome, by_most


def count(ballots: Iterable[tuple[int, Iterable[int]]], options: int) -> list[int]:
    """How many ballots name each option.

    `ballots` are (number of equal ballots, the options that each of them names).
    Raises ValueError for an option that does not exist or stands twice on a ballot.
    """
    sums = [0] * options
    for number, named in ballots:
        seen: set[int] = set()
        for option in named:
            if option in seen or not 0 <= option < options:
                raise ValueError("a ballot names an option twice, or one that does not exist")
            seen.add(option)
            sums[option] += number
    return sums


def rank(sums: list[int], among: Collection[int]) -> Outcome:
    """The places of the options `among`, by the number of ballots that name them."""
    return by_most({option: sums[option] for option in among})
