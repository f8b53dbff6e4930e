"""Tables in files as offices keep them, CSV and XLSX: rows of cells, each with its line."""

import csv
import io
import zlib
from collections.abc import Iterator
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


def xlsx_rows(
    content: bytes, *, max_rows: int | None = None, data_only: bool = False
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Every row of the first sheet as openpyxl's cells, with its number.

    `data_only`: cells hold what their formulas gave when the file was saved. Raises TableRefused.
    """
    import openpyxl  # slow to import, and needed here alone

    try:
        with ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED_BYTES:
                raise TableRefused(1, _("Berkas XLSX terlalu besar."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
        rows = book.worksheets[0].iter_rows(max_row=max_rows, max_col=MAX_COLUMNS)
        yield from enumerate(rows, 1)
    except UNREADABLE as error:
        raise TableRefused(1, _("Berkas XLSX tidak dapat dibaca.")) from error
