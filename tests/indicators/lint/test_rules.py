"""Each rule: one text on which it fires, and a near miss on which it does not."""

from time import process_time
from typing import Any

import pytest

from indicators.lint import RULES, Neighbour, Severity, lint
from indicators.lint.similarity import similarity
from indicators.record import FIELDS
from tests.indicators.builders import record_content

EVERYONE = ({"unit": "puskesmas-latihan", "include_sub_units": False, "position_family": None},)
TWIN = Neighbour(
    label="KES-07",
    url="/indicators/KES-07/",
    name="Penimbangan rutin",
    numerator="Jumlah balita sasaran yang ditimbang",
    denominator="Jumlah seluruh balita sasaran",
    applies_to=EVERYONE,
)
NO_PARTS: dict[str, Any] = {"numerator": "", "denominator": ""}
COUNT: dict[str, Any] = {
    "unit": "Kasus",
    "numerator": "",
    "denominator": "",
    "formula": "Jumlah kasus",
} | {
    "name": "Jumlah kasus campak",
    "definition": "Kasus campak yang dipastikan laboratorium dalam setahun.",
    "period_consolidation": "sum",
    "location_consolidation": "sum",
    "baseline": None,
}
DAYS: dict[str, Any] = {
    "unit": "Hari",
    "formula": "Jumlah hari ÷ jumlah berkas",
    "numerator": "Jumlah hari",
    "denominator": "Jumlah berkas",
    "baseline": None,
    "target": "3",
    "location_consolidation": "raw_data",
}
ZERO: dict[str, Any] = {"target": "0", "baseline": None}
STEADY: dict[str, Any] = {"polarity": "stabilize", "stabilize_scale": [["0", "0"], ["100", "100"]]}

# (rule, field, what fires, what does not)
CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("L01", "unit", {"unit": " "}, {"unit": "%"}),
    ("L02", "unit", {"unit": "Optimal"}, {"unit": "Indeks optimal"}),
    ("L03", "unit", {"unit": "Blokir"}, {"unit": "Ribu orang"}),
    ("L04", "unit", {"unit": "Orang; persen"}, {"unit": "Persen (%)"}),
    ("L04", "unit", {"unit": "Orang, KK"}, {"unit": "Bayi dan balita"}),
    ("L04", "unit", {"unit": "Kelahiran; Persen"}, {"unit": "Kelahiran/penduduk; Per 1000"}),
    ("L04", "unit", {"unit": "Hari; Nilai"}, {"unit": "Jam, menit"}),
    (
        "L05",
        "formula",
        NO_PARTS | {"formula": "Balita yang ditimbang di posyandu"},
        NO_PARTS | {"formula": "Balita yang ditimbang dibagi seluruh balita dikali 100"},
    ),
    ("L05", "denominator", {"denominator": "", "formula": ""}, NO_PARTS | {"formula": ""}),
    ("L05", "formula", NO_PARTS | {"formula": "(÷ seluruh balita) × 100"}, {}),
    (
        "L05",
        "formula",
        NO_PARTS | {"formula": "Jumlah kehadiran"},
        NO_PARTS | {"formula": "100% − persentase ketidakhadiran"},
    ),
    ("L06", "denominator", {"denominator": "0"}, {"denominator": "Balita 0–59 bulan"}),
    ("L06", "formula", NO_PARTS | {"formula": "(Balita ÷ nol) × 100"}, {}),
    (
        "L07",
        "denominator",
        {"denominator": "Pengaduan yang masuk"},
        {
            "denominator": "Pengaduan yang masuk",
            "definition": "Balita yang ditimbang; bila tidak ada pengaduan, dinyatakan 100%.",
        },
    ),
    (
        "L07",
        "denominator",
        {"denominator": "Jumlah seluruh temuan"},
        {"denominator": "Seluruh puskesmas yang melaporkan temuan"},
    ),
    (
        "L08",
        "denominator",
        {"denominator": "balita sasaran, yang ditimbang"},
        {"denominator": "Balita sasaran"},
    ),
    (
        "L09",
        "formula",
        {"formula": "(Balita ditimbang ÷ seluruh balita) × 1.000"},
        {"formula": "(Balita ditimbang ÷ seluruh balita) × 100%"},
    ),
    (
        "L09",
        "formula",
        {"unit": "Per 100.000 penduduk", "formula": "(Kasus ÷ penduduk) × 1.000"},
        {"unit": "Per 100.000 penduduk", "formula": "(Kasus ÷ penduduk) × 100.000"},
    ),
    ("L10", "unit", {"unit": "Orang"}, {"name": "Cakupan penimbangan", "unit": "Orang"}),
    (
        "L10",
        "unit",
        COUNT | {"name": "Angka kesakitan per 1.000 penduduk"},
        COUNT | {"name": "Angka kesakitan per 1.000 penduduk", "unit": "Per 1.000 penduduk"},
    ),
    (
        "L11",
        "target",
        {"target": "120", "baseline": None},
        {"target": "120", "name": "Pertumbuhan kunjungan", "baseline": None},
    ),
    (
        "L11",
        "target",
        {"unit": "Level", "definition": "Kematangan, skala 1–5.", "target": "6", "baseline": None},
        {"unit": "Level", "definition": "Kematangan, skala 1–5.", "target": "4", "baseline": None},
    ),
    ("L11", "targets", {"targets": {"TW1": "101"}}, {"targets": {"TW1": "20"}}),
    (
        "L12",
        "target",
        {"target": "-5", "baseline": None},
        {"target": "-5", "name": "Perubahan berat badan balita", "baseline": None},
    ),
    (
        "L13",
        "target",
        {"target": "-5", "polarity": "minimize", "baseline": None},
        {"target": "-5", "polarity": "maximize", "baseline": None},
    ),
    (
        "L14",
        "worst_case",
        COUNT | ZERO | {"polarity": "minimize"},
        COUNT | ZERO | {"polarity": "minimize", "worst_case": "9"},
    ),
    ("L15", "target", ZERO, {"target": "1", "baseline": None}),
    (
        "L16",
        "target_is_max",
        {"target": "100", "baseline": None},
        {"target": "100", "target_is_max": True, "baseline": None},
    ),
    (
        "L17",
        "target_is_max",
        {"target": "80", "target_is_max": True},
        {"target": "100", "target_is_max": True},
    ),
    (
        "L18",
        "polarity",
        DAYS | {"name": "Waktu tunggu pelayanan resep"},
        DAYS | {"name": "Waktu tunggu pelayanan resep", "polarity": "minimize"},
    ),
    (
        "L18",
        "polarity",
        {"name": "Persentase temuan berulang"},
        {"name": "Persentase temuan berulang yang ditindaklanjuti"},
    ),
    (
        "L18",
        "polarity",
        {"name": "Indeks kepuasan masyarakat", "polarity": "minimize", "baseline": None},
        {"name": "Kesenjangan indeks kepuasan", "polarity": "minimize", "baseline": None},
    ),
    (
        "L18",
        "polarity",
        {"name": "Persentase SKP yang terbit tepat waktu", "polarity": "minimize"},
        {"name": "Persentase SKP yang tidak tepat waktu", "polarity": "minimize"},
    ),
    (
        "L18",
        "polarity",
        {"name": "Ketepatan waktu laporan", "polarity": "minimize"},
        DAYS | {"name": "Ketepatan waktu laporan", "polarity": "minimize"},
    ),
    (
        "L18",
        "polarity",
        {"name": "Prevalensi gizi kurang pada balita"},
        {"name": "Prevalensi pemakaian kontrasepsi modern"},
    ),
    ("L19", "stabilize_scale", {"polarity": "stabilize", "stabilize_scale": []}, STEADY),
    (
        "L20",
        "worst_case",
        COUNT | {"polarity": "minimize", "target": "4", "worst_case": "4"},
        COUNT | {"polarity": "minimize", "target": "4", "worst_case": "9"},
    ),
    (
        "L21",
        "target",
        COUNT | {"target": "2.5"},
        COUNT | {"target": "2.5", "name": "Rata-rata kasus campak"},
    ),
    ("L22", "target", {"baseline": "85"}, {"baseline": "80"}),
    ("L23", "baseline", {"baseline": "45"}, {"baseline": "55"}),
    (
        "L24",
        "targets",
        {"targets": {"TW1": "20", "TW2": "40"}, "period_consolidation": "take_last_known"},
        {"targets": {"TW2": "80", "TW1": "20"}, "period_consolidation": "take_last_known"},
    ),
    (
        "L25",
        "target_range",
        STEADY | {"target_range": ["85", "95"]},
        STEADY | {"target_range": ["75", "85"]},
    ),
    (
        "L26",
        "definition",
        {"definition": "Balita yang mendapat pelayanan yang optimal."},
        {"definition": "Balita yang mendapat pelayanan yang optimal menurut standar."},
    ),
    (
        "L27",
        "name",
        {"name": "(a) Balita yang ditimbang; dan (b) balita yang diukur"},
        {"name": "Balita yang ditimbang (a)"},
    ),
    (
        "L28",
        "name",
        {"name": "Jumlah kunjungan dan jumlah rujukan"},
        {"name": "Persentase kunjungan ibu dan bayi"},
    ),
    (
        "L28",
        "name",
        {"name": "Jumlah pelatihan dan sosialisasi"},
        {"name": "Jumlah pelanggaran disiplin sedang dan berat", "polarity": "minimize"},
    ),
    (
        "L29",
        "name",
        {"name": "Persentase balita ditimbang tahun 2026"},
        {"name": "Persentase balita ditimbang menurut Perda Nomor 3 Tahun 2026"},
    ),
    (
        "L29",
        "name",
        {"name": "Persentase balita ditimbang triwulan II"},
        {"name": "Persentase balita yang ditimbang tiap triwulan"},
    ),
    (
        "L30",
        "name",
        {"name": "Persentase balita ditimbang di Kota Contohjaya"},
        {"name": "Persentase pemenuhan syarat Kota Layak Anak"},
    ),
    (
        "L31",
        "name",
        {"name": "Persentase balita dengan KMS"},
        {
            "name": "Persentase balita dengan KMS",
            "definition": "Balita yang mempunyai kartu menuju sehat.",
        },
    ),
    ("L32", "name", {"name": "Persentase " + "balita " * 17}, {"name": "Persentase balita"}),
    (
        "L33",
        "definition",
        {"definition": "Persentase balita yang ditimbang setiap bulan."},
        {"definition": "Balita sasaran yang ditimbang petugas di posyandu."},
    ),
    (
        "L34",
        "name",
        {"name": "Meningkatnya balita yang ditimbang"},
        {"name": "Tingkat kehadiran balita"},
    ),
    ("L35", "data_source", {"data_source": "***akan dikembangkan***"}, {"data_source": "SIGIZI"}),
    ("L35", "purpose", {"purpose": "-"}, {"purpose": "Agar balita sehat."}),
    (
        "L36",
        "period_consolidation",
        {"period_consolidation": "sum"},
        COUNT | {"period_consolidation": "sum"},
    ),
    (
        "L37",
        "location_consolidation",
        {"location_consolidation": "sum"},
        COUNT | {"location_consolidation": "sum"},
    ),
    (
        "L38",
        "period_consolidation",
        COUNT | {"period_consolidation": "take_last_known"},
        COUNT | {"period_consolidation": "take_last_known", "formula": "Jumlah kasus kumulatif"},
    ),
    (
        "L39",
        "location_consolidation",
        {"location_consolidation": "average"},
        DAYS | {"location_consolidation": "average"},
    ),
    (
        "L40",
        "targets",
        {"targets": {"B01": "80"}},
        {"targets": {"TW1": "80"}},
    ),
    (
        "L41",
        "validity",
        {"validity": "exact", "control": "high"},
        {"validity": "exact", "control": "moderate"},
    ),
    (
        "L42",
        "validity",
        {"validity": "activity", "control": "low"},
        {"validity": "activity", "control": "moderate"},
    ),
    (
        "L43",
        "validity",
        {"validity": "activity", "control": "high"},
        {"validity": "activity", "control": "high", "level": "IKI"},
    ),
    (
        "L44",
        "data_provider",
        {"data_provider": "", "data_source": "Register"},
        {"data_provider": "", "data_source": "Register Dinas Kesehatan"},
    ),
    (
        "L45",
        "data_source",
        {"data_source": "Susenas BPS"},
        {"data_source": "Susenas / register posyandu"},
    ),
    (
        "L46",
        "proposed_weight_percent",
        {"proposed_weight_percent": "70"},
        {"proposed_weight_percent": "0"},
    ),
    ("L47", "applies_to", {"applies_to": []}, {"applies_to": [], "owner_unit": ""}),
]


def fired(content: dict[str, Any], others: tuple[Neighbour, ...] = ()) -> set[tuple[str, str]]:
    return {(finding.rule.code, finding.field) for finding in lint(content, others)}


@pytest.mark.parametrize(("code", "field", "over", "_near"), CASES)
def test_a_rule_fires_on_its_text(
    code: str, field: str, over: dict[str, Any], _near: dict[str, Any]
) -> None:
    assert (code, field) in fired(record_content(**over))


@pytest.mark.parametrize(("code", "_field", "_over", "near"), CASES)
def test_a_rule_lets_the_near_miss_pass(
    code: str, _field: str, _over: dict[str, Any], near: dict[str, Any]
) -> None:
    assert code not in {found for found, _ in fired(record_content(**near))}


def test_every_rule_has_a_case() -> None:
    assert {case[0] for case in CASES} | {"L48", "L49"} == set(RULES)


def test_a_sound_text_has_no_finding() -> None:
    assert lint(record_content()) == []


def test_an_empty_content_lacks_its_unit_only() -> None:
    assert fired({}) == {("L01", "unit")}


def test_findings_stand_in_the_order_of_the_record() -> None:
    found = lint(record_content(unit="", validity="exact", control="high", purpose="-"))
    places = [list(FIELDS).index(finding.field) for finding in found]
    assert len(places) > 2
    assert places == sorted(places)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_every_rule_says_why_and_how(rule: Any) -> None:
    assert all(str(text).endswith(".") for text in (rule.what, rule.why, rule.mend))
    assert rule.source
    assert rule.severity in Severity


# What is measured elsewhere already


def test_the_same_parts_for_the_same_people_count_twice() -> None:
    assert fired(record_content(), (TWIN,)) == {("L48", "numerator")}


def test_the_same_parts_for_other_people_do_not_count_twice() -> None:
    elsewhere = {**EVERYONE[0], "unit": "puskesmas-lain"}
    twin = Neighbour(
        TWIN.label, TWIN.url, TWIN.name, TWIN.numerator, "Seluruh balita", "", (elsewhere,)
    )
    assert not any(code == "L48" for code, _ in fired(record_content(), (twin,)))


def test_the_same_formula_counts_twice_where_there_are_no_parts() -> None:
    twin = Neighbour("KES-08", "/", "Penyakit", formula="Jumlah seluruh kasus")
    assert ("L48", "formula") in fired(record_content(**COUNT), (twin,))


def test_a_name_that_is_nearly_the_same_is_shown() -> None:
    near = Neighbour("KES-09", "/", "Persentase balita yang ditimbang tiap bulan")
    far = Neighbour("KES-10", "/", "Persentase bayi yang diimunisasi lengkap")
    found = [item for item in lint(record_content(), (near, far)) if item.rule.code == "L49"]
    assert [(item.field, item.others) for item in found] == [("name", (near,))]


def test_names_are_compared_without_the_word_that_tells_the_measure() -> None:
    other = Neighbour("KES-11", "/", "Persentase rumah")
    assert fired(record_content(name="Persentase bayi"), (other,)) == set()


def test_similarity_is_that_of_pg_trgm() -> None:
    # `SELECT similarity('word', 'two words')` in the manual of pg_trgm.
    assert round(similarity("word", "two words"), 6) == 0.363636


# Bad input

HOSTILE: dict[str, str] = {
    "brackets": "(" * 4000,
    "slashes": "a/" * 2000,
    "capitals": "A-" * 2000,
    "digits": "1" * 4000,
    "scales": "skala 1–" * 500,
    "ligatures": "\ufdfa" * 4000,
    "spaces": " " * 4000,
    "right-to-left": "\u202e" * 4000,
    "percent": "%(found)s %" * 360,
    "words": "dan serta " * 400,
    "times": " x 1" * 1000,
}


def seconds(text: str) -> float:
    """The processor's time for linting a text in every field, the best of three."""
    prose = [name for name in FIELDS if FIELDS[name].shape in ("line", "prose")]
    content: dict[str, Any] = {**record_content(), **dict.fromkeys(prose, text)}
    other = Neighbour("X", "/", text, text, text, text)
    spent = []
    for _ in range(3):
        began = process_time()
        assert all(finding.sentence for finding in lint(content, (other,)))
        spent.append(process_time() - began)
    return min(spent)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    # Four times the text: four times the cost, and sixteen times where it grows by the square.
    assert seconds(text) < 8 * seconds(text[: len(text) // 4]) + 0.01
