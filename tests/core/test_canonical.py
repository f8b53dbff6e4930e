"""Canonical JSON. Vectors: RFC 8785, sections 3.2.2 to 3.2.4."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.canonical import canonical_bytes, decimal_text, digest, instant_text, plain, sha256


def test_keys_are_sorted_by_utf16_code_units() -> None:
    keys = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical_bytes(keys)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def test_strings_are_escaped_as_the_rfc_shows() -> None:
    text = '\u20ac$\u000f\nA\'B"\\\\"/'
    assert canonical_bytes(text) == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


def test_literals_and_nesting_have_no_white_space() -> None:
    document = {"literals": [None, True, False], "a": {"b": []}}
    assert canonical_bytes(document) == b'{"a":{"b":[]},"literals":[null,true,false]}'


def test_non_ascii_text_stays_utf8() -> None:
    assert canonical_bytes({"satuan": "µg/m³"}) == '{"satuan":"µg/m³"}'.encode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("90.500", "90.5"),
        ("90", "90"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.0000", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("-1.50", "-1.5"),
        ("12345678901.1234", "12345678901.1234"),
        ("0.0001", "0.0001"),
    ],
)
def test_a_decimal_has_one_shortest_text(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


@given(st.decimals(-(10**11), 10**11, places=4))
def test_equal_decimals_have_equal_texts(value: Decimal) -> None:
    assert decimal_text(value) == decimal_text(value * Decimal("1.000"))
    assert Decimal(decimal_text(value)) == value


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_a_decimal_that_is_no_figure_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        decimal_text(Decimal(value))


@pytest.mark.parametrize("value", [1.5, b"bytes", {1, 2}, object(), 1j])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        plain({"deep": [value]})


def test_an_instant_is_written_in_utc() -> None:
    west_indonesia = timezone(timedelta(hours=7))
    assert (
        instant_text(datetime(2026, 11, 24, 14, 30, tzinfo=west_indonesia))
        == "2026-11-24T07:30:00.000000Z"
    )


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        plain(datetime(2026, 11, 24))


def test_every_kind_of_value_becomes_plain_json() -> None:
    document = {
        "number": Decimal("87.50"),
        "day": date(2026, 11, 24),
        "moment": datetime(2026, 11, 24, tzinfo=UTC),
        "key": UUID(int=1),
        "pair": (1, True),
        "none": None,
    }
    assert plain(document) == {
        "number": "87.5",
        "day": "2026-11-24",
        "moment": "2026-11-24T00:00:00.000000Z",
        "key": "00000000-0000-0000-0000-000000000001",
        "pair": [1, True],
        "none": None,
    }


def test_the_digest_is_that_of_the_canonical_bytes() -> None:
    hexadecimal = hashlib.sha256(b'{"a":"1","b":"2"}').hexdigest()
    assert digest({"b": Decimal("2.0"), "a": "1"}) == f"sha256:{hexadecimal}"


def test_sha256_matches_the_vector_of_fips_180() -> None:
    assert sha256(b"abc") == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(-9, 9), max_size=6))
def test_the_order_of_keys_does_not_matter(document: dict[str, object]) -> None:
    assert canonical_bytes(document) == canonical_bytes(dict(reversed(document.items())))
