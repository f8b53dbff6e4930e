"""What a secret ballot costs: over HTTP beside a bare insert, and in a poll of 100,000 beside 100.

    DATABASE_URL=sqlite:////tmp/scratch.sqlite3 MARTAHI_DEBUG=true \\
        .venv/bin/python -m tests.performance.casting

The database is an empty one, which is filled. Over HTTP 32 connections take turns in rounds: first
they post to a view that inserts one row, then they cast; the ratio of the rates is that of each
round, and the median over the rounds is told. Nothing is asserted: a time belongs to a machine.
"""

import argparse
import http.client
import os
import threading
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import django

from tests.performance.measure import server

if TYPE_CHECKING:
    from people.models import Person, Unit
    from voting.models import Poll

type Form = Callable[[dict[str, Any]], tuple[str, dict[str, str]]]

CONNECTIONS = 32
CSRF = "a" * 32


def build_staff(unit: "Unit", count: int, *, start: int) -> None:
    """So many people of a unit, written at once; they sign in by session alone."""
    from people.models import Person

    Person.objects.bulk_create(
        (
            Person(
                nip=f"{19800101_200001_1_000 + start + number:018d}",
                name=f"Pegawai {number}",
                unit=unit,
                position="Pengelola",
                position_family="staff",
                grade="III/a",
            )
            for number in range(count)
        ),
        batch_size=2_000,
    )


def build_poll(code: str, electors: int, *, start: int) -> tuple["Poll", float]:
    """An open poll of three items in a unit of its own, and the seconds that opening took."""
    from django.utils import timezone

    from people.models import Appointment, Unit
    from tests.builders import build_person
    from tests.voting.builders import open_poll

    unit = Unit.objects.create(code=code, name=f"Unit {code}", kind=Unit.Kind.AGENCY)
    head = build_person(unit=unit)
    Appointment.objects.create(
        person=head, role="head", unit=unit, starts_on=timezone.localdate(), ends_on=None
    )
    build_staff(unit, electors, start=start)
    began = time.perf_counter()
    poll = open_poll(actor=head, items=3)
    return poll, time.perf_counter() - began


def voters_of(poll: "Poll", count: int) -> list["Person"]:
    return [one.person for one in poll.electors.select_related("person")[:count]]


def compare_sizes(small: "Poll", large: "Poll", pairs: int) -> list[tuple[float, float]]:
    """Milliseconds of a cast in each of two polls, one just after the other."""
    from tests.voting.builders import APPROVE, ballot, cast

    polls = [(poll, voters_of(poll, pairs), ballot(poll, APPROVE)) for poll in (small, large)]
    found = []
    for turn in range(pairs):
        took = []
        for poll, people, choices in polls:
            began = time.perf_counter()
            cast(poll, people[turn], raw=choices)
            took.append((time.perf_counter() - began) * 1000)
        found.append((took[0], took[1]))
    return found[5:]


class Crowd:
    """32 connections that post at once, each for voters of its own."""

    def __init__(self, port: int, voters: Sequence[dict[str, Any]]) -> None:
        self.voters = voters
        self.lines = [http.client.HTTPConnection("127.0.0.1", port) for _ in range(CONNECTIONS)]

    def rate(
        self, form: Callable[[dict[str, Any]], tuple[str, dict[str, str]]], of: slice
    ) -> float:
        """Posts a second for some of the voters."""
        wanted = list(self.voters[of])
        faults: list[str] = []

        def run(place: int) -> None:
            for voter in wanted[place::CONNECTIONS]:
                path, fields = form(voter)
                cookie = f"sessionid={voter['session']}; csrftoken={CSRF}"
                headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
                body = urlencode(fields | {"csrfmiddlewaretoken": CSRF})
                self.lines[place].request("POST", path, body, headers)
                response = self.lines[place].getresponse()
                text = response.read().decode()
                if response.status != 200 or ("recorded" not in text and "tercatat" not in text):
                    faults.append(f"{response.status} {text[:200]}")

        threads = [threading.Thread(target=run, args=(place,)) for place in range(CONNECTIONS)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not faults, faults[0]
        return len(wanted) / (time.perf_counter() - began)


def sessions_of(poll: "Poll", count: int) -> list[dict[str, Any]]:
    from django.conf import settings
    from django.test import Client

    from tests.voting.builders import token

    found = []
    for person in voters_of(poll, count):
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        found.append({"session": session, "token": token(poll, person)})
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--electors", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--posts", type=int, default=320, help="of each kind in a round")
    chosen = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.performance.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    small, _ = build_poll("kecil", 100, start=1_000_000)
    large, opened = build_poll("besar", chosen.electors, start=2_000_000)
    pairs = compare_sizes(small, large, 95)
    print(f"{connection.vendor}: a roll of {chosen.electors:,} opened in {opened:.1f} s")
    one, other = (median(pair[place] for pair in pairs) for place in (0, 1))
    ratio = median(b / a for a, b in pairs)
    print(f"a cast among 100 {one:.1f} ms, among {chosen.electors:,} {other:.1f} ms: {ratio:.2f}")

    posts = chosen.rounds * chosen.posts
    poll, _ = build_poll("http", posts + 10, start=3_000_000)
    with connection.cursor() as cursor:
        key = "serial" if connection.vendor == "postgresql" else "integer"
        cursor.execute(f"CREATE TABLE floor_row (id {key} PRIMARY KEY, who text)")
    items = {f"item-{item.pk}": "approve" for item in poll.items.all()}
    voters = sessions_of(poll, posts)
    connection.close()
    with server(workers=2) as port:
        crowd = Crowd(port, voters)
        rates = []
        for turn in range(chosen.rounds):
            some = slice(turn * chosen.posts, (turn + 1) * chosen.posts)
            floor = crowd.rate(lambda voter: ("/floor/insert/", {}), some)
            cast = crowd.rate(
                lambda voter: (f"/polls/{poll.pk}/cast/", items | {"receipt": voter["token"]}), some
            )
            rates.append((floor, cast))
    print(f"{CONNECTIONS} connections, two workers, {chosen.rounds} rounds of {chosen.posts} posts")
    print(f"a bare insert  {median(floor for floor, _ in rates):6.0f} a second")
    print(f"a cast         {median(cast for _, cast in rates):6.0f} a second")
    print(f"ratio          {median(cast / floor for floor, cast in rates):6.2f}")


if __name__ == "__main__":
    main()
