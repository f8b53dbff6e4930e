"""Check that what was recorded, counted and published still is what it was."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain as joined
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import indicators.verify
import voting.verify
from ledger import chain
from ledger.chain import Mismatch
from ledger.models import Event, Head
from proposals.exported import file_mismatches


class Command(BaseCommand):
    help = (
        "Without files: checks the ledger's chain, every adopted version and published set, and "
        "every seal with its recount, in the database. With files: checks exported sets (as GET "
        "/api/v1/sets/SCOPE/VERSION gives them) without a database: canonical form, schema, and "
        "the chain between them; and, where their signatures (…/signature) and the public keys "
        "(/.well-known/martahi-keys.json) are among the files, who signed them. Ballots of polls "
        "(/api/v1/polls/ID/ballots) are counted again and compared with their seal. "
        "Prints every place that does not fit and ends with 1, or prints a checkpoint to keep."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--checkpoint",
            metavar="NUMBER:HASH",
            help="an earlier checkpoint, which the ledger must still hold",
        )

    def handle(self, *, files: list[Path], checkpoint: str | None, **options: Any) -> None:
        if files and checkpoint:
            raise CommandError("--checkpoint is about the database; leave the files away.")
        found = list(self._of_files(files) if files else self._of_database(checkpoint))
        for mismatch in found:
            self.stdout.write(f"{mismatch.place}: {mismatch.what}")
        if found:
            raise CommandError(f"{len(found)} mismatch(es) found.", returncode=1)
        if files:
            self.stdout.write(f"{len(files)} file(s) verify.")
            return
        head = Head.objects.filter(pk=1).first()
        self.stdout.write("Ledger, sets and seals verify.")
        self.stdout.write(
            f"checkpoint {head.number}:{head.hash}" if head else "The ledger is empty."
        )

    def _of_files(self, files: list[Path]) -> Iterator[Mismatch]:
        try:
            contents = {str(path): path.read_bytes() for path in files}
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        return file_mismatches(contents)

    def _of_database(self, checkpoint: str | None) -> Iterator[Mismatch]:
        return joined(
            chain.mismatches(),
            indicators.verify.mismatches(),
            voting.verify.mismatches(),
            _checkpoint_mismatches(checkpoint) if checkpoint else (),
        )


def _checkpoint_mismatches(checkpoint: str) -> Iterator[Mismatch]:
    number, _colon, wanted = checkpoint.partition(":")
    if not (number.isascii() and number.isdigit() and wanted):
        raise CommandError("--checkpoint: write NUMBER:HASH, as verify printed it.")
    event = Event.objects.filter(number=int(number)).first()
    if event is None or event.hash != wanted:
        what = "peristiwa pada titik periksa ini hilang atau berubah"
        yield Mismatch(f"ledger {number}", what)
