"""From discussion to the vote: freezing texts, opening a poll over them, cancelling it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from textwrap import shorten
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.dates import format_moment
from core.verdict import Refused
from notices.actions import notice_send, told
from people.models import Person
from proposals.actions.moves import (
    followers_tell,
    proposal_locked,
    stage_move,
    standing_in,
)
from proposals.gate import freeze_gate
from proposals.models import Bundle, PollEntry, Proposal, Revision, Round
from proposals.reach import measured_among
from proposals.rules import (
    may_freeze,
    may_open_poll,
)
from proposals.stages import Move, Stage
from proposals.text import ballot_text, dispositions_of
from voting.actions import ItemSpec, poll_cancel, poll_open
from voting.methods import METHODS
from voting.models import Poll
from voting.policy import Policy, PublicationMode
from voting.roll import electors_of


@transaction.atomic
def proposal_freeze(*, actor: Person, proposal: Proposal, now: datetime) -> Proposal:
    """Freeze the latest revision for the vote. Raises Refused while the gate holds anything."""
    proposal = proposal_locked(proposal.pk)
    gate = freeze_gate(proposal, now=now)
    may_freeze(standing_in(proposal, actor, now=now), gate).require()
    stage_move(proposal, Move.FREEZE, by=actor, now=now)
    followers_tell(
        proposal,
        told("Teks usulan “%(title)s” dibekukan dan siap divoting.", title=proposal.record.name),
        but=actor,
        now=now,
    )
    return proposal


def policy_of(round_: Round, method: str = "approve") -> Policy:
    """The voting policy that a round copies onto each poll held by a method.

    Consensus is always sought by name; weights and rankings, like every vote by default, are
    secret. What the round says of publication is about secret ballots.
    """
    fixed = METHODS[method].is_secret
    is_secret = round_.is_secret if fixed is None else fixed
    mode = round_.publication_mode if is_secret else PublicationMode.NAMES.value
    return Policy(
        method=method,
        is_secret=is_secret,
        quorum=round_.quorum,
        majority=round_.majority,
        publication_mode=mode,
    )


@transaction.atomic
def poll_open_for(
    *,
    actor: Person,
    proposals: Sequence[Proposal],
    minutes: int,
    method: str = "approve",
    now: datetime,
) -> Poll:
    """Open one poll over frozen proposals of one unit and one round.

    `minutes` is how long it stays open, at least as long as the round's policy says. By `method`
    consensus is sought first, or it is voted.
    Raises Refused, ValidationError.
    """
    locked = [proposal_locked(key) for key in sorted(proposal.pk for proposal in proposals)]
    if not locked:
        raise ValidationError({"proposals": _("Pilih sedikitnya satu usulan.")})
    for proposal in locked:
        may_open_poll(standing_in(proposal, actor, now=now)).require()
    first = locked[0]
    if any((item.unit_id, item.round_id) != (first.unit_id, first.round_id) for item in locked):
        raise Refused(_("Satu pemungutan suara memuat usulan dari satu unit dan satu putaran."))
    if minutes < first.round.voting_minutes:
        raise ValidationError({"minutes": _("Lebih singkat daripada aturan putaran ini.")})
    revisions = {item.pk: item.revisions.latest("number") for item in locked}
    # What is frozen for everybody is Indonesian, in whatever language its opener reads.
    with translation.override("id"):
        title = _("Usulan indikator %(unit)s") % {"unit": first.unit}
        questions = [Question(item_spec(item, revisions[item.pk]), [item]) for item in locked]
    return poll_over(
        actor=actor,
        title=title,
        questions=questions,
        revisions=revisions,
        minutes=minutes,
        method=method,
        now=now,
    )


def item_spec(proposal: Proposal, revision: Revision) -> ItemSpec:
    """A proposal as one item of a ballot, in the language that is active."""
    return ItemSpec(
        title=shorten(proposal.record.name, 200, placeholder=" …"),
        text=ballot_text(proposal, revision),
        digest=revision.digest,
        url=reverse("proposals:detail", args=[proposal.pk]),
        effect_url=reverse("proposals:score", args=[proposal.pk]),
    )


@dataclass(frozen=True)
class Question:
    """One item of a ballot, and the proposals that it asks about: one, or all of a bundle."""

    spec: ItemSpec
    proposals: list[Proposal]
    bundle: Bundle | None = None


def poll_over(
    *,
    actor: Person,
    title: str,
    questions: Sequence[Question],
    revisions: Mapping[UUID, Revision],
    minutes: int,
    method: str,
    now: datetime,
) -> Poll:
    """Open a poll over locked proposals, and tell its electors. Needs a transaction.

    Raises Refused, ValidationError.
    """
    if method not in ("approve", "consensus"):
        raise ValidationError({"method": _("Metode pemungutan suara tidak dikenal.")})
    locked = [proposal for question in questions for proposal in question.proposals]
    first = locked[0]
    poll = poll_open(
        actor=actor,
        scope=first.unit,
        title=title,
        subject_url=questions[0].spec.url,
        items=[question.spec for question in questions],
        policy=policy_of(first.round, method),
        closes_at=now + timedelta(minutes=minutes),
        decider=actor,
        measured=measured_among(electors_of(first.unit, decider=actor), locked),
        previous=_repeated_poll(locked, method),
        now=now,
    )
    for item, question in zip(poll.items.order_by("position"), questions, strict=True):
        for proposal in question.proposals:
            PollEntry.objects.create(
                item=item,
                proposal=proposal,
                revision=revisions[proposal.pk],
                poll=poll,
                bundle=question.bundle,
                dispositions=dispositions_of(proposal),
            )
            stage_move(proposal, Move.OPEN_POLL, by=actor, now=now)
    electors_tell_opened(poll, now=now)
    return poll


def _repeated_poll(proposals: Sequence[Proposal], method: str) -> Poll | None:
    """The poll that a new one over the same proposals and revisions repeats, if it does.

    The vote that follows where no consensus was found repeats nothing. A poll whose item was voided
    was not brought to its end: what is asked after it repeats nothing either.
    """
    polls = Poll.objects.filter(
        poll_entries__proposal__in=proposals,
        poll_entries__item__voided_at__isnull=True,
        repetition__isnull=True,
        method=method,
    ).exclude(state=Poll.State.VOID)
    latest = polls.order_by("-opened_at").first()
    if latest is None:
        return None
    entries = latest.poll_entries.select_related("revision", "proposal")
    asked = {entry.proposal_id: entry.revision.number for entry in entries}
    wanted = {item.pk: item.revisions.latest("number").number for item in proposals}
    return latest if asked == wanted else None


@transaction.atomic
def poll_cancel_for(*, actor: Person, poll: Poll, reason: str, now: datetime) -> Poll:
    """Cancel an open poll: its proposals wait for a vote again, and every elector is told.

    Raises Refused, ValidationError.
    """
    entries = poll.poll_entries.filter(proposal__stage=Stage.VOTING, item__voided_at__isnull=True)
    keys = sorted(entries.values_list("proposal_id", flat=True))
    locked = [proposal_locked(key) for key in keys]
    poll = poll_cancel(actor=actor, poll=poll, reason=reason, now=now)
    for proposal in locked:
        latest = PollEntry.objects.current_of(proposal)
        if proposal.stage == Stage.VOTING and latest is not None and latest.poll_id == poll.pk:
            stage_move(proposal, Move.CANCEL_POLL, by=actor, reason=poll.void_reason, now=now)
    electors_tell(
        poll,
        told(
            "Pemungutan suara dibatalkan, tidak ada suara yang dihitung: %(title)s. %(reason)s",
            title=poll.title,
            reason=poll.void_reason,
        ),
        now=now,
    )
    return poll


def electors_tell_opened(poll: Poll, *, now: datetime) -> None:
    """Tell every elector that a poll is open, and until when."""
    until = format_moment(poll.closes_at)
    if poll.method == "consensus":
        sentence = "Musyawarah mufakat dibuka sampai %(until)s: %(title)s."
    else:
        sentence = "Pemungutan suara dibuka sampai %(until)s: %(title)s."
    electors_tell(poll, told(sentence, until=until, title=poll.title), now=now)


def electors_tell(poll: Poll, text: str, *, now: datetime) -> None:
    """Tell every elector alike, whoever has voted. Nobody is left out, so nobody is found out."""
    notice_send(
        recipients=[elector.person for elector in poll.electors.select_related("person")],
        topic=f"voting.poll:{poll.pk}",
        text=text,
        url=reverse("voting:detail", args=[poll.pk]),
        now=now,
    )
