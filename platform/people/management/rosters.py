"""What the two import commands share: reading the file, the preview, the report."""

from abc import ABC, abstractmethod
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from people.actions.imports import Report
from people.roster import Column, Line, RosterRefused, read_roster


class RosterCommand(BaseCommand, ABC):
    """An import of a CSV or XLSX file: all or nothing."""

    columns: ClassVar[tuple[Column, ...]]
    sample: ClassVar[str]

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(
            prog_name,
            subcommand,
            epilog=f"Contoh berkas / sample file:\n\n{self.sample}",
            formatter_class=RawDescriptionHelpFormatter,
            **kwargs,
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV (UTF-8) or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="preview: keep nothing")

    @abstractmethod
    def take(self, lines: Sequence[Line], **options: Any) -> Report:
        """Do the import; the transaction is the caller's."""
        ...

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            lines = read_roster(file.name, file.read_bytes(), self.columns)
            with transaction.atomic():
                report = self.take(lines, dry_run=dry_run, **options)
                transaction.set_rollback(dry_run)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except RosterRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            raise CommandError(
                f"{file.name}: {len(refused.problems)} masalah; tidak ada yang disimpan."
            ) from refused
        for line, outcome in report.outcomes:
            if dry_run:
                self.stdout.write(f"Baris {line}: {outcome}")
        for warning in report.warnings:
            self.stdout.write(f"Peringatan. {warning}")
        counts = ", ".join(f"{count} {outcome}" for outcome, count in report.counts().items())
        self.stdout.write(f"Pratinjau, tidak ada yang disimpan: {counts}." if dry_run else counts)
