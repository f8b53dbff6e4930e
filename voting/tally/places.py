"""What a count of competing options ends in: winners and places, with ties left as ties."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Outcome:
    """Who wins, and everyone's place: the best group first, the options of a group level."""

    winners: tuple[int, ...]
    ranking: tuple[tuple[int, ...], ...]


def in_places(places: Iterable[Iterable[int]]) -> Outcome:
    """The outcome of places, the best first; an empty one is left out, and the first one wins."""
    ranking = tuple(tuple(sorted(place)) for place in places if place)
    return Outcome(winners=ranking[0] if ranking else (), ranking=ranking)


def by_most(values: Mapping[int, int | Fraction]) -> Outcome:
    """The outcome of one value for each option: the more the better, equal values level."""
    levels = sorted(set(values.values()), reverse=True)
    return in_places([key for key, value in values.items() if value == level] for level in levels)
