"""Count an election file, anybody's, and print what it says."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from voting.election import METHODS_OF_KIND, MOST_BYTES, answer, read, read_lines


class Command(BaseCommand):
    help = (
        "Counts an election file (docs/counting.md) and prints one JSON object: method, winners, "
        "ranking, pairwise, dropped, ballots. A file that ends in .jsonl tells the counts of one "
        "item on each line. Ends with 1 and a sentence for a file that cannot be counted."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        methods = sorted(method for methods in METHODS_OF_KIND.values() for method in methods)
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--method", choices=methods, help="ranked ballots: schulze (the default) or irv"
        )

    def handle(self, *, file: Path, method: str | None, **options: Any) -> None:
        reader = read_lines if file.suffix == ".jsonl" else read
        try:
            with file.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)  # one more than is read, to be refused
            found = answer(reader(content), method)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=1) from error
        except ValueError as error:
            raise CommandError(f"{file}: {error}", returncode=1) from error
        self.stdout.write(json.dumps(found))
