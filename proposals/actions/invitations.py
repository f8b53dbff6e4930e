"""Co-authors: asked by the author, writing once they accept, free to leave."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ledger.actions import event_record
from notices.actions import follow_add, notice_send, told
from people.models import Person
from proposals.actions.moves import proposal_address, proposal_locked, standing_in
from proposals.models import Invitation, Proposal
from proposals.rules import may_answer_invitation, may_invite, may_leave, may_withdraw_invitation


@transaction.atomic
def invitation_send(
    *, actor: Person, proposal: Proposal, colleague: Person, now: datetime
) -> Invitation:
    """Ask a colleague to write with the author; an open invitation is not repeated.

    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(proposal.pk)
    may_invite(standing_in(proposal, actor, now=now)).require()
    if colleague.pk == proposal.author_id or not colleague.is_active:
        raise ValidationError({"colleague": _("Pilih seorang rekan kerja.")})
    if colleague in proposal.coauthors.all():
        raise ValidationError({"colleague": _("Rekan ini sudah menulis bersama Anda.")})
    if existing := proposal.invitations.open().filter(person=colleague).first():
        return existing
    invitation = Invitation(proposal=proposal, person=colleague, created_at=now)
    invitation.full_clean()
    invitation.save()
    _tell(
        colleague,
        proposal,
        told(
            "%(name)s mengajak Anda menulis usulan “%(title)s” bersama.",
            name=actor.name,
            title=proposal.record.name,
        ),
        now=now,
    )
    _record(actor, invitation, "sent", now=now)
    return invitation


@transaction.atomic
def invitation_accept(*, actor: Person, invitation: Invitation, now: datetime) -> Invitation:
    """Become a co-author. Raises Refused."""
    invitation = _answer(actor, invitation, Invitation.State.ACCEPTED, now=now)
    proposal = invitation.proposal
    proposal.coauthors.add(actor)
    follow_add(actor=actor, topic=proposal.topic, now=now)
    text = told(
        "%(name)s menerima ajakan Anda menulis “%(title)s” bersama.",
        name=actor.name,
        title=proposal.record.name,
    )
    _tell(proposal.author, proposal, text, now=now)
    return invitation


@transaction.atomic
def invitation_decline(*, actor: Person, invitation: Invitation, now: datetime) -> Invitation:
    """Stay out of it; no reason is asked. Raises Refused."""
    invitation = _answer(actor, invitation, Invitation.State.DECLINED, now=now)
    proposal = invitation.proposal
    text = told(
        "%(name)s tidak dapat ikut menulis “%(title)s”.",
        name=actor.name,
        title=proposal.record.name,
    )
    _tell(proposal.author, proposal, text, now=now)
    return invitation


@transaction.atomic
def invitation_withdraw(*, actor: Person, invitation: Invitation, now: datetime) -> Invitation:
    """Take an invitation back before it is answered. Raises Refused."""
    invitation = _locked(invitation)
    standing = standing_in(invitation.proposal, actor, now=now)
    may_withdraw_invitation(standing, invitation).require()
    return _close(actor, invitation, Invitation.State.WITHDRAWN, now=now)


@transaction.atomic
def coauthor_leave(*, actor: Person, proposal: Proposal, now: datetime) -> Proposal:
    """Stop being a co-author; what was written stays, and the revisions keep their authors.

    Raises Refused.
    """
    proposal = proposal_locked(proposal.pk)
    may_leave(standing_in(proposal, actor, now=now)).require()
    proposal.coauthors.remove(actor)
    text = told(
        "%(name)s tidak lagi menulis “%(title)s” bersama Anda.",
        name=actor.name,
        title=proposal.record.name,
    )
    _tell(proposal.author, proposal, text, now=now)
    event_record(
        actor=actor.pk,
        action="proposal.coauthor_left",
        subject=proposal.topic,
        content={"coauthor": actor.pk},
        now=now,
    )
    return proposal


def _locked(invitation: Invitation) -> Invitation:
    """An invitation re-read under its row lock, after that of its proposal."""
    proposal = proposal_locked(invitation.proposal_id)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.proposal = proposal
    return invitation


def _answer(actor: Person, invitation: Invitation, state: str, *, now: datetime) -> Invitation:
    invitation = _locked(invitation)
    may_answer_invitation(actor, invitation, state).require()
    return _close(actor, invitation, state, now=now)


def _close(actor: Person, invitation: Invitation, state: str, *, now: datetime) -> Invitation:
    invitation.state, invitation.answered_at = state, now
    invitation.save(update_fields=["state", "answered_at"])
    _record(actor, invitation, state, now=now)
    return invitation


def _record(actor: Person, invitation: Invitation, what: str, *, now: datetime) -> None:
    event_record(
        actor=actor.pk,
        action=f"invitation.{what}",
        subject=invitation.proposal.topic,
        content={"invitation": invitation.pk, "person": invitation.person_id},
        now=now,
    )


def _tell(person: Person, proposal: Proposal, text: str, *, now: datetime) -> None:
    notice_send(
        recipients=[person],
        topic=proposal.topic,
        text=text,
        url=proposal_address(proposal),
        now=now,
    )
