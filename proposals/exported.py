"""Exported sets, signatures, public keys and ballots, checked without a database."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from core.canonical import canonical_bytes, sha256
from indicators.documents import SCHEMA_NAME, InvalidDocument, require_valid
from indicators.signing import is_signed, thumbprint
from ledger.chain import Mismatch
from voting.export import SCHEMA as BALLOTS_SCHEMA
from voting.exported import mismatches as ballot_mismatches

_UNKNOWN = "bukan set indikator, tanda tangan, kunci publik, atau surat suara"


def file_mismatches(contents: Mapping[str, bytes]) -> Iterator[Mismatch]:
    """What does not fit in some files (name to bytes), in any order: sets, signatures, key sets,
    and the ballots of polls.

    Each set must be canonical and follow the schema; it must name the digest of the set before it,
    where that one is among the files; and it must carry a valid signature, where any are.
    """
    sets: dict[str, tuple[bytes, dict[str, Any]]] = {}
    signatures: dict[str, dict[str, Any]] = {}
    keys: dict[str, str] = {}  # public half by key id
    revoked: set[str] = set()
    for name, content in contents.items():
        try:
            document = json.loads(content)
        except ValueError:
            yield Mismatch(name, "bukan JSON")
            continue
        match document:
            case {"schema": schema} if schema == SCHEMA_NAME:
                sets[name] = (content, document)
            case {"schema": schema} if schema == BALLOTS_SCHEMA:
                yield from (Mismatch(name, what) for what in ballot_mismatches(document))
            case {"alg": "EdDSA", "kid": str(), "signature": str()}:
                signatures[name] = document
            case {"keys": [*listed]}:
                keys |= {str(key.get("kid")): str(key.get("x")) for key in listed}
                revoked |= {str(key.get("kid")) for key in listed if key.get("revoked")}
            case _:
                yield Mismatch(name, _UNKNOWN)
    yield from _key_faults(keys)
    sound: dict[str, tuple[bytes, dict[str, Any]]] = {}
    for name, (content, document) in sets.items():
        faults = list(_faults(content, document))
        yield from (Mismatch(name, what) for what in faults)
        if not faults:
            sound[name] = (content, document)
    yield from _chain_faults(sound)
    yield from _signature_faults({name: content for name, (content, _) in sets.items()},
                                 signatures, keys, revoked)  # fmt: skip


def _key_faults(keys: Mapping[str, str]) -> Iterator[Mismatch]:
    for kid, x in keys.items():
        if thumbprint(x) != kid:
            yield Mismatch(f"key {kid}", "kunci publik tidak sesuai namanya")


def _faults(content: bytes, document: Mapping[str, Any]) -> Iterator[str]:
    try:
        require_valid(document)
    except InvalidDocument as error:
        yield f"dokumen tidak mengikuti skema ({error})"
        return
    try:
        is_canonical = canonical_bytes(document) == content
    except TypeError:  # a float, which no set holds
        is_canonical = False
    if not is_canonical:
        yield "dokumen tidak dalam bentuk bakunya"


def _chain_faults(sets: Mapping[str, tuple[bytes, Mapping[str, Any]]]) -> Iterator[Mismatch]:
    digests = {
        (document["scope"]["code"], document["version"]): sha256(content)
        for content, document in sets.values()
    }
    for name, (_content, document) in sets.items():
        before = document["previous"]
        if before is None:
            continue
        held = digests.get((document["scope"]["code"], before["version"]))
        if held is not None and held != before["digest"]:
            yield Mismatch(name, "tidak menyambung ke terbitan sebelumnya")


def _signature_faults(
    sets: Mapping[str, bytes],
    signatures: Mapping[str, Mapping[str, Any]],
    keys: Mapping[str, str],
    revoked: Collection[str],
) -> Iterator[Mismatch]:
    if not signatures:
        return
    signed: set[str] = set()
    for place, signature in signatures.items():
        x = keys.get(signature["kid"])
        if x is None:
            yield Mismatch(place, "kunci publiknya tidak ada di antara berkas")
            continue
        if signature["kid"] in revoked:
            yield Mismatch(place, "ditandatangani dengan kunci yang dicabut")
            continue
        fitting = {
            n for n, content in sets.items() if is_signed(x, signature["signature"], content)
        }
        if not fitting:
            yield Mismatch(place, "tanda tangan tidak sesuai dengan satu pun set")
        signed |= fitting
    for name in sorted(sets.keys() - signed):
        yield Mismatch(name, "tidak ada tanda tangan yang sah")
