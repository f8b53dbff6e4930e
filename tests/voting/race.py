"""Real processes that attack one database at the same moment (test_concurrency.py starts them).

Each client is a thread with a connection of its own; all clients of all processes meet at one
barrier before every round. This module imports no Django before `start`, because a spawned
process has none yet.
"""

import multiprocessing
import os
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any

CLIENTS = 8

type Told = tuple[str, str]  # what happened, and a detail of it
type Meet = Callable[[], None]


def attack(
    name: str,
    world: Mapping[str, Any],
    environment: Mapping[str, str],
    *,
    processes: int = 2,
    clients: int = CLIENTS,
) -> list[Told]:
    """What all clients told after carrying out the scenario `name` in the world given."""
    context = multiprocessing.get_context("spawn")
    barrier, queue = context.Barrier(clients), context.Queue()
    before = {key: os.environ.get(key) for key in environment}
    os.environ.update(environment)
    try:
        started = [
            context.Process(
                target=start,
                args=(name, dict(world), range(place, clients, processes), barrier, queue),
                daemon=True,
            )
            for place in range(processes)
        ]
        for process in started:
            process.start()
        told = [entry for _client in range(clients) for entry in queue.get(timeout=120)]
        for process in started:
            process.join(timeout=30)
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value
    return told


def start(
    name: str, world: dict[str, Any], numbers: Iterable[int], barrier: Any, queue: Any
) -> None:
    """One process: its clients run side by side."""
    import django

    django.setup()
    from django.conf import settings

    settings.KEYS_DIR = __import__("pathlib").Path(world["keys"])

    def client(number: int) -> None:
        from django.db import connection

        told: list[Told] = []
        try:
            SCENARIOS[name](world, number, lambda: barrier.wait(60), told)
        except BaseException:
            barrier.abort()
            told.append(("crash", traceback.format_exc()))
        finally:
            connection.close()
            queue.put(told)

    threads = [threading.Thread(target=client, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    from django.db import connections

    connections.close_all()
    close_pool = getattr(connections["default"], "close_pool", None)
    if close_pool is not None:
        close_pool()


def vote_together(world: dict[str, Any], number: int, meet: Meet, told: list[Told]) -> None:
    """For each voter all clients post at once over HTTP: half the same form, half a contrary one.

    Clients 0 to 3 send the voter's one form, as a shaky network does; 4 to 7 forms of their own.
    """
    from django.conf import settings
    from django.test import Client

    from voting import receipts

    for voter in world["voters"]:
        same = number < CLIENTS // 2
        token = (
            voter["token"]
            if same
            else receipts.token_make(poll=world["poll"], person=voter["person"])
        )
        choice = "approve" if same else "reject"
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = voter["session"]
        fields = {f"item-{item}": choice for item in world["items"]} | {"receipt": token}
        meet()
        response = client.post(f"/polls/{world['poll']}/cast/", fields)
        page = response.content.decode()
        if response.status_code == 200 and "sudah diterima sebelumnya" in page:
            told.append(("repeated", voter["person"]))
        elif response.status_code == 200 and "tercatat, selesai" in page:
            told.append(("recorded", voter["person"]))
        else:
            told.append((str(response.status_code), page[:2000]))


def vote_naively(world: dict[str, Any], number: int, meet: Meet, told: list[Told]) -> None:
    """The control: read whether the voter has voted, then write. The barrier widens the gap."""
    from django.db import DatabaseError, transaction
    from django.db.models import F

    from voting.models import Box, Elector

    for voter in world["voters"]:
        elector = Elector.objects.get(poll=world["poll"], person=voter["person"])
        meet()
        if elector.has_voted:
            told.append(("refused", voter["person"]))
            continue
        Box.objects.filter(pk=elector.box_id).update(n=F("n") + 1)
        try:
            with transaction.atomic():
                Elector.objects.filter(pk=elector.pk).update(has_voted=True)
        except DatabaseError:
            told.append(("marked already", voter["person"]))  # the naive one does not look
        told.append(("recorded", voter["person"]))


def close_while_voting(world: dict[str, Any], number: int, meet: Meet, told: list[Told]) -> None:
    """In each round six voters cast and two closers close, whose clock says that it is time."""
    import time

    from core.verdict import Refused
    from people.models import Person
    from voting import clock, receipts
    from voting.actions import ballot_cast, poll_close
    from voting.models import Poll

    for place, key in enumerate(world["polls"]):
        poll = Poll.objects.get(pk=key)
        if number < 2:
            meet()
            time.sleep(0.004 * place)
            with clock.staged_at(poll.closes_at):
                closed = poll_close(actor=None, poll=poll)
            told.append(("closed", f"{key} {closed.state} {closed.seal.result_hash}"))
            continue
        voter = Person.objects.get(pk=world["voters"][number - 2]["person"])
        token = receipts.token_make(poll=poll.pk, person=voter.pk)
        choices = {str(item.pk): "approve" for item in poll.items.all()}
        meet()
        time.sleep(0.003 * (number - 2))
        try:
            ballot_cast(actor=voter, poll=poll, choices=choices, receipt_token=token)
        except Refused:
            told.append(("refused", key))
        else:
            told.append(("recorded", key))


def vote_and_close_at_once(
    world: dict[str, Any], number: int, meet: Meet, told: list[Told]
) -> None:
    """In each round every elector casts and as many closers close, all at the same moment.

    No client holds a connection while it waits for the others: a process has eight.
    """
    import random
    import time

    from django.db import connection

    from core.verdict import Refused
    from people.models import Person
    from voting import clock, receipts
    from voting.actions import ballot_cast, poll_close
    from voting.models import Poll

    chance, electors = random.Random(number), len(world["voters"])
    for key in world["polls"]:
        poll = Poll.objects.get(pk=key)
        closes = number >= electors
        person = None if closes else Person.objects.get(pk=world["voters"][number]["person"])
        choices = {str(item.pk): "approve" for item in poll.items.all()}
        connection.close()
        meet()
        time.sleep(chance.uniform(0, 0.3))
        try:
            if person is None:
                with clock.staged_at(poll.closes_at):
                    closed = poll_close(actor=None, poll=poll)
                told.append(("closed", f"{key} {closed.state} {closed.seal.result_hash}"))
            else:
                token = receipts.token_make(poll=poll.pk, person=person.pk)
                ballot_cast(actor=person, poll=poll, choices=choices, receipt_token=token)
                told.append(("recorded", key))
        except Refused:
            told.append(("refused", key))
        connection.close()


def vote_and_close_naively(
    world: dict[str, Any], number: int, meet: Meet, told: list[Told]
) -> None:
    """The control: whoever votes or closes reads whether it is open, and writes afterwards.

    A closer tells the number of ballots that it read; nobody locks anything.
    """
    import random
    import time

    from django.db import connection

    chance, electors = random.Random(number), len(world["voters"])
    for key in world["polls"]:
        connection.close()
        meet()
        time.sleep(chance.uniform(0, 0.3))
        with connection.cursor() as cursor:
            cursor.execute("SELECT is_open, n FROM naive_poll WHERE id = %s", [key])
            is_open, ballots = cursor.fetchone()
            time.sleep(0.01)  # as long as a page takes to be made
            if number >= electors:
                cursor.execute("UPDATE naive_poll SET is_open = false WHERE id = %s", [key])
                told.append(("closed", f"{key} {ballots}"))
            elif is_open:
                cursor.execute("UPDATE naive_poll SET n = n + 1 WHERE id = %s", [key])
                told.append(("recorded", key))
            else:
                told.append(("refused", key))
        connection.close()


def close_while_voting_openly(
    world: dict[str, Any], number: int, meet: Meet, told: list[Told]
) -> None:
    """The same with open ballots, which each voter changes until it is refused."""
    import time

    from core.verdict import Refused
    from people.models import Person
    from voting import clock
    from voting.actions import open_ballot_cast, poll_close
    from voting.models import Poll

    for place, key in enumerate(world["polls"]):
        poll = Poll.objects.get(pk=key)
        if number < 2:
            meet()
            time.sleep(0.01 + 0.01 * place)
            with clock.staged_at(poll.closes_at):
                closed = poll_close(actor=None, poll=poll)
            told.append(("closed", f"{key} {closed.state} {closed.seal.result_hash}"))
            continue
        voter = Person.objects.get(pk=world["voters"][number - 2]["person"])
        item = str(poll.items.get().pk)
        meet()
        for turn in range(50):
            choice = ("approve", "reject")[turn % 2]
            try:
                open_ballot_cast(actor=voter, poll=poll, choices={item: choice}, reasons={})
            except Refused:
                told.append(("refused", key))
                break
            told.append(("recorded", f"{key} {voter.pk} {choice}"))


def seal_and_scrub(world: dict[str, Any], number: int, meet: Meet, told: list[Told]) -> None:
    """One client ends the poll and scrubs the database; the others have nothing to do."""
    from voting import clock
    from voting.actions import poll_close, poll_scrub
    from voting.models import Poll

    if number == 0:
        poll = Poll.objects.get(pk=world["poll"])
        with clock.staged_at(poll.closes_at):
            poll_close(actor=None, poll=poll)
        told += [("scrubbed", str(done.pk)) for done in poll_scrub()]


def cancel_and_scrub(world: dict[str, Any], number: int, meet: Meet, told: list[Told]) -> None:
    """One client cancels the poll and scrubs the database; the others have nothing to do."""
    from people.models import Person
    from voting import clock
    from voting.actions import poll_cancel, poll_scrub
    from voting.models import Poll

    if number == 0:
        poll_cancel(
            actor=Person.objects.get(pk=world["head"]),
            poll=Poll.objects.get(pk=world["poll"]),
            reason="Roll keliru.",
            now=clock.database_now(),
        )
        told += [("scrubbed", str(done.pk)) for done in poll_scrub()]


def cast_in_turn(world: dict[str, Any], number: int, meet: Meet, told: list[Told]) -> None:
    """One client votes for all, one after the other; then the file and its log are stolen."""
    import shutil

    from django.conf import settings
    from django.db import connection

    from people.models import Person
    from voting.actions import ballot_cast
    from voting.models import Poll

    if number != 0:
        return
    file = settings.DATABASES["default"]["NAME"]
    poll = Poll.objects.get(pk=world["poll"])
    items = [str(item.pk) for item in poll.items.all()]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file, world["stolen"])
    for voter in world["voters"]:
        ballot_cast(
            actor=Person.objects.get(pk=voter["person"]),
            poll=poll,
            choices=dict.fromkeys(items, voter["choice"]),
            receipt_token=voter["token"],
        )
    shutil.copy(f"{file}-wal", f"{world['stolen']}-wal")
    told.append(("stolen", str(len(world["voters"]))))


SCENARIOS: dict[str, Callable[[dict[str, Any], int, Meet, list[Told]], None]] = {
    "vote_together": vote_together,
    "vote_naively": vote_naively,
    "close_while_voting": close_while_voting,
    "close_while_voting_openly": close_while_voting_openly,
    "seal_and_scrub": seal_and_scrub,
    "cancel_and_scrub": cancel_and_scrub,
    "cast_in_turn": cast_in_turn,
    "vote_and_close_at_once": vote_and_close_at_once,
    "vote_and_close_naively": vote_and_close_naively,
}
