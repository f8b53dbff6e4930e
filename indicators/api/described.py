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
    "status": {"type": "string", "description": "The band's name, as the profile has it."},
    "steps": {"type": "array", "items": _TEXT},
    "reason": _TEXT,
}
_QUALITY: dict[str, Any] = {
    "type": "object",
    "required": ["k3"],
    "properties": {
        "k3": {**_NULLABLE, "description": "Mean of both weights; null: has none."},
        "indicator": {**_TEXT, "description": "By validity and control."},
        "target": {**_TEXT, "description": "By last year's target and actual."},
        "steps": {"type": "array", "items": _TEXT},
        "reason": _TEXT,
    },
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
_SIDE = {
    "type": "object",
    "required": ["version", "digest"],
    "properties": {"version": _TEXT, "digest": _TEXT},
}
COMPARISON = answer(
    "The differences, by code and in the order of the fields",
    {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["scope", "from", "to", "effect", "changes"],
                "properties": {
                    "scope": _TEXT,
                    "from": _SIDE,
                    "to": _SIDE,
                    "effect": {
                        "enum": ["major", "minor", "patch", None],
                        "description": "The largest effect among the changes; null: none.",
                    },
                    "changes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": [
                                *("code", "name", "kind", "field", "effect", "editorial"),
                                *("from", "to", "sentence"),
                            ],
                            "properties": {
                                "code": _TEXT,
                                "name": _TEXT,
                                "kind": {"enum": ["added", "removed", "weight", "field"]},
                                "field": _NULLABLE,
                                "effect": {"enum": ["major", "minor", "patch"]},
                                "editorial": {"type": "boolean"},
                                "from": _NULLABLE,
                                "to": _NULLABLE,
                                "sentence": _TEXT,
                            },
                        },
                    },
                },
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
                    *("not_applied", "profile", "quality_total", "quality_total_unrounded"),
                ],
                "properties": {
                    "scores": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": [
                                *("code", "name", "weight_percent", "score", "explain_url"),
                                "quality",
                            ],
                            "properties": {
                                **SCORE_PROPERTIES,
                                "code": _TEXT,
                                "name": _TEXT,
                                "weight_percent": _TEXT,
                                "explain_url": _TEXT,
                                "quality": _QUALITY,
                            },
                        },
                    },
                    "total": _NULLABLE,
                    "total_unrounded": _NULLABLE,
                    "status": _NULLABLE,
                    "quality_total": _NULLABLE,
                    "quality_total_unrounded": _NULLABLE,
                    "profile": {
                        "type": "object",
                        "required": ["name", "version"],
                        "properties": {"name": _TEXT, "version": _TEXT},
                    },
                    "missing": {"type": "array", "items": _TEXT},
                    "weight_covered": _TEXT,
                    "not_applied": {"type": "array", "items": _TEXT},
                },
            }
        }
    },
)
