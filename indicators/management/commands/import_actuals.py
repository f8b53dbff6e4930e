"""Take in what units reported, from CSV, XLSX or JSON."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from indicators.actions import actuals_import
from indicators.importing import ImportRefused
from indicators.importing.actuals import Known, read_actuals


class Command(BaseCommand):
    help = (
        "Reads what units reported: all lines or none, safe to repeat; a later file corrects. "
        "Columns: unit, kode, tahun, periode (TW2, S1, B03; empty for the year), realisasi."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="report only, keep nothing")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        try:
            with transaction.atomic():
                rows = read_actuals(file.name, content, known=Known.current())
                report = actuals_import(actor=None, rows=rows, now=timezone.now())
                transaction.set_rollback(dry_run)
        except ImportRefused as error:
            for note in error.notes:
                self.stderr.write(str(note))
            raise CommandError(f"{file.name}: nothing was imported.") from error
        self.stdout.write(
            f"{report.created} new, {report.corrected} corrected, {report.unchanged} unchanged"
            + " (dry run)" * dry_run
        )
