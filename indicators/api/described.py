"""What the API answers, for its OpenAPI description."""

from typing import Any

from ninja import Schema

from web.problems import answer


class SetItem(Schema):
    scope: str
    scope_name: str
    version: str
    digest: str
    published_at: str
    effective_on: str
    effective_until: str | None
    url: str


class SetList(Schema):
    items: list[SetItem]
    count: int


_TEXT = {"type": "string"}
_NULLABLE = {"type": ["string", "null"]}
SCORE_PROPERTIES: dict[str, Any] = {
    "score": {**_NULLABLE, "description": "2 decimals, half up; null: cannot be computed."},
    "unrounded": {**_TEXT, "description": "10 decimals, half up."},
    "status": {"type": "string", "enum": ["hijau", "kuning", "merah"]},
    "steps": {"type": "array", "items": _TEXT},
    "reason": _TEXT,
}
DOCUMENT = answer(
    "The stored canonical bytes; GET schema/indicator-set describes them.",
    {"application/json": {"schema": {"type": "object", "required": ["schema", "version"]}}},
)
SIGNATURE = answer(
    "The signature over the bytes of the document",
    {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["alg", "kid", "signature"],
                "properties": {"alg": _TEXT, "kid": _TEXT, "signature": _TEXT},
            }
        }
    },
)
SCHEMA = answer(
    "JSON Schema 2020-12",
    {"application/schema+json": {"schema": {"type": "object"}}},
)
SCORE = answer(
    "The score with every step, or the reason why there is none",
    {
        "application/json": {
            "schema": {"type": "object", "required": ["score"], "properties": SCORE_PROPERTIES}
        }
    },
)
SCORES = answer(
    "The scores of the unit and their weighted mean",
    {
        "application/json": {
            "schema": {
                "type": "object",
                "required": [
                    *("scope", "version", "digest", "unit", "period", "scores"),
                    *("total", "total_unrounded", "status", "missing", "weight_covered"),
                    "not_applied",
                ],
                "properties": {
                    "scores": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["code", "name", "weight_percent", "score", "explain_url"],
                            "properties": {
                                **SCORE_PROPERTIES,
                                "code": _TEXT,
                                "name": _TEXT,
                                "weight_percent": _TEXT,
                                "explain_url": _TEXT,
                            },
                        },
                    },
                    "total": _NULLABLE,
                    "total_unrounded": _NULLABLE,
                    "status": _NULLABLE,
                    "missing": {"type": "array", "items": _TEXT},
                    "weight_covered": _TEXT,
                    "not_applied": {"type": "array", "items": _TEXT},
                },
            }
        }
    },
)
