"""Who may adopt, compose and publish; and, afterwards, rate, object and review.

A set is never published by the person who composed it.
"""

from django.utils.translation import gettext as _

from core.dates import format_date
from core.verdict import ALLOWED, Verdict, refuse
from indicators.models import BriefingQuestion, IndicatorSet, IndicatorVersion
from indicators.reviewing import ReviewDate
from indicators.units import UnitTree
from people.models import Person
from people.roles import Role, Roles

State = IndicatorSet.State


def may_adopt(roles: Roles) -> Verdict:
    """Whether an indicator version may be made: by the deciding head, or by who imports it."""
    if any(roles.has(role) for role in (Role.HEAD, Role.FACILITATOR, Role.ADMINISTRATOR)):
        return ALLOWED
    return refuse(_("Indikator ditetapkan oleh kepala unit kerja."))


def may_see_drafts(roles: Roles) -> Verdict:
    """Whether sets that are not published yet may be read."""
    if any(roles.has(role) for role in (Role.FACILITATOR, Role.PUBLISHER, Role.AUDITOR)):
        return ALLOWED
    return refuse(_("Set yang belum terbit dibaca oleh fasilitator, penerbit, dan auditor."))


def may_draft(roles: Roles) -> Verdict:
    """Whether a new set may be begun."""
    if roles.has(Role.FACILITATOR):
        return ALLOWED
    return refuse(_("Set indikator disusun oleh fasilitator dari Bagian Organisasi."))


def may_import_actuals(roles: Roles) -> Verdict:
    """Whether what units reported may be taken in: by those who compose and publish sets."""
    if roles.has(Role.FACILITATOR) or roles.has(Role.PUBLISHER):
        return ALLOWED
    return refuse(_("Realisasi diunggah oleh fasilitator dan penerbit dari Bagian Organisasi."))


def may_compose(roles: Roles, indicator_set: IndicatorSet) -> Verdict:
    """Whether entries, weights and dates may be changed, and the set handed to the publisher."""
    if not (allowed := may_draft(roles)):
        return allowed
    if indicator_set.state == State.PUBLISHED:
        return refuse(_("Set ini sudah terbit dan tidak dapat diubah; susunlah versi baru."))
    if indicator_set.state == State.COMPOSED:
        return refuse(
            _("Set ini sudah diserahkan kepada penerbit. Tarik kembali lebih dulu untuk mengubah.")
        )
    return ALLOWED


def may_return(roles: Roles, indicator_set: IndicatorSet) -> Verdict:
    """Whether a composed set may go back to being a draft."""
    if not (roles.has(Role.PUBLISHER) or roles.has(Role.FACILITATOR)):
        return refuse(_("Hanya fasilitator dan penerbit yang dapat mengembalikan set ke draf."))
    if indicator_set.state != State.COMPOSED:
        return refuse(_("Hanya set yang sudah diserahkan yang dapat dikembalikan ke draf."))
    return ALLOWED


def may_publish(person: Person, roles: Roles, indicator_set: IndicatorSet) -> Verdict:
    """Whether this person may publish this set; the checks of its content come besides."""
    if not roles.has(Role.PUBLISHER):
        return refuse(_("Set indikator diterbitkan oleh penerbit (kepala Bagian Organisasi)."))
    if indicator_set.composed_by_id == person.pk:
        return refuse(_("Anda menyusun set ini; orang lain yang harus menerbitkannya."))
    if indicator_set.state == State.PUBLISHED:
        return refuse(_("Set ini sudah terbit."))
    if indicator_set.state != State.COMPOSED:
        return refuse(_("Fasilitator belum menyerahkan set ini untuk diterbitkan."))
    return ALLOWED


def may_keep_keys(roles: Roles) -> Verdict:
    """Whether a signing key may be made or changed by this person (on the server: anyone)."""
    if roles.has(Role.ADMINISTRATOR):
        return ALLOWED
    return refuse(_("Kunci penanda tangan diurus oleh administrator."))


def may_rate(person: Person, version: IndicatorVersion, tree: UnitTree) -> Verdict:
    """Whether a person is measured by a version, and so may say how it is to be measured by it."""
    if not person.is_active:
        return refuse(_("Anda tidak lagi bertugas."))
    applies_to, unit = version.applies_to, person.unit.code
    if not tree.applies(applies_to, unit, family=person.position_family):
        return refuse(_("Yang menilai adalah pegawai yang diukur dengan indikator ini."))
    return ALLOWED


def may_object(person: Person, version: IndicatorVersion, tree: UnitTree) -> Verdict:
    """Whether a person works where a version measures, or in the unit that answers for it.

    Source: PP 30/2019 Pasal 4 (*partisipatif*); DESIGN 1: whoever is measured has a word.
    """
    if not person.is_active:
        return refuse(_("Anda tidak lagi bertugas."))
    unit = person.unit.code
    if tree.applies(version.applies_to, unit) or version.owner_unit in tree.path(unit):
        return ALLOWED
    return refuse(
        _(
            "Keberatan disampaikan oleh pegawai unit yang diukur dengan indikator ini atau yang "
            "bertanggung jawab atasnya."
        )
    )


def may_review(
    person: Person, roles: Roles, version: IndicatorVersion, review: ReviewDate
) -> Verdict:
    """Whether a person may let a version stand at its review date.

    Facilitators may, and who heads the unit that answers for it (the own unit of that head).
    """
    heads_owner = person.unit.code == version.owner_unit and roles.heads(person.unit_id)
    if not (roles.has(Role.FACILITATOR) or heads_owner):
        return refuse(
            _("Indikator ditinjau oleh fasilitator dan kepala unit yang bertanggung jawab.")
        )
    if not review.is_near:
        return refuse(_("Tanggal tinjauannya masih jauh: %s.") % format_date(review.due_on))
    return ALLOWED


def may_respond(*, is_measured: bool, is_superseded: bool) -> Verdict:
    """Whether a person may acknowledge or question what a set changed for them."""
    if not is_measured:
        return refuse(_("Set ini tidak mengukur Anda: tidak ada yang perlu Anda nyatakan."))
    if is_superseded:
        return refuse(_("Set ini sudah diganti atau dicabut; bacalah versi yang menggantikannya."))
    return ALLOWED


def may_see_responses(roles: Roles) -> Verdict:
    """Whether the counts of answers may be read: for all units, or for those that one heads."""
    if may_see_drafts(roles) or roles.has(Role.HEAD):
        return ALLOWED
    return refuse(
        _("Jumlah pembaca dilihat oleh kepala unit kerja, fasilitator, penerbit, dan auditor.")
    )


def may_see_questions(roles: Roles) -> Verdict:
    """Whether questions about published sets may be read and answered."""
    if roles.has(Role.FACILITATOR):
        return ALLOWED
    return refuse(_("Pertanyaan tentang set dijawab oleh fasilitator dari Bagian Organisasi."))


def may_answer(roles: Roles, question: BriefingQuestion) -> Verdict:
    """Whether a question may be answered: by a facilitator, once."""
    if not (allowed := may_see_questions(roles)):
        return allowed
    if question.answer:
        return refuse(_("Pertanyaan ini sudah dijawab."))
    return ALLOWED
