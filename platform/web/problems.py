"""Problem details (RFC 9457) as the OpenAPI descriptions of the API name them."""

from typing import Any

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["place", "detail"],
                "properties": {"place": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


def answer(description: str, content: dict[str, Any]) -> dict[str, Any]:
    """An answer of an operation: what it is, and its content by media type."""
    return {"description": description, "content": content}


def described(
    *refusals: int, ok: dict[str, Any] | None = None, unchanged: bool = False
) -> dict[str, Any]:
    """The responses of a route for its OpenAPI description: `ok`, and problems by status.

    `unchanged` adds 304, for routes that know an ETag.
    """
    problem = {"application/problem+json": {"schema": PROBLEM_SCHEMA}}
    responses: dict[int, Any] = {status: answer("Problem", problem) for status in refusals}
    if ok:
        responses[200] = ok
    if unchanged:
        responses[304] = {"description": "Not modified since the ETag of If-None-Match"}
    return {"responses": responses}
