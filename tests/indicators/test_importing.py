"""Files of indicators: read exactly, or refused with every line that is wrong."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from indicators.importing import ImportRefused, Reading, read_indicators
from indicators.record import FIELDS
from indicators.units import UnitTree
from tests.indicators.builders import record_content

LIST = Path(__file__).resolve().parents[2] / "indicators" / "data" / "indicators_id.json"
TREE = UnitTree(
    names={
        "kota": "Kota Contoh",
        "dinkes": "Dinas Kesehatan",
        "puskesmas-latihan": "Puskesmas Latihan",
    },
    parents={"kota": None, "dinkes": "kota", "puskesmas-latihan": "dinkes"},
    active=frozenset({"kota", "dinkes", "puskesmas-latihan"}),
)
PLAIN = {
    "code": "KES-01",
    "name": "Balita ditimbang",
    "definition": "Balita sasaran yang ditimbang.",
    "unit": "Persen",
    "polarity": "maximize",
}


def read(name: str, content: bytes | str, **over: Any) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    return read_indicators(name, raw, tree=TREE, **over)


def refused(name: str, content: bytes | str, **over: Any) -> list[str]:
    with pytest.raises(ImportRefused) as caught:
        read(name, content, **over)
    return [str(note) for note in caught.value.notes]


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_list_of_the_city_is_read_whole() -> None:
    reading = read("indicators_id.json", LIST.read_bytes())
    assert len(reading.rows) == 70
    by_code = {row.content["code"]: row.content for row in reading.rows}
    assert by_code["INS-04"]["worst_case"] == "10"
    assert by_code["RSU-01"]["target_range"] == ["60", "85"]
    assert by_code["UMU-04"]["stabilize_scale"] == [["0", "0"], ["90", "100"], ["100", "120"]]
    assert by_code["KES-03"]["period_consolidation"] == "sum"
    assert by_code["KES-01"]["owner_unit"] == "dinkes"


def test_a_complete_record_comes_through_json_unchanged() -> None:
    content = record_content(target_range=["70", "90"], ms_ind={"konsep": "Gizi"})
    (row,) = read("a.json", json.dumps([content])).rows
    assert row.content == content


def test_json_numbers_are_read_exactly() -> None:
    text = json.dumps([PLAIN]).replace('"maximize"', '"maximize", "target": 0.1')
    assert read("a.json", text).rows[0].content["target"] == "0.1"


def test_json_lines_give_the_same() -> None:
    rows = [PLAIN, {**PLAIN, "code": "KES-02"}]
    listed = read("a.json", json.dumps(rows))
    lines = read("a.jsonl", "\n".join(map(json.dumps, rows)))
    assert [r.content for r in listed.rows] == [r.content for r in lines.rows]
    assert [r.line for r in lines.rows] == [1, 2]


def test_csv_is_read_as_people_write_it() -> None:
    text = (
        "Kode;Nama indikator;Definisi;Satuan;Polarisasi;Target;Target per periode;Berlaku bagi;"
        "Target sudah tertinggi (konversi 120);Tingkat;ms_ind.konsep\n"
        'KES-01;Balita ditimbang;"Balita\nsasaran";Persen;Makin tinggi makin baik;1.234,5;'
        "TW1=25; TW2=50".replace("; ", " – ")
        + ";Dinas Kesehatan+;ya;IKU;Gizi\n"
    )
    (row,) = read("a.csv", text).rows
    assert row.content["definition"] == "Balita\nsasaran"
    assert row.content["target"] == "1234.5"
    assert row.content["targets"] == {"TW1": "25", "TW2": "50"}
    assert row.content["target_is_max"] is True
    assert row.content["level"] == "IKU"
    assert row.content["ms_ind"] == {"konsep": "Gizi"}
    assert row.content["applies_to"] == [
        {"unit": "dinkes", "include_sub_units": True, "position_family": None}
    ]


def test_csv_from_excel_with_a_mark_and_semicolons_is_read() -> None:
    text = "\ufeffcode;name;definition;unit;polarity\r\nKES-01;a;b;Persen;maximize\r\n"
    assert read("a.csv", text).rows[0].content["name"] == "a"


def test_xlsx_gives_the_same_as_json() -> None:
    sheet = workbook(
        [*PLAIN, "target", "applies_to"],
        [*PLAIN.values(), 92.5, "puskesmas-latihan:health; dinkes+"],
    )
    (row,) = read("a.xlsx", sheet).rows
    assert row.content["target"] == "92.5"
    assert row.content["applies_to"] == [
        {"unit": "dinkes", "include_sub_units": True, "position_family": None},
        {"unit": "puskesmas-latihan", "include_sub_units": False, "position_family": "health"},
    ]


def test_every_wrong_line_is_told_at_once() -> None:
    rows = [
        {**PLAIN, "level": "XYZ"},
        {**PLAIN, "code": "KES-02", "target": "banyak"},
        {**PLAIN, "code": "KES-02", "owner_unit": "tidak-ada"},
        {"code": "KES-04"},
    ]
    notes = refused("a.jsonl", "\n".join(map(json.dumps, rows)))
    assert notes == [
        "baris 1, level: Isinya salah satu dari: IKU, IKI, IKK, SPM.",
        "baris 2, target: Bukan angka: banyak.",
        "baris 3, owner_unit: Unit kerja tidak dikenal: tidak-ada.",
        "baris 3, code: kode KES-02 sudah ada di baris 2",
        "baris 4, name: nama indikator harus diisi",
        "baris 4, definition: definisi harus diisi",
        "baris 4, unit: satuan harus diisi",
        "baris 4, polarity: polarisasi harus diisi",
    ]


def test_lines_are_those_of_the_file() -> None:
    text = json.dumps([PLAIN, {**PLAIN, "code": "kes 2"}], indent=1)
    (note,) = refused("a.json", text)
    assert note.startswith("baris 9, code: ")
    csv = 'code,name,definition,unit,polarity\nKES-01,"a\nb",c,d,maximize\nkes,a,b,c,maximize\n'
    (note,) = refused("a.csv", csv)
    assert note.startswith("baris 4, code: ")


def test_drafts_need_a_name_and_no_more() -> None:
    assert read("a.json", '[{"name": "Balita"}]', needs_code=False).rows[0].content["code"] == ""
    assert refused("a.json", '[{"unit": "x"}]', needs_code=False) == [
        "baris 1, name: nama indikator harus diisi"
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", "x", "Jenis berkas tidak dikenal"),
        ("a.json", "", "harus berupa daftar"),
        ("a.json", "{}", "harus berupa daftar"),
        ("a.json", "[]", "tidak memuat indikator"),
        ("a.json", "[1]", "pasangan nama dan isi"),
        ("a.json", '[{"a": NaN}]', "JSON tidak sah"),
        ("a.json", '[{"name": "x"} {"name": "y"}]', "JSON tidak sah sesudah"),
        ("a.json", "[" * 100_000, "JSON tidak sah"),
        ("a.json", b"\xff\xfe", "UTF-8"),
        ("a.jsonl", '{"name": "x"} {"name": "y"}', "Satu baris memuat satu indikator"),
        ("a.csv", "code,name\nKES-01,a,b,c", "lebih banyak isi"),
        ("a.csv", 'code,name\n"KES', "CSV tidak sah"),
        ("a.xlsx", b"PK\x03\x04 rusak", "tidak dapat dibaca"),
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(
    name: str, content: bytes | str, sentence: str
) -> None:
    (note,) = refused(name, content)
    assert sentence in note


def test_a_file_that_unpacks_into_gigabytes_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/sharedStrings.xml", b"0" * (101 * 1024 * 1024))
    (note,) = refused("a.xlsx", out.getvalue())
    assert "terlalu besar" in note


def test_a_large_file_is_refused_before_it_is_read() -> None:
    (note,) = refused("a.json", b" " * (10 * 1024 * 1024 + 1))
    assert "10 MB" in note


@pytest.mark.parametrize("field", ["name", "definition", "data_source"])
def test_characters_that_cannot_be_kept_are_refused(field: str) -> None:
    (note,) = refused("a.json", json.dumps([{**PLAIN, field: "a\x00b"}]))
    assert note.startswith(f"baris 1, {field}: ")


def test_columns_that_are_not_read_are_told() -> None:
    reading = read("a.json", json.dumps([{**PLAIN, "warna": "merah", "target_note": "x"}]))
    told = [str(note) for note in reading.warnings if "tidak dibaca" in note.sentence]
    assert told == ["baris 1, warna: kolom ini tidak dibaca"]


def test_every_field_can_be_imported() -> None:
    """By its name and by its label."""
    for header in ("name", "label"):
        row = {
            (name if header == "name" else field.label): record_content()[name]
            for name, field in FIELDS.items()
        }
        assert read("a.json", json.dumps([row])).rows[0].content == record_content()
