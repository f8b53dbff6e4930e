"""Who may do what with a proposal, at which stage, and why not.

All rules are pure: they ask nothing of the database beyond the objects they are given.
`Standing` gathers what one person is to one proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from people.models import Person
from people.roles import Role, Roles
from proposals.leadership import Leadership
from proposals.models import Comment, Disposition, Proposal, Protest, Round
from proposals.stages import WRITABLE, Move, Stage, allows


@dataclass(frozen=True)
class Standing:
    """What a person is to a proposal: writer, leader, holder of roles."""

    person: Person
    roles: Roles
    proposal: Proposal
    is_writer: bool
    leadership: Leadership
    in_bundle: bool = False  # asked for the whole bundle that the proposal moves with

    @property
    def is_leader(self) -> bool:
        """Whether the person leads the proposal today."""
        return self.person.pk in self.leadership.keys

    def leader_refusal(self) -> str:
        """Why somebody who does not lead may not act as head, and who may."""
        names = ", ".join(head.name for head in self.leadership.heads)
        unit = self.leadership.unit
        if unit is None:
            return _("Pengusulnya pimpinan tertinggi, sehingga tidak ada atasan yang memutuskan.")
        if not names:
            return _("Belum ada kepala %(unit)s yang dapat bertindak.") % {"unit": unit}
        return _("Hanya kepala %(unit)s (%(names)s) yang dapat melakukannya.") % {
            "unit": unit,
            "names": names,
        }


def standing_of(
    person: Person, roles: Roles, proposal: Proposal, leadership: Leadership
) -> Standing:
    """What a person is to a proposal; co-authors are read from the prefetched relation."""
    is_writer = proposal.author_id == person.pk or any(
        coauthor.pk == person.pk for coauthor in proposal.coauthors.all()
    )
    return Standing(person, roles, proposal, is_writer, leadership)


def bundle_standings(
    person: Person, roles: Roles, members: Sequence[Proposal], leadership: Leadership
) -> list[Standing]:
    """What a person is to each proposal of a bundle, asked for the whole bundle."""
    return [
        replace(standing_of(person, roles, member, leadership), in_bundle=True)
        for member in members
    ]


def may_move(proposal: Proposal, move: Move) -> Verdict:
    """Whether the table of stages allows a move from where the proposal stands."""
    if allows(move, proposal.stage):
        return ALLOWED
    return refuse(
        _("Pada tahap %(stage)s hal ini tidak dapat dilakukan.")
        % {"stage": proposal.get_stage_display()}
    )


def may_go_alone(standing: Standing) -> Verdict:
    """A proposal of a bundle moves with the whole bundle, not by itself."""
    if standing.proposal.is_bundled and not standing.in_bundle:
        return refuse(_("Usulan ini bergerak bersama paketnya: %s.") % standing.proposal.bundle)
    return ALLOWED


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


def may_comment(standing: Standing) -> Verdict:
    """Everyone signed in comments while the text is discussed."""
    if standing.proposal.stage == Stage.DISCUSSION:
        return ALLOWED
    if standing.proposal.stage == Stage.DRAFT:
        return refuse(_("Usulan ini masih draf; tanggapan dibuka setelah diajukan."))
    return refuse(_("Masa tanggapan usulan ini sudah berakhir."))


def may_answer(standing: Standing, comment: Comment, outcome: str = "") -> Verdict:
    """Dispositions: by a writer or the leader, never by the commenter; *out of scope* by office."""
    if comment.author_id == standing.person.pk:
        return refuse(_("Tanggapan Anda dijawab oleh orang lain, bukan oleh Anda sendiri."))
    is_office = standing.is_leader or standing.roles.has(Role.FACILITATOR)
    if outcome == Disposition.Outcome.OUT_OF_SCOPE and not is_office:
        return refuse(
            _("Hanya kepala unit kerja atau fasilitator yang menyatakan di luar lingkup.")
        )
    if not (standing.is_writer or is_office):
        return refuse(_("Tindak lanjut diberikan oleh pengusul atau kepala unit kerja."))
    if standing.proposal.stage != Stage.DISCUSSION:
        return refuse(_("Tindak lanjut diberikan selama masa tanggapan."))
    if comment.parent_id is not None or comment.kind in (
        Comment.Kind.SUPPORT,
        Comment.Kind.REPLY,
    ):
        return refuse(_("Tanggapan ini tidak memerlukan tindak lanjut."))
    if comment.answer is not None:
        return refuse(_("Tanggapan ini sudah ditindaklanjuti."))
    return ALLOWED


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


def may_open_poll(standing: Standing) -> Verdict:
    """The leader opens the vote on a frozen text."""
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    return may_move(standing.proposal, Move.OPEN_POLL)


def may_protest(standing: Standing, *, is_elector: bool, now: datetime) -> Verdict:
    """Electors and writers protest against the procedure, inside the objection window."""
    proposal = standing.proposal
    if proposal.stage != Stage.OBJECTION or proposal.objection_until is None:
        return refuse(_("Masa sanggah tidak sedang berjalan."))
    if now >= proposal.objection_until:
        return refuse(_("Masa sanggah sudah berakhir."))
    if not (is_elector or standing.is_writer):
        return refuse(_("Sanggahan diajukan oleh pemilih atau pengusul."))
    return ALLOWED


def may_handle_protests(standing: Standing) -> Verdict:
    """The facilitator answers protests while the objection window is open."""
    if not standing.roles.has(Role.FACILITATOR):
        return refuse(_("Sanggahan dijawab oleh fasilitator."))
    if standing.proposal.stage != Stage.OBJECTION:
        return refuse(_("Masa sanggah tidak sedang berjalan."))
    return ALLOWED


def may_answer_protest(
    standing: Standing, protest: Protest, outcome: str = "", *, votes_before: int = 1
) -> Verdict:
    """The facilitator answers a protest; a vote is repeated once only."""
    if not (handled := may_handle_protests(standing)):
        return handled
    if protest.author_id == standing.person.pk:
        return refuse(_("Sanggahan Anda dijawab oleh orang lain."))
    if protest.outcome:
        return refuse(_("Sanggahan ini sudah dijawab."))
    if outcome == Protest.Outcome.VOTE_AGAIN and votes_before > 1:
        return refuse(_("Pemungutan suara hanya diulang satu kali."))
    return ALLOWED


def may_decide(standing: Standing, *, is_elector: bool) -> Verdict:
    """The leader decides after the vote, never as one of its electors."""
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    if not (moved := may_move(standing.proposal, Move.ADOPT)):
        return moved
    if is_elector:
        return refuse(_("Anda pemilih dalam pemungutan suara ini; yang memutuskan tidak memilih."))
    return ALLOWED


def may_return(standing: Standing) -> Verdict:
    """The leader returns a frozen text, or one under vote, for repair."""
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    return may_move(standing.proposal, Move.RETURN)
