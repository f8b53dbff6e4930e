"""Shares in whole steps, by the largest remainder; worked by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.shares import shared_out


@pytest.mark.parametrize(
    ("values", "steps", "shares"),
    [
        ([1, 1, 1], 100, [34, 33, 33]),
        ([1, 2, 4], 10, [1, 3, 6]),  # 1.43, 2.86, 5.71: the two missing go to 2.86 and 5.71
        ([0, 5], 7, [0, 7]),
        ([3, 1], 0, [0, 0]),
    ],
)
def test_worked_by_hand(values: list[int], steps: int, shares: list[int]) -> None:
    assert shared_out([Fraction(value) for value in values], steps=steps) == shares


@given(
    st.lists(st.fractions(min_value=0, max_value=100), min_size=1).filter(any),
    st.integers(0, 1_000_000),
)
def test_they_always_sum_to_the_whole(values: list[Fraction], steps: int) -> None:
    shares = shared_out(values, steps=steps)
    assert sum(shares) == steps
    whole = sum(values)
    for value, share in zip(values, shares, strict=True):
        assert abs(Fraction(share) - value * steps / whole) < 1


@pytest.mark.parametrize("values", [[0, 0], [1, -1], []])
def test_without_a_proportion_nothing_is_shared_out(values: list[int]) -> None:
    with pytest.raises(ValueError, match="share"):
        shared_out([Fraction(value) for value in values], steps=10)
