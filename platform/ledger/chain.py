"""How events are hashed, and how a chain is checked: in the database, or in an exported file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from core.canonical import canonical_bytes, digest, sha256
from ledger.models import Event, EventContent, Head

START = "sha256:" + "0" * 64
ERASED = "content.erased"


@dataclass(frozen=True)
class Mismatch:
    """One place where what is stored does not fit: `place` names it, `what` says it."""

    place: str
    what: str


@dataclass(frozen=True)
class Checkpoint:
    """The number and hash of an event, as noted outside: `17:sha256:…`."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read `NUMBER:HASH`. Raises ValueError with a sentence."""
        number, _, hash = text.strip().partition(":")
        if not number.isdecimal() or not hash.startswith("sha256:") or len(hash) != len(START):
            raise ValueError(f"Titik periksa ditulis NOMOR:sha256:…, bukan {text!r}.")
        return cls(int(number), hash)


@dataclass(frozen=True)
class Link:
    """One event as it is stored, nothing believed: tampering leaves values of any kind."""

    number: Any
    at: Any
    actor: Any
    action: Any
    subject: Any
    commitment: Any
    previous_hash: Any
    hash: Any
    salt: Any = None
    body: Any = None

    def computed_hash(self) -> str | None:
        """The hash that the other fields should have; None where they cannot be read."""
        try:
            at = datetime.fromisoformat(self.at)
            return event_hash(
                number=self.number,
                at=at if at.tzinfo else at.replace(tzinfo=UTC),
                actor=UUID(self.actor) if self.actor is not None else None,
                action=self.action,
                subject=self.subject,
                commitment=self.commitment,
                previous_hash=self.previous_hash,
            )
        except (TypeError, ValueError, AttributeError):
            return None

    def keeps_content(self) -> bool:
        """Whether the content beside the event is the one that it commits to."""
        return (
            isinstance(self.salt, str)
            and isinstance(self.body, str)
            and self.commitment == commitment(self.salt, self.body.encode())
        )


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


def body_bytes(content: object) -> bytes:
    """The canonical bytes under which a content is kept and committed to."""
    return canonical_bytes(content)


def erasure_subject(number: int) -> str:
    """The subject of the event that tells the erasure of another event's content."""
    return f"ledger.event:{number}"


def checkpoint() -> Checkpoint:
    """The last link as the head tells it: to be noted outside, where nobody here can change it."""
    head = Head.objects.filter(pk=1).first()
    return Checkpoint(head.number, head.hash) if head else Checkpoint(0, START)


def mismatches(checkpoints: Iterable[Checkpoint] = ()) -> Iterator[Mismatch]:
    """Every place of the ledger that does not verify, in the order of the chain.

    What is cut off at the end, or written anew from some event on, shows only against
    `checkpoints` that were kept outside.
    """
    yield from check(stored_links(), checkpoint(), stored_erasures(), checkpoints)
    orphans = EventContent.objects.exclude(pk__in=Event.objects.values("number")).order_by("pk")
    for number in orphans.values_list("pk", flat=True):
        yield Mismatch(_place(number), "isi tanpa peristiwa")


def check(
    links: Iterable[Link],
    head: Checkpoint,
    erasures: Mapping[str, int],
    checkpoints: Iterable[Checkpoint] = (),
) -> Iterator[Mismatch]:
    """Every mismatch of a chain, given in its order, with the head that it should end in.

    `erasures` maps the subject of an erased event to the number of the event that tells it.
    """
    noted = {item.number: item.hash for item in checkpoints}
    last, end = 0, START
    fitting: set[str | None] = {START}
    for link in links:
        if not isinstance(link.number, int) or link.number <= last:
            yield Mismatch(_place(link.number), "nomor tidak sah, berulang, atau tidak urut")
            continue
        place = _place(link.number)
        if link.number > last + 1:
            yield Mismatch(_place(last + 1, link.number - 1), "peristiwa hilang")
        if link.previous_hash not in fitting:
            yield Mismatch(place, f"tidak menyambung ke peristiwa {last}")
        computed = link.computed_hash()
        if link.hash != computed:
            yield Mismatch(place, "peristiwa berubah")
        yield from _check_content(link, erasures.get(erasure_subject(link.number)))
        if link.number in noted and noted.pop(link.number) != link.hash:
            yield Mismatch(place, "tidak sama dengan titik periksa yang dicatat di luar")
        # A changed event is told once: its successor may fit what it was or what it says.
        last, fitting, end = link.number, {link.hash, computed}, link.hash
    if (head.number, head.hash) != (last, end):
        yield Mismatch("ledger ujung", f"ujung rantai tidak sesuai peristiwa terakhir ({last})")
    for number in sorted(noted):
        if (number, noted[number]) != (0, START):
            yield Mismatch(_place(number), "tercatat di luar, tetapi tidak ada lagi")


def _check_content(link: Link, erased_by: int | None) -> Iterator[Mismatch]:
    place = _place(link.number)
    if link.salt is None and link.body is None:
        if erased_by is None or erased_by <= link.number:
            yield Mismatch(place, "isi peristiwa hilang tanpa peristiwa penghapusan")
    elif not link.keeps_content():
        yield Mismatch(place, "isi peristiwa tidak sesuai komitmennya")


def _place(first: Any, last: Any = None) -> str:
    return f"ledger {first}" if last in (None, first) else f"ledger {first} sampai {last}"


def stored_erasures() -> dict[str, int]:
    """Subjects of the events whose content was erased, with the number of the event that says so.

    Verification tells them apart from contents that vanished.
    """
    rows = Event.objects.of_action(ERASED).values_list("subject", "number")
    return dict(rows.order_by("number"))


def stored_links() -> Iterator[Link]:
    """The events of the database in their order, read as text so that no damage stops the reading.

    SQLite keeps UTC without saying so, PostgreSQL says the zone.
    """
    rows = Event.objects.order_by("number").annotate(
        at_text=Cast("at", TextField()), actor_text=Cast("actor", TextField())
    )
    columns = rows.values_list(
        "number",
        "at_text",
        "actor_text",
        "action",
        "subject",
        "commitment",
        "previous_hash",
        "hash",
        "content__salt",
        "content__body",
    )
    for row in columns.iterator(2000):
        yield Link(*row)
