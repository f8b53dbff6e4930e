"""NIP and NI PPPK. Source of the examples: DOMAIN 1.3 (serials 99x hit no real person)."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from people.nip import Employment, mask_nip, parse_nip, space_nip

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "employment", "born_on"),
    [
        ("198503152010011991", Employment.PNS, date(1985, 3, 15)),
        ("199207232019032994", Employment.PNS, date(1992, 7, 23)),
        ("199012312023211993", Employment.PPPK, date(1990, 12, 31)),
        ("19850315 201001 1 991", Employment.PNS, date(1985, 3, 15)),
        (" 19850315\t201001\N{NO-BREAK SPACE}1 991\n", Employment.PNS, date(1985, 3, 15)),
        ("199012312024242990", Employment.PPPK, date(1990, 12, 31)),
        ("196002291985011990", Employment.PNS, date(1960, 2, 29)),
    ],
)
def test_a_valid_nip_is_read(text: str, employment: Employment, born_on: date) -> None:
    nip = parse_nip(text, today=TODAY)
    assert (nip.employment, nip.born_on, nip.warning) == (employment, born_on, "")
    assert nip.digits == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("198502302010011991", "tanggal lahir"),  # 30 February
        ("198503152010131991", "masa pengangkatan"),  # month 13
        ("198503152010013991", "1 atau 2"),  # sex 3
        ("198503152010011000", "000"),  # serial 000
        ("19850315201001199", "18 angka"),  # 17 digits
        ("1985031520100119911", "18 angka"),
        ("", "18 angka"),
        ("19850315201001199X", "18 angka"),
        ("١٩٨٥٠٣١٥٢٠١٠٠١١٩٩١", "18 angka"),  # digits of another script
        ("1.98503152010011E17", "18 angka"),
        ("198503152010001991", "masa pengangkatan"),  # month 0
        ("198503152010201991", "masa pengangkatan"),  # code 20
        ("198503152010301991", "masa pengangkatan"),  # code 30
        ("198503152018211991", "masa pengangkatan"),  # PPPK before 2019
        ("193503151959011991", "masa pengangkatan"),  # PNS before 1960
        ("202703152046011991", "belum tiba"),  # born tomorrow
        ("000000002010011991", "tanggal lahir"),
    ],
)
def test_an_invalid_nip_is_refused_with_its_reason(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_nip(text, today=TODAY)


@pytest.mark.parametrize("nip", ["200003152010011991", "195003152015011991"])
def test_an_unusual_age_at_appointment_is_a_warning_only(nip: str) -> None:
    assert parse_nip(nip, today=TODAY).warning


@given(st.text(alphabet=st.sampled_from("0123456789 \n-.E+²٣"), max_size=24) | st.text())
@example("99999999" + "2010011991")
@example("0" * 18)
def test_whatever_is_typed_gives_a_nip_or_a_sentence(text: str) -> None:
    sentence = digits = ""
    try:
        digits = parse_nip(text, today=TODAY).digits
    except ValueError as error:
        sentence = str(error)
    assert len(digits) == 18 or sentence.endswith(".")


def test_the_mask_leaves_the_last_three_digits() -> None:
    assert mask_nip("198503152010011991") == "***************991"


@pytest.mark.parametrize(
    ("digits", "groups"),
    [
        ("198503152010011991", [8, 6, 1, 3]),
        ("199012312023211993", [8, 4, 2, 1, 3]),
    ],
)
def test_a_nip_is_shown_in_its_groups(digits: str, groups: list[int]) -> None:
    parts = space_nip(digits).split("\N{NO-BREAK SPACE}")
    assert [len(part) for part in parts] == groups
    assert "".join(parts) == digits
