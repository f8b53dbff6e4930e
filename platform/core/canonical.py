"""Canonical bytes of a document, and their digest.

Source: RFC 8785 (JSON Canonicalization Scheme), FIPS 180-4 (SHA-256).
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import rfc8785

type Json = str | int | bool | None | Sequence[Json] | Mapping[str, Json]


def decimal_text(value: Decimal) -> str:
    """The shortest plain decimal text of a value: `Decimal("90.500")` -> `"90.5"`.

    Raises ValueError for NaN and infinities, which no measured figure is.
    """
    if not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def plain(value: object) -> Json:
    """A value as JSON without floats: decimals as text, times as UTC `…Z`, dates ISO, UUIDs text.

    Raises TypeError for floats and for every type whose canonical form is not written here, and
    ValueError for a time without a zone.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return decimal_text(value)
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def instant_text(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC with microseconds: `2026-11-24T07:30:00.000000Z`."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical_bytes(document: object) -> bytes:
    """The canonical bytes of a document (RFC 8785), after `plain`."""
    return rfc8785.dumps(plain(document))


def sha256(content: bytes) -> str:
    """`sha256:<hex>` of some bytes."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def digest(document: object) -> str:
    """`sha256:<hex>` of a document's canonical bytes."""
    return sha256(canonical_bytes(document))
