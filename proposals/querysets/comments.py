"""Reads of what was said: comments, pseudonyms, reactions, visits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber, TruncDay
from django.utils import timezone

from people.models import Person
from people.roles import Role, Roles

if TYPE_CHECKING:
    from proposals.models import Comment, Proposal, PseudonymAuthor, Reaction, Unsealing, Visit  # noqa: F401

WHOLE = "whole"  # in an address: about no field, but about the whole text


@dataclass(frozen=True)
class GateCount:
    """What the freeze gate asks of the comments on one proposal, in numbers of comments."""

    must_answer: int  # need a disposition, whether given or not
    unanswered: int
    gaming_open: int  # ways of gaming that were reported and have no disposition
    gaming_answered: int  # ... and were countered: adopted, or a reason why not


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, person: Person, roles: Roles) -> Self:
        """Comments on what a person may see."""
        if roles.has(Role.AUDITOR):
            return self
        written = self.model.objects.filter(
            Q(proposal__author=person) | Q(proposal__coauthors=person)
        )
        return self.filter(
            Q(proposal__submitted_at__isnull=False) | Q(pk__in=written.order_by().values("pk"))
        )

    def holding(self, stems: Collection[str], begun: str, *, on: Collection[UUID]) -> Self:
        """Comments on these proposals by which a search finds them, oldest first.

        That is by one of the stems, or by one that begins so; hidden ones are not looked into.
        """
        wanted = Q(found_by__stem__in=stems)
        if begun:
            wanted |= Q(found_by__stem__startswith=begun)
        return self.filter(wanted, proposal__in=on).distinct().order_by("created_at", "pk")

    def roots(self) -> Self:
        """Comments that answer no other, oldest first."""
        return self.filter(parent__isnull=True).for_thread()

    def roots_before(self, root: Comment) -> Self:
        """Comments of the same proposal that stand before this one; none of them a reply."""
        before = Q(created_at__lt=root.created_at) | Q(created_at=root.created_at, pk__lt=root.pk)
        return self.filter(before, proposal=root.proposal_id, parent__isnull=True)

    def replies_to(self, roots: Collection[Comment]) -> Self:
        """All that answers these comments, oldest first."""
        return self.filter(parent__in=roots).for_thread().order_by("created_at", "id")

    def newest_replies(self, roots: Collection[Comment], most: int) -> Self:
        """The newest `most` replies of each of these comments, oldest first.

        Each with `reply_count`: how many replies its root has. One query.
        """
        by_age = [F("created_at").desc(), F("id").desc()]
        numbered = self.replies_to(roots).annotate(
            reply_count=Window(Count("pk"), partition_by=[F("parent")]),
            age=Window(RowNumber(), partition_by=[F("parent")], order_by=by_age),
        )
        return numbered.filter(age__lte=most)

    def for_thread(self) -> Self:
        """With its source, revision, disposition and hiding at hand, in the same query."""
        return self.select_related(
            "author__unit",
            "pseudonym",
            "recorded_by",
            "revision",
            "disposition__given_by",
            "disposition__revision",
            "hiding",
        )

    def said_by(self, person: Person, pseudonym: UUID | None) -> Self:
        """Comments of a person, by name, under the own pseudonym or copied from paper."""
        return self.filter(
            Q(author=person)
            | Q(recorded_by=person)
            | Q(pseudonym__isnull=False, pseudonym=pseudonym)
        )

    def words_of(self, person: Person, pseudonyms: Collection[UUID]) -> Self:
        """What a person said anywhere, by name or under one of the own pseudonyms."""
        return self.filter(Q(author=person) | Q(pseudonym__in=pseudonyms))

    def said_by_others(self, person: Person, pseudonym: UUID | None) -> Self:
        """Comments that a person neither said nor copied from paper."""
        return self.exclude(pk__in=self.model.objects.said_by(person, pseudonym).values("pk"))

    def new_since(self, moment: datetime | None) -> Self:
        """Comments said after a moment; under a pseudonym, on its day or later. None: no comment.

        Of a comment under a pseudonym nobody knows the hour: told twice is better than missed.
        """
        if moment is None:
            return self.none()
        day = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(
            Q(created_at__gt=moment) | Q(pseudonym__isnull=False, created_at__gte=day)
        )

    def new_counts(self, proposals: Collection[Proposal], person: Person) -> dict[UUID, int]:
        """How many comments of others came since a person last looked, by proposal. One query.

        Only of proposals that the person has opened before.
        """
        visit = "proposal__visits"
        new = self.filter(
            Q(created_at__gt=F(f"{visit}__seen_at"))
            | Q(
                pseudonym__isnull=False,
                created_at__gte=TruncDay(
                    f"{visit}__seen_at", tzinfo=timezone.get_current_timezone()
                ),
            ),
            proposal__in=proposals,
            proposal__visits__person=person,
        ).exclude(author__isnull=False, author=person)
        counted = new.order_by().values_list("proposal").annotate(news=Count("pk", distinct=True))
        return dict(counted)

    def filtered(self, kind: str, field: str = "") -> Self:
        """Comments of one kind (`open`: that wait for a disposition) on one field (`whole`: none).

        What is not known filters nothing.
        """
        found = self.filter(field="" if field == WHOLE else field) if field else self
        if kind == "open":
            return found.unanswered()
        return found.filter(kind=kind) if kind in self.model.Kind.values else found

    def count_by_field_and_kind(self) -> dict[tuple[str, str], dict[str, int]]:
        """How many comments there are by field and kind, replies left out. One query.

        Of each: `total`, `open` (wait for a disposition), `closed` (have one), `not_adopted`.
        """
        given = Q(disposition__isnull=False)
        rows = (
            self.filter(parent__isnull=True)
            .order_by()
            .values_list("field", "kind")
            .annotate(
                total=Count("pk"),
                waiting=Count("pk", filter=Q(needs_answer=True) & ~given),
                closed=Count("pk", filter=given),
                not_adopted=Count("pk", filter=Q(disposition__outcome="not_adopted")),
            )
        )
        return {
            (field, kind): {
                "total": total,
                "open": waiting,
                "closed": closed,
                "not_adopted": not_adopted,
            }
            for field, kind, total, waiting, closed, not_adopted in rows
        }

    def gate_count(self) -> GateCount:
        """What the freeze gate counts. One query."""
        gaming, given = Q(kind="gaming_risk"), Q(disposition__isnull=False)
        counts: dict[str, int] = self.order_by().aggregate(
            must_answer=Count("pk", filter=Q(needs_answer=True)),
            unanswered=Count("pk", filter=Q(needs_answer=True) & ~given),
            gaming_open=Count("pk", filter=gaming & ~given),
            gaming_answered=Count(
                "pk", filter=gaming & Q(disposition__outcome__in=["adopted", "not_adopted"])
            ),
        )
        return GateCount(**counts)

    def with_answers(self) -> Self:
        """Comments that answer no other, with what became of each, oldest first."""
        return (
            self.filter(parent__isnull=True)
            .select_related(
                "proposal__record",
                "author__unit",
                "pseudonym",
                "hiding",
                "revision",
                "disposition__given_by",
                "disposition__revision",
            )
            .order_by("created_at", "pk")
        )

    def outcomes(self) -> dict[str, int]:
        """How many became what: by outcome, `waiting` for those that must be answered yet."""
        waiting = Q(needs_answer=True, disposition__isnull=True)
        return self.aggregate(
            all=Count("pk"),
            adopted=Count("pk", filter=Q(disposition__outcome="adopted")),
            not_adopted=Count("pk", filter=Q(disposition__outcome="not_adopted")),
            out_of_scope=Count("pk", filter=Q(disposition__outcome="out_of_scope")),
            waiting=Count("pk", filter=waiting),
        )

    def unanswered(self) -> Self:
        """Comments that need a disposition and have none."""
        return self.filter(needs_answer=True, disposition__isnull=True)


class PseudonymAuthorQuerySet(models.QuerySet["PseudonymAuthor"]):
    def keys_of(self, person: Person) -> list[UUID]:
        """The keys of all of a person's own pseudonyms. One query."""
        return list(self.filter(person=person).values_list("pseudonym", flat=True))

    def key_of(self, person: Person, proposal: Proposal) -> UUID | None:
        """The key of a person's own pseudonym on a proposal, if there is one. One query."""
        own = self.filter(proposal=proposal, person=person)
        return own.values_list("pseudonym", flat=True).first()


class UnsealingQuerySet(models.QuerySet["Unsealing"]):
    def visible_to(self, roles: Roles) -> Self:
        """All for those who may open pseudonyms; none for others."""
        offices = (Role.AUDITOR, Role.ADMINISTRATOR)
        return self if any(map(roles.has, offices)) else self.none()

    def for_list(self) -> Self:
        """With the pseudonym and its proposal, and who asked and agreed."""
        return self.select_related("pseudonym__proposal__record", "requested_by", "confirmed_by")

    def waiting(self) -> Self:
        """Requests that nobody has agreed to yet."""
        return self.filter(confirmed_at__isnull=True)


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def counts(self, comments: Collection[Comment]) -> dict[tuple[UUID, str], int]:
        """How many people reacted how, by comment and kind. One query."""
        found = self.filter(comment__in=comments).values_list("comment", "kind")
        return {
            (comment, kind): count
            for comment, kind, count in found.annotate(people=Count("pk")).order_by()
        }

    def own(self, comments: Collection[Comment], person: Person) -> dict[UUID, str]:
        """How a person reacted to these comments. One query."""
        return dict(self.filter(comment__in=comments, person=person).values_list("comment", "kind"))


class VisitQuerySet(models.QuerySet["Visit"]):
    def before(self, person: Person, proposal: Proposal) -> datetime | None:
        """When the person's visit before this one ended; None for a first visit. One query."""
        found = self.filter(person=person, proposal=proposal)
        return found.values_list("visited_before", flat=True).first()
