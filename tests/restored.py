"""`python -m tests.restored FILE`: restores rows into the empty database of DATABASE_URL.

FILE holds all rows as JSON (Django's serialisation), from whatever engine. Prints what must be the
same as before: the end of the ledger, each published digest of the bytes that are there now, and
the hash of each seal.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from django.core import serializers
    from django.core.management import call_command
    from django.db import connection, transaction

    from ledger.immutability import maintenance

    call_command("migrate", verbosity=0)
    with transaction.atomic(), maintenance():
        for row in serializers.deserialize("json", Path(sys.argv[1]).read_text(encoding="utf-8")):
            row.save()
        connection.check_constraints()
    print(json.dumps(hashes()))


def hashes() -> dict[str, object]:
    """What a restored database must have in common with the one that was saved."""
    from indicators.models import Publication
    from ledger.models import Head
    from voting.models import Seal

    head = Head.objects.get()
    return {
        "ledger": f"{head.number}:{head.hash}",
        "sets": [
            sha256(publication.content).hexdigest()
            for publication in Publication.objects.order_by("published_at")
        ],
        "seals": sorted(Seal.objects.values_list("ballots_hash", flat=True)),
    }


if __name__ == "__main__":
    main()
