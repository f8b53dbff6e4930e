"""Reads of what belongs to a text: reviews, invitations, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from people.models import Person
from proposals.stages import WRITABLE

if TYPE_CHECKING:
    from proposals.models import Evidence, Invitation, Proposal, Review  # noqa: F401
    from proposals.querysets.proposals import ProposalQuerySet


class ReviewQuerySet(models.QuerySet["Review"]):
    def for_summary(self) -> Self:
        """With reviewers, revisions and answers, in two queries."""
        return self.select_related("reviewer__unit", "revision").prefetch_related("answers")

    def of_person(self, proposal: Proposal, person: Person) -> Review | None:
        """A person's own review of a proposal, with its answers; None without one."""
        return self.for_summary().filter(proposal=proposal, reviewer=person).first()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Invitations that wait for an answer."""
        return self.filter(state="open")

    def waiting_for(self, person: Person) -> Self:
        """Invitations that a person has not answered, to texts that may still change."""
        waiting = self.open().filter(person=person, proposal__stage__in=WRITABLE)
        return waiting.select_related("proposal__record", "proposal__author")

    def visible_to(self, person: Person) -> Self:
        """Invitations that concern a person: as who was asked, or as who asked."""
        return self.filter(Q(person=person) | Q(proposal__author=person))


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def kept(self) -> Self:
        """Files that were not removed, with who added them."""
        return self.filter(removed_at__isnull=True).select_related("added_by")

    def of_proposals(self, proposals: ProposalQuerySet) -> Self:
        """Files of these proposals."""
        return self.filter(proposal__in=proposals.order_by().values("pk"))
