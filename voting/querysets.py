"""Reads of polls and rolls, in the words of voters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now

if TYPE_CHECKING:
    from people.models import Person
    from voting.methods.base import Choices
    from voting.models import Ballot, Elector, Item, Meeting, OpenBallot, Poll  # noqa: F401


class PollQuerySet(models.QuerySet["Poll"]):
    def visible_to(self, person: Person) -> Self:
        """Every poll, for everyone in service: what is asked is no secret, who answers what is."""
        return self if person.is_active else self.none()

    def open(self) -> Self:
        """Polls that nobody has closed."""
        return self.filter(state="open")

    def ended(self) -> Self:
        """Polls in which nobody can vote any more."""
        return self.exclude(state="open")

    def cancelled_with_remains(self) -> Self:
        """Secret polls that were cancelled, and whose remains nobody has scrubbed yet."""
        return self.filter(state="void", is_secret=True, scrubbed_at__isnull=True)

    def due(self, moment: datetime) -> Self:
        """Polls that the clock closes, or that were closed and wait for their seal."""
        return self.filter(Q(state="open", closes_at__lte=moment) | Q(state="closed"))

    def awaiting_vote_of(self, person: Person) -> Self:
        """Polls in which the person can vote now: on the roll, not voted yet, time not over."""
        waiting = self._electors().of_person(person).waiting()
        return self.open().filter(Exists(waiting), closes_at__gt=Now())

    def not_awaiting_vote_of(self, person: Person) -> Self:
        """Open polls that ask nothing of the person: voted, not on the roll, or time over."""
        waiting = self._electors().of_person(person).waiting()
        return self.open().exclude(Exists(waiting), closes_at__gt=Now())

    def with_standing_of(self, person: Person) -> Self:
        """With `is_elector` and `has_vote`: what the person is to each poll."""
        elector = self._electors().of_person(person)
        return self.annotate(is_elector=Exists(elector), has_vote=Exists(elector.voted()))

    def for_pages(self) -> Self:
        """With all that a page names."""
        return self.select_related("scope", "decider__unit", "previous", "repetition", "seal")

    def _electors(self) -> ElectorQuerySet:
        electors: ElectorQuerySet = apps.get_model("voting", "Elector")._default_manager.all()
        return electors.filter(poll=OuterRef("pk"))


class ItemQuerySet(models.QuerySet["Item"]):
    def standing(self) -> Self:
        """Items that are not void."""
        return self.filter(voided_at__isnull=True)


class ElectorQuerySet(models.QuerySet["Elector"]):
    def of_person(self, person: Person) -> Self:
        """Where a person stands on a roll: at most one row for each poll."""
        return self.filter(person=person)

    def with_box_locked(self) -> Self:
        """With the box, which nobody else touches till the transaction ends; none without a box."""
        # Asked for what every box has, the join is an inner one: PostgreSQL refuses to lock the far
        # side of an outer one.
        held = self.filter(box__number__gte=1).select_related("box")
        return held.select_for_update(of=("box",))

    def waiting(self) -> Self:
        """Those who have not voted."""
        return self.filter(has_voted=False)

    def measured(self) -> Self:
        """Those whom what is asked measures."""
        return self.filter(is_measured=True)

    def voted(self) -> Self:
        """Those who have voted."""
        return self.filter(has_voted=True)

    def by_name(self) -> Self:
        """As the printed roll lists them, with person and unit at hand."""
        return self.select_related("person__unit").order_by("person__name", "person_id")

    def with_open_ballots(self) -> Self:
        """Who voted by name, with every ballot that each of them gave."""
        return self.voted().by_name().prefetch_related("open_ballots__choices__item__poll")


class OpenBallotQuerySet(models.QuerySet["OpenBallot"]):
    def of_elector(self, elector: Elector) -> Self:
        """Every ballot that one elector gave, the first one first, with what it says."""
        return self.filter(elector=elector).order_by("number").with_choices()

    def of_poll(self, poll: Poll) -> Self:
        """Every ballot of a poll: elector by elector as the roll has them, the first one first."""
        return self.filter(elector__poll=poll).with_choices()

    def with_choices(self) -> Self:
        """With what each says about each item, in the order of the items."""
        return self.prefetch_related("choices__item__poll")


class BallotQuerySet(models.QuerySet["Ballot"]):
    def counted(self) -> Iterator[tuple[Choices, int]]:
        """Each distinct ballot and how many are like it, added up by the database. One query.

        They are handed over one by one: millions of ballots need no more memory than a few.
        """
        rows = self.order_by().values_list("choices").annotate(number=Count("pk"))
        for choices, number in rows.iterator():
            yield tuple(choices), number


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def of_poll(self, poll: Poll) -> Meeting | None:
        """The meeting of a poll, if one was kept."""
        return self.for_pages().filter(poll=poll).first()

    def for_pages(self) -> Self:
        """With who led it and who noted it, and how many were there (`present`)."""
        return self.select_related("chair", "notulis").annotate(
            present=Count("attendance", filter=Q(attendance__is_present=True))
        )
