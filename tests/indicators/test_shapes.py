"""The structured values of a record: one canonical form, everything else refused."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from indicators.shapes import (
    clean_applies_to,
    clean_decimal,
    clean_ms_ind,
    clean_scale,
    clean_target_range,
    clean_targets,
    validate_code,
    validate_targets,
    validate_text,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(80, "80"), ("80.50", "80.5"), (Decimal("-0.2500"), "-0.25"), (" 7 ", "7"), ("-0", "0")],
)
def test_a_figure_becomes_its_shortest_text(value: object, text: str) -> None:
    assert clean_decimal(value) == text


@pytest.mark.parametrize(
    "value",
    [True, 1.5, "NaN", "1e5", "0.00001", "100000000000", "", None, Decimal("Infinity"), "8,5", "٣"],
)
def test_what_the_database_could_not_keep_exactly_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        clean_decimal(value)


@pytest.mark.parametrize(
    ("clean", "value", "expected"),
    [
        (clean_targets, {"TW2": 50, "TW1": "25.0"}, {"TW1": "25", "TW2": "50"}),
        (clean_targets, {"B01": 1, "B12": 2}, {"B01": "1", "B12": "2"}),
        (clean_target_range, [60, "85.0"], ["60", "85"]),
        (clean_target_range, [], []),
        (clean_scale, [[0, 0], [90, 100]], [["0", "0"], ["90", "100"]]),
        (
            clean_applies_to,
            [{"unit": "b"}, {"unit": "a", "include_sub_units": True}, {"unit": "b"}],
            [
                {"unit": "a", "include_sub_units": True, "position_family": None},
                {"unit": "b", "include_sub_units": False, "position_family": None},
            ],
        ),
        (clean_ms_ind, {"konsep": "Gizi", "ukuran": "", "komposit": None}, {"konsep": "Gizi"}),
    ],
)
def test_values_come_into_their_canonical_form(
    clean: Callable[[object], object], value: object, expected: object
) -> None:
    assert clean(value) == expected
    assert clean(expected) == expected


@pytest.mark.parametrize(
    ("clean", "value"),
    [
        (clean_targets, {"TW5": 1}),
        (clean_targets, {"TW1": 1, "B02": 1}),
        (clean_targets, ["TW1"]),
        (clean_targets, {"TW1": "banyak"}),
        (clean_target_range, [85, 60]),
        (clean_target_range, [60, 60]),
        (clean_target_range, [60]),
        (clean_target_range, "60-85"),
        (clean_scale, [[0, 0]]),
        (clean_scale, [[0, 0], [0, 1]]),
        (clean_scale, [[0, 0, 1], [90, 100, 2]]),
        (clean_scale, [[place, 0] for place in range(13)]),
        (clean_applies_to, [{"unit": ""}]),
        (clean_applies_to, [{"unit": "a", "include_sub_units": "ya"}]),
        (clean_applies_to, [{"unit": "a", "position_family": "doctors"}]),
        (clean_applies_to, [{"unit": "a", "weight": 3}]),
        (clean_applies_to, [{"unit": f"u{place}"} for place in range(201)]),
        (clean_ms_ind, {"warna": "merah"}),
        (clean_ms_ind, {"komposit": "ya"}),
        (clean_ms_ind, {"variabel_pembangun": [1]}),
    ],
)
def test_other_values_are_refused_with_a_sentence(
    clean: Callable[[object], object], value: Any
) -> None:
    with pytest.raises(ValidationError) as refused:
        clean(value)
    assert refused.value.messages[0].endswith(".")


def test_a_validator_refuses_what_is_not_canonical_yet() -> None:
    validate_targets({"TW1": "25"})
    with pytest.raises(ValidationError, match="bentuk baku"):
        validate_targets({"TW1": "25.0"})


@pytest.mark.parametrize("code", ["KES-01", "UMU-04", "KES-PKM-01", "A1-B2"])
def test_codes_look_like_codes(code: str) -> None:
    validate_code(code)


@pytest.mark.parametrize("code", ["kes-01", "KES", "KES 01", "KES-", "KES/01", "-01", "K-1-2-3"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        validate_code(code)


@pytest.mark.parametrize("text", ["\x00", "a\x1bb", "\x7f", "\ud800", "\x85"])
def test_characters_that_cannot_be_printed_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        validate_text(text)


@pytest.mark.parametrize("text", ["baris\nbaru\ttab", "🙂 ÷ ≥ ✓", "عربي"])
def test_all_other_text_is_taken(text: str) -> None:
    validate_text(text)
