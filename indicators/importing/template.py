"""The XLSX template for drafts: one row for each indicator, a help sheet, lists of choices.

All cells are text, so that no spreadsheet turns a code or a figure into something else.
"""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from indicators.record import FIELDS, Field, Shape

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 200  # that the template offers, and the most that one file brings in
COLUMNS = tuple(field for field in FIELDS.values() if field.shape is not Shape.MS_IND)
TEXT = "@"
WIDTHS = {Shape.PROSE: 48, Shape.LINE: 28}


def examples() -> dict[Shape, str]:
    """How a cell of each shape is written, where its label does not tell."""
    return {
        Shape.DECIMAL: _("Angka, misalnya 87,5 atau 1.234."),
        Shape.TARGETS: _("Misalnya TW1=25; TW2=50; TW3=75; TW4=100."),
        Shape.RANGE: _("Misalnya 60; 85."),
        Shape.SCALE: _("Misalnya 0=0; 90=100; 100=120."),
        Shape.APPLIES_TO: _(
            "Kode unit, dipisah titik koma; + berarti beserta unit di bawahnya, misalnya dinkes+."
        ),
    }


def choices_of(field: Field, units: Mapping[str, str]) -> Sequence[str]:
    """What a cell may hold, where it is one of a list; empty for free text."""
    match field.shape:
        case Shape.CHOICE:
            return list(field.choices.values())
        case Shape.FLAG:
            return ["ya", "tidak"]
        case Shape.UNIT:
            return sorted(units)
        case _:
            return []


def template_xlsx(units: Mapping[str, str]) -> bytes:
    """The template, in Indonesian; `units` are the names of the round's units by their codes."""
    from openpyxl import Workbook  # slow to import, and needed here alone

    with translation.override("id"):
        book = Workbook()
        book.remove(book.worksheets[0])
        sheet = book.create_sheet("Indikator")
        lists = book.create_sheet("Pilihan")
        _fill(sheet, lists, units)
        _explain(book.create_sheet("Petunjuk"), units)
        kept = io.BytesIO()
        book.save(kept)
    return kept.getvalue()


def _fill(sheet: "Worksheet", lists: "Worksheet", units: Mapping[str, str]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "A2"
    for number, field in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        title = sheet.cell(1, number, field.label)
        title.font = Font(bold=True)
        title.number_format = TEXT
        sheet.column_dimensions[letter].width = WIDTHS.get(field.shape, 22)
        for row in range(2, ROWS + 2):
            sheet.cell(row, number).number_format = TEXT
        allowed = choices_of(field, units)
        if allowed:
            lists.cell(1, number, field.label)
            for place, choice in enumerate(allowed, 2):
                _write(lists, place, number, choice)
            source = f"Pilihan!${letter}$2:${letter}${len(allowed) + 1}"
            choosing = DataValidation(type="list", formula1=source, allow_blank=True)
            choosing.errorTitle = field.label
            choosing.error = "Pilih salah satu dari daftar."
            choosing.showErrorMessage = True
            choosing.add(f"{letter}2:{letter}{ROWS + 1}")
            sheet.add_data_validation(choosing)


def _explain(sheet: "Worksheet", units: Mapping[str, str]) -> None:
    titles = (_("Kolom"), _("Yang diisikan"), _("Wajib"), _("Isian yang dikenal"))
    needs = {"draft": _("untuk draf"), "freeze": _("sebelum dibekukan"), "case": _("bila berlaku")}
    written = examples()
    rows = [titles] + [
        (
            field.label,
            f"{field.help_text} {written.get(field.shape, '')}".strip(),
            needs.get(field.needed_for, ""),
            "; ".join(choices_of(field, units)) if field.shape is not Shape.UNIT else "",
        )
        for field in COLUMNS
    ]
    rows.append(("", "", "", ""))
    rows.append((_("Kode unit"), _("Nama unit"), "", ""))
    rows += [(code, name, "", "") for code, name in sorted(units.items())]
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            _write(sheet, number, place, text)
    for letter, width in zip("ABCD", (28, 90, 18, 90), strict=True):
        sheet.column_dimensions[letter].width = width


def _write(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """Write a text as a text: what begins with `=` would else be a formula."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = TEXT
