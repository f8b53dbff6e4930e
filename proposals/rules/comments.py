"""Who may say something about a text, answer it, hide it, and know who said it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from people.models import Person
from people.roles import Role, Roles
from proposals.models import (
    Comment,
    Disposition,
    Unsealing,
)
from proposals.rules.standing import LEAST_CROWD, Crowd, Standing
from proposals.rules.writing import may_write
from proposals.stages import Stage

OFFICES = {
    Unsealing.Office.AUDITOR: Role.AUDITOR,
    Unsealing.Office.ADMINISTRATOR: Role.ADMINISTRATOR,
}


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


def may_review(standing: Standing) -> Verdict:
    """Everyone who may comment reviews, except whose own words the text is.

    Source: DOMAIN 2.3 (reviewers tick the checklist).
    """
    if not (commented := may_comment(standing)):
        return commented
    if standing.is_writer:
        return refuse(_("Teks Anda ditelaah oleh orang lain, bukan oleh Anda sendiri."))
    return ALLOWED
