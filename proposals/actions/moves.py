"""How a proposal moves from stage to stage: the one place that writes `stage`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from indicators.actions import objection_discuss, objection_settle
from ledger.actions import event_record
from notices.actions import notice_send
from notices.models import Follow
from people.models import Person
from people.roles import roles_of
from proposals.leadership import leadership_of
from proposals.models import Bundle, Proposal, PseudonymAuthor, StageChange
from proposals.rules import Standing, may_move, standing_of
from proposals.stages import MOVES, Move, Stage


def proposal_locked(key: UUID) -> Proposal:
    """A proposal re-read under its row lock, with all that rules ask. Needs a transaction."""
    return Proposal.objects.for_detail().select_for_update(of=("self",)).get(pk=key)


def mates_locked(key: UUID) -> tuple[Proposal, list[Proposal]]:
    """A proposal and all that move with it (itself alone outside a bundle), re-read under lock.

    Locked in the order of their keys, so that two moves never wait for each other.
    """
    row = Proposal.objects.select_related("bundle").get(pk=key)
    if row.bundle is not None and row.is_bundled:
        mates = members_locked(row.bundle)
        if found := [mate for mate in mates if mate.pk == key]:
            return found[0], mates
    proposal = proposal_locked(key)
    return proposal, [proposal]


def members_locked(bundle: Bundle) -> list[Proposal]:
    """The proposals that move with a bundle, re-read under lock, by code. Needs a transaction."""
    rows = Proposal.objects.for_detail().together_in(bundle).order_by("pk")
    return sorted(rows.select_for_update(of=("self",)), key=lambda member: member.record.code)


def standing_in(proposal: Proposal, person: Person, *, now: datetime) -> Standing:
    """What a person is to a proposal, read afresh."""
    roles = roles_of(person, on=timezone.localtime(now).date())
    pseudonym = PseudonymAuthor.objects.key_of(person, proposal)
    return standing_of(person, roles, proposal, leadership_of(proposal, now=now), pseudonym)


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
    _objection_follows(proposal, now=now)


def _objection_follows(proposal: Proposal, *, now: datetime) -> None:
    """The objection that a proposal came from is discussed, waits again, or is settled with it."""
    objection = proposal.came_from.objection if proposal.came_from else None
    if objection is None:
        return
    match proposal.stage:
        case Stage.DISCUSSION:
            objection_discuss(objection=objection, url=proposal_address(proposal))
        case Stage.WITHDRAWN:
            objection_discuss(objection=objection, url="")
        case Stage.ADOPTED | Stage.REJECTED:
            objection_settle(objection=objection, now=now)


def proposal_address(proposal: Proposal) -> str:
    """The address of a proposal's page."""
    return reverse("proposals:detail", args=[proposal.pk])


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
        url=proposal_address(proposal),
        now=now,
    )


def bundle_tell(
    bundle: Bundle,
    members: Iterable[Proposal],
    text: str,
    *,
    but: Person | None,
    now: datetime,
    also: Iterable[Person] = (),
) -> None:
    """Tell everyone who follows a bundle or one of its proposals, once for all of them."""
    topics = [bundle.topic, *(member.topic for member in members)]
    recipients = {person.pk: person for person in Follow.objects.followers_of(*topics)}
    recipients |= {person.pk: person for person in also}
    if but is not None:
        recipients.pop(but.pk, None)
    notice_send(
        recipients=list(recipients.values()),
        topic=bundle.topic,
        text=text,
        url=reverse("proposals:bundle", args=[bundle.pk]),
        now=now,
    )
