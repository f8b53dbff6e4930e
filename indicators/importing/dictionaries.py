"""Reads dictionaries that other bodies publish, in the form in which they publish them.

Their texts come in as they were found: what is only layout and what is wording is for people to
say, not for a program. What a dictionary does not tell (a target, whom it measures) stays empty, so
its indicators can be watched, and get a weight only once somebody has written the rest.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from indicators.importing.files import MAX_ROWS, raw_rows
from indicators.importing.notes import ImportRefused, Note, refused
from indicators.importing.rows import RowReader
from indicators.record import FIELDS
from indicators.units import UnitTree

type Raw = Mapping[str, Any]

NEEDED = ("code", "name", "definition")
# Codes whose parts are longer than ours may be.
SHORTENED = {
    "DIAGNOSED-NAT": "DIAG-NAT",
    "VL-SUPPRESSION-NAT": "VL-SUPPR-NAT",
    "VMMC-TOTALCIRC-NAT": "VMMC-TOTAL-NAT",
}
FREQUENCIES = {"Quarterly": "triwulanan", "Semi-Annually": "semesteran", "Annually": "tahunan"}


@dataclass(frozen=True)
class Dictionary:
    """The form of a dictionary.

    `columns` are those that it reads; `is_indicator` tells which rows count, and `fields_of` writes
    one of them as fields of the record.
    """

    columns: tuple[str, ...]
    is_indicator: Callable[[Raw], bool]
    fields_of: Callable[[Raw], dict[str, str]]


@dataclass(frozen=True)
class Entry:
    """One indicator of a dictionary: the line on which it stands, and its canonical content."""

    line: int
    content: dict[str, Any]


@dataclass(frozen=True)
class DictionaryReading:
    """What a file holds; `passed_over` counts the rows that are no indicators."""

    entries: list[Entry]
    passed_over: int


def _pepfar(raw: Raw) -> dict[str, str]:
    """A reference sheet of PEPFAR's Monitoring, Evaluation and Reporting guide."""
    code = raw["id"].upper().replace("_", "-")
    counted = {
        "Numerator": raw["numerator_description"],
        "Denominator": raw["denominator_description"],
    }
    return {
        "code": SHORTENED.get(code, code),
        "name": raw["name"],
        "basis": f"PEPFAR MER, {raw['indicator_group']}: {raw['id']}",
        "definition": raw["description"],
        "formula": "\n\n".join(f"{part}: {text.strip()}" for part, text in counted.items() if text),
        "numerator": raw["numerator"],
        "denominator": raw["denominator"],
        "reporting_period": FREQUENCIES.get(raw["reporting_frequency"], raw["reporting_frequency"]),
    }


def _bps(raw: Raw) -> dict[str, str]:
    """A row of Standar Data Statistik Nasional, as the portal of BPS gives it."""
    number, source = raw["noIndikator"].strip(), raw["sumberContent"].strip()
    return {
        "code": raw["idSds"].replace(".", "-"),
        "name": _one_line(raw["judulIndikator"]),
        "basis": "\n".join(part for part in (number, source) if part),
        "definition": raw["definisi"],
        "unit": _one_line(raw["satuan"]),
        "data_source": raw["sumberData"],
        "ms_ind.konsep": raw["konsep"],
        "ms_ind.ukuran": raw["ukuran"],
        "ms_ind.klasifikasi_penyajian": "\n".join(
            part for part in (raw["namaKlasifikasi"].strip(), raw["klasifikasi"].strip()) if part
        ),
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


DICTIONARIES = {
    "bps-sds": Dictionary(
        columns=(
            *("idSds", "noIndikator", "judulIndikator", "konsep", "definisi", "namaKlasifikasi"),
            *("klasifikasi", "ukuran", "satuan", "flag", "sumberContent", "sumberData"),
        ),
        # The others are concepts and variables.
        is_indicator=lambda raw: raw["flag"] == "IND",
        fields_of=_bps,
    ),
    "pepfar-mer": Dictionary(
        columns=(
            *("id", "name", "indicator_group", "description", "reporting_frequency"),
            *("numerator", "numerator_description", "denominator", "denominator_description"),
        ),
        is_indicator=lambda raw: True,
        fields_of=_pepfar,
    ),
}


def read_dictionary(
    name: str,
    content: bytes,
    *,
    form: Dictionary,
    unit: str,
    tree: UnitTree,
    without: Collection[int] = (),
) -> DictionaryReading:
    """Read a dictionary. Its indicators are for `unit` (a code of `tree`) and all units below it.

    `without` are lines that are left out, for example one of two under the same code.
    Raises ImportRefused with every problem of the file.
    """
    read = list(raw_rows(name, content))
    if len(read) > MAX_ROWS:
        raise refused(1, _("Paling banyak %d baris.") % MAX_ROWS)
    unknown = sorted(set(without) - {line for line, _raw in read})
    problems = [Note(line, "", _("baris ini tidak ada")) for line in unknown]
    entries: list[Entry] = []
    passed_over = 0
    for line, raw in read:
        if line in without:
            continue
        if lacking := [column for column in form.columns if not isinstance(raw.get(column), str)]:
            sentence = _("kamus ini seharusnya berkolom teks %s") % ", ".join(lacking)
            problems.append(Note(line, "", sentence))
        elif form.is_indicator(raw):
            reader = RowReader(line, tree)
            entry = Entry(line, reader.content(form.fields_of(raw)) | _for_unit(unit))
            entries.append(entry)
            problems += reader.problems or _lacking(entry)
        else:
            passed_over += 1
    problems += _doubled(entries)
    if not entries and not problems:
        problems.append(Note(1, "", _("Berkas ini tidak memuat indikator.")))
    if problems:
        raise ImportRefused(problems)
    return DictionaryReading(entries, passed_over)


def _for_unit(unit: str) -> dict[str, Any]:
    """Who answers and who is measured: no dictionary knows the units of a city."""
    measured = {"unit": unit, "include_sub_units": True, "position_family": None}
    return {"owner_unit": unit, "applies_to": [measured]}


def _lacking(entry: Entry) -> list[Note]:
    return [
        Note(entry.line, name, _("%s harus diisi") % FIELDS[name].label)
        for name in NEEDED
        if not entry.content[name]
    ]


def _doubled(entries: Iterable[Entry]) -> Iterator[Note]:
    lines: dict[str, int] = {}
    for entry in entries:
        code = entry.content["code"]
        if code in lines:
            sentence = _("kode %(code)s sudah ada di baris %(line)d")
            yield Note(entry.line, "code", sentence % {"code": code, "line": lines[code]})
        elif code:
            lines[code] = entry.line
