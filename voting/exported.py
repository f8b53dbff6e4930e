"""Exported ballots (`voting.export`), checked without a database: hashes, rules and count."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core.canonical import canonical_bytes, digest, sha256
from voting.kept import NamedBallot, ballots_counted, ballots_hash, last_of_each
from voting.methods import METHODS
from voting.methods.base import Column
from voting.models import Item, Poll
from voting.policy import Policy
from voting.results import result_document

_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # of voiding: the result tells only that it was


def mismatches(document: Mapping[str, Any]) -> Iterator[str]:
    """What does not fit in an export: its hashes, its recount, and its ballots as a file.

    The result is worked out again from what was kept, as it was when the poll was sealed.
    """
    try:
        yield from _of_seal(document)
        if "kept" in document:
            yield from _of_kept(document, document["kept"])
        elif "withheld" not in document:
            yield "suara yang diumumkan tidak ada"
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        yield "berkas surat suara tidak lengkap atau bukan dalam bentuknya"


def _of_seal(document: Mapping[str, Any]) -> Iterator[str]:
    seal, result, roll = document["seal"], document["result"], document["roll"]
    if sha256(canonical_bytes(result)) != seal["result_hash"]:
        yield "hasil tidak sesuai sidik jarinya"
    if digest(document["receipts"]) != seal["receipts_hash"]:
        yield "kode tanda terima tidak sesuai sidik jarinya"
    if not seal["roll_hash"] == roll["hash"] == result["roll_hash"]:
        yield "sidik jari daftar pemilih tetap berbeda"
    if (roll["electors"], document["rule"]) != (result["electors"], result["policy"]):
        yield "aturan atau jumlah pemilih berbeda dari hasil yang disegel"
    if document["poll"]["id"] != result["poll"]:
        yield "hasilnya milik pemungutan suara lain"
    void = [place for place, entry in enumerate(result["items"]) if entry["is_void"]]
    titles = [entry["title"] for entry in document["poll"]["items"]]
    if (document["void"], document["candidates"]) != (void, titles):
        yield "butirnya bukan butir hasil yang disegel"


def _of_kept(document: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[str]:
    result, policy = document["result"], Policy(**document["rule"])
    if ballots_hash(document["seal"]["nonce"], dict(held)) != document["seal"]["ballots_hash"]:
        yield "suara yang disimpan tidak sesuai sidik jarinya"
    columns = [dict(entry["choices"]) for entry in held["columns"]]
    ballots = [(entry["code"], list(entry["choices"])) for entry in held["ballots"]]
    if ballots and [code for code, _choices in ballots] != document["receipts"]:
        yield "kode surat suara bukan kode tanda terima"
    if not policy.is_secret:
        named = [NamedBallot.read(entry) for entry in held.get("named", [])]
        yield from _of_names(named, turnout=result["turnout"])
        ballots = ballots_counted(named, _items(document))
    if ballots and _columns_of(policy, ballots, len(columns)) != columns:
        yield "jumlah per butir tidak sesuai surat suara"
    if canonical_bytes(_again(document, policy, columns)) != canonical_bytes(result):
        yield "hitung ulang tidak sama dengan hasil yang disegel"
    standing = [
        None if entry["is_void"] else column
        for entry, column in zip(result["items"], columns, strict=True)
    ]
    part = METHODS[policy.method].file_part(policy, standing, ballots)
    said = {key: document.get(key) for key in ("kind", "columns", "ballots", "pairwise", *part)}
    if json.loads(canonical_bytes(part)) != {k: v for k, v in said.items() if v is not None}:
        yield "berkas pemilihan tidak sesuai suara yang disimpan"
    counted = (result["turnout"], result["quorum_needed"])
    if (document["ballots_cast"], document["ballots_required"]) != counted:
        yield "jumlah surat suara atau kuorum tidak sesuai hasil"


def _of_names(named: Sequence[NamedBallot], *, turnout: int) -> Iterator[str]:
    """Open ballots: as many people as voted, and each one's history from the first on."""
    if len(last_of_each(named)) != turnout:
        yield "jumlah surat suara terbuka tidak sesuai hasil"
    numbers: dict[UUID, list[int]] = {}
    for ballot in named:
        numbers.setdefault(ballot.person, []).append(ballot.number)
    if any(sorted(found) != list(range(1, len(found) + 1)) for found in numbers.values()):
        yield "riwayat surat suara terbuka tidak utuh"


def _columns_of(
    policy: Policy, ballots: Sequence[tuple[str, Sequence[str | None]]], items: int
) -> list[dict[str, int]]:
    distinct = Counter(tuple(choices) for _code, choices in ballots)
    columns: list[dict[str, int]] = [{} for _item in range(items)]
    for place, choice, number in METHODS[policy.method].columns(distinct.items()):
        columns[place][choice] = number
    return columns


def _again(
    document: Mapping[str, Any], policy: Policy, columns: Sequence[Column]
) -> dict[str, Any]:
    """The result document of the same poll over the same items, counted from the columns."""
    result, roll = document["result"], document["roll"]
    poll = Poll(
        pk=UUID(result["poll"]),
        roll_size=roll["electors"],
        roll_hash=roll["hash"],
        **policy.as_dict(),
    )
    return result_document(poll, _items(document), columns, turnout=result["turnout"])


def _items(document: Mapping[str, Any]) -> list[Item]:
    return [
        Item(
            pk=UUID(entry["id"]),
            position=entry["position"],
            digest=entry["digest"],
            voided_at=_SOME_TIME if entry["is_void"] else None,
        )
        for entry in document["poll"]["items"]
    ]
