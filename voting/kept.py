"""What is kept of the ballots after sealing, as documents whose hashes the seal carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from core.canonical import canonical_bytes, digest, sha256
from voting.methods.base import Choices, Column
from voting.models import ChoiceCount, Item, OpenBallot, Poll


def columns_kept(poll: Poll, items: Sequence[Item]) -> list[Column]:
    """The columns of a sealed poll, in the order of the items; empty for a void one. One query."""
    columns: dict[object, dict[str, int]] = {item.pk: {} for item in items}
    rows = ChoiceCount.objects.filter(item__poll=poll).order_by("item_id", "choice")
    for item, choice, ballots in rows.values_list("item", "choice", "ballots"):
        columns[item][choice] = ballots
    return [columns[item.pk] for item in items]


def codes_kept(poll: Poll) -> list[str]:
    """The published receipt codes of a sealed poll, sorted; none in mode C."""
    codes = poll.ballots if poll.publication_mode == Poll.Mode.BALLOTS else poll.receipt_codes
    return list(codes.order_by("code").values_list("code", flat=True))


def ballots_shown(poll: Poll) -> list[tuple[str, list[str]]]:
    """Code and choices in words of each published ballot (mode B), a dash for a void item."""
    words = poll.counting.words
    rows = poll.ballots.order_by("code").values_list("code", "choices")
    return [(code, [words(kind) if kind else "–" for kind in choices]) for code, choices in rows]


@dataclass(frozen=True)
class NamedBallot:
    """An open ballot: whose, the how many-th, when, and what it says by the key of the item."""

    person: UUID
    number: int
    cast_at: datetime
    choices: Mapping[UUID, tuple[str, str]]  # choice and reason

    def document(self) -> dict[str, object]:
        """The ballot as JSON, the person by the random key."""
        return {
            "person": self.person,
            "number": self.number,
            "cast_at": self.cast_at,
            "choices": [
                {"item": key, "choice": choice, "reason": reason}
                for key, (choice, reason) in sorted(self.choices.items())
            ],
        }

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """The ballot of such a document, as it comes out of JSON. Raises KeyError, ValueError."""
        return cls(
            person=UUID(document["person"]),
            number=int(document["number"]),
            cast_at=datetime.fromisoformat(document["cast_at"]),
            choices={
                UUID(line["item"]): (line["choice"], line["reason"]) for line in document["choices"]
            },
        )


def named_ballots(poll: Poll) -> list[NamedBallot]:
    """Every open ballot of a poll with its history, person by person; none of a secret one."""
    if poll.is_secret:
        return []
    rows = OpenBallot.objects.of_poll(poll).select_related("elector")
    found = [
        NamedBallot(
            person=row.elector.person_id,
            number=row.number,
            cast_at=row.cast_at,
            choices={line.item_id: (line.choice, line.reason) for line in row.choices.all()},
        )
        for row in rows
    ]
    return sorted(found, key=lambda ballot: (ballot.person, ballot.number))


def last_of_each(ballots: Sequence[NamedBallot]) -> dict[UUID, NamedBallot]:
    """The ballot that counts of each person."""
    return {ballot.person: ballot for ballot in sorted(ballots, key=lambda each: each.number)}


def choices_of(ballot: NamedBallot, items: Sequence[Item]) -> Choices:
    """What an open ballot says about each item, None for a void one. Raises KeyError for a gap."""
    return tuple(None if item.is_void else ballot.choices[item.pk][0] for item in items)


def ballots_counted(
    named: Sequence[NamedBallot], items: Sequence[Item]
) -> list[tuple[str, list[str | None]]]:
    """The open ballots that count, one for each person by the random key, sorted.

    Raises KeyError for a ballot that leaves an item out.
    """
    last = sorted(last_of_each(named).items())
    return [(str(person), list(choices_of(ballot, items))) for person, ballot in last]


def ballots_document(
    items: Sequence[Item],
    columns: Sequence[Column],
    ballots: Sequence[tuple[str, Sequence[str | None]]],
    named: Sequence[NamedBallot] = (),
) -> dict[str, object]:
    """The ballots as kept: the columns, in mode B the whole ballots with their codes.

    Of an open poll every ballot by name, with those that were changed.
    """
    document: dict[str, object] = {
        "columns": [
            {"item": item.pk, "choices": dict(column)}
            for item, column in zip(items, columns, strict=True)
        ],
        "ballots": [{"code": code, "choices": list(choices)} for code, choices in ballots],
    }
    if named:
        document["named"] = [ballot.document() for ballot in named]
    return document


def ballots_hash(nonce: str, document: dict[str, object]) -> str:
    """SHA-256 over the nonce (hex text), a line feed and the canonical document.

    Few ballots have few possibilities: without the nonce the hash would tell them.
    """
    return sha256(nonce.encode() + b"\n" + canonical_bytes(document))


def receipts_hash(codes: Sequence[str]) -> str:
    """The digest of the sorted receipt codes; each is random, so that it tells nothing."""
    return digest(list(codes))
