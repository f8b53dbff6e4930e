"""A program of its own that writes events, as one of several web processes would.

`python -m tests.ledger.writer COUNT` writes so many events, each in its transaction;
`python -m tests.ledger.writer verify` prints what the database of DATABASE_URL holds.
"""

import json
import sys

import django
from django.db import connection, transaction
from django.utils import timezone

django.setup()

from ledger.actions import event_record  # noqa: E402
from ledger.chain import checkpoint, mismatches  # noqa: E402
from ledger.models import Event, Head  # noqa: E402


def write(count: int) -> None:
    for number in range(count):
        with transaction.atomic():
            event_record(
                actor=None,
                action="tested",
                subject=f"tests.writer:{number}",
                content={},
                now=timezone.now(),
            )


def state() -> dict[str, object]:
    return {
        "numbers": list(Event.objects.order_by("number").values_list("number", flat=True)),
        "heads": Head.objects.count(),
        "mismatches": [str(mismatch) for mismatch in mismatches([checkpoint()])],
    }


if __name__ == "__main__":
    if sys.argv[1] == "verify":
        print(json.dumps(state()))
    else:
        write(int(sys.argv[1]))
    connection.close()
