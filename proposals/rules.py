"""Who may do what with a proposal, at which stage, and why not.

All rules are pure: they ask nothing of the database beyond the objects they are given.
`Standing` gathers what one person is to one proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from people.models import Person
from people.roles import Role, Roles
from proposals.leadership import Leadership
from proposals.models import (
    Comment,
    Disposition,
    Dissent,
    Invitation,
    Proposal,
    Protest,
    Round,
    Unsealing,
)
from proposals.stages import ASKED_AT, WRITABLE, Move, Stage, allows
from voting.models import Meeting, Poll
from voting.results import ItemResult

LEAST_CROWD = 5  # as few people never hide one of them (RELIABILITY decision 4)

OFFICES = {
    Unsealing.Office.AUDITOR: Role.AUDITOR,
    Unsealing.Office.ADMINISTRATOR: Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class Crowd:
    """Who could have written a comment without a name: how many, and whether the person is one."""

    size: int
    holds_person: bool


@dataclass(frozen=True)
class Standing:
    """What a person is to a proposal: writer, leader, holder of roles, owner of a pseudonym."""

    person: Person
    roles: Roles
    proposal: Proposal
    is_writer: bool
    leadership: Leadership
    pseudonym: UUID | None = None
    in_bundle: bool = False  # asked for the whole bundle that the proposal moves with

    @property
    def is_leader(self) -> bool:
        """Whether the person leads the proposal today."""
        return self.person.pk in self.leadership.keys

    def said(self, comment: Comment) -> bool:
        """Whether the person wrote a comment, by name or under the own pseudonym."""
        by_name = comment.author_id == self.person.pk
        return by_name or (
            comment.pseudonym_id is not None and comment.pseudonym_id == self.pseudonym
        )

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
    person: Person,
    roles: Roles,
    proposal: Proposal,
    leadership: Leadership,
    pseudonym: UUID | None = None,
) -> Standing:
    """What a person is to a proposal; co-authors are read from the prefetched relation."""
    is_writer = proposal.author_id == person.pk or any(
        coauthor.pk == person.pk for coauthor in proposal.coauthors.all()
    )
    return Standing(person, roles, proposal, is_writer, leadership, pseudonym)


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


def may_comment(standing: Standing) -> Verdict:
    """Everyone signed in comments while the text is discussed."""
    if standing.proposal.stage == Stage.DISCUSSION:
        return ALLOWED
    if standing.proposal.stage == Stage.DRAFT:
        return refuse(_("Usulan ini masih draf; tanggapan dibuka setelah diajukan."))
    return refuse(_("Masa tanggapan usulan ini sudah berakhir."))


def may_speak_unnamed(standing: Standing, crowd: Crowd) -> Verdict:
    """Under a pseudonym speaks who is one of five that could have; never who decides on the text.

    Source: PEERS 10 (safe dissent); `pseudonyms.crowd_of` tells who could have.
    """
    if not (said := may_comment(standing)):
        return said
    if standing.is_writer or standing.is_leader:
        return refuse(_("Pengusul dan pimpinan yang memutuskan menanggapi dengan nama sendiri."))
    if not crowd.holds_person:
        return refuse(_("Nama samaran tersedia bagi pegawai unit dalam lingkup putaran ini."))
    if crowd.size < LEAST_CROWD:
        return refuse(
            _("Nama samaran tersedia bila sedikitnya lima orang dapat menulis tanggapan itu.")
        )
    return ALLOWED


def may_read(standing: Standing, comment: Comment) -> bool:
    """Whether the person reads a comment's words: hidden ones only their author and offices.

    The facilitator has to, for otherwise nobody could judge whether to show them again.
    """
    if comment.hidden is None:
        return True
    reads_all = standing.roles.has(Role.AUDITOR) or standing.roles.has(Role.FACILITATOR)
    return reads_all or standing.said(comment)


def may_edit(standing: Standing, comment: Comment) -> Verdict:
    """Whoever said it corrects it (from paper: who copied it) until it has its disposition."""
    is_own = standing.said(comment) or comment.recorded_by_id == standing.person.pk
    if not is_own:
        return refuse(_("Tanggapan diubah oleh penulisnya sendiri."))
    if not (said := may_comment(standing)):
        return said
    if comment.hidden is not None:
        return refuse(_("Tanggapan yang disembunyikan tidak dapat diubah."))
    if comment.answer is not None:
        return refuse(_("Tanggapan ini sudah ditindaklanjuti dan tidak dapat diubah lagi."))
    return ALLOWED


def may_react(standing: Standing, comment: Comment) -> Verdict:
    """Others weigh a comment in a word, for as long as the text is discussed."""
    if standing.said(comment):
        return refuse(_("Reaksi diberikan atas tanggapan orang lain."))
    if comment.hidden is not None:
        return refuse(_("Tanggapan ini disembunyikan."))
    return may_comment(standing)


def may_hide(standing: Standing, comment: Comment) -> Verdict:
    """Only the facilitator takes words out of sight, at any stage."""
    if not standing.roles.has(Role.FACILITATOR):
        return refuse(_("Tanggapan hanya disembunyikan oleh fasilitator."))
    if comment.hidden is not None:
        return refuse(_("Tanggapan ini sudah disembunyikan."))
    return ALLOWED


def may_show(standing: Standing, comment: Comment) -> Verdict:
    """Only the facilitator shows hidden words again."""
    if not standing.roles.has(Role.FACILITATOR):
        return refuse(_("Tanggapan hanya ditampilkan kembali oleh fasilitator."))
    if comment.hidden is None:
        return refuse(_("Tanggapan ini tidak disembunyikan."))
    return ALLOWED


def may_copy_paper(standing: Standing) -> Verdict:
    """The facilitator copies comments that came on paper (DESIGN 1)."""
    if not standing.roles.has(Role.FACILITATOR):
        return refuse(_("Tanggapan di atas kertas dicatat oleh fasilitator."))
    return may_comment(standing)


def may_request_unsealing(roles: Roles, unsealing: Unsealing | None) -> Verdict:
    """An auditor or an administrator asks for a pseudonym's author, once."""
    if not any(roles.has(role) for role in OFFICES.values()):
        return refuse(_("Nama samaran dibuka oleh auditor dan administrator kepegawaian."))
    if unsealing is not None:
        return refuse(_("Pembukaan nama samaran ini sudah diminta."))
    return ALLOWED


def may_confirm_unsealing(person: Person, roles: Roles, unsealing: Unsealing) -> Verdict:
    """Whoever asked does not agree: the other office does, in another person."""
    if unsealing.is_confirmed:
        return refuse(_("Pembukaan nama samaran ini sudah disetujui."))
    if unsealing.requested_by_id == person.pk:
        return refuse(_("Yang menyetujui adalah orang lain daripada yang meminta."))
    others = [role for office, role in OFFICES.items() if office != unsealing.requested_as]
    if not any(roles.has(role) for role in others):
        return refuse(_("Yang menyetujui memegang tugas yang lain: auditor atau administrator."))
    return ALLOWED


def may_review(standing: Standing) -> Verdict:
    """Everyone who may comment reviews, except whose own words the text is.

    Source: DOMAIN 2.3 (reviewers tick the checklist).
    """
    if not (commented := may_comment(standing)):
        return commented
    if standing.is_writer:
        return refuse(_("Teks Anda ditelaah oleh orang lain, bukan oleh Anda sendiri."))
    return ALLOWED


def may_answer(standing: Standing, comment: Comment, outcome: str = "") -> Verdict:
    """Dispositions: by a writer or the leader, never by the commenter; *out of scope* by office.

    A hidden comment keeps its claim to one, and the facilitator, who can read it, gives it.
    """
    if standing.said(comment):
        return refuse(_("Tanggapan Anda dijawab oleh orang lain, bukan oleh Anda sendiri."))
    is_office = standing.is_leader or standing.roles.has(Role.FACILITATOR)
    if outcome == Disposition.Outcome.OUT_OF_SCOPE and not is_office:
        return refuse(
            _("Hanya kepala unit kerja atau fasilitator yang menyatakan di luar lingkup.")
        )
    if comment.hidden is not None and not standing.roles.has(Role.FACILITATOR):
        return refuse(_("Tanggapan yang disembunyikan ditindaklanjuti oleh fasilitator."))
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


def may_adopt_wording(standing: Standing, comment: Comment) -> Verdict:
    """A suggestion becomes a revision by the hand of a writer, never of who suggested it."""
    if comment.kind != Comment.Kind.SUGGESTION:
        return refuse(_("Hanya usulan rumusan yang dapat langsung dimuat ke dalam teks."))
    if not (written := may_write(standing)):
        return written
    return may_answer(standing, comment, Disposition.Outcome.ADOPTED)


def may_reply_to_answer(standing: Standing, comment: Comment) -> Verdict:
    """The commenter says once that a disposition solves nothing, until the ballot is printed.

    For a comment from paper the facilitator who copied it does.
    """
    if not (standing.said(comment) or comment.recorded_by_id == standing.person.pk):
        return refuse(_("Hanya penanggap yang menjawab tindak lanjutnya."))
    if comment.answer is None:
        return refuse(_("Tanggapan ini belum ditindaklanjuti."))
    if comment.answer.reply:
        return refuse(_("Anda sudah menjawab tindak lanjut ini; jawaban itu hanya satu kali."))
    if standing.proposal.stage not in (Stage.DISCUSSION, Stage.FROZEN):
        return refuse(_("Tindak lanjut dapat dijawab sampai surat suara dicetak."))
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


def may_ask_any(roles: Roles, scope_keys: frozenset[int]) -> Verdict:
    """Voters are asked for weights or a ranking by a head of the round's scope."""
    if any(roles.heads(key) for key in scope_keys):
        return ALLOWED
    return refuse(_("Bobot dan peringkat diminta oleh kepala unit kerja dalam lingkup putaran."))


def may_ask_round(standing: Standing, method: str, *, is_asked: bool) -> Verdict:
    """The leader asks for weights of what was adopted, or a ranking of what is frozen.

    Not while voters are being asked the same already (`is_asked`).
    """
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    if standing.proposal.stage != ASKED_AT.get(method):
        return refuse(
            _("Pada tahap %(stage)s hal ini tidak dapat dilakukan.")
            % {"stage": standing.proposal.get_stage_display()}
        )
    if is_asked:
        return refuse(_("Pemilih sedang ditanyai hal yang sama; tunggu sampai ditutup."))
    return ALLOWED


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


def may_run_poll(roles: Roles, *, is_head: bool) -> Verdict:
    """The head of the unit (or above it) and the facilitator run an open vote."""
    if is_head or roles.has(Role.FACILITATOR):
        return ALLOWED
    return refuse(
        _(
            "Pemungutan suara dikelola oleh kepala unit kerja ini atau yang di atasnya, dan "
            "fasilitator."
        )
    )


def may_remind(poll: Poll, *, is_due: bool, now: datetime) -> Verdict:
    """All electors of an open vote are reminded alike, at most once a day."""
    if poll.state != Poll.State.OPEN or now >= poll.closes_at:
        return refuse(_("Pemungutan suara ini sudah ditutup."))
    if not is_due:
        return refuse(_("Hari ini semua pemilih sudah diingatkan."))
    return ALLOWED


def may_repeat_vote(
    standing: Standing, told: ItemResult | None, *, quorum_reached: bool, votes_before: int
) -> Verdict:
    """The leader repeats a vote that said nothing (no quorum, or a tie), once.

    Source: DOMAIN 5.2 (tie: one re-vote). It stands on the ballot beforehand.
    """
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    if not (moved := may_move(standing.proposal, Move.REPEAT_VOTE)):
        return moved
    if told is None or (quorum_reached and not told.is_tie):
        return refuse(
            _("Hanya bila kuorum tidak tercapai atau suara berimbang, pemungutan suara diulang.")
        )
    if votes_before > 1:
        return refuse(_("Pemungutan suara hanya diulang satu kali."))
    return ALLOWED


def may_file_dissent(standing: Standing, *, is_elector: bool, now: datetime) -> Verdict:
    """Electors object in writing inside the objection window; until the decision if it has none.

    Source: DESIGN 4.3 (dissent), PEERS 6.21 (the minority report that travels).
    """
    proposal = standing.proposal
    until = proposal.objection_until
    in_window = proposal.stage == Stage.OBJECTION and until is not None and now < until
    if not in_window and not (
        proposal.stage == Stage.DECISION and not proposal.round.objection_days
    ):
        return refuse(_("Catatan keberatan ditulis selama masa sanggah sesudah pemungutan suara."))
    if not is_elector:
        return refuse(_("Catatan keberatan ditulis oleh pemilih."))
    return ALLOWED


def may_read_dissents(standing: Standing) -> bool:
    """Whether the person reads reports that are not published: leader, facilitator, auditor."""
    offices = (Role.FACILITATOR, Role.AUDITOR)
    return standing.is_leader or any(map(standing.roles.has, offices))


def may_read_dissents_for_names(standing: Standing, dissent: Dissent) -> Verdict:
    """Leader or facilitator read a report for names, once, before the decision; never their own."""
    if not (standing.is_leader or standing.roles.has(Role.FACILITATOR)):
        return refuse(_("Catatan keberatan dibaca oleh kepala unit kerja atau fasilitator."))
    if dissent.author_id == standing.person.pk:
        return refuse(_("Catatan Anda dibaca oleh orang lain."))
    if dissent.state != Dissent.State.WAITING:
        return refuse(_("Catatan keberatan ini sudah dibaca."))
    if standing.proposal.stage not in (Stage.OBJECTION, Stage.DECISION):
        return refuse(_("Catatan keberatan dibaca sebelum keputusan diambil."))
    return ALLOWED


def may_decide(standing: Standing, *, is_elector: bool, unread: int = 0) -> Verdict:
    """The leader decides after the vote, never as one of its electors.

    `unread` minority reports are read first: what is adopted carries them.
    """
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    if not (moved := may_move(standing.proposal, Move.ADOPT)):
        return moved
    if is_elector:
        return refuse(_("Anda pemilih dalam pemungutan suara ini; yang memutuskan tidak memilih."))
    if unread:
        return refuse(_("Baca dahulu catatan keberatan yang menunggu; yang dimuat ikut terbit."))
    return ALLOWED


def may_read_minutes(poll: Poll) -> Verdict:
    """The berita acara of a poll is for all staff, once there is a result: it names no voter."""
    if poll.state != Poll.State.SEALED:
        return refuse(_("Berita acara disusun sesudah pemungutan suara disegel."))
    return ALLOWED


def may_read_meeting(
    person: Person, roles: Roles, meeting: Meeting, *, is_head: bool, is_elector: bool
) -> Verdict:
    """Who was at a meeting is read by those it was for and by those who keep the record.

    Never of a secret poll: a list of who came would be one of who voted.
    """
    if meeting.poll.is_secret:
        return refuse(_("Pemungutan suara tertutup tidak mempunyai daftar hadir."))
    keeps = person.pk in (meeting.chair_id, meeting.notulis_id)
    offices = (Role.FACILITATOR, Role.AUDITOR, Role.ADMINISTRATOR)
    if is_elector or is_head or keeps or any(map(roles.has, offices)):
        return ALLOWED
    return refuse(
        _(
            "Naskah rapat dibaca oleh pemilih, pimpinan dan notulis rapat, kepala unit kerja, "
            "fasilitator, auditor, dan administrator."
        )
    )


def may_draft_decree(roles: Roles, *, is_head: bool, adopted: int) -> Verdict:
    """The draft of a keputusan is for the head and the facilitator, once something is adopted."""
    if not (is_head or roles.has(Role.FACILITATOR)):
        return refuse(_("Rancangan keputusan disusun untuk kepala unit kerja dan fasilitator."))
    if not adopted:
        return refuse(_("Belum ada usulan yang ditetapkan dalam pemungutan suara ini."))
    return ALLOWED


def may_return(standing: Standing) -> Verdict:
    """The leader returns a frozen text, or one under vote, for repair."""
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    return may_move(standing.proposal, Move.RETURN)
