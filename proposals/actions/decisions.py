"""After the vote: protests against the procedure, and the head's decision."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from indicators.actions import version_adopt
from indicators.models import IndicatorVersion
from indicators.record import content_of
from ledger.actions import event_record
from notices.actions import told
from people.models import Person
from people.names import refuse_names
from proposals.actions.moves import (
    followers_tell,
    mates_locked,
    proposal_locked,
    stage_move,
    standing_in,
)
from proposals.actions.round_polls import round_items_void
from proposals.models import Decision, PollEntry, Proposal, Protest
from proposals.rules import may_answer_protest, may_decide, may_protest, may_return
from proposals.stages import Move, Stage
from voting.actions import item_void
from voting.results import result_of

MOVE_OF = {
    Decision.Kind.ADOPT: Move.ADOPT,
    Decision.Kind.RETURN: Move.RETURN,
    Decision.Kind.REJECT: Move.REJECT,
}


@transaction.atomic
def protest_add(
    *, actor: Person, proposal: Proposal, body: str, submission: UUID, now: datetime
) -> Protest:
    """Protest against the procedure of the vote. The same `submission` again is the same protest.

    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(proposal.pk)
    if existing := Protest.objects.filter(submission=submission, author=actor).first():
        return existing
    entry = PollEntry.objects.current_of(proposal)
    standing = standing_in(proposal, actor, now=now)
    may_protest(
        standing, is_elector=entry is not None and entry.has_elector(actor), now=now
    ).require()
    if entry is None:
        raise RuntimeError("an objection window follows a poll")
    protest = Protest(
        submission=submission,
        proposal=proposal,
        poll=entry.poll,
        author=actor,
        body=body.strip(),
        created_at=now,
    )
    protest.full_clean()
    protest.save()
    event_record(
        actor=actor.pk,
        action="protest.added",
        subject=proposal.topic,
        content={"protest": protest.pk},
        now=now,
    )
    followers_tell(
        proposal,
        told("Ada sanggahan atas pemungutan suara “%(title)s”.", title=proposal.record.name),
        but=actor,
        now=now,
    )
    return protest


@transaction.atomic
def protest_answer(
    *, actor: Person, protest: Protest, outcome: str, answer: str, now: datetime
) -> Protest:
    """Dismiss a protest, let the vote be repeated (once), or return the text. Raises Refused."""
    proposal, mates = mates_locked(protest.proposal_id)
    protest = Protest.objects.select_for_update().get(pk=protest.pk)
    standing = standing_in(proposal, actor, now=now)
    entry = PollEntry.objects.current_of(proposal)
    votes = PollEntry.objects.votes_like(entry) if entry else 0
    may_answer_protest(standing, protest, outcome, votes_before=votes).require()
    protest.outcome, protest.answer = outcome, answer.strip()
    protest.answered_by, protest.answered_at = actor, now
    protest.full_clean(exclude=["proposal", "poll", "author", "answered_by"])
    if not protest.outcome:
        raise ValidationError({"outcome": _("Pilih jawabannya.")})
    protest.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    move = {
        Protest.Outcome.VOTE_AGAIN: Move.VOTE_AGAIN,
        Protest.Outcome.RETURNED: Move.RETURN,
    }.get(Protest.Outcome(outcome))
    if move:
        for mate in mates:  # the vote on a bundle was one question
            stage_move(mate, move, by=actor, reason=protest.answer, now=now)
    event_record(
        actor=actor.pk,
        action="protest.answered",
        subject=proposal.topic,
        content={"protest": protest.pk, "outcome": outcome},
        now=now,
    )
    followers_tell(
        proposal,
        told(
            "Sanggahan atas “%(title)s” dijawab: %(outcome)s.",
            title=proposal.record.name,
            outcome=lambda: protest.get_outcome_display().lower(),
        ),
        but=actor,
        also=[protest.author],
        now=now,
    )
    return protest


@transaction.atomic
def proposal_return(*, actor: Person, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Give a frozen text back for repair before it is decided on; its ballot item becomes void.

    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(proposal.pk)
    may_return(standing_in(proposal, actor, now=now)).require()
    if proposal.stage == Stage.DECISION:
        raise ValidationError(_("Setelah pemungutan suara, kembalikan lewat keputusan."))
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya: semua orang akan membacanya.")})
    entry = PollEntry.objects.current_of(proposal)
    if proposal.stage == Stage.VOTING and entry is not None:
        item_void(actor=actor, item=entry.item, reason=reason.strip(), now=now)
    round_items_void(actor=actor, proposal=proposal, reason=reason.strip(), now=now)
    stage_move(proposal, Move.RETURN, by=actor, reason=reason.strip(), now=now)
    followers_tell(
        proposal,
        told("Usulan “%(title)s” dikembalikan untuk perbaikan.", title=proposal.record.name),
        but=actor,
        now=now,
    )
    return proposal


@transaction.atomic
def proposal_decide(
    *, actor: Person, proposal: Proposal, kind: str, reason: str, now: datetime
) -> Decision:
    """Decide after the vote, with the reason that everyone reads; adopting makes the version.

    The vote is a recommendation (DOMAIN 5.3): a decision against it stands, with its reason.
    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(proposal.pk)
    entry = PollEntry.objects.current_of(proposal)
    standing = standing_in(proposal, actor, now=now)
    may_decide(
        standing,
        is_elector=entry is not None and entry.has_elector(actor),
        unread=entry.dissents.unread().count() if entry else 0,
    ).require()
    if entry is None:
        raise RuntimeError("a decision follows a poll")
    decision = decision_make(actor, proposal, entry, kind=kind, reason=reason, now=now)
    followers_tell(
        proposal,
        told(
            "Keputusan atas usulan “%(title)s”: %(decision)s.",
            title=proposal.record.name,
            decision=lambda: decision.get_kind_display().lower(),
        ),
        but=actor,
        also=[
            comment.author
            for comment in proposal.comments.select_related("author")
            if comment.author is not None
        ],
        now=now,
    )
    return decision


def decision_make(
    actor: Person, proposal: Proposal, entry: PollEntry, *, kind: str, reason: str, now: datetime
) -> Decision:
    """Decide on one locked proposal and move it on. Needs a transaction, and asks no rule.

    Raises ValidationError without a kind and a reason, or where the reason names somebody.
    """
    if kind not in Decision.Kind.values:
        raise ValidationError({"kind": _("Pilih keputusan Anda.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya: semua orang akan membacanya.")})
    refuse_names("reason", reason)
    decision = Decision(
        entry=entry, kind=kind, reason=reason.strip(), decided_by=actor, decided_at=now
    )
    if kind == Decision.Kind.ADOPT:
        decision.version = _adopt(actor, proposal, entry, decision, now=now)
    decision.full_clean(exclude=["entry", "decided_by", "version"])
    decision.save()
    stage_move(proposal, MOVE_OF[Decision.Kind(kind)], by=actor, reason=decision.reason, now=now)
    return decision


def _adopt(
    actor: Person, proposal: Proposal, entry: PollEntry, decision: Decision, *, now: datetime
) -> IndicatorVersion:
    return version_adopt(
        actor=actor,
        content=content_of(proposal.record),
        provenance=provenance_of(proposal, entry, decision),
        amends=proposal.amends.code if proposal.amends else "",
        retires=proposal.kind == Proposal.Kind.RETIRE,
        now=now,
    )


def provenance_of(proposal: Proposal, entry: PollEntry, decision: Decision) -> Mapping[str, object]:
    """Where an adopted indicator comes from, as the published document tells it: no names.

    Source: DESIGN 4.3 (provenance).
    """
    return {
        "proposal": str(proposal.pk),
        "revision_digest": entry.revision.digest,
        "dispositions": entry.dispositions,
        "poll": _poll_told(entry),
        "decision": {"kind": "adopted", "reason": decision.reason},
        "dissent": [{"text": dissent.body} for dissent in entry.dissents.published()],
    }


def _poll_told(entry: PollEntry) -> Mapping[str, object] | None:
    result = result_of(entry.poll)
    if result is None:
        return None
    counted = next(item for item in result.items if item.item.pk == entry.item_id)
    told = counted if result.is_public else None
    return {
        "id": str(entry.poll_id),
        "seal": result.seal.result_hash,
        "method": entry.poll.method,
        "in_favour": told and told.in_favour,
        "against": told and told.against,
        "abstained": told and told.abstained,
        "roll": result.electors,
        "turnout": result.turnout,
    }
