"""Tables as an XLSX file in which every cell is a text, whatever it looks like."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicators.columns import going_on
from indicators.exporting.sheets import Table, Workbook
from web.tables import xlsx_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FULL = 32_000  # UTF-16 units; a cell holds 32,767 and what is more would be cut off
TEXT = "@"
WIDE, NARROW, LONG = 48, 18, 60  # widths in characters; a text longer than LONG gets the wide one


def workbook_bytes(workbook: Workbook) -> bytes:
    """The bytes of the file. Texts that fill a cell go on in a column behind it."""
    from openpyxl import Workbook as Book  # slow to import, and needed here alone

    book = Book()
    book.remove(book.worksheets[0])
    for table in workbook:
        _fill(book.create_sheet(table.name), table)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _fill(sheet: "Worksheet", table: Table) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    titles, rows = _spread(table.titles, table.rows)
    above = len(table.heading)
    for number, line in enumerate(table.heading, 1):
        _write(sheet, number, line, bold=number == 1)
    _write(sheet, above + 1, titles, bold=True)
    if table.numbers:
        _write(sheet, above + 2, table.numbers)
    first = above + (3 if table.numbers else 2)
    for number, row in enumerate(rows, first):
        _write(sheet, number, row)
    sheet.freeze_panes = sheet.cell(first, 1).coordinate
    for place in range(len(titles)):
        longest = max((len(row[place]) for row in rows), default=0)
        width = WIDE if longest > LONG else max(NARROW, min(longest, LONG) * 0.9)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{above + 1}:{first - 1}"


def _spread(
    titles: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[str], list[list[str]]]:
    """Titles and rows with the columns that go on, where a text fills more than one cell."""
    split = [[_cells(text) for text in row] for row in rows]
    counts = [max((len(row[place]) for row in split), default=1) for place in range(len(titles))]
    wide = [
        title if part == 0 else going_on(title, part)
        for title, count in zip(titles, counts, strict=True)
        for part in range(count)
    ]
    return wide, [
        [text for cells, count in zip(row, counts, strict=True) for text in _padded(cells, count)]
        for row in split
    ]


def _padded(cells: list[str], count: int) -> list[str]:
    return cells + [""] * (count - len(cells))


def _cells(text: str) -> list[str]:
    """A text in as many cells as it fills, each as XLSX writes it."""
    written = xlsx_text(text)
    if _units(written) <= FULL:
        return [written]
    part = FULL // 7  # every character may become a sign of seven
    return [xlsx_text(text[start : start + part]) for start in range(0, len(text), part)]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _write(sheet: "Worksheet", row: int, texts: Sequence[str], *, bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Font

    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column)
        cell.value = text
        cell.data_type = "s"  # what begins with `=` would else be a formula
        cell.number_format = TEXT
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if bold:
            cell.font = Font(bold=True)
