"""Method *weights*: every ballot shares 100 points out among the items; the median decides.

The median of each item's points is taken by itself, so that a few extreme ballots move little, and
the medians are then brought back to a sum of 100, exactly, in steps of `10 ** -places`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from core.shares import shared_out


def medians(columns: Sequence[Mapping[Fraction, int]]) -> list[Fraction]:
    """The median points of each item.

    Shape: one column for each item: points → number of ballots that give them.
    With an even number of ballots the median is the mean of the two in the middle.
    Raises ValueError for a column without ballots.
    """
    return [_median(column) for column in columns]


def _median(column: Mapping[Fraction, int]) -> Fraction:
    ballots = sum(column.values())
    if ballots < 1:
        raise ValueError("without ballots there is no median")
    return (_at(column, (ballots - 1) // 2) + _at(column, ballots // 2)) / 2


def _at(column: Mapping[Fraction, int], place: int) -> Fraction:
    """The points of the ballot at a place, counted from 0, the fewest points first."""
    passed = 0
    for points in sorted(column):
        passed += column[points]
        if place < passed:
            return Fraction(points)
    raise ValueError("a column has fewer ballots than its places")


def renormalised(values: Sequence[Fraction], *, total: int = 100, places: int = 4) -> list[Decimal]:
    """`values` in proportion, rounded so that they sum to exactly `total`.

    By the largest remainder (`core.shares`), in steps of one in the last of `places` decimals.
    So equal values differ by at most one step, and the order of the items alone decides which.
    Units: any in, shares of `total` out, with exactly `places` decimals.
    Raises ValueError where a value is negative, or where all are 0: nothing can be shared out then.
    """
    if not any(values):
        raise ValueError("every median is 0: there is no proportion to share the points out by")
    steps = shared_out(values, steps=total * 10**places)
    return [Decimal(step).scaleb(-places) for step in steps]
