"""Who may do what with an objection after publication, and see what is known of indicators."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from indicators.models import Objection
from people.models import Person
from people.roles import Role, Roles


def may_see_aftercare(roles: Roles) -> Verdict:
    """Facilitators, publishers and auditors see all indicators that need a look."""
    if any(roles.has(role) for role in (Role.FACILITATOR, Role.PUBLISHER, Role.AUDITOR)):
        return ALLOWED
    return refuse(_("Daftar ini dibaca oleh fasilitator, penerbit, dan auditor."))


def may_bring(person: Person, objection: Objection) -> Verdict:
    """Who objected opens the objection as an amendment: the own word, under the own name."""
    if objection.person_id != person.pk:
        return refuse(_("Keberatan dibuka sebagai usulan oleh yang menyampaikannya."))
    return _waits(objection)


def may_withdraw_objection(person: Person, objection: Objection) -> Verdict:
    """Who objected takes it back, until it is discussed."""
    if objection.person_id != person.pk:
        return refuse(_("Keberatan ditarik oleh yang menyampaikannya."))
    return _waits(objection)


def _waits(objection: Objection) -> Verdict:
    if objection.settled_at is not None:
        return refuse(_("Keberatan ini sudah selesai."))
    if objection.discussed_at:
        return refuse(_("Keberatan ini sedang dibahas."))
    return ALLOWED
