"""What a published set costs over HTTP, with its ETag and without, beside its bytes from memory.

    DATABASE_URL=sqlite:////tmp/scratch.sqlite3 MARTAHI_DEBUG=true \\
        .venv/bin/python -m tests.performance.reading

The database is one that `manage.py demo --no-serve` filled. Connections take turns in rounds: they
ask the bare view, then the whole document, then for what is new since its ETag; the ratio of the
rates is that of each round, and the median over the rounds is told. Nothing is asserted.
"""

import argparse
import http.client
import os
import threading
import time
from collections.abc import Mapping
from statistics import median

import django

from tests.performance.measure import server

CONNECTIONS = 8


class Readers:
    """Connections that ask at once, each as often as the others."""

    def __init__(self, port: int) -> None:
        self.lines = [http.client.HTTPConnection("127.0.0.1", port) for _ in range(CONNECTIONS)]

    def rate(
        self, path: str, status: int, size: int, headers: Mapping[str, str], asked: int
    ) -> float:
        """Answers a second, each of the status and the size that are wanted."""
        faults: list[str] = []

        def run(line: http.client.HTTPConnection) -> None:
            for _turn in range(asked // CONNECTIONS):
                line.request("GET", path, headers=dict(headers))
                response = line.getresponse()
                found = (response.status, len(response.read()))
                if found != (status, size):
                    faults.append(f"{path} was answered by {found}")

        threads = [threading.Thread(target=run, args=(line,)) for line in self.lines]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not faults, faults[0]
        return asked / (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--asked", type=int, default=800, help="of each kind in a round")
    chosen = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.performance.settings"
    django.setup()
    from django.db import connection

    from indicators.models import Publication

    publication = Publication.objects.order_by("published_at").last()
    assert publication is not None, "the demo city has published sets"
    path = f"/api/v1/sets/{publication.scope_code}/{publication.version}"
    size, known = len(publication.content), {"If-None-Match": f'"{publication.digest}"'}
    bare = f"/floor/set/{publication.pk}/"
    connection.close()
    ratios = []
    with server(workers=2) as port:
        readers = Readers(port)
        for turn in range(chosen.rounds + 1):
            floor = readers.rate(bare, 200, size, {}, chosen.asked)
            whole = readers.rate(path, 200, size, {}, chosen.asked)
            unchanged = readers.rate(path, 304, 0, known, chosen.asked)
            if turn:  # the first one warms up
                ratios.append((floor, whole, unchanged))
    print(f"{CONNECTIONS} connections, two workers, {chosen.rounds} rounds, {size:,} bytes")
    for place, name in enumerate(("bare view", "document", "unchanged")):
        told = median(rates[place] for rates in ratios)
        print(f"{name:10} {told:6.0f} a second, {median(r[place] / r[0] for r in ratios):.2f}")


if __name__ == "__main__":
    main()
