"""Reads of the deliberation, in its own words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Window
from django.db.models.functions import RowNumber, TruncDay
from django.utils import timezone

from core.stems import stems_of
from people.models import Appointment, Person, Unit
from people.roles import Role, Roles
from proposals.stages import WRITABLE, Stage
from voting.models import Poll

if TYPE_CHECKING:
    from proposals.models import (  # noqa: F401
        Bundle,
        Comment,
        Decision,
        Dissent,
        Evidence,
        Invitation,
        PollEntry,
        Proposal,
        PseudonymAuthor,
        Reaction,
        Review,
        Round,
        RoundPoll,
        Unsealing,
        Visit,
    )

WHOLE = "whole"  # in an address: about no field, but about the whole text

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
            "record", "unit", "author__unit", "round__scope", "amends__indicator", "bundle"
        ).prefetch_related("coauthors__unit")

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
        """Proposals of a round at a stage that move alone: what voters may weigh or rank."""
        return self.alone().filter(round=round_, stage=stage).order_by("created_at")

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


@dataclass(frozen=True)
class GateCount:
    """What the freeze gate asks of the comments on one proposal, in numbers of comments."""

    must_answer: int  # need a disposition, whether given or not
    unanswered: int
    gaming_open: int  # ways of gaming that were reported and have no disposition
    gaming_answered: int  # ... and were countered: adopted, or a reason why not


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
