"""The holidays of the city: added when the joint decree names them, removed when it is changed.

Windows that run keep the end that was stored when they began.
"""

from datetime import date, datetime

from django.db import transaction

from people.actions.ground import roles_now, tell
from people.models import Holiday, Person
from people.rules import may_manage_holidays


@transaction.atomic
def holiday_add(
    *, actor: Person | None, day: date, name: str, kind: str, basis: str, now: datetime
) -> Holiday:
    """The day, off from now on. The same words for the same day again are the same holiday.

    Raises Refused unless the actor is facilitator or administrator, ValidationError for bad
    fields and for a day that has another holiday.
    """
    may_manage_holidays(roles_now(actor, now)).require()
    said = {"day": day, "name": name.strip(), "kind": kind, "basis": basis.strip()}
    if existing := Holiday.objects.filter(**said).first():
        return existing
    holiday = Holiday(**said)
    holiday.full_clean()
    holiday.save(force_insert=True)
    tell(actor, "added", holiday, now, **said | {"day": day.isoformat()})
    return holiday


@transaction.atomic
def holiday_remove(*, actor: Person | None, holiday: Holiday, now: datetime) -> None:
    """The day, worked on again; the ledger keeps that it was off. Safe to repeat.

    Raises Refused unless the actor is facilitator or administrator.
    """
    may_manage_holidays(roles_now(actor, now)).require()
    kept = Holiday.objects.select_for_update().filter(pk=holiday.pk).first()
    if kept is None:
        return
    tell(actor, "removed", kept, now, day=kept.day.isoformat(), name=kept.name)
    kept.delete()
