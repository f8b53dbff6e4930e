"""A sealed poll as documents for strangers: its result, and its ballots as an election file.

The ballots are the election file of DESIGN 4.4 with `poll`, `rule`, `roll`, `result` and `seal`
beside it (docs/counting.md). What the publication mode keeps back stands nowhere in it, and of a
secret poll with fewer than `minimum_shown` ballots neither ballots nor columns nor the nonce of
their hash. Open ballots stand under the random keys of their voters: names do not leave Martahi.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from core.canonical import instant_text
from voting import kept
from voting.methods.base import Column
from voting.models import Item, Poll

SCHEMA = "martahi.poll-ballots/1"


def result_export(poll: Poll) -> dict[str, Any]:
    """The result and the seal of a sealed poll, with the rules and the size of its roll."""
    seal = poll.seal
    return {
        "poll": {
            "id": str(poll.pk),
            "title": poll.title,
            "unit": poll.scope.name,
            "opened_at": instant_text(poll.opened_at),
            "closed_at": poll.closed_at and instant_text(poll.closed_at),
            "publication_mode": poll.publication_mode,
            "previous": poll.previous_id and str(poll.previous_id),
            "items": [_item(item) for item in poll.items.all()],
        },
        "rule": poll.policy.as_dict(),
        "roll": {"electors": poll.roll_size, "hash": poll.roll_hash},
        "result": json.loads(seal.result),
        "seal": {
            "result_hash": seal.result_hash,
            "ballots_hash": seal.ballots_hash,
            "receipts_hash": seal.receipts_hash,
            "roll_hash": seal.roll_hash,
            "sealed_at": instant_text(seal.sealed_at),
        },
    }


def ballots_export(poll: Poll) -> dict[str, Any]:
    """The ballots of a sealed poll without names, as far as its publication mode allows."""
    items = list(poll.items.all())
    document = result_export(poll)
    result, seal = document["result"], document["seal"]
    document |= {
        "schema": SCHEMA,
        "name": poll.title,
        "method": poll.method,
        "candidates": [item.title for item in items],
        "void": [place for place, item in enumerate(items) if item.is_void],
        "ballots_cast": result["turnout"],
        "ballots_required": result["quorum_needed"],
        "receipts": kept.codes_kept(poll),
    }
    if not result["is_shown"]:
        return document | {"withheld": "fewer ballots than may be shown"}
    if not poll.policy.tells_columns:
        return document | {"withheld": "the publication mode tells the result alone"}
    columns = kept.columns_kept(poll, items)
    named = kept.named_ballots(poll)
    coded = list(poll.ballots.order_by("code").values_list("code", "choices"))
    document["kept"] = kept.ballots_document(items, columns, coded, named)
    ballots = coded if poll.is_secret else kept.ballots_counted(named, items)
    seal["nonce"] = poll.seal.nonce
    return document | poll.counting.file_part(poll.policy, _standing(items, columns), ballots)


def _standing(items: Sequence[Item], columns: Sequence[Column]) -> list[Column | None]:
    return [None if item.is_void else column for item, column in zip(items, columns, strict=True)]


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": str(item.pk),
        "position": item.position,
        "title": item.title,
        "digest": item.digest,
        "is_void": item.is_void,
    }
