"""The demo city is built: its units, people who do not exist, and their appointments.

Every name ends in a word that no family bears; every NIP has a serial (99x) that the state has
given to nobody. That the Sekda heads the city, where a head of an agency proposes, is assumed.
"""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from indicators.impact import LEAST_PEOPLE
from people.actions import appointment_create, holiday_add, person_create, unit_create
from people.models import Appointment, Holiday, Person, Unit
from proposals.demo.filling import STAFFED
from proposals.demo.posts import PARTS, POSTS, SMALLEST, Post
from proposals.demo.units import TRAINING_UNIT, UNITS, VACANT

PASSWORD = "martahi-demo"

# National holidays that fall on the same date in every year; the decree of a year names the others.
HOLIDAYS = (
    (1, 1, "Tahun Baru Masehi"),
    (5, 1, "Hari Buruh Internasional"),
    (6, 1, "Hari Lahir Pancasila"),
    (8, 17, "Hari Kemerdekaan Republik Indonesia"),
    (12, 25, "Hari Raya Natal"),
)
HOLIDAY_YEARS = (2026, 2027)

_WOMEN = (
    *("Siti", "Nur", "Dewi", "Rina", "Maya", "Ratna", "Lestari", "Wulan", "Indah", "Fitri"),
    *("Sari", "Hanna", "Rahma", "Melati", "Kartika", "Yuni", "Aisyah", "Mutiara", "Intan"),
)
_MEN = (
    *("Budi", "Ahmad", "Rizal", "Agus", "Hendra", "Dedi", "Irwan", "Syahrul", "Bayu", "Eko"),
    *("Fajar", "Hasan", "Joko", "Lukman", "Putra", "Rahmat", "Surya", "Taufik", "Yusuf"),
)
_FAMILIES = ("Contoh", "Peraga", "Umpama", "Misalan", "Percobaan", "Simulasi", "Teladan")


@dataclass(frozen=True)
class City:
    """The loaded units by code and people by unit, head first."""

    units: dict[str, Unit]
    people: dict[str, list[Person]]

    def person(self, part: str) -> Person:
        """A person by part (`facilitator`), or by unit and place (`dinkes/1`; 0 is the head)."""
        if "/" in part:
            unit, place = part.split("/")
            return self.people[unit][int(place)]
        code, number = PARTS[part]
        return self.people[code][number]


def city_build(*, size: int, now: datetime) -> City:
    """The units, `size` people with one password, and their appointments; all through actions."""
    units: dict[str, Unit] = {}
    for code, name, kind, above in UNITS:
        units[code] = unit_create(
            actor=None, code=code, name=name, kind=kind, parent=units.get(above), now=now
        )
    names = _names()
    people: dict[str, list[Person]] = {code: [] for code in units}
    for code, post in _posts(size):
        nip, name = next(names) if not post.nip else (post.nip, "")
        if post.is_on_contract and not post.nip:
            nip = f"{nip[:8]}202321{nip[14:]}"
        people[code].append(
            person_create(
                actor=None,
                nip=nip,
                name=name or _account_name(nip),
                unit=units[code],
                position=post.position,
                position_family=post.family,
                grade=post.grade,
                presence=post.presence,
                now=now,
            )
        )
    # One slow hash for all: the password is written in the README.
    Person.objects.update(password=make_password(PASSWORD))
    city = City(units, people)
    _appoint(city, now=now)
    _holidays(now=now)
    return city


def _holidays(*, now: datetime) -> None:
    for year in HOLIDAY_YEARS:
        for month, day, name in HOLIDAYS:
            holiday_add(
                actor=None,
                day=date(year, month, day),
                name=name,
                kind=Holiday.Kind.NATIONAL,
                basis="Contoh: lengkapi dengan keputusan bersama tahun ini.",
                now=now,
            )


def _posts(size: int) -> Iterator[tuple[str, Post]]:
    """Every post of the city, then clerks until there are `size`.

    Units that a set scores get them first, up to as many as a preview shows figures from.
    """
    staffed = Counter[str]()
    for code, name, kind, _above in UNITS:
        default = (
            "Lurah"
            if kind == Unit.Kind.VILLAGE
            else "Camat"
            if kind == Unit.Kind.DISTRICT
            else "Kepala"
        )
        title = f"{default} {name.split(' ', 1)[1] if default != 'Kepala' else name}"
        for post in POSTS.get(code, (Post(title, Person.Family.MANAGER, "III/d"),)):
            staffed[code] += 1
            yield code, post
    clerks = [code for code, *_rest in UNITS if code not in ("kota", TRAINING_UNIT)]
    short = (code for code in STAFFED for _place in range(staffed[code], LEAST_PEOPLE))
    for code in itertools.islice(itertools.chain(short, itertools.cycle(clerks)), size - SMALLEST):
        yield code, Post("Pengadministrasi Perkantoran", Person.Family.STAFF, "II/a")


def _names() -> Iterator[tuple[str, str]]:
    """NIPs of PNS with names that fit their sex; always the same ones, no two alike."""
    chance = random.Random(1277)  # noqa: S311 (the code of the city, not a secret)
    taken: set[str] = set()
    for number in itertools.count():
        born_on = date(1968, 1, 1) + timedelta(days=number * 97 % 9_800)
        since = min(born_on.year + 24 + number % 5, 2022)
        sex = 1 + number % 2
        first = _WOMEN if sex == 2 else _MEN
        name = " ".join([*chance.sample(first, 2), _FAMILIES[number % len(_FAMILIES)]])
        if name not in taken:
            taken.add(name)
            serial = 990 + number // 9_800 % 10
            yield f"{born_on:%Y%m%d}{since}{1 + number % 12:02}{sex}{serial}", name


def _account_name(nip: str) -> str:
    return {
        "197702092003122993": "Ratna Kartika Teladan",
        "198503152010011991": "Fajar Putra Contoh",
        "198109092006042996": "Melati Sari Peraga",
        "197503152000121991": "Hasan Surya Teladan",
        "197908142005011992": "Lukman Rahmat Umpama",
        "199207232019032994": "Nur Aisyah Contoh",
        "199012312023211993": "Bayu Eko Misalan",
        "198801152012041995": "Taufik Irwan Simulasi",
        "198406172009012997": "Dewi Mutiara Percobaan",
    }[nip]


def _appoint(city: City, *, now: datetime) -> None:
    role = Appointment.Role
    since = timezone.localdate(now)
    for code, people in city.people.items():
        if people and code != VACANT:
            appointment_create(
                actor=None,
                person=people[0],
                unit=city.units[code],
                role=role.HEAD,
                starts_on=since,
                now=now,
            )
    # The head of the agencies' heads: the mayor is no civil servant, so the Sekda decides here.
    appointment_create(
        actor=None,
        person=city.person("setda/0"),
        unit=city.units["kota"],
        role=role.HEAD,
        starts_on=since,
        now=now,
    )
    for part, held in (
        ("facilitator", role.FACILITATOR),
        ("publisher", role.PUBLISHER),
        ("auditor", role.AUDITOR),
        ("administrator", role.ADMINISTRATOR),
    ):
        person = city.person(part)
        appointment_create(
            actor=None, person=person, unit=person.unit, role=held, starts_on=since, now=now
        )
