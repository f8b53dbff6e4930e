"""The demo's answers to its sets: who has read what changed, who asked, and who has not yet."""

from datetime import datetime, timedelta
from uuid import uuid4

from indicators.actions import (
    briefing_acknowledge,
    briefing_question,
    briefings_deliver,
    question_answer,
)
from indicators.models import Briefing, Publication
from notices.actions import notices_mark_all_read
from people.models import Person
from proposals.demo.city import City

# The parts of the demo that have not opened the newest message: the nurse first of all.
UNREAD = ("author",)
QUESTION = "Mengapa bobot indikator ini naik, padahal petugas kami berkurang satu orang?"
ANSWER = (
    "Bobotnya mengikuti keputusan yang sama bagi semua puskesmas. Kekurangan petugas dicatat, dan "
    "dibahas pada putaran target berikutnya."
)


def changes_read(city: City, version: str, *, is_newest: bool, now: datetime) -> None:
    """Tell everyone what a set changed; all answer to an older one, some to the newest."""
    briefings_deliver(now=now)
    publication = Publication.objects.of_scope(city.units["kota"].code).of_version(version).get()
    told = Briefing.objects.of_publication(publication).unanswered()
    later = now + timedelta(hours=4)
    for place, briefing in enumerate(told.select_related("person__unit").order_by("person__nip")):
        if is_newest and (place % 3 == 0 or briefing.person in _unread(city)):
            continue
        briefing_acknowledge(actor=briefing.person, publication=publication, now=later)
        notices_mark_all_read(actor=briefing.person, now=later)
    if is_newest:
        _ask(city, publication, now=later)


def _unread(city: City) -> list[Person]:
    return [city.person(part) for part in UNREAD]


def _ask(city: City, publication: Publication, *, now: datetime) -> None:
    """Two questions to the office: one is answered, one waits."""
    asking = Briefing.objects.of_publication(publication).unanswered().order_by("person__nip")
    people = [
        briefing.person
        for briefing in asking.select_related("person__unit")
        if briefing.person not in _unread(city)
    ]
    for person, is_answered in zip(people, (True, False), strict=False):
        question = briefing_question(
            actor=person, publication=publication, body=QUESTION, submission=uuid4(), now=now
        )
        if is_answered:
            question_answer(
                actor=city.person("facilitator"), question=question, answer=ANSWER, now=now
            )
