"""The published document `martahi.indicator-set/1` (DESIGN 4.3): built, validated, read again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from core.canonical import canonical_bytes, decimal_text, instant_text
from indicators.record import FIELDS
from indicators.scoring import Profile, fixed
from indicators.versioning import Difference, Listed

SCHEMA_NAME = "martahi.indicator-set/1"
SCHEMA_FILE = Path(__file__).parent / "schema" / "indicator-set-1.json"


class InvalidDocument(Exception):
    """A document, or a part of one, that does not follow its schema; `str()` names the place."""


@dataclass(frozen=True)
class Decision:
    """The decision that a set is published by: body and number, never a person's name."""

    number: str
    dated_on: date
    by_office: str
    decree_digest: str | None = None


@dataclass(frozen=True)
class Entry:
    """An indicator as it is about to be published; `advice` where voters were asked its weight."""

    listed: Listed
    provenance: Mapping[str, Any]
    advice: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Heading:
    """Everything of a document but its indicators and changes. Dates are days that still count."""

    scope_code: str
    scope_name: str
    year: int
    period_from: date
    period_until: date
    version: str
    previous: tuple[str, str] | None  # version and digest
    replaces: str | None
    withdrawn: Sequence[tuple[str, str]]  # version and reason
    published_at: datetime
    effective_on: date
    effective_until: date | None
    decision: Decision
    transition_note: tuple[date, str] | None
    profile: Profile


def build(
    heading: Heading, entries: Sequence[Entry], changes: Sequence[Difference]
) -> dict[str, Any]:
    """The document as JSON values, its indicators sorted by code."""
    decision = heading.decision
    return {
        "schema": SCHEMA_NAME,
        "scope": {"code": heading.scope_code, "name": heading.scope_name},
        "period": {
            "year": heading.year,
            "from": heading.period_from.isoformat(),
            "until": heading.period_until.isoformat(),
        },
        "version": heading.version,
        "previous": heading.previous
        and {"version": heading.previous[0], "digest": heading.previous[1]},
        "replaces": heading.replaces,
        "withdrawn": [
            {"version": version, "reason": reason} for version, reason in heading.withdrawn
        ],
        "published_at": instant_text(heading.published_at),
        "effective_on": heading.effective_on.isoformat(),
        "effective_until": heading.effective_until and heading.effective_until.isoformat(),
        "decision": {
            "number": decision.number,
            "dated_on": decision.dated_on.isoformat(),
            "by_office": decision.by_office,
            "decree_digest": decision.decree_digest,
        },
        "transition_note": heading.transition_note
        and {
            "dated_on": heading.transition_note[0].isoformat(),
            "text": heading.transition_note[1],
        },
        "scoring_profile": profile_json(heading.profile),
        "indicators": [
            indicator_json(entry)
            for entry in sorted(entries, key=lambda entry: str(entry.listed.content["code"]))
        ],
        "changes": [difference.as_json() for difference in changes],
    }


def figure_text(figure: Fraction) -> str:
    """A figure of at most 4 decimals as its shortest decimal text."""
    return decimal_text(Decimal(fixed(figure, 4)))


def profile_json(profile: Profile) -> dict[str, Any]:
    """A scoring profile as documents carry it."""
    return {
        "name": profile.name,
        "version": profile.version,
        "cap": figure_text(profile.cap),
        "floor": figure_text(profile.floor),
        "bands": [{"name": name, "from": figure_text(start)} for name, start in profile.bands],
    }


def indicator_json(entry: Entry) -> dict[str, Any]:
    """The whole record, its version, its weight, and how both came about."""
    return {
        **{name: entry.listed.content[name] for name in FIELDS},
        "version": entry.listed.version,
        "weight_percent": decimal_text(entry.listed.weight_percent),
        "provenance": entry.provenance,
        **({"weight_advice": entry.advice} if entry.advice else {}),
    }


def listed_in(document: Mapping[str, Any]) -> dict[str, Listed]:
    """The indicators of a published document by code, to be compared with the next set."""
    return {
        item["code"]: Listed(
            content={name: item[name] for name in FIELDS},
            version=item["version"],
            weight_percent=Decimal(item["weight_percent"]),
        )
        for item in document["indicators"]
    }


def read(content: bytes) -> dict[str, Any]:
    """The JSON values of a stored document."""
    document: dict[str, Any] = json.loads(content)
    return document


@cache
def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the document."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return loaded


@cache
def _validator(part: str = "") -> Validator:
    if not part:
        return Draft202012Validator(schema())
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": schema()["$defs"]})


def require_valid(document: Mapping[str, Any], *, part: str = "") -> None:
    """Raise InvalidDocument unless a document (or a `part`, named in `$defs`) fits the schema."""
    error = next(iter(_validator(part).iter_errors(document)), None)
    if error is not None:
        raise InvalidDocument(f"{error.json_path}: {error.message[:300]}")


def document_bytes(document: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a document that fits the schema. Raises InvalidDocument otherwise."""
    require_valid(document)
    return canonical_bytes(document)
