"""How events are hashed and how a chain is checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.canonical import canonical_bytes, digest, sha256
from ledger.models import Event, EventContent, Head

START = "sha256:" + "0" * 64


@dataclass(frozen=True)
class Mismatch:
    """One place where what is stored does not fit: `place` names it, `what` says it."""

    place: str
    what: str


def event_hash(
    *,
    number: int,
    at: datetime,
    actor: UUID | None,
    action: str,
    subject: str,
    commitment: str,
    previous_hash: str,
) -> str:
    """The hash of one event, over all of its other fields."""
    return digest(
        {
            "number": number,
            "at": at,
            "actor": actor,
            "action": action,
            "subject": subject,
            "commitment": commitment,
            "previous_hash": previous_hash,
        }
    )


def commitment(salt: str, body: bytes) -> str:
    """What the chain keeps of a content: SHA-256 over its salt (hex text) and canonical body."""
    return sha256(salt.encode() + b"\n" + body)


def mismatches() -> Iterator[Mismatch]:
    """Every place of the ledger that does not verify: gaps, changed events, changed contents."""
    previous, expected = START, 1
    for event in Event.objects.select_related("content").order_by("number").iterator(2000):
        place = f"ledger {event.number}"
        if event.number != expected:
            yield Mismatch(place, f"peristiwa {expected} sampai {event.number - 1} hilang")
        if event.previous_hash != previous:
            yield Mismatch(place, "tidak menyambung ke peristiwa sebelumnya")
        fields = ("number", "at", "actor", "action", "subject", "commitment", "previous_hash")
        if event.hash != event_hash(**{name: getattr(event, name) for name in fields}):
            yield Mismatch(place, "isi peristiwa berubah")
        content: EventContent | None = getattr(event, "content", None)
        if content is None:
            yield Mismatch(place, "isi peristiwa hilang")
        elif event.commitment != commitment(content.salt, content.body.encode()):
            yield Mismatch(place, "isi peristiwa tidak sesuai komitmennya")
        previous, expected = event.hash, event.number + 1
    head = Head.objects.filter(pk=1).first()
    if (head.number if head else 0) != expected - 1 or (head.hash if head else START) != previous:
        yield Mismatch("ledger head", "ujung rantai tidak sesuai peristiwa terakhir")


def body_bytes(content: object) -> bytes:
    """The canonical bytes under which a content is kept and committed to."""
    return canonical_bytes(content)
