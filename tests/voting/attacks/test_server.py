"""200 voters send 8 ballots each at the same moment to a real server of four processes.

RELIABILITY, invariants 1, 3 to 5 and 14: one ballot each, no answer that says otherwise, marks and
ballots equal whenever one looks, nothing of a vote in what the server writes. The control of the
double vote is `test_concurrency.test_the_same_attack_on_a_naive_vote_doubles_ballots`.
"""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from people.models import Person
from tests.voting.builders import add_staff, open_poll, token
from tests.voting.field import Field, voters
from voting import boxes
from voting.boxes import BoxContent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("processes")]

VOTERS, POSTS = 200, 8
ROOT = Path(settings.BASE_DIR)
CSRF = "a" * 32


@contextmanager
def server(field: Field, log: Path) -> Iterator[int]:
    """Granian with four workers on the field's database, all logs on; yields its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | field.prepare()
    environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.voting.attacks.settings",
        "MARTAHI_KEYS_DIR": str(field.keys),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", "4", "--blocking-threads", "2", "--access-log"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "config.wsgi:application"],
            cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            for _turn in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            process.wait(20)


class Attack:
    """Eight clients that meet before each voter's turn, and what they were answered."""

    def __init__(self, port: int, poll: str, items: list[str], electors: list[dict[str, Any]]):
        self.port, self.poll, self.items, self.electors = port, poll, items, electors
        self.meeting = threading.Barrier(POSTS)
        self.answers: list[tuple[str, str]] = []

    def run(self) -> Counter[str]:
        threads = [threading.Thread(target=self.client, args=(n,)) for n in range(POSTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Counter(kind for kind, _person in self.answers)

    def client(self, number: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            for elector in self.electors:
                self.meeting.wait(60)
                self.answers.append((self.post(line, elector, number), elector["person"]))
        except BaseException as error:
            self.meeting.abort()
            self.answers.append((f"crash {error!r}", ""))

    def post(self, line: http.client.HTTPConnection, elector: dict[str, Any], number: int) -> str:
        """Half of the clients send one and the same form, the others contrary ones of their own."""
        choice = "approve" if number < POSTS // 2 else "reject"
        fields = {f"item-{item}": choice for item in self.items}
        fields |= {"receipt": elector["tokens"][number], "csrfmiddlewaretoken": CSRF}
        cookie = f"{settings.SESSION_COOKIE_NAME}={elector['session']}; "
        cookie += f"{settings.CSRF_COOKIE_NAME}={CSRF}"
        line.request(
            "POST",
            f"/polls/{self.poll}/cast/",
            urlencode(fields),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie},
        )
        response = line.getresponse()
        page = response.read().decode()
        if response.status == 200 and "sudah diterima sebelumnya" in page:
            return "repeated"
        if response.status == 200 and "tercatat, selesai" in page:
            return "recorded"
        return str(response.status)


def test_two_hundred_voters_send_eight_ballots_each_at_once(
    head: Person, field: Field, tmp_path: Path
) -> None:
    add_staff(head.unit, VOTERS)
    poll = open_poll(actor=head, items=2)
    electors: list[dict[str, Any]] = list(voters(poll, VOTERS))
    for elector in electors:
        person = Person.objects.get(pk=elector["person"])
        own = [token(poll, person) for _post in range(POSTS // 2)]
        elector["tokens"] = [elector["token"]] * (POSTS // 2) + own
    items = [str(item.pk) for item in poll.items.all()]

    log = tmp_path / "server.log"
    with server(field, log) as port:
        watch = Watch(field)
        told = Attack(port, str(poll.pk), items, electors)
        with watch:
            kinds = told.run()
        rows = field.ask("SELECT n, content FROM voting_box")
        ((marks,),) = field.ask("SELECT count(*) FROM voting_elector WHERE has_voted")

    assert set(kinds) == {"recorded", "repeated", "403"}, kinds
    assert kinds.total() == VOTERS * POSTS
    recorded = Counter(person for kind, person in told.answers if kind == "recorded")
    assert recorded == {elector["person"]: 1 for elector in electors}
    key = boxes.key_read(poll.pk)
    kept = [BoxContent.unlock(bytes(content), key) for _n, content in rows]
    ballots = sum(len(content.ballots) for content in kept)
    assert marks == sum(n for n, _content in rows) == ballots == VOTERS
    assert watch.looks > 5
    assert watch.differences == []

    written = log.read_bytes()
    assert f"/polls/{poll.pk}/cast/".encode() in written, "the control: requests are logged"
    codes = [code for content in kept for code in content.receipts]
    tokens = [one for elector in electors for one in elector["tokens"]]
    assert len(codes) == VOTERS
    places = [written, *(file.read_bytes() for file in field.file.parent.glob("race.sqlite3*"))]
    if connection.vendor == "sqlite":
        assert any(poll.pk.hex.encode() in place for place in places[1:]), "the control"
    for secret in (*codes, *tokens):
        assert not any(secret.encode() in place for place in places)
    for choice in (b"=approve", b"=reject", b'"approve"', b'"reject"'):
        assert choice not in written


class Watch:
    """Looks at marks and ballots every 50 ms, in one statement each time."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.looks = 0
        self.differences: list[tuple[int, int]] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self._stop.wait(0.05):
            ((marks, ballots),) = self.field.ask(
                "SELECT (SELECT count(*) FROM voting_elector WHERE has_voted), "
                "(SELECT coalesce(sum(n), 0) FROM voting_box)"
            )
            self.looks += 1
            if marks != ballots:
                self.differences.append((marks, ballots))
        connection.close()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()
