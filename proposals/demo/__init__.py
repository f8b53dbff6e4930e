"""The demo city: loaded once into an empty database, by `manage.py demo` alone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from django.db import transaction
from django.utils import timezone

from core.dates import WIB
from ledger.actions import event_record
from ledger.models import Event
from people.models import Person, Unit
from proposals.demo.city import PASSWORD, city_build
from proposals.demo.posts import PARTS, SMALLEST
from proposals.demo.reported import figures_report
from proposals.demo.story import Story
from proposals.demo.units import TRAINING_UNIT

__all__ = ["PASSWORD", "SMALLEST", "Account", "Found", "accounts", "demo_load", "look"]

# In the order of the README (DESIGN 4.1).
DEMO_NIPS = (
    "199207232019032994",
    "199012312023211993",
    "198801152012041995",
    "197908142005011992",
    "197503152000121991",
    "198503152010011991",
    "197702092003122993",
    "198109092006042996",
    "198406172009012997",
)


class Found(Enum):
    """What a database holds."""

    NOTHING = "nothing"
    DEMO = "the demo city"
    HALF_A_DEMO = "a demo city whose loading was interrupted"
    SOMETHING_ELSE = "something else"


def look() -> Found:
    """What the database holds. The first and the last event of a loading mark the demo city."""
    if Event.objects.filter(action="demo.loaded").exists():
        return Found.DEMO
    if Event.objects.filter(action="demo.begun").exists():
        return Found.HALF_A_DEMO
    if Event.objects.exists() or Person.objects.exists() or Unit.objects.exists():
        return Found.SOMETHING_ELSE
    return Found.NOTHING


def demo_load(*, size: int, now: datetime) -> None:
    """Build the city with `size` people and play its year, which ends at `now`.

    Raises ValueError for a city that is too small, or a database that holds anything.
    """
    if size < SMALLEST:
        raise ValueError(f"the city needs at least {SMALLEST} people")
    if look() is not Found.NOTHING:
        raise ValueError("the database is not empty")
    today = timezone.localtime(now, WIB).date()
    founding = datetime.combine(date(today.year - 2, 1, 2), time(8), tzinfo=WIB)
    with transaction.atomic():
        _mark("demo.begun", size, founding - timedelta(minutes=1))
        city = city_build(size=size, now=founding)
    Story(city, now=now).play()
    with transaction.atomic():
        figures_report(now=now)
        _mark("demo.loaded", size, now)


def _mark(action: str, size: int, now: datetime) -> None:
    event_record(actor=None, action=action, subject="demo", content={"people": size}, now=now)


@dataclass(frozen=True)
class Account:
    """Someone whom one can be in the demo."""

    nip: str
    name: str
    office: str


def accounts() -> list[Account]:
    """The named parts, then the other people of Puskesmas Latihan."""
    people = Person.objects.with_unit().filter(unit__code__in={code for code, _n in PARTS.values()})
    by_nip = {person.nip: person for person in people}
    named = [by_nip[nip] for nip in DEMO_NIPS if nip in by_nip]
    others = [
        person
        for person in by_nip.values()
        if person.unit.code == TRAINING_UNIT and person not in named
    ]
    return [Account(person.nip, person.name, person.office) for person in [*named, *others]]
