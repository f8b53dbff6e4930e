"""Rounds and proposals: made, shared, submitted, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from indicators.models import IndicatorVersion
from ledger.actions import event_record
from notices.actions import follow_add, told
from people.models import Person, Unit
from people.roles import roles_of
from people.working_days import working_day_after
from proposals.actions.moves import followers_tell, proposal_locked, stage_move, standing_in
from proposals.actions.revisions import revision_append
from proposals.gate import text_lacks
from proposals.models import Proposal, ProposalRecord, Round
from proposals.rules import may_propose, may_run_rounds, may_submit, may_withdraw
from proposals.stages import Move


@transaction.atomic
def round_create(*, actor: Person, fields: Mapping[str, object], now: datetime) -> Round:
    """Open a round for a scope and a year. Raises Refused, ValidationError."""
    may_run_rounds(roles_of(actor, on=timezone.localtime(now).date())).require()
    round_ = Round(**fields)
    round_.full_clean()
    round_.save()
    event_record(
        actor=actor.pk,
        action="round.created",
        subject=f"proposals.round:{round_.pk}",
        content={"scope": round_.scope.code, "year": round_.year, "title": round_.title},
        now=now,
    )
    return round_


@transaction.atomic
def proposal_create(
    *,
    actor: Person,
    round_: Round,
    kind: str,
    amends: IndicatorVersion | None,
    fields: Mapping[str, object],
    submission: UUID,
    now: datetime,
) -> Proposal:
    """Make a draft with its first revision; it is the author's alone until submitted.

    The same `submission` again yields the same draft. Raises Refused, ValidationError.
    """
    # One draft at a time for one person: two clicks of the same form meet here.
    actor = Person.objects.with_unit().select_for_update(of=("self",)).get(pk=actor.pk)
    if existing := Proposal.objects.filter(submission=submission, author=actor).first():
        return existing
    scope = Unit.objects.within(round_.scope)
    scope_keys = frozenset(scope.values_list("pk", flat=True))
    may_propose(actor, round_, scope_keys, now=now).require()
    return draft_make(
        actor=actor,
        proposal=Proposal(
            submission=submission,
            round=round_,
            unit=actor.unit,
            author=actor,
            kind=kind,
            amends=amends,
            created_at=now,
            stage_since=now,
        ),
        fields=fields,
        now=now,
    )


def draft_make(
    *, actor: Person, proposal: Proposal, fields: Mapping[str, object], now: datetime
) -> Proposal:
    """Keep a new draft with its first revision. Needs a transaction, and asks no rule.

    The first revision of an amendment may say what the amended version says: only from the second
    on a revision has to change something. Raises ValidationError.
    """
    proposal.full_clean()
    proposal.save()
    record = ProposalRecord(proposal=proposal)
    revision_append(proposal, record, fields=fields, author=actor, reason="", now=now)
    follow_add(actor=actor, topic=proposal.topic, now=now)
    event_record(
        actor=actor.pk,
        action="proposal.created",
        subject=proposal.topic,
        content={
            "kind": proposal.kind,
            "round": proposal.round_id,
            "unit": proposal.unit.code,
        },
        now=now,
    )
    return proposal


@transaction.atomic
def proposal_submit(*, actor: Person, proposal: Proposal, now: datetime) -> Proposal:
    """Open a draft, or a returned text, for discussion. Raises Refused."""
    proposal = proposal_locked(proposal.pk)
    lacks = text_lacks(proposal, until="draft")
    may_submit(standing_in(proposal, actor, now=now), lacks, now=now).require()
    proposal.submitted_at = proposal.submitted_at or now
    proposal.freezable_on = working_day_after(
        timezone.localdate(now), proposal.round.minimum_discussion_days
    )
    stage_move(proposal, Move.SUBMIT, by=actor, now=now)
    followers_tell(
        proposal,
        told("Usulan “%(title)s” dibuka untuk tanggapan.", title=proposal.record.name),
        but=actor,
        now=now,
    )
    return proposal


@transaction.atomic
def proposal_withdraw(*, actor: Person, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Take a proposal back before its text is frozen; it stays readable. Raises Refused."""
    proposal = proposal_locked(proposal.pk)
    may_withdraw(standing_in(proposal, actor, now=now)).require()
    stage_move(proposal, Move.WITHDRAW, by=actor, reason=reason, now=now)
    followers_tell(
        proposal,
        told("Usulan “%(title)s” ditarik oleh pengusulnya.", title=proposal.record.name),
        but=actor,
        now=now,
    )
    return proposal
