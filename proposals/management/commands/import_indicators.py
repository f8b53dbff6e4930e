"""Bring a city's indicators in from a file: as adopted versions, or as drafts of one author."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from core.canonical import digest
from core.verdict import Refused
from indicators.actions import versions_import_adopted
from indicators.importing import ImportRefused, Reading, Row, read_indicators
from indicators.record import values_of
from indicators.units import UnitTree
from people.models import Appointment, Person
from proposals.actions import proposal_create
from proposals.models import Proposal, Round


class Command(BaseCommand):
    help = (
        "Reads indicators from JSON, JSON lines, CSV or XLSX: all of them or none. With --adopted "
        "they become adopted versions by the decision that you name; without it, drafts of the "
        "person named by --as. The same file again brings nothing new."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--adopted", action="store_true")
        parser.add_argument("--decision", metavar="NUMBER", help="by which they hold (--adopted)")
        parser.add_argument(
            "--as",
            dest="nip",
            metavar="NIP",
            help="author of the drafts; with --adopted the importer, else the facilitator",
        )
        parser.add_argument("--round", metavar="TITLE", help="of the drafts, if several are open")
        parser.add_argument("--unit", metavar="CODE", help="answers where the file names no unit")
        parser.add_argument("--dry-run", action="store_true", help="report only, keep nothing")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        if options["adopted"] and not options["decision"]:
            raise CommandError("--adopted needs the --decision by which the indicators hold.")
        now = timezone.now()
        try:
            with transaction.atomic():
                reading = self._read(file, options["unit"], needs_code=options["adopted"])
                if options["adopted"]:
                    actor = _person(options["nip"]) if options["nip"] else _facilitator(now)
                    told = _adopt(reading, actor, options["decision"], now=now)
                else:
                    told = _draft(reading, options["nip"], options["round"], now=now)
                transaction.set_rollback(dry_run)
        except ImportRefused as error:
            for note in error.notes:
                self.stderr.write(str(note))
            raise CommandError(f"{file.name}: nothing was imported.") from error
        except (Refused, ValidationError) as error:
            reason = "; ".join(error.messages) if isinstance(error, ValidationError) else error
            raise CommandError(f"{file.name}: nothing was imported. {reason}") from error
        for row, word in zip(reading.rows, told, strict=True):
            self.stdout.write(f"line {row.line}: {_name(row)}: {word}")
        new = sum(word != "unchanged" for word in told)
        self.stdout.write(f"{new} new, {len(told) - new} unchanged" + " (dry run)" * dry_run)

    def _read(self, file: Path, unit: str | None, *, needs_code: bool) -> Reading:
        tree = UnitTree.current()
        if unit and unit not in tree.names:
            raise CommandError(f"--unit: there is no unit {unit}.")
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        reading = read_indicators(file.name, content, tree=tree, needs_code=needs_code)
        for row in reading.rows:
            if unit and not row.content["owner_unit"]:
                row.content["owner_unit"] = unit
        for note in reading.warnings:
            self.stdout.write(str(note))
        return reading


def _name(row: Row) -> str:
    return str(row.content["code"] or row.content["name"])


def _adopt(reading: Reading, actor: Person, decision: str, *, now: datetime) -> list[str]:
    report = versions_import_adopted(
        actor=actor,
        contents=[row.content for row in reading.rows],
        decision_number=decision,
        now=now,
    )
    words = dict.fromkeys(report.created, "adopted") | dict.fromkeys(report.amended, "new version")
    return [words.get(row.content["code"], "unchanged") for row in reading.rows]


def _draft(reading: Reading, nip: str | None, title: str | None, *, now: datetime) -> list[str]:
    if not nip:
        raise CommandError("Drafts have an author: name one by --as NIP.")
    author = _person(nip)
    round_ = _round(author, title, now=now)
    told = []
    for row in reading.rows:
        submission = _submission(author, round_, row)
        is_known = Proposal.objects.filter(submission=submission).exists()
        proposal_create(
            actor=author,
            round_=round_,
            kind=Proposal.Kind.NEW,
            amends=None,
            fields=values_of(row.content),
            submission=submission,
            now=now,
        )
        told.append("unchanged" if is_known else "draft")
    return told


def _submission(author: Person, round_: Round, row: Row) -> UUID:
    """The same text by the same author in the same round is the same draft."""
    return uuid5(NAMESPACE_URL, f"{author.pk}:{round_.pk}:{digest(row.content)}")


def _person(nip: str) -> Person:
    person = Person.objects.active().with_unit().filter(nip=nip).first()
    if person is None:
        raise CommandError("--as: nobody in service has this NIP.")
    return person


def _facilitator(now: datetime) -> Person:
    held = Appointment.objects.in_force(timezone.localdate(now)).of_role(
        Appointment.Role.FACILITATOR
    )
    first = held.with_person().order_by("starts_on", "pk").first()
    if first is None:
        raise CommandError("There is no facilitator yet: name who imports by --as NIP.")
    return first.person


def _round(author: Person, title: str | None, *, now: datetime) -> Round:
    rounds = Round.objects.open_at(now).for_unit(author.unit)
    found = list(rounds.filter(title=title) if title else rounds)
    if len(found) != 1:
        titles = "; ".join(round_.title for round_ in rounds) or "none"
        raise CommandError(f"--round: name one that is open for the author. Open: {titles}.")
    return found[0]
