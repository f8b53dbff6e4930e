"""Take in the tree of units from CSV or XLSX."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from people.actions.imports import Report, units_import
from people.management.rosters import RosterCommand
from people.roster import UNITS, Line


class Command(RosterCommand):
    help = (
        "Adds and corrects units from a file: all lines or none, safe to repeat. Units that are\n"
        "not in the file stay as they are. A code is for ever; an empty parent is the root."
    )
    columns = UNITS
    sample = (
        "Kode;Nama;Jenis;Induk\n"
        "kota;Kota Padangsidimpuan;Kota;\n"
        "dinkes;Dinas Kesehatan;Perangkat daerah;kota\n"
        "puskesmas-latihan;Puskesmas Latihan;Puskesmas;dinkes"
    )

    def take(self, lines: Sequence[Line], **options: Any) -> Report:
        return units_import(actor=None, lines=lines, now=timezone.now())
