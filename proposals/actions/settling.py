"""After a poll is sealed: what its proposals do next, and what happens once nothing came out."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import WIB
from core.verdict import Refused
from notices.actions import told
from people.models import Person
from people.roles import roles_of
from people.working_days import working_day_after
from proposals.actions.moves import (
    bundle_tell,
    followers_tell,
    mates_locked,
    members_locked,
    proposal_locked,
    stage_move,
    standing_in,
)
from proposals.leadership import bundle_leadership, leadership_of
from proposals.models import PollEntry, Proposal, Protest
from proposals.rules import (
    Standing,
    bundle_standings,
    may_repeat_vote,
)
from proposals.stages import Move, Stage
from voting.models import Poll
from voting.results import result_of


@transaction.atomic
def vote_repeat(*, actor: Person, proposal: Proposal, now: datetime) -> Proposal:
    """Put a vote without a quorum, or with a tie, back to where it can be opened once more.

    Raises Refused.
    """
    proposal, mates = mates_locked(proposal.pk)
    entry = PollEntry.objects.current_of(proposal)
    result = result_of(entry.poll) if entry else None
    if entry is None or result is None:
        raise Refused(_("Belum ada hasil pemungutan suara atas usulan ini."))
    may_repeat_vote(
        _standing_over(mates, actor, now=now),
        result.of(entry.item_id),
        quorum_reached=result.quorum_reached,
        votes_before=PollEntry.objects.votes_like(entry),
    ).require()
    for mate in mates:
        stage_move(mate, Move.REPEAT_VOTE, by=actor, now=now)
    followers_tell(
        proposal,
        told("Pemungutan suara atas “%(title)s” akan diulang.", title=proposal.record.name),
        but=actor,
        now=now,
    )
    return proposal


def _standing_over(mates: Sequence[Proposal], actor: Person, *, now: datetime) -> Standing:
    """What a person is to a proposal, or to a whole bundle that moves together."""
    first = mates[0]
    if first.bundle is None or not first.is_bundled:
        return standing_in(first, actor, now=now)
    roles = roles_of(actor, on=timezone.localtime(now).date())
    return bundle_standings(actor, roles, mates, bundle_leadership(mates, now=now))[0]


def polls_settle(*, now: datetime) -> int:
    """Move on every proposal whose poll has been sealed; the number moved. Safe to repeat."""
    entries = PollEntry.objects.filter(
        proposal__stage=Stage.VOTING, poll__state=Poll.State.SEALED, item__voided_at__isnull=True
    )
    by_item: dict[UUID, list[PollEntry]] = defaultdict(list)
    for entry in entries.select_related("poll", "bundle").order_by("proposal_id"):
        by_item[entry.item_id].append(entry)
    return sum(_settle(asked, now=now) for asked in by_item.values())


@transaction.atomic
def _settle(entries: Sequence[PollEntry], *, now: datetime) -> int:
    """Move on what one item asked about: a proposal, or all of a bundle; the number moved."""
    moved = [entry.proposal_id for entry in entries if _settled(entry, now=now)]
    bundle = entries[0].bundle
    if moved and bundle is not None:
        members = members_locked(bundle)
        bundle_tell(
            bundle,
            members,
            told("Hasil pemungutan suara atas “%(title)s” sudah ada.", title=bundle.title),
            but=None,
            also=bundle_leadership(members, now=now).heads,
            now=now,
        )
    return len(moved)


def _settled(entry: PollEntry, *, now: datetime) -> bool:
    proposal = proposal_locked(entry.proposal_id)
    latest = proposal.poll_entries.order_by("-poll__opened_at").first()
    if proposal.stage != Stage.VOTING or latest != entry:
        return False  # another process settled it first, or this is an earlier poll
    days = proposal.round.objection_days
    if not _is_conclusive(entry):
        move = Move.CLOSE_TO_VOTE
    elif days:
        proposal.objection_until = objection_end(now, days)
        move = Move.CLOSE_TO_OBJECTION
    else:
        move = Move.CLOSE_TO_DECISION
    stage_move(proposal, move, by=None, now=now)
    if entry.bundle_id is not None:
        return True  # whoever follows is told once for the whole bundle
    followers_tell(
        proposal,
        told("Hasil pemungutan suara atas “%(title)s” sudah ada.", title=proposal.record.name),
        but=None,
        also=leadership_of(proposal, now=now).heads,
        now=now,
    )
    return True


def _is_conclusive(entry: PollEntry) -> bool:
    """Whether a poll says enough to decide on: a vote always, consensus where it was found."""
    if entry.poll.method != "consensus":
        return True
    result = result_of(entry.poll)
    if result is None:
        raise RuntimeError("only a sealed poll is settled")
    return any(item.passed for item in result.items if item.item.pk == entry.item_id)


def objection_end(start: datetime, working_days: int) -> datetime:
    """The end of the objection window: 23.59 WIB on the last of its working days."""
    last = working_day_after(timezone.localtime(start, WIB).date(), working_days)
    return datetime.combine(last, time(23, 59), tzinfo=WIB)


@transaction.atomic
def objection_finish(proposal: Proposal, *, now: datetime) -> bool:
    """Pass a proposal, or its whole bundle, on to its decision once its objection window is over.

    Safe to repeat.
    """
    proposal, mates = mates_locked(proposal.pk)
    is_over = proposal.objection_until is not None and proposal.objection_until <= now
    has_open = Protest.objects.filter(proposal__in=mates, outcome="").exists()
    if proposal.stage != Stage.OBJECTION or not is_over or has_open:
        return False
    for mate in mates:
        stage_move(mate, Move.END_OBJECTION, by=None, now=now)
    if proposal.bundle is not None and proposal.is_bundled:
        bundle_tell(
            proposal.bundle,
            mates,
            told(
                "Masa sanggah “%(title)s” berakhir; menunggu keputusan.",
                title=proposal.bundle.title,
            ),
            but=None,
            also=bundle_leadership(mates, now=now).heads,
            now=now,
        )
        return True
    followers_tell(
        proposal,
        told("Masa sanggah “%(title)s” berakhir; menunggu keputusan.", title=proposal.record.name),
        but=None,
        also=leadership_of(proposal, now=now).heads,
        now=now,
    )
    return True
