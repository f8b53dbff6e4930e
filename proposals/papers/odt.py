"""A decree as an OpenDocument text, for the office to number, mend and sign."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from odfdo import Document, Element, Paragraph, Style, Table

from core.dates import WIB
from proposals.papers.decree import COLUMNS, Decree

MIME = "application/vnd.oasis.opendocument.text"
_LETTERS = "abcdefghijklmnop"


def decree_odt(decree: Decree, *, now: datetime) -> bytes:
    """The bytes of the ODT. Every text becomes text, whatever it looks like: no field, no link."""
    document = Document("text")
    document.body.clear()
    for style in _styles():
        document.insert_style(style, automatic=True)
    for element in _elements(decree):
        document.body.append(element)
    document.language = "id-ID"
    document.meta.creation_date = now.astimezone(WIB).replace(tzinfo=None)
    document.meta.title = decree.about.capitalize()
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _styles() -> list[Style]:
    centre = {"fo:text-align": "center"}
    signed = {"fo:margin-left": "9cm"}
    gap = {"fo:margin-top": "0.25cm", "fo:margin-bottom": "0.1cm"}
    widths = {"MLabel": "2.9cm", "MTanda": "0.9cm", "MTeks": "13.2cm"}
    return [
        _paragraph("MKop", centre, bold=True),
        _paragraph("MJudul", centre | gap),
        _paragraph("MIsi", {"fo:text-align": "justify"}),
        _paragraph("MSpasi", gap),
        _paragraph("MTandaTangan", signed),
        _paragraph("MLampiran", signed | {"fo:break-before": "page"}),
        _paragraph("MSel", {}),
        _paragraph("MKepala", centre, bold=True),
        Style("table-cell", name="MGaris", border="0.5pt solid #000000", padding="0.08cm"),
        *(Style("table-column", name=name, width=width) for name, width in widths.items()),
    ]


def _paragraph(name: str, properties: dict[str, str], *, bold: bool = False) -> Style:
    style = Style("paragraph", name=name, parent_style="Standard")
    style.set_properties(properties, area="paragraph")
    weight = {"fo:font-weight": "bold"} if bold else {}
    style.set_properties({"fo:font-size": "11pt"} | weight, area="text")
    return style


def _elements(decree: Decree) -> list[Element]:
    return [
        *(Paragraph(line, style="MKop") for line in decree.letterhead),
        Paragraph(decree.by, style="MJudul"),
        Paragraph(f"NOMOR {decree.blank}", style="MJudul"),
        Paragraph("TENTANG", style="MJudul"),
        Paragraph(decree.about, style="MJudul"),
        Paragraph(f"{decree.office},", style="MJudul"),
        _listed("Pertimbangan", _considered(decree)),
        Paragraph("MEMUTUSKAN:", style="MJudul"),
        _listed("Diktum", _decided(decree)),
        *_signature(decree),
        Paragraph("Tembusan:", style="MSpasi"),
        *(Paragraph(f"{at}. {line}", style="MIsi") for at, line in enumerate(decree.copies, 1)),
        *_annex(decree),
    ]


def _considered(decree: Decree) -> list[tuple[str, str, str]]:
    """Rows of label, mark and text; a label stands at the first of its rows."""
    rows = []
    for label, texts, marks in (
        ("Menimbang", decree.considering, [f"{letter}." for letter in _LETTERS]),
        ("Mengingat", decree.recalling, [f"{number}." for number in range(1, 100)]),
        ("Memperhatikan", decree.noting, [f"{number}." for number in range(1, 100)]),
    ):
        for place, (mark, text) in enumerate(zip(marks, texts, strict=False)):
            end = "." if place == len(texts) - 1 and label == "Memperhatikan" else ";"
            rows.append((f"{label} :" if place == 0 else "", mark, text + end))
    return rows


def _decided(decree: Decree) -> list[tuple[str, str, str]]:
    heading = ("Menetapkan :", "", f"{decree.by} TENTANG {decree.about}.")
    return [heading, *((ordinal, ":", text) for ordinal, text in decree.clauses)]


def _listed(name: str, rows: list[tuple[str, str, str]]) -> Table:
    table = Table(name, width=3, height=len(rows))
    for x, width in enumerate(("MLabel", "MTanda", "MTeks")):
        column = table.get_column(x)
        column.style = width
        table.set_column(x, column)
    for y, row in enumerate(rows):
        _fill(table, y, row, style="MIsi")
    return table


def _annex(decree: Decree) -> list[Element]:
    table = Table("Lampiran", width=len(COLUMNS), height=len(decree.rows) + 1)
    _fill(table, 0, COLUMNS, style="MKepala", lines="MGaris")
    for y, row in enumerate(decree.rows, start=1):
        _fill(table, y, row, style="MSel", lines="MGaris")
    return [
        Paragraph("LAMPIRAN", style="MLampiran"),
        Paragraph(decree.by, style="MTandaTangan"),
        Paragraph(f"NOMOR {decree.blank}", style="MTandaTangan"),
        Paragraph(f"TENTANG {decree.about}", style="MTandaTangan"),
        Paragraph(decree.about, style="MJudul"),
        table,
        *_signature(decree),
    ]


def _fill(table: Table, y: int, texts: Sequence[str], *, style: str, lines: str = "") -> None:
    for x, text in enumerate(texts):
        cell = table.get_cell((x, y))
        cell.clear()
        if lines:
            cell.style = lines
        cell.append(Paragraph(text, style=style))
        table.set_cell((x, y), cell)


def _signature(decree: Decree) -> list[Paragraph]:
    lines = [
        f"Ditetapkan di {decree.place}",
        f"pada tanggal {decree.blank}",
        f"{decree.office},",
        "",
        "",
        decree.name,
        decree.rank,
        f"NIP {decree.blank}",
    ]
    return [Paragraph(line, style="MTandaTangan") for line in lines]
