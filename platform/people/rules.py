"""Who may see people, and who may change them: the administrator of BKPSDM, never for himself."""

from datetime import date

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from people.models import Appointment, Person
from people.roles import Role, Roles


def may_see_people(roles: Roles) -> Verdict:
    """Administrator, facilitator and auditor look people up; everyone else sees the own record."""
    if roles.sees_people:
        return ALLOWED
    return refuse(_("Daftar pegawai dibuka oleh administrator, fasilitator, dan auditor."))


def may_see_ledger(roles: Roles) -> Verdict:
    """Auditor and administrator read the audit trail."""
    if roles.has(Role.AUDITOR) or roles.has(Role.ADMINISTRATOR):
        return ALLOWED
    return refuse(_("Jejak audit dibuka oleh auditor dan administrator."))


def may_see_nip(roles: Roles) -> Verdict:
    """Only the administrator sees a whole NIP: it tells birth date and sex."""
    if roles.has(Role.ADMINISTRATOR):
        return ALLOWED
    return refuse(_("NIP lengkap hanya ditampilkan kepada administrator."))


def may_manage_people(roles: Roles) -> Verdict:
    """Only the administrator changes people, units and appointments."""
    if roles.has(Role.ADMINISTRATOR):
        return ALLOWED
    return refuse(_("Data pegawai, unit, dan penunjukan hanya diubah oleh administrator BKPSDM."))


def may_manage_holidays(roles: Roles) -> Verdict:
    """Facilitator and administrator keep the table of holidays, from which working days follow."""
    if roles.has(Role.FACILITATOR) or roles.has(Role.ADMINISTRATOR):
        return ALLOWED
    return refuse(_("Hari libur dicatat oleh fasilitator dan administrator."))


def may_create_person(roles: Roles) -> Verdict:
    """The administrator registers people."""
    return may_manage_people(roles)


def may_edit_person(roles: Roles, person: Person) -> Verdict:
    """The administrator corrects the record of a person in service."""
    return may_manage_people(roles) and _in_service(person)


def may_move_person(roles: Roles, person: Person) -> Verdict:
    """The administrator moves a person in service to another unit."""
    return may_edit_person(roles, person)


def may_deactivate_person(actor: Person | None, roles: Roles, person: Person) -> Verdict:
    """The administrator deactivates others, so that the city is not left without one."""
    return may_manage_people(roles) and _in_service(person) and _another(actor, person)


def may_reactivate_person(roles: Roles, person: Person) -> Verdict:
    """The administrator takes a deactivated person back into service."""
    if not person.is_active:
        return may_manage_people(roles)
    return may_manage_people(roles) and refuse(_("Pegawai ini masih aktif."))


def may_issue_password(actor: Person | None, roles: Roles, person: Person) -> Verdict:
    """The administrator issues a temporary password to someone else."""
    if actor is not None and actor.pk == person.pk:
        return refuse(_("Kata sandi sendiri diganti di halaman Ganti kata sandi."))
    return may_manage_people(roles) and _in_service(person)


def may_appoint(actor: Person | None, roles: Roles, person: Person) -> Verdict:
    """The administrator appoints others: nobody appoints himself."""
    if actor is not None and actor.pk == person.pk:
        return refuse(_("Tidak seorang pun dapat menunjuk dirinya sendiri."))
    return may_manage_people(roles) and _in_service(person)


def may_end_appointment(
    actor: Person | None, roles: Roles, appointment: Appointment, *, today: date
) -> Verdict:
    """The administrator ends what is in force or to come, save the own administration."""
    own = actor is not None and actor.pk == appointment.person_id
    if own and appointment.role == Role.ADMINISTRATOR:
        return refuse(_("Tugas administrator sendiri diakhiri oleh administrator lain."))
    if appointment.is_over(today):
        return refuse(_("Penunjukan ini sudah berakhir."))
    return may_manage_people(roles)


def _in_service(person: Person) -> Verdict:
    return ALLOWED if person.is_active else refuse(_("Pegawai ini sudah tidak aktif."))


def _another(actor: Person | None, person: Person) -> Verdict:
    if actor is not None and actor.pk == person.pk:
        return refuse(_("Anda tidak dapat menonaktifkan diri sendiri."))
    return ALLOWED
