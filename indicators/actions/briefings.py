"""Telling everyone whom a publication measures what it changed for them, and their answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from indicators import rules
from indicators.briefings import Changed, Place, PublishedSet, changed_for
from indicators.models import Briefing, BriefingQuestion, Delivery, Publication
from notices.actions import notice_send, told
from people.models import Appointment, Person
from people.roles import Role, roles_of

BATCH = 500  # people of one transaction


def briefings_deliver(*, now: datetime) -> int:
    """Tell the people of every publication that waits; how many were told. Idempotent.

    In batches, each a transaction that also keeps how far it came: what a crash or another process
    interrupts goes on where it stopped. An earlier publication is finished before a later one.
    Whoever nothing changed for is not told anything.
    """
    count = 0
    for delivery in Delivery.objects.waiting():
        sets = _Sets(delivery.publication)
        while (told_now := _batch(delivery, sets, now=now)) is not None:
            count += told_now
    return count


class _Sets:
    """The sets that one delivery compares, each read once, and what changed for each place."""

    def __init__(self, publication: Publication) -> None:
        self.new = PublishedSet(publication)
        self.before = Publication.objects.before(publication)
        self._read: dict[UUID, PublishedSet] = {}
        self._found: dict[tuple[Place, UUID | None], list[Changed]] = {}

    def changed(self, place: Place, since: Publication | None) -> list[Changed]:
        key = (place, since.pk if since else None)
        if key not in self._found:
            old = self._read.setdefault(since.pk, PublishedSet(since)) if since else None
            self._found[key] = changed_for(place, old=old, new=self.new)
        return self._found[key]


@transaction.atomic
def _batch(delivery: Delivery, sets: _Sets, *, now: datetime) -> int | None:
    """Tell the next people of a delivery; how many, None once everyone was looked at."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.finished_at is not None:
        return None
    people = list(Person.objects.active().in_order_after(delivery.last_person)[:BATCH])
    if not people:
        delivery.finished_at = now
        delivery.save(update_fields=["finished_at"])
        return None
    made = _briefings(people, sets, now=now)
    Briefing.objects.bulk_create(
        [briefing for briefing, _changed in made],
        ignore_conflicts=True,  # who opened the page in this moment and answered has one already
    )
    publication = sets.new.publication
    if not Publication.objects.superseded().filter(pk=publication.pk).exists():
        _notices(publication, made, now=now)
    delivery.last_person = people[-1].pk
    delivery.save(update_fields=["last_person"])
    return len(made)


def _briefings(
    people: list[Person], sets: _Sets, *, now: datetime
) -> list[tuple[Briefing, list[Changed]]]:
    """A message for each of these people for whom something changed, and none has yet."""
    publication = sets.new.publication
    known: dict[UUID, dict[UUID, Briefing]] = defaultdict(dict)
    for briefing in Briefing.objects.of_people(people, publication.scope_code).with_since():
        known[briefing.person_id][briefing.publication_id] = briefing
    made = []
    for person in people:
        if publication.pk in known[person.pk]:
            continue
        since = _known_to(sets.before, known[person.pk])
        if changed := sets.changed(Place.of(person), since):
            briefing = Briefing(
                publication=publication,
                person=person,
                unit=person.unit,
                since=since,
                created_at=now,
            )
            made.append((briefing, changed))
    return made


def _known_to(before: Publication | None, told_of: Mapping[UUID, Briefing]) -> Publication | None:
    """The set that somebody knows: what they left unanswered counts as not known.

    So a second publication before the first was read tells the changes of both.
    """
    while before is not None:
        briefing = told_of.get(before.pk)
        if briefing is None or briefing.response:
            return before
        before = briefing.since
    return None


def _notices(
    publication: Publication, made: Iterable[tuple[Briefing, list[Changed]]], *, now: datetime
) -> None:
    """One notice to each, by how many indicators changed: as many queries as there are counts."""
    by_count: dict[int, list[Person]] = defaultdict(list)
    for briefing, changed in made:
        by_count[len(changed)].append(briefing.person)
    for count, people in by_count.items():
        notice_send(
            recipients=people,
            topic=topic_of(publication),
            text=told(
                "Set indikator %(scope)s %(year)s versi %(version)s terbit: %(count)s indikator "
                "berubah bagi Anda.",
                scope=publication.scope.name,
                year=publication.year,
                version=publication.version,
                count=count,
            ),
            url=for_me_url(publication),
            now=now,
        )


def topic_of(publication: Publication) -> str:
    """What notices about a publication are about."""
    return f"indicators.publication:{publication.pk}"


def for_me_url(publication: Publication) -> str:
    """Where everyone reads what a publication changed for them."""
    return reverse("indicators:for-me", args=[publication.scope_code, publication.version])


@transaction.atomic
def briefing_acknowledge(*, actor: Person, publication: Publication, now: datetime) -> Briefing:
    """Keep that a person has read what changed; the first time stays. Raises Refused."""
    briefing = _own_briefing(actor, publication, now=now)
    if briefing.response == Briefing.Response.ACKNOWLEDGED:
        return briefing
    return _respond(briefing, Briefing.Response.ACKNOWLEDGED, now=now)


@transaction.atomic
def briefing_question(
    *, actor: Person, publication: Publication, body: str, submission: UUID, now: datetime
) -> BriefingQuestion:
    """Ask the office about what changed. The same `submission` again is the same question.

    Raises Refused, ValidationError.
    """
    briefing = _own_briefing(actor, publication, now=now)
    asked = BriefingQuestion.objects.filter(submission=submission, briefing=briefing).first()
    if asked is not None:
        return asked
    question = BriefingQuestion(
        submission=submission, briefing=briefing, body=body.strip(), asked_at=now
    )
    question.full_clean(exclude=["briefing"])
    question.save(force_insert=True)
    _respond(briefing, Briefing.Response.QUESTIONED, now=now)
    notice_send(
        recipients=_office(now),
        topic=topic_of(publication),
        text=told(
            "Ada pertanyaan tentang perubahan pada set %(scope)s versi %(version)s.",
            scope=publication.scope.name,
            version=publication.version,
        ),
        url=reverse("indicators:questions"),
        now=now,
    )
    return question


@transaction.atomic
def question_answer(
    *, actor: Person, question: BriefingQuestion, answer: str, now: datetime
) -> BriefingQuestion:
    """Answer a question, once; whoever asked is told. Raises Refused, ValidationError."""
    question = (
        BriefingQuestion.objects.select_for_update(of=("self",))
        .select_related("briefing__person", "briefing__publication__scope")
        .get(pk=question.pk)
    )
    rules.may_answer(roles_of(actor, on=localdate(now)), question).require()
    question.answer, question.answered_by, question.answered_at = answer.strip(), actor, now
    question.full_clean(exclude=["briefing", "answered_by"])
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    publication = question.briefing.publication
    notice_send(
        recipients=[question.briefing.person],
        topic=topic_of(publication),
        text=told(
            "Pertanyaan Anda tentang set %(scope)s versi %(version)s sudah dijawab.",
            scope=publication.scope.name,
            version=publication.version,
        ),
        url=f"{for_me_url(publication)}#questions",
        now=now,
    )
    return question


def _own_briefing(actor: Person, publication: Publication, *, now: datetime) -> Briefing:
    """A person's own message, locked; made now for who came to the unit after it was sent.

    Raises Refused where neither the set nor the one before it measures them, or where it is not the
    one that counts any more.
    """
    own = Briefing.objects.select_for_update(of=("self",)).visible_to(actor)
    briefing = own.of_publication(publication).first()
    before = Publication.objects.before(publication)
    is_measured = briefing is not None or any(
        PublishedSet(one).measuring(Place.of(actor)) for one in (publication, before) if one
    )
    is_superseded = Publication.objects.superseded().filter(pk=publication.pk).exists()
    rules.may_respond(is_measured=is_measured, is_superseded=is_superseded).require()
    if briefing is None:
        briefing, _is_new = Briefing.objects.get_or_create(
            publication=publication,
            person=actor,
            defaults={
                "unit": actor.unit,
                "since": before,
                "created_at": now,
            },
        )
    return briefing


def _respond(briefing: Briefing, response: str, *, now: datetime) -> Briefing:
    briefing.response, briefing.responded_at = response, now
    briefing.full_clean(exclude=["publication", "person", "unit", "since"])
    briefing.save(update_fields=["response", "responded_at"])
    return briefing


def _office(now: datetime) -> list[Person]:
    """The facilitators of today, who compose sets and answer for them."""
    held = Appointment.objects.in_force(localdate(now)).of_role(Role.FACILITATOR)
    return [item.person for item in held.select_related("person")]
