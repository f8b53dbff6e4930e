"""Who may write a text, ask others to, hand it in, freeze it and give it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from people.models import Person
from people.roles import Role, Roles
from proposals.models import (
    Invitation,
    Round,
)
from proposals.rules.standing import Standing, may_go_alone, may_move
from proposals.stages import WRITABLE, Move


def may_carry_over(person: Person, roles: Roles, round_: Round, *, now: datetime) -> Verdict:
    """The facilitator, or the head of the round's scope, carries a set over into an open round."""
    if not (roles.has(Role.FACILITATOR) or round_.scope_id in roles.headed):
        return refuse(
            _("Set indikator dilanjutkan oleh fasilitator atau kepala %s.") % round_.scope
        )
    if not round_.is_open(now):
        return refuse(_("Putaran ini tidak sedang dibuka."))
    return ALLOWED


def may_leave_bundle(standing: Standing) -> Verdict:
    """A writer takes a proposal out of its bundle, for as long as its text may change.

    Once the texts are frozen the bundle is one question, and goes back whole.
    """
    if not standing.proposal.is_bundled:
        return refuse(_("Usulan ini tidak ada dalam paket."))
    return may_write(standing)


def may_run_rounds(roles: Roles) -> Verdict:
    """Rounds are run by the facilitator."""
    if roles.has(Role.FACILITATOR):
        return ALLOWED
    return refuse(_("Putaran diatur oleh fasilitator Bagian Organisasi."))


def may_propose(
    person: Person, round_: Round, scope_keys: frozenset[int], *, now: datetime
) -> Verdict:
    """Everyone of the round's scope proposes while it is open; `scope_keys` are its units."""
    if not round_.is_open(now):
        return refuse(_("Putaran ini tidak sedang dibuka."))
    if person.unit_id not in scope_keys:
        return refuse(_("Putaran ini untuk unit lain."))
    return ALLOWED


def may_write(standing: Standing) -> Verdict:
    """Authors and co-authors write, until the text is frozen."""
    if not standing.is_writer:
        return refuse(_("Hanya pengusul dan rekan pengusul yang mengubah teks."))
    if standing.proposal.stage not in WRITABLE:
        return refuse(_("Teks sudah dibekukan dan tidak dapat diubah."))
    return ALLOWED


def may_invite(standing: Standing) -> Verdict:
    """The author invites co-authors, for as long as the text may change."""
    if standing.person.pk != standing.proposal.author_id:
        return refuse(_("Hanya pengusul yang mengajak rekan pengusul."))
    return may_write(standing)


def may_attach(standing: Standing) -> Verdict:
    """Writers add and remove evidence for as long as the text may change."""
    if not standing.is_writer:
        return refuse(_("Berkas bukti diatur oleh pengusul dan rekan pengusul."))
    return may_write(standing)


def may_answer_invitation(person: Person, invitation: Invitation, state: str = "") -> Verdict:
    """Who was asked answers, once; only to decline where the text is frozen meanwhile."""
    if invitation.person_id != person.pk:
        return refuse(_("Ajakan ini dijawab oleh rekan yang diajak."))
    if invitation.state != Invitation.State.OPEN:
        return refuse(_("Ajakan ini sudah dijawab atau dibatalkan."))
    is_frozen = invitation.proposal.stage not in WRITABLE
    if state != Invitation.State.DECLINED and is_frozen:
        return refuse(_("Teks sudah dibekukan dan tidak dapat diubah."))
    return ALLOWED


def may_withdraw_invitation(standing: Standing, invitation: Invitation) -> Verdict:
    """The author takes back an invitation that waits for its answer."""
    if standing.person.pk != standing.proposal.author_id:
        return refuse(_("Hanya pengusul yang membatalkan ajakannya."))
    if invitation.state != Invitation.State.OPEN:
        return refuse(_("Ajakan ini sudah dijawab atau dibatalkan."))
    return ALLOWED


def may_leave(standing: Standing) -> Verdict:
    """A co-author leaves while the text may change; afterwards the name belongs to the record."""
    if standing.person.pk == standing.proposal.author_id:
        return refuse(_("Pengusul tidak meninggalkan usulannya; ia dapat menariknya."))
    return may_write(standing)


def may_submit(standing: Standing, missing: Sequence[object], *, now: datetime) -> Verdict:
    """A draft goes to discussion in an open round, once its short form is complete."""
    if not standing.is_writer:
        return refuse(_("Hanya pengusul yang mengajukan usulan."))
    if not (alone := may_go_alone(standing)):
        return alone
    if not (moved := may_move(standing.proposal, Move.SUBMIT)):
        return moved
    if not standing.proposal.round.is_open(now):
        return refuse(_("Putaran ini tidak sedang dibuka."))
    if missing:
        return refuse(_("Isian draf belum lengkap."))
    return ALLOWED


def may_withdraw(standing: Standing) -> Verdict:
    """The author withdraws, until the text is frozen."""
    if standing.person.pk != standing.proposal.author_id:
        return refuse(_("Hanya pengusul yang menarik usulannya."))
    if not (alone := may_go_alone(standing)):
        return alone
    return may_move(standing.proposal, Move.WITHDRAW)


def may_freeze(standing: Standing, gate: Sequence[object]) -> Verdict:
    """The leader freezes a text once nothing is left in its gate (proposals/gate.py)."""
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    if not (moved := may_move(standing.proposal, Move.FREEZE)):
        return moved
    if gate:
        return refuse(_("Masih ada yang harus dilengkapi sebelum teks dibekukan."))
    return ALLOWED


def may_return(standing: Standing) -> Verdict:
    """The leader returns a frozen text, or one under vote, for repair."""
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    return may_move(standing.proposal, Move.RETURN)
