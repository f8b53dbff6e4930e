"""What is kept of the ballots after sealing, as documents whose hashes the seal carries."""

from collections.abc import Sequence

from core.canonical import canonical_bytes, digest, sha256
from voting.methods.base import Column
from voting.models import ChoiceCount, Item, Poll


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


def ballots_document(
    items: Sequence[Item],
    columns: Sequence[Column],
    ballots: Sequence[tuple[str, Sequence[str | None]]],
) -> dict[str, object]:
    """The ballots as kept: the columns, and in mode B the whole ballots with their codes."""
    return {
        "columns": [
            {"item": item.pk, "choices": dict(column)}
            for item, column in zip(items, columns, strict=True)
        ],
        "ballots": [{"code": code, "choices": list(choices)} for code, choices in ballots],
    }


def ballots_hash(nonce: str, document: dict[str, object]) -> str:
    """SHA-256 over the nonce (hex text), a line feed and the canonical document.

    Few ballots have few possibilities: without the nonce the hash would tell them.
    """
    return sha256(nonce.encode() + b"\n" + canonical_bytes(document))


def receipts_hash(codes: Sequence[str]) -> str:
    """The digest of the sorted receipt codes; each is random, so that it tells nothing."""
    return digest(list(codes))
