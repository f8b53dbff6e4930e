"""The forms of a published set, and that they are read again as the same canonical record."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators import shapes
from indicators.columns import BESIDE_MS_IND, MANUAL_IKU, MS_IND
from indicators.exporting import (
    Table,
    ekinerja_table,
    manual_iku_workbook,
    ms_ind_table,
    ms_ind_workbook,
    workbook_bytes,
)
from indicators.importing import read_indicators
from indicators.record import FIELDS, Shape, clean_text, empty_content
from people.models import Person
from tests.indicators.builders import record_content
from tests.indicators.test_importing import LIST, TREE
from web.tables import csv_bytes, guarded, unguarded, xlsx_text, xlsx_text_read

Content = Mapping[str, Any]
PROOF = {"address": "https://martahi.example/sets/kota/1.0.0/", "digest": "sha256:" + "ab" * 32}
UNITS = list(TREE.names)


def document(contents: Sequence[Content], **over: Any) -> dict[str, Any]:
    """As much of a published document as its exports tell."""
    return {
        "scope": {"code": "kota", "name": "Kota Contoh"},
        "period": {"year": 2026},
        "version": "1.0.0",
        "decision": {"number": "700/14", "by_office": "Wali Kota Contoh"},
        "indicators": [{**content, "version": 1, "weight_percent": "2.5"} for content in contents],
        **over,
    }


def read_back(name: str, content: bytes, **over: Any) -> list[dict[str, Any]]:
    """What the file holds; every column of it is known to the reader."""
    reading = read_indicators(name, content, tree=TREE, **over)
    unread = [note for note in reading.warnings if "tidak dibaca" in note.sentence]
    assert unread == []
    return [row.content for row in reading.rows]


def manual_iku(contents: Sequence[Content]) -> bytes:
    return workbook_bytes(manual_iku_workbook(document(contents), TREE, **PROOF))


def ms_ind(contents: Sequence[Content]) -> bytes:
    return workbook_bytes(ms_ind_workbook(document(contents), TREE, **PROOF))


def whole_csv(contents: Sequence[Content]) -> bytes:
    """The Manual IKU as CSV, as someone saves it."""
    return csv_bytes(manual_iku_workbook(document(contents), TREE, **PROOF)[0].lines)


FORMS = {"manual-iku.xlsx": manual_iku, "ms-ind.xlsx": ms_ind, "manual-iku.csv": whole_csv}


# Lossless


@pytest.mark.parametrize("name", FORMS)
def test_the_seventy_real_indicators_come_back_as_they_were(name: str) -> None:
    real = [row.content for row in read_indicators(LIST.name, LIST.read_bytes(), tree=TREE).rows]
    assert len(real) == 70
    assert read_back(name, FORMS[name](real)) == real


AWKWARD = [
    *("=1+1", "+62", "-5", "@SUM(A1)", "'=x", "''-5", '=cmd|"/c calc"!A1', "\uff1d1", "#N/A"),
    *("_x0041_", "x005F_", "_x005F_x0041_", "_x000D_", "_x0078x0041_", "\ufffe", "x\uffff_"),
    *("a\nb\n\nc", "a\tb", "a;b,c", '"', "1.234", "007", "TRUE", "1e5", "[1]", "{}"),
    *("\u200b=\u200d", "\ufeffx", "\u2028", "e\u0301", "😀" * 60),
]


def _texts(limit: int = 300) -> st.SearchStrategy[str]:
    awkward = st.sampled_from(AWKWARD)
    letters = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=limit)
    signs = st.text(st.sampled_from("_x0078FfEe5'=\n\t ;[\uffff"), max_size=40)
    return st.one_of(awkward, letters, signs, st.tuples(awkward, letters).map("".join)).map(
        lambda text: clean_text(text)[:limit].strip()
    )


def _written(limit: int = 300) -> st.SearchStrategy[str]:
    return _texts(limit).filter(bool)


figures = st.decimals(-(10**10), 10**10, places=4).map(shapes.clean_decimal)


def _ms_ind() -> st.SearchStrategy[dict[str, Any]]:
    parts: dict[str, st.SearchStrategy[Any]] = {
        **{key: _written() for key in shapes.MS_IND_TEXTS},
        **{key: st.booleans() for key in shapes.MS_IND_FLAGS},
        **{key: st.lists(_texts(60), min_size=1, max_size=4) for key in shapes.MS_IND_LISTS},
    }
    return st.fixed_dictionaries({}, optional=parts).map(shapes.clean_ms_ind)


def _applies_to() -> st.SearchStrategy[Any]:
    entry = st.fixed_dictionaries(
        {
            "unit": st.sampled_from(UNITS),
            "include_sub_units": st.booleans(),
            "position_family": st.sampled_from([None, *Person.Family.values]),
        }
    )
    return st.lists(entry, max_size=4).map(shapes.clean_applies_to)


def _pairs() -> st.SearchStrategy[Any]:
    return st.lists(st.tuples(figures, figures), min_size=2, max_size=5)


def _increasing(points: list[tuple[str, str]]) -> list[list[str]]:
    by_start = {shapes.Decimal(start): [start, score] for start, score in points}
    return [by_start[start] for start in sorted(by_start)] if len(by_start) > 1 else []


def _targets() -> st.SearchStrategy[Any]:
    families = st.sampled_from(shapes.PERIOD_FAMILIES)
    by_period = families.flatmap(lambda family: st.dictionaries(st.sampled_from(family), figures))
    return by_period.map(shapes.clean_targets)


STRUCTURED: dict[Shape, st.SearchStrategy[Any]] = {
    Shape.DECIMAL: st.none() | figures,
    Shape.FLAG: st.booleans(),
    Shape.UNIT: st.sampled_from(["", *UNITS]),
    Shape.TARGETS: _targets(),
    Shape.RANGE: _pairs().map(_increasing).map(lambda points: [point[0] for point in points[:2]]),
    Shape.SCALE: _pairs().map(_increasing),
    Shape.APPLIES_TO: _applies_to(),
    Shape.MS_IND: _ms_ind(),
}


def _of_field(name: str) -> st.SearchStrategy[Any]:
    field = FIELDS[name]
    needed = name in ("name", "definition", "unit", "polarity")
    if name in ("code", "supports"):
        return st.just("KES-01")
    if field.shape is Shape.CHOICE:
        return st.sampled_from([*field.choices] if needed else [None, *field.choices])
    if field.shape in STRUCTURED:
        return STRUCTURED[field.shape]
    limit = min(field.max_length or 300, 300)
    return _written(limit) if needed else _texts(limit)


contents = st.fixed_dictionaries({name: _of_field(name) for name in FIELDS})
often = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", FORMS)
@given(content=contents)
@often
def test_any_record_comes_back_as_it_was(name: str, content: Content) -> None:
    assert read_back(name, FORMS[name]([content])) == [content]


@pytest.mark.parametrize("name", FORMS)
def test_long_texts_come_back_whole(name: str) -> None:
    long = record_content(definition=("😀 kata\n" * 2_800).strip(), formula="x0041_" * 3_300)
    assert read_back(name, FORMS[name]([long])) == [long]


@given(content=contents)
@often
def test_ms_ind_as_csv_keeps_its_columns(content: Content) -> None:
    (back,) = read_back(
        "ms-ind.csv", csv_bytes(ms_ind_table(document([content])).lines), needs_code=False
    )
    held = {key for key in MS_IND.values() if key and "." not in key} | {"ms_ind"}
    assert back == empty_content() | {name: content[name] for name in held}


def test_what_an_officer_changes_in_the_ms_ind_form_is_what_is_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(ms_ind([record_content(), record_content("KES-02")])))
    form = book.worksheets[0]
    titles = [cell.value for cell in form[5]]
    form.cell(8, titles.index("Definisi") + 1).value = "Definisi yang lain."
    form.delete_rows(7)
    kept = io.BytesIO()
    book.save(kept)
    (back,) = read_back("ms-ind.xlsx", kept.getvalue())
    assert back == record_content("KES-02", definition="Definisi yang lain.")


def test_the_forms_are_read_in_english_too() -> None:
    with translation.override("en"):
        content = manual_iku([record_content()])
    assert read_back("manual-iku.xlsx", content) == [record_content()]


# Guards


@given(_texts())
def test_no_cell_of_a_csv_starts_a_formula_and_none_is_changed(text: str) -> None:
    cell = guarded(text)
    number = cell[1:].replace(",", "").replace(".", "").isdecimal()
    assert cell[:1] not in {*"=+@\t\r\n＝＋－＠"}
    assert cell[:1] != "-" or number
    assert unguarded(cell) == text


@given(_texts())
def test_every_text_is_kept_by_xlsx(text: str) -> None:
    assert xlsx_text_read(xlsx_text(text)) == text
    # openpyxl takes this away from shared strings
    assert "x005F_" not in xlsx_text(text)


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    content = record_content(name="=1+1", definition='=HYPERLINK("http://a")', formula="+1")
    for file in (manual_iku([content]), ms_ind([content])):
        book = openpyxl.load_workbook(io.BytesIO(file))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        assert {cell.number_format for cell in cells} <= {"@", "General"}


# The forms


def test_every_field_has_a_column() -> None:
    held = {key.partition(".")[0] for key in (MANUAL_IKU | MS_IND).values() if key}
    assert held == set(FIELDS)
    form = {key.partition(".")[0] for key in MS_IND.values() if key}
    assert form | {key for key in BESIDE_MS_IND.values() if key} == set(FIELDS)


def test_ms_ind_has_the_seventeen_columns_of_its_form() -> None:
    composite = record_content(ms_ind={"komposit": True, "indikator_pembangun": ["A", "B"]})
    table = ms_ind_table(document([composite]))
    assert (len(table.titles), table.titles[0], table.titles[16]) == (
        17, "Nomor", "Apakah dapat diakses umum? Ya-1/Tidak-2",
    )  # fmt: skip
    row = dict(zip(table.titles, table.rows[0], strict=True))
    assert row["Apakah indikator komposit? Ya-1/Tidak-2"] == "1"
    assert row["Nama Indikator Pembangun"] == "A; B"


def _column(table: Table, title: str) -> list[str]:
    place = list(table.titles).index(title)
    return [row[place] for row in table.rows]


def test_ekinerja_has_what_a_unit_is_scored_by() -> None:
    watched = {**record_content("KES-02"), "version": 1, "weight_percent": "0"}
    elsewhere = record_content(
        "KES-03",
        applies_to=[{"unit": "dinkes", "include_sub_units": False, "position_family": None}],
    )
    told = document([record_content(), elsewhere])
    told["indicators"].insert(1, watched)
    assert _column(ekinerja_table(told, TREE), "Kode") == ["KES-01", "KES-03"]
    own = ekinerja_table(told, TREE, unit="puskesmas-latihan")
    assert _column(own, "Kode") == ["KES-01"]
    assert _column(own, "Target") == ["80 persen"]
    assert _column(own, "Rencana Hasil Kerja") == ["Meningkatnya kesehatan ibu dan anak"]


def test_a_workbook_says_where_it_comes_from() -> None:
    book = openpyxl.load_workbook(io.BytesIO(manual_iku([record_content()])))
    told = json.dumps([[cell.value for cell in row] for row in book["Keterangan"].iter_rows()])
    assert [words for words in (*PROOF.values(), "Puskesmas Latihan") if words not in told] == []
