"""The result of a poll: computed once from what is kept, then read as it was sealed.

The sealed document holds nothing that may not be shown: of a secret poll with fewer than
`minimum_shown` ballots it has the decision and the turnout alone. So no page, paper or export can
say more (RELIABILITY, decision 4), and its bare hash tells nothing either. An open poll tells who
chose what, by name, so that its numbers hide nothing; but what goes to the public does
(`PollResult.is_public`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from voting.methods.base import Column
from voting.methods.schulze import FIRST, OVER
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
    more: Mapping[str, Any] = field(default_factory=dict)  # what only its method says

    @property
    def outcome_words(self) -> str:
        """What came out, as papers say it behind the title of the item."""
        method = self.item.poll.counting
        return method.outcome_words(passed=self.passed, is_tie=self.is_tie, more=self.more)

    @property
    def weight(self) -> Decimal | None:
        """The weight that was shared out to it, in percent (method weights)."""
        text = self.more.get("weight_percent")
        return Decimal(text) if text else None

    @property
    def median(self) -> Decimal | None:
        """The median of the points given to it (method weights)."""
        text = self.more.get("median")
        return Decimal(text) if text else None

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
        if not self.counts or not self.item.poll.counting.kinds:
            return []
        method = self.item.poll.counting
        return [(method.words(kind), self.counts[kind]) for kind in method.kinds]


@dataclass(frozen=True)
class Duel:
    """Two ranked items, and how many ballots place each above the other."""

    winner: ItemResult
    loser: ItemResult
    more: int
    fewer: int

    @property
    def words(self) -> str:
        """The comparison as a sentence."""
        parts = {
            "winner": self.winner.item.title,
            "loser": self.loser.item.title,
            "more": self.more,
            "fewer": self.fewer,
        }
        if self.more == self.fewer:
            return _("%(winner)s dan %(loser)s berimbang, %(more)s banding %(fewer)s.") % parts
        return _("%(winner)s mengalahkan %(loser)s, %(more)s banding %(fewer)s.") % parts


def _over(one: ItemResult, other: ItemResult) -> int:
    return (one.counts or {}).get(f"{OVER}{other.item.position}", 0)


@dataclass(frozen=True)
class PollResult:
    """The sealed result of a poll. `is_shown`: its numbers may be shown to all staff.

    `is_public`: and to everybody, because enough have voted. Visitors know no names of voters.
    """

    electors: int
    turnout: int
    quorum_needed: int
    quorum_reached: bool
    is_shown: bool
    is_public: bool
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
    def weight_bars(self) -> list[tuple[str, Decimal]]:
        """The weights by item, for the chart; none where they are hidden."""
        return [
            (f"{each.item.position}. {each.item.title}", each.weight)
            for each in self.items
            if each.weight is not None
        ]

    @property
    def ranking(self) -> list[tuple[int, list[ItemResult]]]:
        """The items by place, equal ones together; none where the places are hidden."""
        ranked = [each for each in self.items if "place" in each.more]
        places = sorted({each.more["place"] for each in ranked})
        return [(place, [e for e in ranked if e.more["place"] == place]) for place in places]

    @property
    def first_bars(self) -> list[tuple[str, int]]:
        """On how many ballots each item stands first, for the chart; none where that is hidden."""
        return [
            (f"{each.item.position}. {each.item.title}", each.counts.get(FIRST, 0))
            for each in self._compared
            if each.counts is not None
        ]

    @property
    def _compared(self) -> list[ItemResult]:
        """The ranked items in their order; none where only the order is published."""
        ranked = [each for _place, group in self.ranking for each in group]
        return [each for each in ranked if each.counts is not None]

    @property
    def duels(self) -> list[Duel]:
        """Every two items compared, the one that wins first; none where that is hidden."""
        ranked = self._compared
        found = []
        for place, one in enumerate(ranked):
            for other in ranked[place + 1 :]:
                more, fewer = _over(one, other), _over(other, one)
                pair = (one, other) if more >= fewer else (other, one)
                found.append(Duel(*pair, max(more, fewer), min(more, fewer)))
        return found

    @property
    def pairwise(self) -> list[tuple[ItemResult, list[int | None]]]:
        """The table of comparisons: each ranked item, and how often it stands above each."""
        ranked = sorted(self._compared, key=lambda each: each.item.position)
        return [
            (one, [None if one is other else _over(one, other) for other in ranked])
            for one in ranked
        ]

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
        is_public=document["turnout"] >= poll.minimum_shown,
        items=[_item_result(items[entry["item"]], entry) for entry in document["items"]],
        seal=seal,
    )


def result_document(
    poll: Poll, items: Sequence[Item], columns: Sequence[Column], *, turnout: int
) -> dict[str, Any]:
    """What a poll says in the end, as JSON: decision and turnout, and the numbers if enough voted.

    Shape: one column for each item, in order; that of a void item is empty. Publication mode C has
    no counts where the totals of the method are something else; nor does it say there that all
    answered alike, which without the counts would tell everybody's choice instead of warning of it.
    """
    policy = poll.policy
    needed = policy.quorum_needed(poll.roll_size)
    is_shown = turnout >= policy.minimum_shown or not policy.is_secret
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
                    "passed_of_present": outcome.passed_of_present,
                    "is_tie": outcome.is_tie,
                    **outcome.more,
                }
                if policy.tells_columns:
                    entry |= {
                        "counts": dict(outcome.counts),
                        "is_unanimous": outcome.is_unanimous,
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
        more={key: entry[key] for key in ("median", "weight_percent", "place") if key in entry},
    )
