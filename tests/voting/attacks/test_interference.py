"""Before a poll is closed nothing that anybody can fetch depends on what was chosen, or by whom.

RELIABILITY, invariants 10 and 11: the same electors vote twice on the same data, once so and once
the other way round; then one of them does not vote at all. Every address is asked as everyone each
time, and every answer must be the same to the byte. Whoever asks has not voted.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from people.models import Person
from proposals import actions
from tests import matrix
from tests.voting.builders import APPROVE, REJECT, add_staff, cast
from tests.worlds import World, build
from voting import boxes, views
from voting.models import Poll

pytestmark = pytest.mark.django_db

READERS = (
    *("visitor", "outsider", "author", "elector", "head", "superior_head"),
    *("facilitator", "auditor", "administrator"),
)
TOKENS = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|receipt|submission)" value="|nonce="|X-CSRFToken": ")[^"]*'
)
VARYING_HEADERS = {"Set-Cookie", "Content-Security-Policy", "Date"}

type Answers = dict[tuple[str, str, str], tuple[int, dict[str, str], bytes]]


@pytest.fixture
def world() -> World:
    """An open poll over a proposal, with six electors more who will vote."""
    world = build("frozen")
    world.things["voters"] = add_staff(world.units.unit, 6)
    world.things["poll"] = actions.poll_open_for(
        actor=world.cast.head, proposals=[world.things["proposal"]], minutes=60, now=world.now
    )
    return world


def addresses(world: World) -> Iterator[str]:
    """Every address that can be read and that this world can fill, whoever may open it."""
    for entry in matrix.read().entries.values():
        is_read = any(row.method == "GET" for row in entry.rows)
        if is_read and world.things.keys() >= set(entry.url.values()):
            yield reverse(entry.name, kwargs=world.arguments(entry.url))


def sessions_of(world: World) -> dict[str, str]:
    found = {"visitor": ""}
    for name, person in world.cast.everyone().items():
        client = Client()
        client.force_login(person)
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fetch_everything(world: World, sessions: dict[str, str], paths: Sequence[str]) -> Answers:
    """Each address as each reader, as a page and as htmx asks for it, with its mails at the end."""
    answers: Answers = {}
    for reader in READERS:
        client = Client(raise_request_exception=False)
        if reader != "visitor":
            client.cookies[settings.SESSION_COOKIE_NAME] = sessions[reader]
        for path in paths:
            answers[reader, path, ""] = _told(client.get(path))
            if reader in ("elector", "head"):
                part = client.get(path, headers={"HX-Request": "true"})
                answers[reader, path, "htmx"] = _told(part)
    answers["", "", "mail"] = (len(mail.outbox), {}, repr(mail.outbox).encode())
    return answers


def _told(response: HttpResponse) -> tuple[int, dict[str, str], bytes]:
    headers = {key: text for key, text in response.items() if key not in VARYING_HEADERS}
    body = b"".join(response) if response.streaming else response.content
    if body.startswith(b"PK"):  # what it holds, without the moment at which it was packed
        with ZipFile(BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in sorted(archive.namelist()))
        headers.pop("Content-Length", None)
    return response.status_code, headers, TOKENS.sub(rb"\1", body)


def runs(world: World, casts: Sequence[Sequence[str]], paths: Sequence[str]) -> list[Answers]:
    """What everybody can fetch after each of some ways in which the electors vote."""
    poll: Poll = world.things["poll"]
    people: list[Person] = world.things["voters"]
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # refusals are asked for
    sessions = sessions_of(world)
    found = []
    for choices in casts:
        with undone():
            for person, choice in zip(people, choices, strict=False):
                cast(poll, person, choice)
            with time_machine.travel(world.now + timedelta(minutes=5), tick=False):
                found.append(fetch_everything(world, sessions, paths))
    return found


def different(one: Answers, other: Answers) -> list[tuple[str, str, str]]:
    assert one.keys() == other.keys()
    return [key for key in one if one[key] != other[key]]


def pages(keys: Iterable[tuple[str, str, str]]) -> set[str]:
    return {path for _reader, path, _how in keys}


ONE_WAY = [APPROVE, APPROVE, APPROVE, APPROVE, REJECT, APPROVE]
OTHER_WAY = [REJECT, REJECT, REJECT, REJECT, APPROVE, REJECT]


@pytest.mark.xdist_group("interference")
def test_no_answer_depends_on_what_was_chosen_or_on_who_has_voted(world: World) -> None:
    paths = list(addresses(world))
    assert len(paths) >= 60
    one, other, fewer = runs(world, [ONE_WAY, OTHER_WAY, ONE_WAY[:-1]], paths)
    assert {200, 302, 403, 404} <= {status for status, _headers, _body in one.values()}
    assert pages(different(one, other)) == set()
    assert pages(different(one, fewer)) == set()


@pytest.mark.xdist_group("interference")
def test_the_same_comparison_finds_a_page_that_tells(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a page whose length depends on the first ballot in a box, and nothing else."""
    context_of = views._open_context

    def telling(request: HttpRequest, poll: Poll, *rest: Any) -> Mapping[str, Any]:
        content = boxes.BoxContent.unlock(poll.boxes.get().content, boxes.key_read(poll.pk))
        poll.title += " " * (content.ballots[1] == boxes.ballot_pack(poll.counting, (APPROVE,)))
        return context_of(request, poll, *rest)

    monkeypatch.setattr(views, "_open_context", telling)
    page = reverse("voting:detail", args=[world.things["poll"].pk])
    paths = ["/", page, reverse("voting:my-status", args=[world.things["poll"].pk])]
    one, other = runs(world, [ONE_WAY, OTHER_WAY], paths)
    assert pages(different(one, other)) == {page}
