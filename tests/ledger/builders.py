"""Builders of the audit trail."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ledger.actions import event_record
from ledger.models import Event

START_OF_TESTS = datetime(2026, 11, 24, 1, 2, 3, 456789, tzinfo=UTC)
SOMEONE = UUID("00000000-0000-4000-8000-000000000001")
ANOTHER = UUID("00000000-0000-4000-8000-000000000002")


def build_event(number: int = 1, *, action: str = "tested", **others: object) -> Event:
    """One event; `number` only makes its time, subject and content different from the others'."""
    fields: dict[str, object] = {
        "actor": SOMEONE if number % 3 else None,
        "subject": f"tests.thing:{number}",
        "content": {"number": number, "unit": "puskesmas-latihan"},
        "now": START_OF_TESTS + timedelta(seconds=number),
    }
    with transaction.atomic():
        return event_record(action=action, **(fields | others))  # type: ignore[arg-type]


def build_events(count: int) -> list[Event]:
    return [build_event(number) for number in range(1, count + 1)]
