"""The one door through which events enter the chain."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from ledger.chain import START, body_bytes, commitment, event_hash
from ledger.models import Event, EventContent, Head


def event_record(
    *,
    actor: UUID | None,
    action: str,
    subject: str,
    content: Mapping[str, object],
    now: datetime,
) -> Event:
    """Append one event to the chain, in the transaction of the change that it tells.

    `actor` is a person's key, or None for the clock; `subject` is `<app>.<model>:<key>`; `content`
    holds no name, NIP, e-mail or secret ballot.
    Raises RuntimeError outside a transaction: an event without its change would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its change")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults={"hash": START})
    body = body_bytes(content)
    salt = secrets.token_hex(32)
    fields = {
        "number": head.number + 1,
        "at": now,
        "actor": actor,
        "action": action,
        "subject": subject,
        "commitment": commitment(salt, body),
        "previous_hash": head.hash,
    }
    with transaction.atomic():
        event = Event.objects.create(**fields, hash=event_hash(**fields))  # type: ignore[arg-type]
        EventContent.objects.create(event=event, salt=salt, body=body.decode())
        head.number, head.hash = event.number, event.hash
        head.save(update_fields=["number", "hash"])
    return event
