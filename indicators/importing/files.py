"""The files that indicators come in (JSON, JSON lines, CSV, XLSX): each row with its line."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from indicators.columns import MS_IND, MS_IND_HEADING, joined
from indicators.importing.notes import refused
from web.tables import TableRefused, csv_rows, text_of, unguarded, xlsx_rows, xlsx_text_read

MAX_ROWS = 5_000
EXACT_BELOW = 10**15  # a spreadsheet keeps 15 digits of a number


def raw_rows(name: str, content: bytes) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of a file whose kind its name's ending tells, each with its line; empty ones not.

    Raises ImportRefused where the file is broken.
    """
    readers: dict[str, Callable[[bytes], Iterable[tuple[int, Any]]]] = {
        ".json": _json_rows,
        ".jsonl": _jsonl_rows,
        ".ndjson": _jsonl_rows,
        ".csv": _csv_rows,
        ".xlsx": _xlsx_rows,
    }
    reader = readers.get(PurePath(name).suffix.lower())
    if reader is None:
        raise refused(1, _("Jenis berkas tidak dikenal: pakailah JSON, JSONL, CSV atau XLSX."))
    try:
        yield from _filled(reader(content))
    except TableRefused as error:
        raise refused(error.line, error.sentence) from error


def _filled(rows: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, raw in rows:
        if not isinstance(raw, dict):
            raise refused(line, _("Setiap indikator berupa pasangan nama dan isi."))
        if any(value not in (None, "") for value in raw.values()):
            yield line, raw


def _refuse_constant(text: str) -> None:
    raise ValueError(text)


DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)


def _json_rows(content: bytes) -> Iterator[tuple[int, Any]]:
    """The elements of one list, each with the line on which it starts."""
    text = text_of(content)
    place = _skip(text, 0, " \t\r\n")
    if text[place : place + 1] != "[":
        raise refused(1, _("Berkas JSON harus berupa daftar indikator: [ … ]."))
    place = _skip(text, place + 1, " \t\r\n")
    line, counted = 1, 0
    while text[place : place + 1] != "]":
        line += text.count("\n", counted, place)
        counted = place
        value, place = _decode(text, place, line)
        yield line, value
        place = _skip(text, place, " \t\r\n")
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1, " \t\r\n")
        elif text[place : place + 1] != "]":
            raise refused(line, _("JSON tidak sah sesudah indikator ini."))


def _skip(text: str, place: int, characters: str) -> int:
    while place < len(text) and text[place] in characters:
        place += 1
    return place


def _decode(text: str, place: int, line: int) -> tuple[Any, int]:
    try:
        return DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        raise refused(error.lineno, _("JSON tidak sah: %s.") % error.msg) from error
    except (ValueError, RecursionError) as error:
        raise refused(line, _("JSON tidak sah.")) from error


def _jsonl_rows(content: bytes) -> Iterator[tuple[int, Any]]:
    for number, text in enumerate(text_of(content).split("\n"), 1):
        if text.strip():
            value, end = _decode(text.strip(), 0, number)
            if end != len(text.strip()):
                raise refused(number, _("Satu baris memuat satu indikator."))
            yield number, value


def _csv_rows(content: bytes) -> Iterator[tuple[int, Any]]:
    header: list[str] | None = None
    for start, cells in csv_rows(content):
        if header is None:
            header = cells
        else:
            yield start, _paired(header, [unguarded(cell) for cell in cells], start)


def _xlsx_rows(content: bytes) -> Iterator[tuple[int, Any]]:
    rows = xlsx_rows(content, max_rows=MAX_ROWS + 10)
    header = _titles(next(rows, (1, ()))[1])
    if header[:1] != [MS_IND_HEADING]:
        yield from _below(header, rows)
        return
    for _number, cells in rows:
        header = _titles(cells)
        if set(MS_IND) <= set(header):
            break
    beside = _beside_ms_ind(content)
    for number, raw in _below(header, rows):
        ordinal = str(raw.get("Nomor") or "")
        if ordinal != "(1)":  # the line that numbers the columns
            yield number, beside.get(ordinal, {}) | raw


def _beside_ms_ind(content: bytes) -> dict[str, dict[str, Any]]:
    """What the second sheet of an MS-Ind form says of each indicator, by the form's number."""
    rows = xlsx_rows(content, max_rows=MAX_ROWS + 10, sheet=1)
    header = _titles(next(rows, (1, ()))[1])
    return {str(raw.pop("Nomor", "")): raw for _number, raw in _below(header, rows)}


def _titles(cells: Iterable[Any]) -> list[str]:
    return [str(cell.value or "") for cell in cells]


def _below(
    header: list[str], rows: Iterable[tuple[int, Iterable[Any]]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows below a header, by its titles."""
    for number, cells in rows:
        yield number, joined(_paired(header, [_cell(cell, number) for cell in cells], number))


def _cell(read: Any, line: int) -> object:
    """What a cell holds. A formula may say something else tomorrow, and a figure of more than 15
    digits has lost some already: both are refused.
    """
    cell = read.value
    if read.data_type == "f":
        raise refused(line, _("Ada sel berisi rumus: tempel sebagai nilai, lalu unggah lagi."))
    if isinstance(cell, int | float) and abs(cell) >= EXACT_BELOW:
        sentence = _(
            "Ada angka lebih dari 15 digit yang digit terakhirnya hilang: tulis sebagai teks."
        )
        raise refused(line, sentence)
    if isinstance(cell, float):
        return Decimal(repr(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return xlsx_text_read(cell) if isinstance(cell, str) else cell


def _paired(header: list[str], cells: list[Any], line: int) -> dict[str, Any]:
    if len(cells) > len(header) and any(cell not in (None, "") for cell in cells[len(header) :]):
        raise refused(line, _("Ada lebih banyak isi daripada judul kolom."))
    return {name.strip(): cell for name, cell in zip(header, cells, strict=False) if name.strip()}
