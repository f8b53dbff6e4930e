"""Reads of votes on proposals, and of what was decided and objected after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef

from indicators.models import WeightAdvice
from people.models import Person
from voting.models import Poll

if TYPE_CHECKING:
    from proposals.models import (  # noqa: F401
        Decision,
        Dissent,
        PollEntry,
        Proposal,
        Round,
        RoundPoll,
        RoundPollEntry,
    )


class PollEntryQuerySet(models.QuerySet["PollEntry"]):
    def votes_like(self, entry: PollEntry) -> int:
        """How often a proposal was put to a vote of this kind, cancelled ones left out."""
        same = self.filter(proposal=entry.proposal_id, poll__method=entry.poll.method)
        return same.exclude(poll__state="void").count()

    def current_of(self, proposal: Proposal) -> PollEntry | None:
        """A proposal's place on its latest ballot; None if it was never put to the vote."""
        entries = self.filter(proposal=proposal).select_related("poll", "item", "revision")
        return entries.order_by("-poll__opened_at").first()

    def of_proposal(self, proposal: Proposal) -> Self:
        """Every place of a proposal on a ballot, oldest first, with what tells its result."""
        entries = self.filter(proposal=proposal).select_related("poll__seal", "item", "revision")
        return entries.prefetch_related("poll__items").order_by("poll__opened_at", "pk")


class RoundPollQuerySet(models.QuerySet["RoundPoll"]):
    def in_round(self, round_: Round) -> Self:
        """What voters of a round were asked about several proposals at once, newest first."""
        return self.filter(round=round_).select_related("poll")

    def sealed_weights(self) -> Self:
        """Sealed polls by weights that no set was told of yet, with all that telling them takes."""
        told = WeightAdvice.objects.filter(pk=OuterRef("poll"))
        found = self.filter(poll__method="weights", poll__state=Poll.State.SEALED)
        return found.exclude(Exists(told)).select_related("poll__scope", "poll__seal")


class RoundPollEntryQuerySet(models.QuerySet["RoundPollEntry"]):
    def with_versions(self) -> Self:
        """With what was adopted of each proposal, in one more query."""
        return self.prefetch_related("proposal__poll_entries__decision__version")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def of_entry(self, entry: PollEntry) -> Decision | None:
        """What was decided on one entry of a ballot, with its version; None before. One query."""
        return self.filter(entry=entry).select_related("version").first()

    def adopted_after(self, poll: Poll) -> Self:
        """What was adopted after a poll, with its versions and who decided."""
        adopted = self.filter(entry__poll=poll, version__isnull=False).order_by("decided_at", "pk")
        return adopted.select_related("version", "decided_by", "entry__proposal__round")


class DissentQuerySet(models.QuerySet["Dissent"]):
    def unnamed(self) -> Self:
        """Reports of which nobody knows the author."""
        return self.filter(author__isnull=True)

    def unread(self) -> Self:
        """Reports that wait to be read for personal names."""
        return self.filter(state="waiting")

    def published(self) -> Self:
        """Reports that everybody reads, in the order of their random keys."""
        return self.filter(state="published").select_related("author__unit")

    def for_reading(self) -> Self:
        """With all that reading one asks."""
        return self.select_related("entry")

    def of_poll(self, poll: Poll) -> Self:
        """All reports on what one poll asked, by item."""
        return self.filter(entry__poll=poll).order_by("entry__item__position", "pk")

    def readable_by(self, person: Person, *, reads_all: bool) -> Self:
        """Published ones, and the own by name; all for those who read them for names."""
        found = self.select_related("author__unit", "read_by")
        return found if reads_all else found.exclude(state="waiting") | found.filter(author=person)
