"""Reads of the deliberation, in its own words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from people.models import Appointment, Person, Unit
from people.roles import Role, Roles
from proposals.stages import Stage

if TYPE_CHECKING:
    from proposals.models import Bundle, Comment, PollEntry, Proposal, Round  # noqa: F401


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
            "record", "unit", "author__unit", "round__scope", "amends__indicator", "bundle"
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

    def not_decided(self) -> Self:
        """Proposals that were submitted and may still be adopted, returned ones included."""
        decided = (Stage.DRAFT, Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN)
        return self.exclude(stage__in=decided)

    def in_round(self, round_: Round) -> Self:
        """Proposals of one round."""
        return self.filter(round=round_)

    def frozen_beside(self, proposal: Proposal) -> Self:
        """Frozen proposals of the same unit and round: what may share one ballot."""
        beside = self.alone().filter(
            stage=Stage.FROZEN, unit=proposal.unit_id, round=proposal.round_id
        )
        return beside.order_by("created_at")

    def narrowed(self, *, text: str, stage: str, writer: Person | None) -> Self:
        """Narrowed by a text, a stage and a writer, where given."""
        found = self.matching(text) if text else self
        found = found.filter(stage=stage) if stage else found
        return found.written_by(writer) if writer else found

    def matching(self, text: str) -> Self:
        """Proposals whose name, code or definition holds the text."""
        return self.filter(
            Q(record__name__icontains=text)
            | Q(record__code__icontains=text)
            | Q(record__definition__icontains=text)
        )


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
