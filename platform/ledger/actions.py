"""The one door through which events enter the chain, and the one by which contents leave it."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.verdict import Refused
from ledger.chain import ERASED, START, body_bytes, commitment, erasure_subject, event_hash
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
    head, _created = Head.objects.select_for_update().get_or_create(pk=1, defaults={"hash": START})
    body, salt = body_bytes(content), secrets.token_hex(32)
    number, kept = head.number + 1, commitment(salt, body)
    event = Event.objects.create(
        number=number,
        at=now,
        actor=actor,
        action=action,
        subject=subject,
        commitment=kept,
        previous_hash=head.hash,
        hash=event_hash(
            number=number,
            at=now,
            actor=actor,
            action=action,
            subject=subject,
            commitment=kept,
            previous_hash=head.hash,
        ),
    )
    EventContent.objects.create(event=event, salt=salt, body=body.decode())
    head.number, head.hash = event.number, event.hash
    head.save(update_fields=["number", "hash"])
    return event


@transaction.atomic
def content_erase(
    *, actor: UUID, approver: UUID, number: int, request: str, basis: str, now: datetime
) -> Event:
    """Erase the content and salt of one event; the chain stays whole, and says who and why.

    `request` is the number of the request, `basis` its legal basis. The rules of who may approve
    belong to the caller; here stands only that two persons do it.
    Raises Refused for one person in both parts or content that is erased already,
    Event.DoesNotExist for a number that is not in the ledger.
    Source: UU 27/2022 articles 8, 44; RELIABILITY 6.
    """
    if actor == approver:
        raise Refused(_("Penghapusan disetujui oleh orang lain daripada yang melaksanakan."))
    event = Event.objects.get(number=number)
    erased = event_record(
        actor=actor,
        action=ERASED,
        subject=erasure_subject(event.number),
        content={"approver": approver, "request": request, "basis": basis},
        now=now,
    )
    gone, _by_model = EventContent.objects.filter(event=event).delete()
    if not gone:
        raise Refused(_("Isi peristiwa ini sudah dihapus."))
    return erased
