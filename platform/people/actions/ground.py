"""What the actions of people share: the actor's roles, and the event that tells a change."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from ledger.actions import event_record
from people.models import Appointment, Holiday, Person, Unit
from people.roles import OPERATOR, Roles, roles_of


def roles_now(actor: Person | None, now: datetime) -> Roles:
    """The roles of the actor at this moment; those of the operator for a command."""
    return roles_of(actor, on=timezone.localdate(now)) if actor else OPERATOR


def person_locked(key: UUID) -> Person:
    """A person, read anew under lock until the transaction ends, with the unit."""
    return Person.objects.select_for_update(of=("self",)).with_unit().get(pk=key)


def tell(
    actor: Person | None,
    action: str,
    thing: Person | Unit | Appointment | Holiday,
    now: datetime,
    **content: object,
) -> None:
    """Record what happened to one of them, in the transaction of the change."""
    key = thing.code if isinstance(thing, Unit) else thing.pk
    event_record(
        actor=actor.pk if actor else None,
        action=f"{thing._meta.model_name}.{action}",
        subject=f"people.{thing._meta.model_name}:{key}",
        content=content,
        now=now,
    )
