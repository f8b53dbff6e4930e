"""How a proposal moves from stage to stage: the one place that writes `stage`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from ledger.actions import event_record
from notices.actions import notice_send
from notices.models import Follow
from people.models import Person
from people.roles import roles_of
from proposals.leadership import leadership_of
from proposals.models import Proposal, StageChange
from proposals.rules import Standing, may_move, standing_of
from proposals.stages import MOVES, Move


def proposal_locked(key: UUID) -> Proposal:
    """A proposal re-read under its row lock, with all that rules ask. Needs a transaction."""
    return Proposal.objects.for_detail().select_for_update(of=("self",)).get(pk=key)


def standing_in(proposal: Proposal, person: Person, *, now: datetime) -> Standing:
    """What a person is to a proposal, read afresh."""
    roles = roles_of(person, on=timezone.localtime(now).date())
    return standing_of(person, roles, proposal, leadership_of(proposal, now=now))


def stage_move(
    proposal: Proposal, move: Move, *, by: Person | None, reason: str = "", now: datetime
) -> None:
    """Move a locked proposal, with its line in the timeline and in the ledger.

    Raises Refused if the table of stages does not allow it.
    """
    may_move(proposal, move).require()
    change = StageChange(
        proposal=proposal,
        from_stage=proposal.stage,
        to_stage=MOVES[move].target,
        by=by,
        reason=reason,
        at=now,
    )
    change.full_clean(exclude=["proposal", "by"])
    change.save()
    proposal.stage = MOVES[move].target
    proposal.stage_since = now
    windows = ["submitted_at", "freezable_on", "objection_until"]
    proposal.save(update_fields=["stage", "stage_since", *windows])
    event_record(
        actor=by.pk if by else None,
        action=f"proposal.{move}",
        subject=proposal.topic,
        content={"from": change.from_stage, "to": change.to_stage, "reason": reason},
        now=now,
    )


def followers_tell(
    proposal: Proposal, text: str, *, but: Person | None, now: datetime, also: Iterable[Person] = ()
) -> None:
    """Tell everyone who follows a proposal, and `also`, except who did it."""
    recipients = {person.pk: person for person in Follow.objects.followers_of(proposal.topic)}
    recipients |= {person.pk: person for person in also}
    if but is not None:
        recipients.pop(but.pk, None)
    notice_send(
        recipients=list(recipients.values()),
        topic=proposal.topic,
        text=text,
        url=reverse("proposals:detail", args=[proposal.pk]),
        now=now,
    )
