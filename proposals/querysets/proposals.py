"""Reads of rounds, proposals and bundles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from core.stems import stems_of
from indicators.models import Objection
from people.models import Appointment, Person, Unit
from people.roles import Role, Roles
from proposals.stages import WRITABLE, Stage
from voting.models import Poll

if TYPE_CHECKING:
    from proposals.models import Bundle, PollEntry, Proposal, Round  # noqa: F401

MOST_WORDS = 12  # that one search looks for

MOST_ALIKE = 30  # that are compared by name

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
        """What a person may see: all that was submitted; before that one's own, or as invited.

        An auditor sees everything.
        """
        if roles.has(Role.AUDITOR):
            return self
        invited = self.model.objects.filter(
            invitations__person=person, invitations__state="open"
        ).order_by()
        return self.filter(
            Q(submitted_at__isnull=False)
            | Q(pk__in=self._keys_written_by(person))
            | Q(pk__in=invited.values("pk"))
        )

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
            "record",
            "unit",
            "author__unit",
            "round__scope",
            "amends__indicator",
            "bundle",
            "origin__version",
            "origin__objection__publication__scope",
        ).prefetch_related("coauthors__unit")

    def from_objections(self) -> Self:
        """Those that came from an objection after publication and were not withdrawn."""
        return self.filter(origin__objection__isnull=False).exclude(stage=Stage.WITHDRAWN)

    def living_from(self, objection: Objection) -> Self:
        """Those that came from one objection and were not withdrawn."""
        return self.from_objections().filter(origin__objection=objection)

    def with_unread_dissent(self) -> Self:
        """Proposals whose latest vote has a minority report that nobody has read for names yet."""
        waiting = self.filter(poll_entries__dissents__state="waiting")
        return waiting.in_stage(Stage.OBJECTION, Stage.DECISION).distinct()

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
        mates = self.model.objects.filter(
            bundle=OuterRef("bundle"), left_bundle_at__isnull=True, protests__outcome=""
        )
        return (
            self.filter(stage=Stage.OBJECTION, objection_until__lte=now)
            .exclude(protests__outcome="")
            .exclude(Exists(mates), left_bundle_at__isnull=True)
        )

    def alone(self) -> Self:
        """Proposals that move by themselves, not with a bundle."""
        return self.filter(Q(bundle__isnull=True) | Q(left_bundle_at__isnull=False))

    def together_in(self, bundle: Bundle) -> Self:
        """The proposals that move with a bundle, by code."""
        return self.filter(bundle=bundle, left_bundle_at__isnull=True).order_by("record__code")

    def on_the_way(self) -> Self:
        """Proposals whose text is frozen and not decided on."""
        return self.in_stage(Stage.FROZEN, Stage.VOTING, Stage.OBJECTION, Stage.DECISION)

    def competing(self) -> Self:
        """Proposals of an indicator that is not yet decided on, retirements left out."""
        decided = (Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN)
        return self.exclude(stage__in=decided).exclude(kind="retire")

    def not_decided(self) -> Self:
        """Proposals that were submitted and may still be adopted, returned ones included."""
        decided = (Stage.DRAFT, Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN)
        return self.exclude(stage__in=decided)

    def earlier_than(self, proposal: Proposal) -> Self:
        """What was decided or withdrawn, or stems from the round of an earlier year."""
        ended = (Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN)
        past = Q(round__year__lt=proposal.round.year)
        return self.filter(Q(stage__in=ended) | past).exclude(pk=proposal.pk)

    def sharing(self, stems: Collection[str], *, at_least: int) -> list[UUID]:
        """The keys of those whose text has that many of these stems, the most first. One query."""
        index = apps.get_model("proposals", "FoundBy")._default_manager
        sharing = index.filter(proposal__in=self.order_by(), comment__isnull=True, stem__in=stems)
        counted = sharing.values("proposal").annotate(shared=Count("pk"))
        nearest = counted.filter(shared__gte=at_least).order_by("-shared", "proposal")
        return [row["proposal"] for row in nearest[:MOST_ALIKE]]

    def of_indicator_or_in(self, proposal: Proposal, keys: Collection[UUID]) -> Self:
        """Those about the indicator that a proposal is about, and those of these keys."""
        wanted = Q(pk__in=keys)
        if proposal.record.code:
            wanted |= Q(record__code=proposal.record.code)
        if proposal.amends is not None:
            wanted |= Q(amends__indicator=proposal.amends.indicator_id)
        return self.filter(wanted)

    def for_precedents(self) -> Self:
        """With the outcome: latest ballot first, moves in their order."""
        entries = apps.get_model("proposals", "PollEntry")._default_manager.select_related(
            "poll__seal", "decision__version"
        )
        return self.select_related("record", "round", "unit", "amends").prefetch_related(
            Prefetch("poll_entries", entries.order_by("-poll__opened_at")),
            "poll_entries__poll__items",
            "stage_changes",
        )

    def keyed(self, keys: Collection[str]) -> Self:
        """The proposals of these keys."""
        return self.filter(pk__in=keys)

    def in_round(self, round_: Round) -> Self:
        """Proposals of one round."""
        return self.filter(round=round_)

    def frozen_beside(self, proposal: Proposal) -> Self:
        """Frozen proposals of the same unit and round: what may share one ballot."""
        beside = self.alone().filter(
            stage=Stage.FROZEN, unit=proposal.unit_id, round=proposal.round_id
        )
        return beside.order_by("created_at")

    def askable(self, round_: Round, stage: Stage) -> Self:
        """Proposals of a round at a stage that move alone: what voters may weigh or rank.

        What was retired is adopted, too, and has no weight.
        """
        found = self.alone().filter(round=round_, stage=stage).order_by("created_at")
        return found.exclude(kind="retire") if stage == Stage.ADOPTED else found

    def asked_by(self, person: Person, roles: Roles, *, now: datetime) -> Self:
        """Those about which a person may ask voters: led from an own unit; a facilitator's all.

        Nobody asks about an own text.
        """
        found = self if roles.has(Role.FACILITATOR) else self.led_from(roles.headed, now=now)
        return found.exclude(pk__in=self._keys_written_by(person))

    def being_asked(self, method: str) -> Self:
        """Those about which an open poll asks by a method, several at once."""
        asked = apps.get_model("proposals", "RoundPollEntry")._default_manager.filter(
            proposal=OuterRef("pk"),
            item__voided_at__isnull=True,
            item__poll__state=Poll.State.OPEN,
            item__poll__method=method,
        )
        return self.filter(Exists(asked))

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
            | Q(invitations__state="open", invitations__person=person, stage__in=WRITABLE)
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


class BundleQuerySet(models.QuerySet["Bundle"]):
    def visible_to(self, person: Person, roles: Roles) -> Self:
        """Bundles of which a person may see a proposal; an auditor sees all."""
        if roles.has(Role.AUDITOR):
            return self
        proposals = apps.get_model("proposals", "Proposal")._default_manager.filter(
            Q(submitted_at__isnull=False) | Q(author=person) | Q(coauthors=person),
            bundle=OuterRef("pk"),
        )
        return self.filter(Exists(proposals))

    def for_detail(self) -> Self:
        """With all that its page names."""
        return self.select_related("round__scope", "publication__scope", "author__unit").defer(
            "publication__document", "publication__units"
        )

    def in_round(self, round_: Round) -> Self:
        """Bundles of one round, newest first."""
        return self.filter(round=round_)
