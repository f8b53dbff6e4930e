"""What counting millions of ballots costs, beside the bare GROUP BY that it begins with.

    tests/postgres.sh env MARTAHI_DEBUG=true .venv/bin/python -m tests.performance.counting

Fills an empty database with a poll of each method, whose ballots are drawn at random by the
database (approve: twelve items, three choices each; Schulze: eight items, of which each ballot
ranks some). Then, in turns, the distinct ballots are fetched with their numbers by one statement,
and the poll is counted as `manage.py verify` counts it. Nothing is asserted.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING

import django

from tests.performance.casting import build_staff

if TYPE_CHECKING:
    from voting.models import Poll

ITEMS = {"approve": 12, "schulze": 8}

DRAWN = {
    # by PostgreSQL, for each ballot anew: what refers to `nth` is not drawn once for all
    "approve": """
        SELECT jsonb_agg((ARRAY['approve', 'reject', 'abstain'])[1 + floor(random() * 3)::int])
        FROM generate_series(1, 12) WHERE nth > 0
    """,
    "schulze": """
        SELECT jsonb_agg(CASE WHEN rank <= length THEN rank::text ELSE '' END ORDER BY item)
        FROM (
            SELECT item, row_number() OVER (ORDER BY random()) AS rank,
                   1 + nth %% 8 AS length
            FROM generate_series(1, 8) AS item WHERE nth > 0
        ) AS ranked
    """,
}


def build_poll(method: str, ballots: int) -> "Poll":
    """A poll of mode B with ballots drawn at random, written past every guard of the database."""
    from django.db import connection
    from django.utils import timezone

    from people.models import Appointment, Unit
    from tests.builders import build_person
    from tests.voting.builders import open_poll
    from voting.policy import Policy

    unit = Unit.objects.create(code=method, name=f"Unit {method}", kind=Unit.Kind.AGENCY)
    head = build_person(unit=unit)
    Appointment.objects.create(
        person=head, role="head", unit=unit, starts_on=timezone.localdate(), ends_on=None
    )
    build_staff(unit, 10, start=1_000 * ITEMS[method])
    policy = Policy(method=method, publication_mode="B")
    poll = open_poll(actor=head, items=ITEMS[method], policy=policy)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "INSERT INTO voting_ballot (poll_id, code, choices) "
            f"SELECT %s, lpad(to_hex(nth), 39, '0'), ({DRAWN[method]}) "
            "FROM generate_series(1, %s) AS nth",
            [poll.pk, ballots],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE voting_ballot")
    return poll


def group(poll: "Poll") -> int:
    """The floor: how many distinct ballots the database hands over, read and thrown away."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT choices, count(*) FROM voting_ballot WHERE poll_id = %s GROUP BY choices",
            [poll.pk],
        )
        distinct = 0
        while rows := cursor.fetchmany(2_000):
            distinct += len(rows)
        return distinct


def count(poll: "Poll") -> int:
    """What the poll says, from its ballots on: how many items have a result."""
    columns: list[dict[str, int]] = [{} for _item in range(ITEMS[poll.method])]
    for place, choice, number in poll.counting.columns(poll.ballots.counted()):
        columns[place][choice] = number
    ballots = poll.ballots.count()
    outcomes = poll.counting.outcomes(
        columns, ballots=ballots, quorum_reached=True, policy=poll.policy
    )
    return len(outcomes)


def timed(work: Callable[["Poll"], int], poll: "Poll") -> tuple[float, int]:
    began = time.perf_counter()
    found = work(poll)
    return time.perf_counter() - began, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ballots", type=int, default=4_700_000)
    parser.add_argument("--pairs", type=int, default=3)
    chosen = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.performance.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for method in ITEMS:
        poll = build_poll(method, chosen.ballots)
        group(poll)  # once, so that both find the table in memory
        ratios = []
        for _pair in range(chosen.pairs):
            floor, distinct = timed(group, poll)
            counted, _items = timed(count, poll)
            ratios.append(counted / floor)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{method}: {chosen.ballots:,} ballots, {distinct:,} distinct; "
            f"GROUP BY {floor:.1f} s, counted {counted:.1f} s, "
            f"ratio {median(ratios):.2f}; at most {most} MB"
        )


if __name__ == "__main__":
    main()
