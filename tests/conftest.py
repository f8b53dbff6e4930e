"""The cast (RELIABILITY, decision 12) and what every test stands on."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management.commands import flush
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from indicators.api.sets import served
from ledger.immutability import maintenance
from people.models import Person, Unit
from tests.builders import Cast, Units, build_cast, build_units

# Between two tests that commit, Django empties all tables by `flush`. The tables that are written
# for ever refuse that, so here, and nowhere else, the flush opens their triggers for itself.
_flush_handle = flush.Command.handle


def _flush_in_maintenance(self: flush.Command, **options: Any) -> Any:
    with maintenance():
        return _flush_handle(self, **options)


flush.Command.handle = _flush_in_maintenance  # type: ignore[method-assign]


def pytest_addoption(parser: pytest.Parser) -> None:
    """What the crawler of tests/browser takes on the command line."""
    crawler = parser.getgroup("martahi: the crawler of all pages")
    crawler.addoption(
        "--all-roles", action="store_true", help="open each page as everyone who may see it"
    )
    crawler.addoption(
        "--contact-sheet", type=Path, metavar="DIR", help="write a picture of each page into DIR"
    )
    parser.getgroup("martahi: a vote on a phone").addoption(
        "--vote-pictures",
        type=Path,
        metavar="DIR",
        help="write the pictures of docs/running-a-vote.md into DIR",
    )


@pytest.fixture
def keys_dir(tmp_path: Path) -> Path:
    """Where this test's secret keys lie: a folder of its own."""
    return tmp_path / "keys"


@pytest.fixture(autouse=True)
def _keys_of_this_test_alone(settings: Settings, keys_dir: Path) -> None:
    settings.KEYS_DIR = keys_dir


@pytest.fixture(autouse=True)
def _served_sets_of_this_test_alone() -> None:
    """A process keeps what is published; a test's publications are gone with it."""
    served.cache_clear()


@pytest.fixture
def now() -> datetime:
    """The moment of the test. It is the true one, because pages ask the clock themselves."""
    return timezone.now()


@pytest.fixture
def client_of() -> Callable[[Person | AnonymousUser], Client]:
    """`client_of(person)`: a browser in which the person is signed in."""

    def client_of(person: Person | AnonymousUser) -> Client:
        client = Client()
        if isinstance(person, Person):
            client.force_login(person)
        return client

    return client_of


@pytest.fixture
def units(db: None) -> Units:
    return build_units()


@pytest.fixture
def cast(units: Units, now: datetime) -> Cast:
    return build_cast(units, today=timezone.localdate(now))


@pytest.fixture
def city(units: Units) -> Unit:
    return units.city


@pytest.fixture
def agency(units: Units) -> Unit:
    return units.agency


@pytest.fixture
def unit(units: Units) -> Unit:
    """A puskesmas below the agency, where author, colleagues and head work."""
    return units.unit


@pytest.fixture
def other_unit(units: Units) -> Unit:
    """An agency that has nothing to do with `unit`."""
    return units.other_unit


@pytest.fixture
def visitor() -> AnonymousUser:
    """Someone who is not signed in."""
    return AnonymousUser()


@pytest.fixture
def outsider(cast: Cast) -> Person:
    """Staff of another unit."""
    return cast.outsider


@pytest.fixture
def author(cast: Cast) -> Person:
    return cast.author


@pytest.fixture
def coauthor(cast: Cast) -> Person:
    return cast.coauthor


@pytest.fixture
def elector(cast: Cast) -> Person:
    """A colleague of the author, on contract, who has no other part."""
    return cast.elector


@pytest.fixture
def head(cast: Cast) -> Person:
    """Head of `unit`."""
    return cast.head


@pytest.fixture
def former_acting_head(cast: Cast) -> Person:
    """Was acting head of `unit` until yesterday."""
    return cast.former_acting_head


@pytest.fixture
def superior_head(cast: Cast) -> Person:
    """Head of `agency`, to which `unit` belongs."""
    return cast.superior_head


@pytest.fixture
def facilitator(cast: Cast) -> Person:
    return cast.facilitator


@pytest.fixture
def publisher(cast: Cast) -> Person:
    """Publisher, and head of Bagian Organisasi."""
    return cast.publisher


@pytest.fixture
def auditor(cast: Cast) -> Person:
    return cast.auditor


@pytest.fixture
def administrator(cast: Cast) -> Person:
    return cast.administrator


@pytest.fixture
def deactivated(cast: Cast) -> Person:
    """Was the author's colleague and has left the service."""
    return cast.deactivated


@pytest.fixture
def moved(cast: Cast) -> Person:
    """Was the author's colleague and works in `other_unit` now."""
    return cast.moved
