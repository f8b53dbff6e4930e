"""Tables in files as offices keep them, CSV and XLSX: rows of cells, each with its line."""

import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

MAX_COLUMNS = 100
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
# What openpyxl and the unpacking raise for files that are something else, or were cut off.
UNREADABLE = (
    AttributeError,
    BadZipFile,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


class TableRefused(Exception):
    """A file that cannot be read from `line` on, and why."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


def text_of(content: bytes) -> str:
    """A file's text. Raises TableRefused where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = _("Berkas bukan teks UTF-8. Simpan ulang sebagai “CSV UTF-8”.")
        raise TableRefused(line, sentence) from error


def csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line on which it starts; whichever of `;`, `,` and tab heads it parts it.

    Raises TableRefused.
    """
    text = text_of(content)
    separator = max(";,\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        sentence = _("CSV tidak sah: tanda kutip tidak ditutup atau salah tempat.")
        raise TableRefused(start, sentence) from error


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of texts as Indonesian spreadsheets open them: UTF-8 with its mark, parted by `;`."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([guarded(text) for text in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


# What spreadsheets take for the start of a formula (OWASP, CSV Injection), apostrophes before it
# included, so that one more can be taken away again.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_PLAIN_NUMBER = re.compile(r"-[0-9]+([.,][0-9]+)?")


def guarded(text: str) -> str:
    """A text that no spreadsheet runs: one apostrophe before what could start a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


# XLSX writes characters that XML has no place for as `_xFFFE_` (ECMA-376, ST_Xstring), so a text
# that holds such signs itself must have its `x` written that way. openpyxl does neither.
_SIGN = re.compile(r"_x(0078|000D|FFFE|FFFF)_")
_LIKE_A_SIGN = re.compile(r"[0-9A-Fa-f]{4}_")
_NOT_IN_XML = "\ufffe\uffff"


def xlsx_text(text: str) -> str:
    """A text as a cell of an XLSX file holds it; `xlsx_text_read` gives it back."""
    written: list[str] = []
    tail = ""  # the next five characters of what is written
    for letter in reversed(text):
        if letter in _NOT_IN_XML or (letter == "x" and _LIKE_A_SIGN.match(tail)):
            letter = f"_x{ord(letter):04X}_"
        written.append(letter)
        tail = (letter + tail)[:5]
    return "".join(reversed(written))


def xlsx_text_read(cell: str) -> str:
    """The text that a cell stands for."""
    return _SIGN.sub(lambda found: chr(int(found[1], 16)), cell)


def xlsx_rows(
    content: bytes, *, max_rows: int | None = None, data_only: bool = False, sheet: int = 0
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Every row of one sheet (the first) as openpyxl's cells, with its number; none without it.

    `data_only`: cells hold what their formulas gave when the file was saved. Raises TableRefused.
    """
    import openpyxl  # slow to import, and needed here alone

    try:
        with ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED_BYTES:
                raise TableRefused(1, _("Berkas XLSX terlalu besar."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
        if sheet and sheet >= len(book.worksheets):
            return
        rows = book.worksheets[sheet].iter_rows(max_row=max_rows, max_col=MAX_COLUMNS)
        yield from enumerate(rows, 1)
    except UNREADABLE as error:
        raise TableRefused(1, _("Berkas XLSX tidak dapat dibaca.")) from error
