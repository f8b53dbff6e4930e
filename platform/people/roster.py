"""Rosters as BKPSDM keeps them, CSV or XLSX: read into lines whose fields have our names.

Nothing is guessed: what cannot be read for certain is a problem that names its line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from web.tables import TableRefused, csv_rows, xlsx_rows

MAX_LINES = 50_000


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong on a line of the file; line 1 holds the headers."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("Baris %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


class RosterRefused(Exception):
    """Nothing was taken; `problems` say why, line by line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = sorted(problems)


@dataclass(frozen=True)
class Column:
    """A field of ours, the headers under which it may come, and whether a file must have it."""

    name: str
    headers: tuple[str, ...]
    is_required: bool = True


@dataclass(frozen=True)
class Line:
    """One line of the file: its number there, and its text by field; absent columns are absent."""

    number: int
    values: Mapping[str, str]


PEOPLE = (
    Column("nip", ("nip", "nip/ni pppk", "ni pppk", "nomor induk pegawai", "employee number")),
    Column("name", ("nama", "nama lengkap", "nama pegawai", "name")),
    Column("unit", ("unit", "kode unit", "unit kerja", "unit code")),
    Column("position", ("jabatan", "nama jabatan", "position")),
    Column("position_family", ("rumpun jabatan", "rumpun", "position family", "family")),
    Column("grade", ("golongan", "gol", "golongan ruang", "grade"), is_required=False),
    Column("email", ("e-mail", "email", "surel"), is_required=False),
    Column("presence", ("keadaan", "status", "presence"), is_required=False),
)
UNITS = (
    Column("code", ("kode", "kode unit", "code")),
    Column("name", ("nama", "nama unit", "unit kerja", "name")),
    Column("kind", ("jenis", "jenis unit", "kind", "type")),
    Column("parent", ("induk", "kode induk", "unit induk", "di bawah", "parent")),
)


def read_roster(name: str, content: bytes, columns: tuple[Column, ...]) -> list[Line]:
    """The lines of a file that hold anything, fields by our names.

    Raises RosterRefused for a file that cannot be read, wrong headers, or a NIP kept as a number.
    """
    try:
        return _read(name, content, columns)
    except TableRefused as error:
        raise RosterRefused([Problem(error.line, error.sentence)]) from error


def _read(name: str, content: bytes, columns: tuple[Column, ...]) -> list[Line]:
    readers = {".csv": csv_rows, ".txt": csv_rows, ".xlsx": _xlsx_rows}
    reader = readers.get(PurePath(name).suffix.lower())
    if reader is None:
        raise RosterRefused([Problem(1, _("Jenis berkas tidak dikenal: pakailah CSV atau XLSX."))])
    rows = reader(content)
    _number, header = next(rows, (1, []))
    fields = _fields(header, columns)
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, cells in rows:
        if len(lines) == MAX_LINES:
            sentence = _("Berkas terlalu panjang; bagilah menjadi beberapa berkas.")
            raise RosterRefused([Problem(number, sentence)])
        if all(cell in (None, "") for cell in cells):
            continue
        try:
            lines.append(Line(number, _values(fields, len(header), cells)))
        except ValueError as error:
            problems.append(Problem(number, str(error)))
    if problems:
        raise RosterRefused(problems)
    if not lines:
        raise RosterRefused([Problem(1, _("Berkas tidak berisi satu baris pun di bawah judul."))])
    return lines


def plain_header(text: object) -> str:
    """A header without case, marks and double spaces, for comparison."""
    return " ".join(re.sub(r"[^\w/]+", " ", str(text or "")).casefold().split())


def _fields(header: list[Any], columns: tuple[Column, ...]) -> dict[int, str]:
    known = {plain_header(text): column.name for column in columns for text in column.headers}
    fields: dict[int, str] = {}
    problems = []
    for place, text in enumerate(header):
        field = known.get(plain_header(text))
        if field in fields.values():
            sentence = _("Kolom “%(header)s” ada dua kali.") % {"header": text}
            problems.append(Problem(1, sentence))
        elif field:
            fields[place] = field
    for column in columns:
        if column.is_required and column.name not in fields.values():
            sentence = _("Kolom “%(header)s” tidak ada. Judul yang dikenal: %(known)s.") % {
                "header": column.headers[0],
                "known": ", ".join(column.headers),
            }
            problems.append(Problem(1, sentence))
    if problems:
        raise RosterRefused(problems)
    return fields


def _values(fields: Mapping[int, str], width: int, cells: list[Any]) -> dict[str, str]:
    """The text of each field. Raises ValueError with a sentence."""
    if any(cell not in (None, "") for cell in cells[width:]):
        raise ValueError(_("Ada lebih banyak isi daripada judul kolom."))
    present = dict(enumerate(cells))
    return {field: _text(field, present.get(place)) for place, field in fields.items()}


def _text(field: str, cell: Any) -> str:
    """The text of a cell. Raises ValueError with a sentence for a NIP that lost its digits."""
    text = "" if cell is None else str(cell).strip()
    spoiled = isinstance(cell, int | float) or re.fullmatch(r"[\d.,]+E\+?\d+", text, re.IGNORECASE)
    if field == "nip" and spoiled:
        raise ValueError(
            _(
                "NIP tersimpan sebagai angka, sehingga digit terakhirnya hilang. Ubah kolom NIP "
                "menjadi teks, lalu isi kembali NIP-nya dari sumbernya."
            )
        )
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return text


def _xlsx_rows(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    for number, cells in xlsx_rows(content, data_only=True):
        values = [cell.value for cell in cells]
        while values and values[-1] in (None, ""):
            values.pop()
        yield number, values
