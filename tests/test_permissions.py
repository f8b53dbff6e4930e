"""Asks every cell of permissions.toml over HTTP (RELIABILITY 5).

A world is built once for each state and stays; each question is taken back after its answer.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from people.models import Appointment, Person
from tests import matrix
from tests.matrix import ACTORS, SIGN_IN, Entry, Matrix, Row
from tests.routes import Route, routes
from tests.worlds import FORMS, STATES, World, build

pytestmark = pytest.mark.django_db
MATRIX = matrix.read()
ROUTES = {route.name: route for route in routes()}


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """The world in the state that the test names, with everyone's session."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # refusals are asked for here
    keys = tmp_path_factory.mktemp("keys")
    with django_db_blocker.unblock(), override_settings(KEYS_DIR=keys), rolled_back():
        world = build(request.param)
        world.things["keys"] = keys
        world.things["secrets"] = secrets_in(keys)
        world.things["sessions"] = {
            name: signed_in(person) for name, person in world.cast.everyone().items()
        }
        yield world


@pytest.fixture
def keys_dir(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The keys of a test's world lie where they lay when the world was built."""
    if "world" in request.node.fixturenames:
        return Path(request.getfixturevalue("world").things["keys"])
    return tmp_path


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside has not happened afterwards; actions may insist on a transaction."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


@contextmanager
def taken_back(world: World) -> Iterator[None]:
    """The same for the secret keys, which lie outside the database."""
    with rolled_back():
        yield
    keys: Path = world.things["keys"]
    if secrets_in(keys) != world.things["secrets"]:
        for path in keys.rglob("*"):
            path.unlink()
        for path, secret in world.things["secrets"].items():
            path.touch(mode=0o600)
            path.write_bytes(secret)


class Writes:
    """Counts the statements that may have changed something, if only to be taken back."""

    reads = ("SELECT", "WITH RECURSIVE", "SAVEPOINT", "RELEASE")

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.count += not sql.lstrip().upper().startswith(self.reads)
        return execute(sql, *rest)


def secrets_in(keys: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in keys.rglob("*") if path.is_file()}


def signed_in(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def client_for(world: World, actor: str, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    if actor != "visitor":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.things["sessions"][actor]
    return client


def ask(world: World, entry: Entry, method: str, actor: str, **options: Any) -> HttpResponse:
    client = client_for(world, actor, **options)
    address = reverse(entry.name, kwargs=world.arguments(entry.url))
    if method == "GET":
        return client.get(address)
    reader = world.cast.everyone().get(actor)
    form = FORMS[entry.name](world, reader) if entry.name in FORMS else {}
    if entry.path.startswith("/api/"):
        return client.post(address, form, content_type="application/json")
    return client.post(address, form)


def answer_of(response: HttpResponse) -> str:
    """The answer in the words of permissions.toml."""
    if response.status_code in (302, 303):
        is_sign_in = response.headers["Location"].startswith(reverse("account_login") + "?")
        return SIGN_IN if is_sign_in else "302"
    if response.status_code >= 500:
        return f"{response.status_code} {getattr(response, 'exc_info', [''] * 2)[1]!r}"
    return str(response.status_code)


def contents(world: World) -> dict[str, str]:
    """A hash of the rows of every table, and of every secret key.

    Sessions are left out, and visits: that one has looked is kept by looking.
    """
    hashes = {
        str(path): sha256(key).hexdigest() for path, key in secrets_in(world.things["keys"]).items()
    }
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in ("django_session", "proposals_visit"):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows = sorted(repr(row) for row in cursor.fetchall())
                hashes[table] = sha256("\n".join(rows).encode()).hexdigest()
    return hashes


def in_every_state() -> pytest.MarkDecorator:
    """Run a test once for each state. One process has all tests of a state: it is built once."""
    states = [
        pytest.param(state, id=state, marks=pytest.mark.xdist_group(f"world-{state}"))
        for state in MATRIX.states()
    ]
    return pytest.mark.parametrize("world", states, indirect=True)


def asked_in(world: World) -> Iterator[tuple[Entry, Row]]:
    """Every row of the file that asks about a world."""
    for entry in MATRIX.entries.values():
        if world.state in entry.states:
            for row in entry.rows_in(world.state):
                yield entry, row


# The file


def test_every_route_is_in_the_file() -> None:
    assert sorted(ROUTES) == sorted(MATRIX.entries)


@pytest.mark.parametrize("entry", MATRIX.entries.values(), ids=MATRIX.entries)
def test_the_file_says_where_a_route_is_and_whether_it_is_public(entry: Entry) -> None:
    route = ROUTES[entry.name]
    assert (entry.path, entry.is_public) == (route.path, route.is_public)
    assert set(entry.url) == route.arguments


def test_every_state_of_the_file_is_a_world_and_every_world_is_asked() -> None:
    assert MATRIX.states() == sorted(STATES)


def test_every_form_that_is_taken_is_filled_in_and_no_other() -> None:
    rows = [row for entry in MATRIX.entries.values() for row in entry.rows if row.method == "POST"]
    taken = {row.route for row in rows if "302" in row.answers.values()}
    assert taken <= set(FORMS) <= {row.route for row in rows}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("200 404 404", id="a column is missing"),
        pytest.param("201", id="no answer that the file explains"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_row_that_does_not_fit_the_columns_is_refused(row: str) -> None:
    columns = ", ".join(f'"{name}"' for name in ACTORS)
    with pytest.raises(ValueError, match="not a row"):
        Matrix(f'actors = [{columns}]\n[routes.a]\npath = "/a/"\nGET.cast = "{row}"')


# The answers


@in_every_state()
def test_everyone_is_answered_as_the_file_says(world: World) -> None:
    before = contents(world)
    wrong = []
    for entry, row in asked_in(world):
        for actor, expected in (row.answers | {"deactivated": row.answers["visitor"]}).items():
            cell = f"{row.method} {entry.name} as {actor}"
            writes = Writes()
            with taken_back(world):
                with connection.execute_wrapper(writes):
                    answer = answer_of(ask(world, entry, row.method, actor))
                if answer != expected:
                    wrong.append(f"{cell}: {answer}, should be {expected}")
                if writes.count and not may_change(row, answer) and contents(world) != before:
                    wrong.append(f"{cell}: {answer}, yet something changed")
    assert not wrong, "\n" + "\n".join(wrong)


# What a redirect would have to carry in an address or a message is shown by the answer itself: a
# password and a receipt, both kept nowhere.
ANSWERED_BY_PAGE = {"people:issue-password", "voting:cast"}


def may_change(row: Row, answer: str) -> bool:
    if row.method != "POST":
        return False
    return answer == "302" or (answer == "200" and row.route in ANSWERED_BY_PAGE)


@in_every_state()
def test_what_one_may_not_see_looks_like_what_is_not_there(world: World) -> None:
    wrong = []
    for entry, row in asked_in(world):
        for actor, answer in row.answers.items():
            if answer == "404" and entry.url:
                hidden = reverse(entry.name, kwargs=world.arguments(entry.url))
                absent = reverse(entry.name, kwargs=absent_arguments(ROUTES[entry.name], world))
                client = client_for(world, actor)
                with taken_back(world):
                    answers = [
                        masked(client.generic(row.method, address), address)
                        for address in (hidden, absent)
                    ]
                if answers[0] != answers[1]:
                    wrong.append(f"{row.method} {entry.name} as {actor}")
    assert not wrong, "\n" + "\n".join(wrong)


def absent_arguments(route: Route, world: World) -> dict[str, Any]:
    """Arguments of the right shape that name nothing."""
    arguments = world.arguments(MATRIX.entries[route.name].url)
    name, value = next(iter(arguments.items()))
    absent = "tidak-ada" if isinstance(value, str) else type(value)(int=uuid4().int)
    return arguments | {name: absent}


def masked(response: HttpResponse, address: str) -> tuple[int, bytes]:
    """Status and body, without what differs between any two answers."""
    body = response.content.replace(address.encode(), b"ADDRESS")
    return response.status_code, re.sub(rb'("X-CSRFToken": "|nonce="|value=")[\w/+=-]+', b"", body)


@in_every_state()
def test_no_form_is_taken_without_its_token(world: World) -> None:
    """Asked as someone whose form is taken with its token."""
    wrong = []
    for entry, row in asked_in(world):
        takers = [actor for actor, answer in row.answers.items() if may_change(row, answer)]
        if takers:
            with taken_back(world):
                response = ask(world, entry, "POST", takers[-1], enforce_csrf_checks=True)
            if response.status_code != 403:
                wrong.append(f"{entry.name} as {takers[-1]}: {response.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def is_written_by(world: World, entry: Entry, actor: str) -> bool:
    """Whether the thing that a route is about was written by the actor."""
    things = [world.things[name] for name in entry.url.values()]
    return any(getattr(thing, "author", None) == getattr(world.cast, actor) for thing in things)


@in_every_state()
@pytest.mark.parametrize("actor", ["facilitator", "auditor", "administrator"])
def test_a_role_withdrawn_in_mid_session_is_gone_with_the_next_request(
    world: World, actor: str
) -> None:
    """Without the role they are staff of another unit, in the session that they had with it."""
    wrong = []
    with taken_back(world):
        end_appointments(getattr(world.cast, actor))
        for entry, row in asked_in(world):
            if is_written_by(world, entry, actor):
                continue  # what one wrote stays one's own
            with taken_back(world):
                answer = answer_of(ask(world, entry, row.method, actor))
            if answer != row.answers["outsider"]:
                wrong.append(f"{row.method} {entry.name}: {answer}")
    assert not wrong, "\n" + "\n".join(wrong)


def end_appointments(person: Person) -> None:
    ended = Appointment.objects.filter(person=person)
    assert ended.update(
        ends_on=Appointment.objects.filter(person=person)[0].starts_on.replace(day=2)
    )


@pytest.mark.parametrize("world", ["cast"], indirect=True)
@pytest.mark.xdist_group("world-cast")
def test_a_change_behind_a_refusal_would_be_seen(world: World) -> None:
    before, writes = contents(world), Writes()
    with taken_back(world):
        with connection.execute_wrapper(writes):
            Person.objects.filter(pk=world.cast.author.pk).update(grade="IV/e")
        assert (writes.count, contents(world) != before) == (1, True)
    assert contents(world) == before
