"""Take in a dictionary that another body publishes, as adopted versions to be watched."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from core.verdict import Refused
from indicators.actions import versions_import_adopted
from indicators.importing import ImportRefused
from indicators.importing.dictionaries import DICTIONARIES, read_dictionary
from indicators.units import UnitTree
from people.models import Person


class Command(BaseCommand):
    help = (
        "Reads a dictionary of indicators in the form of who publishes it: all of it or nothing, "
        "safe to repeat; a later edition brings new versions. Texts come in as found; targets and "
        "polarity are for people to add before an indicator weighs anything."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--form", choices=sorted(DICTIONARIES), required=True)
        parser.add_argument(
            "--unit", metavar="CODE", required=True, help="measured, with all units below it"
        )
        parser.add_argument(
            "--decision", metavar="NUMBER", required=True, help="by which the dictionary holds"
        )
        parser.add_argument(
            "--as", dest="nip", metavar="NIP", required=True, help="facilitator who imports"
        )
        parser.add_argument(
            "--without",
            type=int,
            action="append",
            default=[],
            metavar="LINE",
            help="leave this line out, for example one of two under the same code (repeatable)",
        )
        parser.add_argument("--dry-run", action="store_true", help="report only, keep nothing")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        tree = UnitTree.current()
        if options["unit"] not in tree.names:
            raise CommandError(f"--unit: there is no unit {options['unit']}.")
        actor = Person.objects.active().with_unit().filter(nip=options["nip"]).first()
        if actor is None:
            raise CommandError("--as: nobody in service has this NIP.")
        try:
            reading = read_dictionary(
                file.name,
                file.read_bytes(),
                form=DICTIONARIES[options["form"]],
                unit=options["unit"],
                tree=tree,
                without=options["without"],
            )
            with transaction.atomic():
                report = versions_import_adopted(
                    actor=actor,
                    contents=[entry.content for entry in reading.entries],
                    decision_number=options["decision"],
                    now=timezone.now(),
                )
                transaction.set_rollback(dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except ImportRefused as error:
            for note in error.notes:
                self.stderr.write(str(note))
            raise CommandError(f"{file.name}: nothing was imported.") from error
        except (Refused, ValidationError) as error:
            reason = "; ".join(error.messages) if isinstance(error, ValidationError) else error
            raise CommandError(f"{file.name}: nothing was imported. {reason}") from error
        self.stdout.write(
            f"{len(report.created)} new, {len(report.amended)} new versions, "
            f"{len(report.unchanged)} unchanged, {reading.passed_over} rows are no indicators"
            + " (dry run)"
            * dry_run
        )
