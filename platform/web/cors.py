"""Reads that programs in a browser may make from every origin (Fetch Standard, CORS protocol)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

READS = ("GET", "HEAD")
EXPOSED = "ETag, Repr-Digest, Content-Location"


def allow_all_origins(response: HttpResponseBase) -> None:
    """Let every origin read an answer. Cookies stay at home: `*` never goes with credentials."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED


def preflight(request: HttpRequest) -> HttpResponse | None:
    """The answer to a browser that asks before it reads, as it does for If-None-Match; else None.

    It allows reads and nothing else, so that no other origin's page can make a browser write.
    """
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    response = HttpResponse(status=204)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = ", ".join(READS)
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["Vary"] = "Access-Control-Request-Method"
    return response


def open_read(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorate a view that reads: every origin may."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = preflight(request) or view(request, *args, **kwargs)
        allow_all_origins(response)
        return response

    return opened
