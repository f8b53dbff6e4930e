"""Reads indicators from a file as canonical contents of the record: all or nothing.

Every problem of the file is collected with its line, and then the file is refused. Nothing is
written here; `actions.versions_import_adopted` and the proposals app do that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from indicators.importing.files import MAX_ROWS, raw_rows
from indicators.importing.notes import ImportRefused, Note, refused
from indicators.importing.rows import RowReader
from indicators.record import FIELDS, missing
from indicators.units import UnitTree

__all__ = ["ImportRefused", "Note", "Reading", "Row", "read_indicators"]

MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One indicator of the file: the line on which it starts, and its canonical content."""

    line: int
    content: dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a file holds; `warnings` are doubts that do not refuse it."""

    rows: list[Row]
    warnings: list[Note]


def read_indicators(
    name: str, content: bytes, *, tree: UnitTree, needs_code: bool = True
) -> Reading:
    """Read a file; its kind follows its name's ending.

    `tree` turns names of units into codes and knows which units there are. `needs_code` is false
    for drafts, which get their code later.
    Raises ImportRefused with every problem of the file.
    """
    if len(content) > MAX_BYTES:
        raise refused(1, _("Berkas lebih besar dari 10 MB."))
    rows: list[Row] = []
    problems: list[Note] = []
    warnings: list[Note] = []
    lines: dict[str, int] = {}
    for line, raw in raw_rows(name, content):
        if len(rows) + len(problems) > MAX_ROWS:
            raise ImportRefused(
                [Note(line, "", _("Paling banyak 5.000 indikator dalam satu berkas."))]
            )
        reader = RowReader(line, tree)
        row = Row(line, reader.content(raw))
        rows.append(row)
        problems += reader.problems
        warnings += reader.warnings
        code = row.content["code"]
        if code in lines:
            sentence = _("kode %(code)s sudah ada di baris %(line)d")
            problems.append(Note(line, "code", sentence % {"code": code, "line": lines[code]}))
        elif code:
            lines[code] = line
        told = {note.field for note in reader.problems}
        problems += [note for note in _lacking(row, needs_code) if note.field not in told]
        warnings += _doubts(row)
    if not rows and not problems:
        problems.append(Note(1, "", _("Berkas ini tidak memuat indikator.")))
    if problems:
        raise ImportRefused(problems)
    return Reading(rows, warnings)


def _lacking(row: Row, needs_code: bool) -> Iterator[Note]:
    """What an indicator cannot do without, whatever a later stage asks for."""
    needed = ["code", "name", "definition", "unit", "polarity"] if needs_code else ["name"]
    for name in needed:
        if not row.content[name]:
            yield Note(row.line, name, _("%s harus diisi") % FIELDS[name].label)


def _doubts(row: Row) -> Iterator[Note]:
    gaps = missing(row.content, until="freeze")
    if gaps:
        labels = ", ".join(gap.label for gap in gaps)
        yield Note(row.line, "", _("belum lengkap: %s") % labels)
