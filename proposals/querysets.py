"""Reads of the deliberation, in its own words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from core.stems import stems_of
from people.models import Appointment, Person, Unit
from people.roles import Role, Roles
from proposals.stages import Stage
from voting.models import Poll

if TYPE_CHECKING:
    from proposals.models import Comment, PollEntry, Proposal, Round  # noqa: F401

MOST_WORDS = 12  # that one search looks for
ORDERS = {"latest": "-stage_since", "waiting": "stage_since", "name": "record__name"}


class RoundQuerySet(models.QuerySet["Round"]):
    def open_at(self, now: datetime) -> Self:
        """Rounds that take proposals at a moment."""
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def for_unit(self, unit: Unit) -> Self:
        """Rounds whose scope is the unit or one above it."""
        return self.filter(scope__in=Unit.objects.all().ancestors(unit, include_self=True))

    def with_counts(self) -> Self:
        """With `proposal_count`: what colleagues can see in each round."""
        counted = self.annotate(
            proposal_count=Count("proposals", filter=Q(proposals__submitted_at__isnull=False))
        )
        return counted.select_related("scope").order_by("-year", "title", "pk")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, person: Person, roles: Roles) -> Self:
        """What a person may see: all that was submitted, and one's own before that.

        An auditor sees everything.
        """
        if roles.has(Role.AUDITOR):
            return self
        return self.filter(Q(submitted_at__isnull=False) | Q(pk__in=self._keys_written_by(person)))

    def written_by(self, person: Person) -> Self:
        """What a person proposed or co-wrote."""
        return self.filter(pk__in=self._keys_written_by(person))

    def _keys_written_by(self, person: Person) -> models.QuerySet[Proposal, object]:
        return (
            self.model.objects.filter(Q(author=person) | Q(coauthors=person))
            .order_by()
            .values("pk")
        )

    def for_list(self) -> Self:
        """With all that a line of a list shows, in a fixed number of queries."""
        listed = self.select_related("record", "unit", "author", "round").annotate(
            comment_count=Count("comments", distinct=True),
            unanswered_count=Count(
                "comments",
                filter=Q(comments__needs_answer=True, comments__disposition__isnull=True),
                distinct=True,
            ),
        )
        return listed.order_by("-stage_since", "pk")

    def for_detail(self) -> Self:
        """With all that its page shows besides the comments."""
        return self.select_related(
            "record", "unit", "author__unit", "round__scope", "amends__indicator"
        ).prefetch_related("coauthors__unit")

    def in_stage(self, *stages: Stage) -> Self:
        """Proposals in one of these stages."""
        return self.filter(stage__in=stages)

    def proposed_by_head(self, now: datetime) -> Self:
        """With `head_proposes`: whether a writer heads the proposing unit on that day."""
        heads = Appointment.objects.in_force(timezone.localtime(now).date()).of_role(Role.HEAD)
        return self.annotate(
            head_proposes=Exists(
                heads.filter(unit=OuterRef("unit")).filter(
                    Q(person=OuterRef("author")) | Q(person__shared_proposals=OuterRef("pk"))
                )
            )
        )

    def led_from(self, unit_keys: list[int], *, now: datetime) -> Self:
        """Proposals that the head of one of these units leads.

        That is the head of the proposing unit, or of the unit above where the head proposes.
        """
        return self.proposed_by_head(now).filter(
            Q(unit__in=unit_keys, head_proposes=False)
            | Q(unit__parent__in=unit_keys, head_proposes=True)
        )

    def objection_over(self, now: datetime) -> Self:
        """Proposals whose objection window has ended, with no protest left unanswered."""
        return self.filter(stage=Stage.OBJECTION, objection_until__lte=now).exclude(
            protests__outcome=""
        )

    def on_the_way(self) -> Self:
        """Proposals whose text is frozen and not decided on."""
        return self.in_stage(Stage.FROZEN, Stage.VOTING, Stage.OBJECTION, Stage.DECISION)

    def in_round(self, round_: Round) -> Self:
        """Proposals of one round."""
        return self.filter(round=round_)

    def frozen_beside(self, proposal: Proposal) -> Self:
        """Frozen proposals of the same unit and round: what may share one ballot."""
        return self.filter(
            stage=Stage.FROZEN, unit=proposal.unit_id, round=proposal.round_id
        ).order_by("created_at")

    def narrowed(
        self,
        *,
        text: str = "",
        unit: Unit | None = None,
        stage: str = "",
        kind: str = "",
        round_: Round | None = None,
        author: str = "",
        writer: Person | None = None,
    ) -> Self:
        """Narrowed by what is given: words, a unit with those below it, stage, kind, round, people.

        `author` is a part of the proposer's name, `writer` whoever proposed or co-wrote.
        """
        found = self.matching(text) if text else self
        found = found.filter(unit__in=Unit.objects.within(unit)) if unit else found
        found = found.filter(stage=stage) if stage else found
        found = found.filter(kind=kind) if kind else found
        found = found.in_round(round_) if round_ else found
        found = found.filter(author__name__icontains=author) if author else found
        return found.written_by(writer) if writer else found

    def matching(self, text: str) -> Self:
        """Proposals whose text or comments hold every word, by its stem; or whose code is meant.

        The last word may be unfinished. Words beyond `MOST_WORDS` are not looked for.
        """
        *stems, last = dict.fromkeys(stems_of(text)[:MOST_WORDS] or [""])
        found = self
        for stem in stems:
            found = found.filter(pk__in=self._keys_found_by(stem=stem))
        if last:
            found = found.filter(pk__in=self._keys_found_by(stem__startswith=last))
        return found if last else self.none()

    def _keys_found_by(self, **stem: str) -> models.QuerySet[Proposal, object]:
        named = {f"found_by__{lookup}": value for lookup, value in stem.items()}
        return self.model.objects.filter(**named).order_by().values("pk")

    def needing(self, person: Person, roles: Roles, *, now: datetime) -> Self:
        """What waits for a person, as the home page asks it (proposals/asks.py)."""
        mine = self.model.objects.written_by(person)
        unanswered = mine.in_stage(Stage.DISCUSSION).filter(
            comments__needs_answer=True, comments__disposition__isnull=True
        )
        ballots = Poll.objects.awaiting_vote_of(person)
        waits = (
            Q(pk__in=mine.in_stage(Stage.DRAFT, Stage.RETURNED).order_by().values("pk"))
            | Q(pk__in=unanswered.order_by().values("pk"))
            | Q(stage=Stage.VOTING, poll_entries__poll__in=ballots.order_by().values("pk"))
        )
        if roles.headed:
            led = self.model.objects.led_from(roles.headed, now=now)
            to_do = led.in_stage(Stage.FROZEN, Stage.DECISION)
            waits |= Q(pk__in=to_do.order_by().values("pk"))
        if roles.has(Role.FACILITATOR):
            protested = self.model.objects.filter(protests__outcome="")
            waits |= Q(pk__in=protested.order_by().values("pk"))
        keys = self.model.objects.filter(waits).order_by().values("pk")
        return self.filter(pk__in=keys)

    def sorted_by(self, order: str) -> Self:
        """In one of `ORDERS`; the latest move first for any other word."""
        return self.order_by(ORDERS.get(order, "-stage_since"), "pk")


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

    def roots(self) -> Self:
        """Comments that answer no other, with what a thread shows of each, newest revision last."""
        return self.filter(parent__isnull=True).for_thread()

    def for_thread(self) -> Self:
        """With authors, revisions, dispositions and replies, in a fixed number of queries."""
        replies = self.model.objects.select_related("author__unit", "revision").order_by(
            "created_at"
        )
        return self.select_related(
            "author__unit", "revision", "disposition__given_by", "disposition__revision"
        ).prefetch_related(Prefetch("replies", queryset=replies))

    def filtered(self, kind: str) -> Self:
        """Comments of one kind, or `open` for those that wait for a disposition; all otherwise."""
        if kind == "open":
            return self.unanswered()
        return self.filter(kind=kind) if kind in self.model.Kind.values else self

    def unanswered(self) -> Self:
        """Comments that need a disposition and have none."""
        return self.filter(needs_answer=True, disposition__isnull=True)


class PollEntryQuerySet(models.QuerySet["PollEntry"]):
    def current_of(self, proposal: Proposal) -> PollEntry | None:
        """A proposal's place on its latest ballot; None if it was never put to the vote."""
        entries = self.filter(proposal=proposal).select_related("poll", "item", "revision")
        return entries.order_by("-poll__opened_at").first()
