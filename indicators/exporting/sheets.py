"""The tables that a published set gives out. Source: DOMAIN 2.1, 2.4, 1.5."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from indicators.columns import BESIDE_MS_IND, MS_IND, MS_IND_HEADING, WHOLE
from indicators.exporting.cells import cell_of
from indicators.pages import short_label, target_text
from indicators.units import UnitTree

Document = Mapping[str, Any]
EKINERJA = (
    "No",
    "Kode",
    "Perspektif",
    "Rencana Hasil Kerja",
    "Aspek",
    "Indikator Kinerja Individu",
    "Target",
    "Bobot (%)",
)


@dataclass(frozen=True)
class Table:
    """A sheet: lines above (`heading`), then titles and rows, all of them texts."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    heading: Sequence[Sequence[str]] = ()
    numbers: Sequence[str] = ()  # the line under the titles that numbers the columns

    @property
    def lines(self) -> list[Sequence[str]]:
        """Titles and rows, as a CSV file has them."""
        return [self.titles, *self.rows]


type Workbook = Sequence[Table]


def manual_iku_workbook(
    document: Document, tree: UnitTree, *, address: str, digest: str
) -> Workbook:
    """One row for each indicator in the columns of the Manual IKU, and where they come from."""
    with translation.override("id"):
        rows = [_row(WHOLE, item) for item in document["indicators"]]
        return [Table("Manual IKU", list(WHOLE), rows), _about(document, tree, address, digest)]


def ms_ind_table(document: Document) -> Table:
    """The 17 columns of MS-Ind. The code of the activity is the officer's to fill in."""
    rows = [
        [str(number), *_row(MS_IND, item)[1:]]
        for number, item in enumerate(document["indicators"], 1)
    ]
    return Table("MS-Ind", list(MS_IND), rows)


def ms_ind_workbook(document: Document, tree: UnitTree, *, address: str, digest: str) -> Workbook:
    """The form MS-Ind; on a second sheet what it has no column for, found by the form's number."""
    form = ms_ind_table(document)
    with translation.override("id"):
        beside = [
            [str(number), *_row(BESIDE_MS_IND, item)]
            for number, item in enumerate(document["indicators"], 1)
        ]
        heading = [
            [MS_IND_HEADING],
            ["Nama Kegiatan", f"Set indikator kinerja {document['period']['year']}"],
            ["Kode Kegiatan", ""],
            ["Penyelenggara", document["scope"]["name"]],
        ]
        return [
            Table(
                form.name,
                form.titles,
                form.rows,
                heading=heading,
                numbers=[f"({number})" for number in range(1, len(MS_IND) + 1)],
            ),
            Table("Isian lain", ["Nomor", *BESIDE_MS_IND], beside),
            _about(document, tree, address, digest),
        ]


def ekinerja_table(document: Document, tree: UnitTree, *, unit: str = "") -> Table:
    """What is copied into e-Kinerja: the rows of one unit, or of all. Watched ones are left out."""
    with translation.override("id"):
        items = [
            item
            for item in document["indicators"]
            if item["weight_percent"] != "0"
            and (not unit or tree.applies(item["applies_to"], unit))
        ]
        rows = [
            [
                str(number),
                item["code"],
                short_label("perspective", item["perspective"]),
                item["objective"] or item["purpose"],
                short_label("aspect", item["aspect"]),
                item["name"],
                target_text(item),
                item["weight_percent"].replace(".", ","),
            ]
            for number, item in enumerate(items, 1)
        ]
    return Table("e-Kinerja", EKINERJA, rows)


def _row(columns: Mapping[str, str | None], item: Mapping[str, Any]) -> list[str]:
    beside = {"Bobot (%)": item["weight_percent"].replace(".", ","), "Versi": str(item["version"])}
    return [cell_of(key, item) if key else beside.get(title, "") for title, key in columns.items()]


def _about(document: Document, tree: UnitTree, address: str, digest: str) -> Table:
    decision = document["decision"]
    rows: Iterable[Sequence[str]] = [
        ("Lingkup", document["scope"]["name"]),
        ("Tahun", str(document["period"]["year"])),
        ("Versi", document["version"]),
        ("Keputusan", f"{decision['number']}, {decision['by_office']}"),
        ("Alamat tetap", address),
        ("Sidik (SHA-256)", digest),
        ("", ""),
        ("Kode unit kerja", "Nama unit kerja"),
        *((code, tree.names[code]) for code in _units_in(document) if code in tree.names),
    ]
    return Table("Keterangan", ("Set indikator", "Isi"), list(rows))


def _units_in(document: Document) -> list[str]:
    """The units that the indicators name, by code."""
    named = {item["owner_unit"] for item in document["indicators"]}
    named |= {entry["unit"] for item in document["indicators"] for entry in item["applies_to"]}
    return sorted(named - {""})
