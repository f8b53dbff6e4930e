"""Opening a pseudonym: an auditor and an administrator together, in the ledger."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.actions import event_record
from notices.actions import notice_send, told
from people.models import Appointment, Person
from people.names import names_in
from people.roles import Roles, roles_of
from proposals.models import Pseudonym, Unsealing
from proposals.rules import OFFICES, may_confirm_unsealing, may_request_unsealing


@transaction.atomic
def unsealing_request(
    *, actor: Person, pseudonym: Pseudonym, reason: str, now: datetime
) -> Unsealing:
    """Ask, as auditor or administrator, who stands behind a pseudonym; the other office is told.

    Raises Refused, ValidationError.
    """
    pseudonym = Pseudonym.objects.select_for_update().get(pk=pseudonym.pk)
    roles = roles_of(actor, on=timezone.localtime(now).date())
    before = Unsealing.objects.filter(pseudonym=pseudonym).first()
    if before is not None and before.requested_by_id == actor.pk:
        return before  # sent twice
    may_request_unsealing(roles, before).require()
    _refuse_names(reason)
    office = _office_of(roles)
    unsealing = Unsealing(
        pseudonym=pseudonym,
        requested_by=actor,
        requested_as=office,
        request_reason=reason.strip(),
        requested_at=now,
    )
    unsealing.full_clean()
    unsealing.save(force_insert=True)
    _event(actor, "pseudonym.opening_requested", unsealing, unsealing.request_reason, now=now)
    others = [role for other, role in OFFICES.items() if other != office]
    holders = Appointment.objects.in_force(timezone.localtime(now).date()).of_role(*others)
    notice_send(
        recipients=[item.person for item in holders.with_person() if item.person_id != actor.pk],
        topic=_topic(unsealing),
        text=told("Pembukaan sebuah nama samaran diminta dan menunggu persetujuan Anda."),
        url=reverse("proposals:pseudonym", args=[pseudonym.pk]),
        now=now,
    )
    return unsealing


@transaction.atomic
def unsealing_confirm(
    *, actor: Person, unsealing: Unsealing, reason: str, now: datetime
) -> Unsealing:
    """Agree, for the other office, to open a pseudonym; from now on both read the name.

    Raises Refused, ValidationError.
    """
    unsealing = Unsealing.objects.select_for_update().get(pk=unsealing.pk)
    if unsealing.confirmed_by_id == actor.pk:
        return unsealing  # sent twice
    roles = roles_of(actor, on=timezone.localtime(now).date())
    may_confirm_unsealing(actor, roles, unsealing).require()
    _refuse_names(reason)
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasan pembukaan nama samaran.")})
    unsealing.confirmed_by, unsealing.confirmed_at = actor, now
    unsealing.confirm_reason = reason.strip()
    unsealing.full_clean(exclude=["pseudonym", "requested_by", "confirmed_by"])
    unsealing.save(update_fields=["confirmed_by", "confirmed_at", "confirm_reason"])
    _event(actor, "pseudonym.opened", unsealing, unsealing.confirm_reason, now=now)
    notice_send(
        recipients=[unsealing.requested_by],
        topic=_topic(unsealing),
        text=told("Pembukaan nama samaran yang Anda minta disetujui."),
        url=reverse("proposals:pseudonym", args=[unsealing.pseudonym_id]),
        now=now,
    )
    return unsealing


def _office_of(roles: Roles) -> str:
    return next(office for office, role in OFFICES.items() if roles.has(role))


def _refuse_names(reason: str) -> None:
    if names_in(reason):
        raise ValidationError(
            {"reason": _("Alasan ini masuk jejak audit: jangan sebut nama orang.")}
        )


def _topic(unsealing: Unsealing) -> str:
    return f"proposals.pseudonym:{unsealing.pseudonym_id}"


def _event(actor: Person, action: str, unsealing: Unsealing, reason: str, *, now: datetime) -> None:
    event_record(
        actor=actor.pk,
        action=action,
        subject=_topic(unsealing),
        content={"unsealing": unsealing.pk, "reason": reason},
        now=now,
    )
