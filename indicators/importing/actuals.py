"""Reads a file of actuals: unit, code, year, period, figure. All or nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.numbers import parse_number
from indicators import shapes
from indicators.importing.files import MAX_ROWS, raw_rows
from indicators.importing.notes import ImportRefused, Note, refused
from indicators.models import IndicatorVersion
from indicators.unit_scores import period_of
from people.models import Unit

MAX_BYTES = 1024 * 1024

COLUMNS = {
    "unit": ("unit", "unit kerja"),
    "code": ("code", "kode"),
    "year": ("year", "tahun"),
    "period": ("period", "periode"),
    "actual": ("actual", "realisasi"),
}
# Thousands with commas, as in English; and three digits behind one sign, which may be either.
_ENGLISH = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_EITHER = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


@dataclass(frozen=True)
class ActualRow:
    """One line of the file, read exactly. `period` is empty for the whole year.

    `doubt` says how a figure was read that may have been meant otherwise.
    """

    line: int
    unit: str
    code: str
    year: int
    period: str
    figure: Decimal
    doubt: str = ""


@dataclass(frozen=True)
class Known:
    """What the figures are held against: codes of units, and indicators with their target."""

    units: frozenset[str]
    targets: Mapping[str, Decimal | None]

    @classmethod
    def current(cls) -> Self:
        """The units and indicators of today. Two queries."""
        newest = IndicatorVersion.objects.latest_of_each()
        return cls(
            units=frozenset(Unit.objects.values_list("code", flat=True)),
            targets=dict(newest.values_list("indicator__code", "target")),
        )


def read_actuals(name: str, content: bytes, *, known: Known) -> list[ActualRow]:
    """The rows of a file. Raises ImportRefused with a sentence for each line that is wrong."""
    if len(content) > MAX_BYTES:
        raise refused(1, _("Berkas lebih besar dari 1 MB."))
    rows: list[ActualRow] = []
    problems: list[Note] = []
    lines: dict[tuple[str, str, int, str], int] = {}
    for line, raw in raw_rows(name, content):
        if len(rows) + len(problems) >= MAX_ROWS:
            raise ImportRefused([Note(line, "", _("Paling banyak %d baris.") % MAX_ROWS)])
        try:
            row = _row(line, raw, known)
        except ValidationError as error:
            problems += [
                Note(line, field, sentence)
                for field, sentences in error.message_dict.items()
                for sentence in sentences
            ]
            continue
        key = (row.unit, row.code, row.year, row.period)
        if key in lines:
            sentence = _("realisasi yang sama sudah ada di baris %d") % lines[key]
            problems.append(Note(line, "", sentence))
        lines.setdefault(key, line)
        rows.append(row)
    if not rows and not problems:
        problems.append(Note(1, "", _("Berkas ini tidak memuat realisasi.")))
    if problems:
        raise ImportRefused(problems)
    return rows


def _row(line: int, raw: Mapping[str, Any], known: Known) -> ActualRow:
    """Raises ValidationError by field."""
    cells = {
        field: next(
            (
                value
                for header, value in raw.items()
                if str(header).strip().casefold() in headers and value not in (None, "")
            ),
            "",
        )
        for field, headers in COLUMNS.items()
    }
    unit, code = str(cells["unit"]).strip(), str(cells["code"]).strip()
    year = _year(cells["year"])
    faults: dict[str, str] = {}
    if unit not in known.units:
        faults["unit"] = _("Unit kerja tidak dikenal: %s.") % unit[:60]
    if code not in known.targets:
        faults["code"] = _("Indikator tidak dikenal: %s.") % code[:60]
    if year is None:
        faults["year"] = _("Tahun kinerja antara 2020 dan 2100.")
    period = ""
    try:
        period = period_of(str(cells["period"]).strip() or "tahun", year=year or 0).key
    except ValueError as error:
        faults["period"] = str(error)
    figure = Decimal(0)
    try:
        figure = _figure(cells["actual"])
        _refuse_sign(figure, known.targets.get(code))
    except ValidationError as error:
        faults["actual"] = " ".join(error.messages)
    if faults:
        raise ValidationError(faults)
    return ActualRow(line, unit, code, year or 0, period, figure, _doubt(cells["actual"]))


def _year(cell: object) -> int | None:
    text = str(cell).strip()
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if 2020 <= year <= 2100 else None


def _figure(cell: object) -> Decimal:
    """A figure as files write it: numbers exactly, text as people type it."""
    if isinstance(cell, str):
        try:
            return Decimal(shapes.clean_decimal(parse_number(cell)))
        except ValueError as error:
            raise ValidationError(_not_a_number(cell.strip()[:40])) from error
    return Decimal(shapes.clean_decimal(cell))


def _not_a_number(text: str) -> str:
    sentence = _("Bukan angka: %s.") % text
    if _ENGLISH.fullmatch(text):
        sentence += " " + _("Titik untuk ribuan, koma untuk pecahan: %s.") % _turned(text)
    return sentence


def _doubt(cell: object) -> str:
    """How `1.234` and `1,234` are read: a dot is of thousands, a comma of a fraction."""
    text = cell.strip() if isinstance(cell, str) else ""
    if not _EITHER.fullmatch(text):
        return ""
    if "." in text:
        sentence = _("Titik dibaca sebagai tanda ribuan; bila maksudnya pecahan, tulis %s.")
    else:
        sentence = _("Koma dibaca sebagai tanda pecahan; bila maksudnya ribuan, tulis %s.")
    return sentence % _turned(text)


def _turned(text: str) -> str:
    """A figure with the other sign: what it is in the other way of writing."""
    return text.translate(str.maketrans(",.", ".,"))


def _refuse_sign(figure: Decimal, target: Decimal | None) -> None:
    if figure < 0 and (target is None or target >= 0):
        raise ValidationError(
            _("Realisasi di bawah nol, padahal target indikator ini tidak: periksa tandanya.")
        )
