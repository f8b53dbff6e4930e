from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import format_number, parse_number, round_half_up


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1234.56", "1.234,56"),
        ("0", "0"),
        ("0.5", "0,5"),
        ("-1234567", "-1.234.567"),
        ("100.000", "100"),
        ("999", "999"),
        ("1000", "1.000"),
        ("-0.25", "-0,25"),
    ],
)
def test_a_number_is_written_as_indonesians_do(value: str, text: str) -> None:
    assert format_number(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("87.5", 2, "87,50"),
        ("94.485", 2, "94,49"),
        ("-94.485", 2, "-94,49"),
        ("0.004", 2, "0,00"),
        ("1999.995", 2, "2.000,00"),
        ("2.5", 0, "3"),
    ],
)
def test_a_number_of_fixed_places_is_rounded_half_away_from_zero(
    value: str, places: int, text: str
) -> None:
    assert format_number(Decimal(value), places) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("87.4", "87.4"),
        ("87,4", "87.4"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("  90 % ", "90"),
        ("−5", "-5"),
        ("-5,25", "-5.25"),
        ("1\u00a0234", "1234"),
        ("0,001", "0.001"),
    ],
)
def test_a_typed_figure_is_understood(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "banyak",
        "1,2,3",
        "1.23,4",
        "1..2",
        "1e5",
        "NaN",
        "∞",
        "١٢",
        "--1",
        "1 %%",
        "9" * 41,
        "1,",
    ],
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)


@given(st.decimals(-(10**11), 10**11, places=4))
def test_a_written_number_is_read_back_the_same(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@given(st.decimals(-(10**6), 10**6, places=6), st.integers(0, 4))
def test_rounding_moves_a_value_by_half_a_unit_at_most(value: Decimal, places: int) -> None:
    assert abs(round_half_up(value, places) - value) <= Decimal(1).scaleb(-places) / 2
