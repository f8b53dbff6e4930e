"""What the page of a bundle shows: gathered once, with a verdict for every door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from indicators.models import IndicatorVersion
from people.http import PersonRequest
from proposals.bundles import MemberLine, member_lines
from proposals.gate import text_lacks
from proposals.leadership import Leadership, bundle_leadership
from proposals.models import Bundle, Decision, Dissent, PollEntry, Proposal
from proposals.pages import StageStep, steps_of
from proposals.rules import (
    Standing,
    bundle_standings,
    may_decide,
    may_freeze,
    may_leave_bundle,
    may_open_poll,
    may_repeat_vote,
    may_return,
    may_submit,
)
from proposals.stages import Stage
from proposals.text import unit_names
from voting.models import Poll
from voting.results import ItemResult, PollResult, result_of


@dataclass(frozen=True)
class BundleDoors:
    """What the reader may do with the whole bundle, each with the reason where not."""

    submit: Verdict
    leave: Verdict
    freeze: Verdict
    open_poll: Verdict
    give_back: Verdict
    decide: Verdict
    repeat_vote: Verdict


@dataclass(frozen=True)
class BundlePage:
    """All that `bundle_detail.html` shows. Without members everything but the bundle is empty."""

    members: list[MemberLine]
    leavers: list[Proposal]
    kept: list[IndicatorVersion]
    first: Proposal | None
    steps: list[StageStep]
    is_writer: bool
    leadership: Leadership | None
    doors: BundleDoors
    entry: PollEntry | None
    result: PollResult | None
    told: ItemResult | None
    decision: Decision | None

    @property
    def proposals(self) -> list[Proposal]:
        """The proposals that move with the bundle."""
        return [line.proposal for line in self.members]

    @property
    def unanswered_count(self) -> int:
        """How many comments wait for their disposition, over all texts."""
        return sum(getattr(line.proposal, "unanswered_count", 0) for line in self.members)

    @property
    def may_close(self) -> bool:
        """Whether closing the poll now is worth offering to the reader, who leads."""
        return (
            self.first is not None
            and self.first.stage == Stage.VOTING
            and self.entry is not None
            and self.entry.poll.state == Poll.State.OPEN
            and bool(self.doors.give_back)
        )


def together(rule: Callable[[Standing], Verdict], standings: Sequence[Standing]) -> Verdict:
    """Whether a rule allows something for every proposal of a bundle; else the first reason."""
    if not standings:
        return refuse(_("Tidak ada usulan lagi dalam paket ini."))
    verdicts = (rule(standing) for standing in standings)
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


def bundle_page(request: PersonRequest, bundle: Bundle, *, now: datetime) -> BundlePage:
    """Gather the page in a number of queries that does not grow with the proposals.

    What each gate still holds is asked when the texts are frozen; here the unanswered comments
    are counted, and whether the form is complete.
    """
    rows = Proposal.objects.for_detail().for_list().together_in(bundle)
    members = list(rows.select_related("amends"))
    leavers = Proposal.objects.filter(bundle=bundle, left_bundle_at__isnull=False)
    first = members[0] if members else None
    leadership = bundle_leadership(members, now=now) if members else None
    standings = (
        bundle_standings(request.user, request.roles, members, leadership) if leadership else []
    )
    entry = PollEntry.objects.current_of(first) if first else None
    is_elector = entry is not None and entry.has_elector(request.user)
    unread = Dissent.objects.of_poll(entry.poll).unread().count() if entry else 0
    result = result_of(entry.poll) if entry else None
    told = None
    if result and entry:
        told = next(item for item in result.items if item.item.pk == entry.item_id)
    doors = BundleDoors(
        submit=together(
            lambda one: may_submit(one, text_lacks(one.proposal, until="draft"), now=now),
            standings,
        ),
        leave=together(may_leave_bundle, standings),
        freeze=together(lambda one: may_freeze(one, []), standings),
        open_poll=together(may_open_poll, standings),
        give_back=together(may_return, standings),
        repeat_vote=together(
            lambda one: may_repeat_vote(
                one,
                told,
                quorum_reached=result is not None and result.quorum_reached,
                votes_before=PollEntry.objects.votes_like(entry) if entry else 0,
            ),
            standings[:1],
        ),
        decide=together(
            lambda one: may_decide(one, is_elector=is_elector, unread=unread), standings
        ),
    )
    return BundlePage(
        members=member_lines(members, unit_names()),
        leavers=list(leavers.visible_to(request.user, request.roles).select_related("record")),
        kept=list(bundle.kept.order_by("code")),
        first=first,
        steps=steps_of(first) if first else [],
        is_writer=any(standing.is_writer for standing in standings),
        leadership=leadership,
        doors=doors,
        entry=entry,
        result=result,
        told=told,
        decision=Decision.objects.filter(entry=entry).first() if entry else None,
    )
