"""The result of a poll: computed once from what is kept, then read as it was sealed.

The sealed document holds nothing that may not be shown: below `minimum_shown` ballots it has the
decision and the turnout alone. So no page, paper or export can say more (RELIABILITY, decision 4),
and its bare hash tells nothing either.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from voting.methods.base import Column
from voting.models import Item, Poll, Seal


@dataclass(frozen=True)
class ItemResult:
    """One item's result; what may not be shown, and all of a void item, is None."""

    item: Item
    counts: Mapping[str, int] | None
    passed: bool
    passed_of_present: bool | None
    is_tie: bool
    is_unanimous: bool
    is_void: bool

    @property
    def in_favour(self) -> int | None:
        return self._count_of(self.item.poll.counting.favour)

    @property
    def against(self) -> int | None:
        return self._count_of(self.item.poll.counting.against)

    @property
    def abstained(self) -> int | None:
        return self._count_of(self.item.poll.counting.abstained)

    def _count_of(self, kind: str) -> int | None:
        return self.counts.get(kind, 0) if self.counts is not None else None

    @property
    def bars(self) -> list[tuple[str, int]]:
        """The counts with their names, as a chart shows them; none where they are hidden."""
        if not self.counts:
            return []
        method = self.item.poll.counting
        return [(method.words(kind), self.counts[kind]) for kind in method.kinds]


@dataclass(frozen=True)
class PollResult:
    """The sealed result of a poll. `is_shown`: enough ballots for their numbers to be shown."""

    electors: int
    turnout: int
    quorum_needed: int
    quorum_reached: bool
    is_shown: bool
    items: list[ItemResult]
    seal: Seal

    def of(self, item: UUID) -> ItemResult | None:
        """What was said about one item, by its key."""
        return next((entry for entry in self.items if entry.item.pk == item), None)

    @property
    def not_voted(self) -> int:
        """How many did not vote (tidak memilih)."""
        return self.electors - self.turnout

    @property
    def is_unanimous(self) -> bool:
        """Whether some item was answered alike by all, so that everyone's choice is known."""
        return any(item.is_unanimous for item in self.items)

    @property
    def unanimity_warning(self) -> str:
        """The sentence that goes with a unanimous result, else empty."""
        if not self.is_unanimous:
            return ""
        return _(
            "Ada butir yang dijawab sama oleh semua yang memilih. Dengan suara bulat, pilihan "
            "setiap orang yang memilih dapat diketahui; hal ini tidak dapat dicegah."
        )


def result_of(poll: Poll) -> PollResult | None:
    """The result as it was sealed; None before that, for everyone. Two queries at most."""
    if poll.state != Poll.State.SEALED:
        return None
    seal = poll.seal
    document = json.loads(seal.result)
    items = {str(item.pk): item for item in poll.items.all()}
    return PollResult(
        electors=document["electors"],
        turnout=document["turnout"],
        quorum_needed=document["quorum_needed"],
        quorum_reached=document["quorum_reached"],
        is_shown=document["is_shown"],
        items=[_item_result(items[entry["item"]], entry) for entry in document["items"]],
        seal=seal,
    )


def result_document(
    poll: Poll, items: Sequence[Item], columns: Sequence[Column], *, turnout: int
) -> dict[str, Any]:
    """What a poll says in the end, as JSON: decision and turnout, and the numbers if enough voted.

    Shape: one column for each item, in order; that of a void item is empty.
    """
    policy = poll.policy
    needed = policy.quorum_needed(poll.roll_size)
    is_shown = turnout >= policy.minimum_shown
    outcomes = poll.counting.outcomes(
        [None if item.is_void else column for item, column in zip(items, columns, strict=True)],
        ballots=turnout,
        quorum_reached=turnout >= needed,
        policy=policy,
    )
    entries = []
    for item, outcome in zip(items, outcomes, strict=True):
        entry: dict[str, Any] = {
            "item": str(item.pk),
            "position": item.position,
            "digest": item.digest,
            "is_void": item.is_void,
        }
        if not item.is_void:
            entry["passed"] = outcome.passed
            if is_shown:
                entry |= {
                    "counts": dict(outcome.counts),
                    "passed_of_present": outcome.passed_of_present,
                    "is_tie": outcome.is_tie,
                    "is_unanimous": outcome.is_unanimous,
                    **outcome.more,
                }
        entries.append(entry)
    return {
        "schema": "martahi.poll-result/1",
        "poll": str(poll.pk),
        "policy": policy.as_dict(),
        "electors": poll.roll_size,
        "roll_hash": poll.roll_hash,
        "turnout": turnout,
        "quorum_needed": needed,
        "quorum_reached": turnout >= needed,
        "is_shown": is_shown,
        "items": entries,
    }


def _item_result(item: Item, entry: Mapping[str, Any]) -> ItemResult:
    return ItemResult(
        item=item,
        counts=entry.get("counts"),
        passed=entry.get("passed", False),
        passed_of_present=entry.get("passed_of_present"),
        is_tie=entry.get("is_tie", False),
        is_unanimous=entry.get("is_unanimous", False),
        is_void=entry["is_void"],
    )
