"""The API under /api/v1/: one NinjaAPI, every error a problem (RFC 9457).

Sets and scores are open to all readers; polls are for whoever is signed in, and say so by 401.
"""

import json
import logging
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, re_path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.docs import DocsBase
from ninja.parser import Parser

from core.verdict import Refused
from indicators.api import router as indicators_router
from voting.api import router as voting_router
from web.cors import READS, allow_all_origins, preflight

logger = logging.getLogger(__name__)

PROBLEM_TYPE = "application/problem+json"


class ExactParser(Parser):
    """Reads numbers exactly: no float ever stands between the request and a figure."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(
            request.body, parse_float=Decimal, parse_constant=_refuse_constant
        )
        return body


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


class DocsPage(DocsBase):
    """The API's page: the OpenAPI description as plain HTML, without script."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        described = json.loads(json.dumps(api.get_openapi_schema(path_params=kwargs)))
        operations = [
            {
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "parameters": operation.get("parameters", []),
                "body": _body_example(operation, described),
                "answers": sorted(operation["responses"].items()),
            }
            for path, methods in described["paths"].items()
            for method, operation in methods.items()
        ]
        return render(
            request,
            "indicators/api_docs.html",
            {
                "operations": operations,
                "openapi_url": reverse(f"{api.urls_namespace}:openapi-json"),
            },
        )


def _body_example(operation: dict[str, Any], described: dict[str, Any]) -> str:
    """The schema of a request's body, written out for a reader; empty where there is none."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    reference = content.get("schema", {}).get("$ref", "")
    schema = described["components"]["schemas"].get(reference.rsplit("/", 1)[-1], {})
    return json.dumps(schema, indent=2, ensure_ascii=False) if schema else ""


api = NinjaAPI(
    title="Martahi",
    version="1",
    description=(
        "Published sets of performance indicators, and scoring by them. Reads and scores are "
        "public; figures that are sent to be scored are answered and never kept. Results and "
        "anonymous ballots of polls are read by whoever is signed in, with the session's cookie."
    ),
    docs=DocsPage(),
    docs_url="/docs",
    openapi_url="/openapi.json",
    docs_decorator=require_safe,
    parser=ExactParser(),
    urls_namespace="api-1",
)
api.add_router("", indicators_router)
api.add_router("", voting_router)


# Problems


def problem(
    status: int, detail: str, *, errors: list[dict[str, str]] | None = None
) -> JsonResponse:
    """Problem details of RFC 9457; `errors` name places in the request."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        content["errors"] = errors
    response = JsonResponse(
        content,
        status=status,
        content_type=PROBLEM_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {
            # The second part only names the parameter that holds the whole body.
            "place": ".".join(str(part) for part in item["loc"] if part != "asked"),
            "detail": str(item["msg"]).removeprefix("Value error, ")[:300],
        }
        for item in error.errors[:20]
    ]
    return problem(422, _("Permintaan tidak dapat dibaca: lihat errors."), errors=errors)


@api.exception_handler(HttpError)
def _refused_request(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(401, _("Masuk dulu ke Martahi: alamat ini hanya untuk pegawai yang masuk."))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error) or _("Alamat ini tidak ada."))


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, _("Permintaan ini terlalu besar."))


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(403, str(error))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    # The traceback names places in the code; figures of the request stand in no message.
    logger.exception("the API failed at %s", request.path, exc_info=error)
    return problem(500, _("Terjadi kesalahan di server; coba lagi atau hubungi administrator."))


# Addresses


def _public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """HEAD as GET, every refusal a problem; what everyone may read, from every origin.

    No view sends anyone to the sign-in page: those that want an account answer 401.
    """

    @wraps(view, assigned=())
    def public(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if asked := preflight(request):
            return asked
        method = request.method
        if method == "HEAD":
            request.method = "GET"
        try:
            response = view(request, *args, **kwargs)
        except Http404 as error:
            response = _not_found(request, error)
        request.method = method
        if response.status_code >= 400 and response.headers["Content-Type"] != PROBLEM_TYPE:
            response = _as_problem(response)
        if method == "HEAD" and isinstance(response, HttpResponse):
            length = len(response.content)
            response.content = b""
            response.headers["Content-Length"] = str(length)
        if method in READS and "private" not in response.headers.get("Cache-Control", ""):
            allow_all_origins(response)
        return response

    public.__module__, public.__name__ = __name__, getattr(view, "__name__", "public")
    return login_not_required(csrf_exempt(public))


def _as_problem(response: HttpResponseBase) -> HttpResponse:
    details = {
        HTTPStatus.METHOD_NOT_ALLOWED: _("Alamat ini tidak menerima metode itu."),
        HTTPStatus.PRECONDITION_FAILED: _("Isi alamat ini bukan yang Anda syaratkan."),
    }
    status = HTTPStatus(response.status_code)
    answer = problem(status, details.get(status, status.description))
    if "Allow" in response.headers:
        answer.headers["Allow"] = response.headers["Allow"]
    return answer


def nothing_here(request: HttpRequest, path: str) -> HttpResponse:
    """Any other address below /api/v1/."""
    return problem(404, _("Alamat ini tidak ada."))


def _opened(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _public(pattern.callback)
    return patterns


_patterns, _app_name, _namespace = api.urls
urlpatterns = (
    [
        *_opened(_patterns),
        # `.` with line breaks: else an address that holds one gets an HTML page.
        re_path(r"^(?P<path>(?s:.*))\Z", _public(nothing_here), name="nothing-here"),
    ],
    _app_name,
    _namespace,
)
