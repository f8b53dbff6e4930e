"""Signs that an indicator tells nothing: worked by hand, and for figures drawn at random."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.lifeless import (
    LEAST_FIGURES,
    LEAST_PERIODS,
    MOST_PERIODS,
    Checkup,
    Figure,
    Rule,
    Sign,
    checkup,
    periods_due,
)
from indicators.scoring import KMK
from tests.indicators.builders import record_content

TODAY = date(2026, 11, 25)
QUARTERS = [(year, f"TW{quarter}") for year in (2025, 2026) for quarter in range(1, 5)]


def rule(in_force_since: date | None = date(2025, 1, 1), **over: Any) -> Rule:
    """An indicator by quarters, averaged over the year, target 80, more is better."""
    return Rule(record_content(**over), KMK, in_force_since)


def reported(
    *values: int | str, units: Sequence[str] = ("pkm-a", "pkm-b"), period: str = "TW"
) -> list[Figure]:
    """These figures by every unit, one after the other, quarter by quarter from 2025."""
    keys = QUARTERS if period == "TW" else [(2020 + place, "") for place in range(8)]
    return [
        Figure(unit, *key, Fraction(value))
        for key, value in zip(keys, values, strict=False)
        for unit in units
    ]


def signs(found: Checkup) -> list[Sign]:
    return [finding.sign for finding in found.findings]


def only_sentence(found: Checkup) -> str:
    (finding,) = found.findings
    return finding.sentence


# Worked by hand


def test_figures_that_never_differ_are_constant() -> None:
    found = checkup(reported(72, 72, 72, 72), rule(), today=TODAY)
    assert signs(found) == [Sign.CONSTANT]
    assert "Semua angka sama, 72:" in only_sentence(found)
    assert "8 angka dari 2 unit dalam 4 periode (2025-TW1 sampai 2025-TW4)" in only_sentence(found)


def test_one_figure_that_differs_is_life() -> None:
    figures = [*reported(72, 72, 72, 72), Figure("pkm-c", 2025, "TW4", Fraction("72.0001"))]
    assert checkup(figures, rule(), today=TODAY) == Checkup()


def test_units_that_differ_but_never_change_are_alive() -> None:
    low = reported(60, 60, 60, units=["pkm-a"])
    high = reported(90, 90, 90, units=["pkm-b"])
    assert checkup(low + high, rule(), today=TODAY) == Checkup()


def test_scores_at_the_cap_are_full_though_the_figures_differ() -> None:
    # 96 of 80 is 120, the cap; 100 of 80 would be 125, and is 120, too.
    found = checkup(reported(96, 100, 98), rule(), today=TODAY)
    assert signs(found) == [Sign.FULL]
    assert "Semua angka bernilai penuh, 120: 6 angka" in only_sentence(found)


def test_a_target_that_is_always_met_exactly_is_constant_and_full() -> None:
    found = checkup(reported(80, 80, 80), rule(), today=TODAY)
    assert signs(found) == [Sign.CONSTANT, Sign.FULL]
    assert "bernilai penuh, 100:" in found.findings[1].sentence


def test_a_highest_target_that_is_always_met_is_full() -> None:
    most = rule(target="100", target_is_max=True)
    assert signs(checkup(reported(100, 100, 100), most, today=TODAY)) == [Sign.CONSTANT, Sign.FULL]
    assert checkup(reported(100, 99, 100), most, today=TODAY) == Checkup()


def test_scores_that_are_alike_below_100_are_no_ceiling() -> None:
    found = checkup(reported(40, 40, 40), rule(), today=TODAY)
    assert signs(found) == [Sign.CONSTANT]


def test_less_is_better_and_zero_is_full() -> None:
    few = rule(polarity="minimize", target="0", worst_case="10")
    assert signs(checkup(reported(0, 0, 0), few, today=TODAY)) == [Sign.CONSTANT, Sign.FULL]


def test_a_quarter_is_held_against_its_own_target() -> None:
    shared = rule(period_consolidation="sum", target="100", targets={"TW1": "20", "TW2": "30"})
    # 24 of 20 and 36 of 30 are 120; TW3 has no target of its own, so that nothing is said.
    assert signs(checkup(reported(24, 36), shared, today=TODAY)) == []
    full = {f"TW{quarter}": str(quarter * 10) for quarter in range(1, 5)}
    by_quarter = rule(period_consolidation="sum", target="100", targets=full)
    assert signs(checkup(reported(12, 24, 36, 48), by_quarter, today=TODAY)) == [Sign.FULL]


def test_a_quarter_of_a_sum_is_not_held_against_the_target_of_the_year() -> None:
    added_up = rule(period_consolidation="sum")
    assert checkup(reported(96, 100, 98), added_up, today=TODAY) == Checkup()


def test_what_cannot_be_scored_is_never_called_full() -> None:
    nothing = rule(target=None)
    assert checkup(reported(96, 100, 98), nothing, today=TODAY) == Checkup()
    unsaid = rule(polarity=None)
    assert checkup(reported(96, 100, 98), unsaid, today=TODAY) == Checkup()


@pytest.mark.parametrize(
    ("values", "units", "told"),
    [
        ([72, 72], ("a", "b", "c"), "6 angka dari 3 unit dalam 2 periode"),
        ([72, 72, 72], ("a",), "3 angka dari 1 unit dalam 3 periode"),
        ([72], ("a",), "1 angka dari 1 unit dalam 1 periode"),
    ],
)
def test_too_little_is_said_and_not_called_lifeless(
    values: list[int], units: tuple[str, ...], told: str
) -> None:
    found = checkup(reported(*values, units=units), rule(), today=TODAY)
    assert not found.findings
    assert told in found.too_little
    assert "sedikitnya 6 angka dalam 3 periode" in found.too_little


def test_only_the_last_periods_count() -> None:
    years = reported(1, *[72] * 7, period="", units=["a"])
    assert checkup(years, rule(), today=TODAY) == Checkup()
    nine = [*years, Figure("a", 2028, "", Fraction(72))]
    assert signs(checkup(nine, rule(), today=TODAY)) == [Sign.CONSTANT]


def test_years_and_quarters_are_not_mixed() -> None:
    year = Figure("pkm-a", 2025, "", Fraction(288))
    found = checkup([*reported(72, 72, 72, 72), year], rule(), today=TODAY)
    assert signs(found) == [Sign.CONSTANT]


def test_what_nobody_reports_is_said_once_it_was_due() -> None:
    # In force since 1 January 2026: TW1 was due on 30 May, TW2 on 29 August, TW3 on 29 November.
    since = date(2026, 1, 1)
    assert not checkup([], rule(since), today=date(2026, 8, 28)).findings
    found = checkup([], rule(since), today=date(2026, 11, 25))
    assert signs(found) == [Sign.UNREPORTED]
    assert "2 waktu pelaporan sudah lewat" in only_sentence(found)


@pytest.mark.parametrize(
    ("since", "over", "told"),
    [
        (None, {}, "Belum berlaku"),
        (date(2026, 9, 1), {}, "belum cukup lama lewat"),
        (date(2024, 1, 1), {"reporting_period": "per_kegiatan"}, "per kegiatan"),
        (date(2024, 1, 1), {"reporting_period": None}, "per kegiatan"),
    ],
)
def test_what_was_not_due_is_not_missed(since: date | None, over: Any, told: str) -> None:
    found = checkup([], rule(since, **over), today=TODAY)
    assert not found.findings
    assert told in found.too_little


@pytest.mark.parametrize(
    ("since", "today", "months", "due"),
    [
        (date(2026, 1, 1), date(2026, 3, 1), 1, 0),  # January: until 1 April
        (date(2026, 1, 1), date(2026, 4, 2), 1, 1),
        (date(2026, 1, 2), date(2026, 4, 2), 1, 0),  # began before the indicator came
        (date(2025, 1, 1), date(2026, 3, 1), 12, 0),
        (date(2025, 1, 1), date(2026, 3, 2), 12, 1),
        (date(2025, 2, 1), date(2026, 12, 31), 12, 0),
        (date(2025, 1, 1), date(2026, 11, 25), 6, 3),
        (date(2025, 1, 1), date(2026, 11, 25), 3, 6),
    ],
)
def test_periods_are_due_two_months_after_their_end(
    since: date, today: date, months: int, due: int
) -> None:
    assert periods_due(since, today, months=months) == due


# At random

figures = st.lists(
    st.builds(
        Figure,
        unit=st.sampled_from(["a", "b", "c"]),
        year=st.integers(2023, 2026),
        period=st.sampled_from(["", "TW1", "TW2", "TW3", "TW4", "S1", "B03"]),
        figure=st.sampled_from([Fraction(80), Fraction(81), Fraction(96), Fraction(100)]),
    ),
    max_size=40,
    unique_by=lambda one: (one.unit, one.year, one.period),
)


@given(figures)
def test_a_sign_always_has_enough_behind_it(drawn: list[Figure]) -> None:
    found = checkup(drawn, rule(), today=TODAY)
    if signs(found) and signs(found) != [Sign.UNREPORTED]:
        assert len(drawn) >= LEAST_FIGURES
        assert len({(one.year, one.period) for one in drawn}) >= LEAST_PERIODS
    assert not (found.findings and found.too_little)


@given(figures, st.randoms())
def test_the_order_of_figures_does_not_matter(drawn: list[Figure], chance: Any) -> None:
    mixed = list(drawn)
    chance.shuffle(mixed)
    assert checkup(mixed, rule(), today=TODAY) == checkup(drawn, rule(), today=TODAY)


@given(
    st.fractions(min_value=0, max_value=200, max_denominator=100),
    st.integers(LEAST_PERIODS, MOST_PERIODS),
    st.integers(2, 5),
)
def test_equal_figures_are_found_and_one_other_ends_it(
    value: Fraction, periods: int, units: int
) -> None:
    same = [
        Figure(f"unit-{unit}", *key, value) for key in QUARTERS[:periods] for unit in range(units)
    ]
    assert Sign.CONSTANT in signs(checkup(same, rule(), today=TODAY))
    other = Figure("unit-x", *QUARTERS[0], value + Fraction(1, 1000))
    assert Sign.CONSTANT not in signs(checkup([*same, other], rule(), today=TODAY))


@given(figures)
def test_full_means_that_nobody_falls_short(drawn: list[Figure]) -> None:
    found = checkup(drawn, rule(), today=TODAY)
    below = Figure("short", 2026, "TW4", Fraction(79))
    with_one_below = checkup(
        [*[one for one in drawn if one.period == "TW4"], below], rule(), today=TODAY
    )
    assert Sign.FULL not in signs(with_one_below)
    if Sign.FULL in signs(found):
        assert Sign.UNREPORTED not in signs(found)
