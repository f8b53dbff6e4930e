"""Method weights, counted: medians by hand, and shares that sum to exactly 100."""

import statistics
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.tally.weights import medians, renormalised

POINTS = st.integers(0, 10_000).map(lambda steps: Fraction(steps, 100))


def column(*points: int | str) -> Counter[Fraction]:
    return Counter(Fraction(text) for text in points)


def test_median_of_an_odd_and_of_an_even_number() -> None:
    assert medians([column(10, 30, 80), column(10, 20, 30, 90)]) == [30, 25]
    assert medians([column("0.1", "0.2")]) == [Fraction(3, 20)]


def test_equal_ballots_count_as_often_as_they_were_cast() -> None:
    assert medians([{Fraction(10): 3, Fraction(90): 2}, {Fraction(10): 2, Fraction(90): 2}]) == [
        10,
        50,
    ]


@given(st.lists(POINTS, min_size=1, max_size=40))
def test_median_is_that_of_the_standard_library(points: list[Fraction]) -> None:
    assert medians([Counter(points)]) == [statistics.median(points)]


def test_without_ballots_there_is_no_median() -> None:
    with pytest.raises(ValueError, match="without ballots"):
        medians([column(1), {}])


def test_thirds_sum_to_exactly_one_hundred() -> None:
    shares = renormalised([Fraction(1)] * 3)
    assert list(map(str, shares)) == ["33.3334", "33.3333", "33.3333"]
    assert sum(shares) == 100


def test_the_missing_steps_go_where_most_was_cut() -> None:
    # of 7: 14.28|57…, 28.57|14…, 57.14|28…; one step is missing
    assert list(map(str, renormalised([Fraction(1), Fraction(2), Fraction(4)], places=2))) == [
        "14.29",
        "28.57",
        "57.14",
    ]


@given(
    st.lists(POINTS, min_size=1, max_size=30).filter(any),
    st.integers(0, 6),
    st.sampled_from([1, 100, 1000]),
)
def test_shares_sum_to_the_total_and_lie_within_a_step(
    values: list[Fraction], places: int, total: int
) -> None:
    shares = renormalised(values, total=total, places=places)
    step = Fraction(1, 10**places)
    assert sum(shares) == total
    for value, share in zip(values, shares, strict=True):
        assert abs(Fraction(share) - value * total / sum(values)) < step
        assert share.as_tuple().exponent == -places
        assert value or not share  # nothing stays nothing
    assert sorted(values) == [value for _share, value in sorted(zip(shares, values, strict=True))]


def test_shares_that_are_right_already_stay() -> None:
    assert renormalised([Fraction(40), Fraction(60)]) == [Decimal("40.0000"), Decimal("60.0000")]


def test_nothing_can_be_shared_by_nothing() -> None:
    with pytest.raises(ValueError, match="every median is 0"):
        renormalised([Fraction(0), Fraction(0)])
    with pytest.raises(ValueError, match="below 0"):
        renormalised([Fraction(1), Fraction(-1)])
