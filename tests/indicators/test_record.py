"""The record: its canonical content, what a stage still misses, what changed in words."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.canonical import canonical_bytes, digest
from indicators.models import IndicatorVersion
from indicators.record import (
    FIELDS,
    Effect,
    changes,
    content_of,
    digest_of,
    empty_content,
    is_ratio,
    missing,
    text_of,
    values_of,
)
from tests.indicators.builders import record_content

# The digest of `record_content()`: whoever changes it changes what every published set says.
GOLDEN = "sha256:4ca170d2c33f7fd4c6bb02e274428d34e1152e36022bea72e7f360c08a607775"


def version(**over: Any) -> IndicatorVersion:
    return IndicatorVersion(**values_of(record_content(**over)))


def test_content_and_values_are_each_others_inverse() -> None:
    content = record_content(
        target="80.5",
        targets={"TW1": "25"},
        target_range=["60", "85"],
        stabilize_scale=[["0", "0"], ["100", "120"]],
        ms_ind={"konsep": "Gizi", "komposit": False},
    )
    assert content_of(IndicatorVersion(**values_of(content))) == content


def test_every_field_of_the_record_stands_in_the_content() -> None:
    assert set(record_content()) == set(FIELDS) == set(empty_content())


def test_the_digest_of_a_known_record_stays() -> None:
    assert digest_of(version()) == GOLDEN


def test_how_a_text_was_typed_does_not_change_its_digest() -> None:
    typed = version(definition="  Balita\r\nsehat\r", name="Cafe\u0301")
    canonical = version(definition="Balita\nsehat", name="Caf\u00e9")
    assert digest_of(typed) == digest_of(canonical)


def test_trailing_zeros_do_not_change_the_digest() -> None:
    first, second = version(), version()
    first.target, second.target = Decimal("80"), Decimal("80.0000")
    assert digest_of(first) == digest_of(second)


def test_a_choice_not_made_is_null() -> None:
    assert content_of(IndicatorVersion(name="x"))["level"] is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_any_text_gives_canonical_bytes(text: str) -> None:
    content = content_of(version(definition=text))
    assert digest(content) == digest(content_of(IndicatorVersion(**values_of(content))))
    canonical_bytes(content).decode()


# Missing


def test_a_complete_record_misses_nothing() -> None:
    assert missing(version(), until="freeze") == []


def test_a_draft_needs_what_the_design_says() -> None:
    found = [gap.field for gap in missing(empty_content(), until="draft")]
    assert found == ["name", "purpose", "definition", "unit", "polarity"]


@pytest.mark.parametrize(
    "field",
    [name for name, field in FIELDS.items() if field.needed_for in ("draft", "freeze")],
)
def test_each_field_that_freezing_needs_is_told(field: str) -> None:
    content = record_content(**{field: empty_content()[field]})
    gap = next(gap for gap in missing(content, until="freeze") if gap.field == field)
    assert gap.sentence == f"{gap.label[:1].upper()}{gap.label[1:]} belum diisi."


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"numerator": ""}, "numerator"),
        ({"denominator": ""}, "denominator"),
        ({"polarity": "minimize", "target": "0"}, "worst_case"),
        ({"polarity": "minimize", "target": "-1"}, "target"),
        (
            {
                "polarity": "stabilize",
                "target": "-1",
                "stabilize_scale": [["0", "0"], ["100", "120"]],
            },
            "target",
        ),
        ({"polarity": "maximize", "target": "0"}, "target"),
        ({"polarity": "stabilize"}, "stabilize_scale"),
        ({"target_range": ["81", "90"]}, "target_range"),
        ({"cascading": "cascading_peta", "level": "IKI"}, "supports"),
    ],
)
def test_what_the_case_needs_is_told(over: dict[str, Any], field: str) -> None:
    assert [gap.field for gap in missing(record_content(**over), until="freeze")] == [field]


@pytest.mark.parametrize(
    "over",
    [
        {"unit": "Kasus", "numerator": "", "denominator": ""},
        {"polarity": "minimize", "target": "0", "worst_case": "10"},
        {"polarity": "maximize", "target": "-1"},
        {"polarity": "stabilize", "stabilize_scale": [["0", "0"], ["100", "120"]]},
        {"cascading": "cascading_peta", "level": "IKU"},
        {"targets": {}, "target_range": [], "baseline": None, "ms_ind": {}},
    ],
)
def test_what_the_case_does_not_need_is_not_asked_for(over: dict[str, Any]) -> None:
    assert missing(record_content(**over), until="freeze") == []


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        *[(unit, True) for unit in ("Persen", "%", "Permil", "Per 1.000 KH", "per mil", "Rasio")],
        *[(unit, False) for unit in ("Kasus", "Hari kerja", "Indeks", "Persentil", "")],
    ],
)
def test_a_ratio_is_known_by_its_unit(unit: str, expected: bool) -> None:
    assert is_ratio(unit) is expected


# Changes


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"target": "90"}, "target 80 → 90 persen"),
        ({"target": "1234.5"}, "target 80 → 1.234,5 persen"),
        ({"target": None}, "target 80 persen → (kosong)"),
        ({"polarity": "minimize"},
         "polarisasi Makin tinggi makin baik (maximize) → Makin rendah makin baik (minimize)"),
        ({"target_is_max": True}, "target sudah tertinggi (konversi 120) tidak → ya"),
        ({"targets": {"TW2": "50", "TW1": "25"}},
         "target per periode (kosong) → TW1: 25, TW2: 50"),
        ({"target_range": ["60", "85"]}, "rentang target (kosong) → 60–85"),
        ({"stabilize_scale": [["0", "0"], ["90", "100"]]},
         "skala nilai (kosong) → 0 → 0, 90 → 100"),
        ({"applies_to": [
            {"unit": "dinkes", "include_sub_units": True, "position_family": "health"}]},
         "berlaku bagi Puskesmas Latihan → Dinas Kesehatan beserta unit di bawahnya"
         " (tenaga kesehatan)"),
        ({"owner_unit": "dinkes"}, "penanggung jawab Puskesmas Latihan → Dinas Kesehatan"),
        ({"ms_ind": {"komposit": False, "variabel_pembangun": ["a", "b"]}},
         "keterangan MS-Ind (kosong) → komposit: tidak; variabel pembangun: a, b"),
        ({"definition": "Lain."}, "definisi diubah"),
        ({"definition": ""},
         "definisi Balita sasaran yang ditimbang di posyandu atau puskesmas setiap bulan."
         " → (kosong)"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_one_sentence(over: dict[str, Any], sentence: str) -> None:
    names = {"dinkes": "Dinas Kesehatan", "puskesmas-latihan": "Puskesmas Latihan"}
    found = changes(record_content(), record_content(**over), unit_names=names)
    assert [change.sentence for change in found] == [sentence]


def test_a_change_of_the_unit_of_measure_keeps_each_figures_own() -> None:
    found = changes(record_content(), record_content(target="8", unit="Kasus"))
    assert [change.sentence for change in found][1] == "target 80 persen → 8 kasus"


def test_prose_is_flagged_for_a_word_diff() -> None:
    (change,) = changes(record_content(), record_content(definition="Balita yang ditimbang."))
    assert change.is_prose
    assert change.new_text == "Balita yang ditimbang."


def test_equal_contents_have_no_changes() -> None:
    assert changes(record_content(), record_content()) == []


def test_a_unit_without_a_name_stands_as_its_code() -> None:
    assert text_of(FIELDS["owner_unit"], record_content()) == "puskesmas-latihan"


# The table of DESIGN 4.5


def test_the_effect_of_each_field_is_that_of_the_design() -> None:
    by_effect = {
        effect: [name for name, field in FIELDS.items() if field.effect is effect]
        for effect in Effect
    }
    wording = ["definition", "formula", "numerator", "denominator", "unit"]
    assert by_effect[Effect.WORDING] == wording
    assert by_effect[Effect.MAJOR] == [
        *("polarity", "target", "targets", "target_range", "target_is_max", "worst_case"),
        *("stabilize_scale", "reporting_period", "period_consolidation"),
        *("location_consolidation", "applies_to"),
    ]


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.name)
def test_each_field_says_in_a_sentence_what_to_write(field: Any) -> None:
    assert field.help_text.endswith(".")
    assert field.label
