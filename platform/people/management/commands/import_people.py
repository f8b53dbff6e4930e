"""Take in a roster of people from CSV or XLSX."""

import csv
import os
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from people.actions.imports import Report, people_import
from people.management.rosters import RosterCommand
from people.nip import space_nip
from people.roster import PEOPLE, Line


class Command(RosterCommand):
    help = (
        "Registers, corrects and moves people from a roster: all lines or none, safe to repeat.\n"
        "Whoever is not in the file stays as they are. The columns may come in any order, with\n"
        "headers in Indonesian or English; golongan, e-mail and keadaan may be missing.\n"
        "In XLSX the column NIP must be text: a spreadsheet number has lost its last digits."
    )
    columns = PEOPLE
    sample = (
        "NIP;Nama;Unit;Jabatan;Rumpun jabatan;Golongan;E-mail;Keadaan\n"
        "19850315 201001 1 991;Contoh Satu;puskesmas-latihan;Perawat Ahli Pertama;"
        "Tenaga kesehatan;III/b;;Aktif\n"
        "199012312023211993;Contoh Dua;puskesmas-latihan;Sanitarian Terampil;"
        "Tenaga kesehatan;VII;;"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--passwords",
            type=Path,
            metavar="NEW_FILE",
            help="write a temporary password for every new person into a new CSV file "
            "(readable by you alone), to be handed out and then deleted",
        )

    def take(self, lines: Sequence[Line], **options: Any) -> Report:
        target: Path | None = options["passwords"]
        if target is None or options["dry_run"]:
            return people_import(actor=None, lines=lines, now=timezone.now())
        # An existing file is never overwritten; it is made before anything is taken in, so that
        # no password is set that could not be written down.
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
                report = people_import(
                    actor=None, lines=lines, with_passwords=True, now=timezone.now()
                )
                writer = csv.writer(file)
                writer.writerow(["NIP", "Nama", "Kata sandi sementara"])
                for nip, name, password in report.passwords:
                    # Spaced, so that a spreadsheet keeps it as text; and a name is no formula.
                    safe = f"'{name}" if name.startswith(("=", "+", "-", "@")) else name
                    writer.writerow([space_nip(nip), safe, password])
        except BaseException:
            target.unlink()
            raise
        return report
