"""Sealed polls over HTTP, for whoever is signed in (DESIGN 4.2)."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.security import SessionAuth

from core.canonical import canonical_bytes
from people.http import PersonRequest
from voting import rules
from voting.export import ballots_export, result_export
from voting.models import Poll
from web.problems import answer, described

router = Router(tags=["polls"], auth=SessionAuth(csrf=False))  # reads alone, which need no token

_RESULT_KEYS = ["poll", "rule", "roll", "result", "seal"]


def _document(description: str, required: list[str]) -> dict[str, Any]:
    schema = {"type": "object", "required": required}
    return answer(description, {"application/json": {"schema": schema}})


@router.get(
    "polls/{uuid:poll}",
    openapi_extra=described(
        401, 403, 404, 422, ok=_document("The result and the seal of the poll", _RESULT_KEYS)
    ),
)
def poll_result(request: HttpRequest, poll: UUID) -> HttpResponse:
    """The result of a sealed poll with its seal: decision, turnout, and the numbers of its items.

    Of a secret poll with fewer than five ballots there are no numbers but the turnout.
    """
    return _answered(result_export(_sealed(request, poll)))


@router.get(
    "polls/{uuid:poll}/ballots",
    openapi_extra=described(
        *(401, 403, 404, 422),
        ok=_document(
            "An election file, with poll, rule, roll, result and seal",
            ["schema", "candidates", "receipts", *_RESULT_KEYS],
        ),
    ),
)
def poll_ballots(request: HttpRequest, poll: UUID) -> HttpResponse:
    """The ballots of a sealed poll as an election file, as its publication mode allows.

    No name stands in it: open ballots carry the random keys of their voters. docs/counting.md tells
    how a stranger counts them again.
    """
    found = _sealed(request, poll)
    response = _answered(ballots_export(found))
    response.headers["Content-Disposition"] = f'attachment; filename="poll-{found.pk}.json"'
    return response


def _sealed(request: HttpRequest, key: UUID) -> Poll:
    person = cast(PersonRequest, request).user
    try:
        poll = Poll.objects.visible_to(person).for_pages().get(pk=key)
    except Poll.DoesNotExist:
        raise Http404(_("Pemungutan suara ini tidak ada.")) from None
    rules.may_export(poll).require()
    return poll


def _answered(document: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(canonical_bytes(document), content_type="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    return response
