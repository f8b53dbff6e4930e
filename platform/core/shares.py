"""Shares of a whole in whole steps, so that they sum to it exactly."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def shared_out(values: Sequence[Fraction], *, steps: int) -> list[int]:
    """`steps` shared out in proportion to `values`, by the largest remainder.

    Every share is cut to whole steps; the steps that are then missing go, one each, to the shares
    that lost most, and among equal losses to the earlier one.
    Shape: one share for each value, in the same order.
    Raises ValueError where a value is negative, or where all are 0: there is no proportion then.
    """
    if any(value < 0 for value in values):
        raise ValueError("a share below 0 cannot be given")
    whole = sum(values)
    if not whole:
        raise ValueError("every value is 0: there is no proportion to share by")
    exact = [Fraction(value) * steps / whole for value in values]
    given = [floor(share) for share in exact]
    by_loss = sorted(range(len(values)), key=lambda place: (given[place] - exact[place], place))
    for place in by_loss[: steps - sum(given)]:
        given[place] += 1
    return given
