"""The demo's year: everything happens through the actions, in the order of its days.

What one day brings is scheduled as deeds, the deeds of all tales are sorted by their moment, and
then played. Polls close by a clock that is staged at that moment (`voting.clock.staged_at`), in
transactions of their own; everything between two closings shares one.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from core.dates import WIB
from people.actions import appointment_create
from people.models import Appointment
from proposals.actions import round_create
from proposals.demo import aftercare, briefed, sets
from proposals.demo.city import City
from proposals.demo.telling import POLL_MINUTES, Asking, Deed, Telling, World
from proposals.demo.texts import ASKED, TALES
from proposals.demo.units import TRAINING_UNIT, VACANT

NEWEST = "2.0.0"  # the set in force, which not everyone has read


class Story:
    """The demo city's rounds and proposals, scheduled by day and then played."""

    def __init__(self, city: City, *, now: datetime) -> None:
        self.world = World(city, now, timezone.localtime(now, WIB).date())
        self.city, self.today, self.moment = city, self.world.today, self.world.moment

    def play(self) -> None:
        """Do everything, oldest first. Needs to stand outside any transaction."""
        deeds = sorted(self._deeds(), key=lambda deed: deed.at)
        for by_clock, group in groupby(deeds, key=lambda deed: deed.by_clock):
            if by_clock:
                for deed in group:
                    deed.act(deed.at)
            else:
                with transaction.atomic():
                    for deed in group:
                        deed.act(deed.at)

    def _deeds(self) -> Iterator[Deed]:
        yield Deed(self.moment(90), self._appoint_acting_head)
        yield Deed(self.moment(80), self._open_city_round)
        yield Deed(self.moment(14), self._open_training_round)
        yield Deed(self.moment(2), self._open_next_round)
        new = set(sets.WATCHED) - set(aftercare.OLDER)
        for day, codes in ((690, aftercare.OLDER), (210, new)):
            yield Deed(self.moment(day), self._bring_in(codes))
        yield Deed(
            self.moment(45),
            lambda at: sets.targets_change(
                self.city, sets.NEW_TARGETS, decree=sets.REVISED_DECREE, now=at
            ),
        )
        yield Deed(
            self.moment(1),
            lambda at: sets.next_set_begin(self.city, year=self.today.year + 1, now=at),
        )
        for day, weights, version, decree, note in (
            (200, sets.FIRST, "1.0.0", sets.DECREE, "Contoh untuk peragaan, bukan keputusan."),
            (
                120,
                sets.WATCHED,
                "1.1.0",
                sets.DECREE,
                "Contoh untuk peragaan. Tiga indikator dipantau tanpa dinilai.",
            ),
            (
                30,
                sets.SECOND,
                "2.0.0",
                sets.REVISED_DECREE,
                "Contoh untuk peragaan. Realisasi sebelum tanggal ini dinilai dengan versi 1.1.0; "
                "sesudahnya dengan versi ini.",
            ),
        ):
            yield Deed(self.moment(day), self._issue(weights, version, decree, note))
            yield Deed(self.moment(day - 1), self._reading(version))
        for number, tale in enumerate(TALES):
            yield from Telling(self.world, tale, number).deeds()
        for asked in ASKED:
            yield from Asking(self.world, asked).deeds()
        yield from aftercare.deeds(self.world)

    def _bring_in(self, codes: Iterable[str]) -> Callable[[datetime], object]:
        return lambda at: sets.indicators_bring_in(self.city, codes, now=at)

    def _issue(
        self, weights: dict[str, int], version: str, decree: str, note: str
    ) -> Callable[[datetime], object]:
        return lambda at: sets.set_issue(
            self.city,
            weights,
            version=version,
            decree=decree,
            note=note,
            year=self.today.year,
            now=at,
        )

    def _reading(self, version: str) -> Callable[[datetime], object]:
        return lambda at: briefed.changes_read(
            self.city, version, is_newest=version == NEWEST, now=at
        )

    def _appoint_acting_head(self, at: datetime) -> None:
        appointment_create(
            actor=self.city.person("administrator"),
            person=self.city.person("dinkes-p2p/0"),
            unit=self.city.units[VACANT],
            role=Appointment.Role.HEAD,
            standing=Appointment.Standing.PLT,
            starts_on=timezone.localdate(at),
            ends_on=self.today + timedelta(days=90),
            decree="CONTOH/800/31",
            now=at,
        )

    def _open_city_round(self, at: datetime) -> None:
        self.world.rounds[False] = round_create(
            actor=self.city.person("facilitator"),
            fields={
                "title": f"Putaran usulan indikator {self.today.year} (contoh)",
                "scope": self.city.units["kota"],
                "year": self.today.year,
                "opens_at": at,
                "comments_until": self.moment(-20),
                "closes_at": self.moment(-40),
                "minimum_discussion_days": 3,
                "objection_days": 3,
                "voting_minutes": POLL_MINUTES,
            },
            now=at,
        )

    def _open_next_round(self, at: datetime) -> None:
        """The round of the next year, into which the set in force can be carried over."""
        year = self.today.year + 1
        round_create(
            actor=self.city.person("facilitator"),
            fields={
                "title": f"Putaran target {year} (contoh)",
                "scope": self.city.units["kota"],
                "year": year,
                "opens_at": at,
                "comments_until": self.moment(-30),
                "closes_at": self.moment(-60),
                "voting_minutes": POLL_MINUTES,
            },
            now=at,
        )

    def _open_training_round(self, at: datetime) -> None:
        self.world.rounds[True] = round_create(
            actor=self.city.person("facilitator"),
            fields={
                "title": "Putaran latihan",
                "scope": self.city.units[TRAINING_UNIT],
                "year": self.today.year,
                "opens_at": at,
                "comments_until": self.moment(-180),
                "closes_at": self.moment(-365),
                "minimum_discussion_days": 0,
                "objection_days": 0,
                "voting_minutes": 5,
                "is_training": True,
            },
            now=at,
        )
