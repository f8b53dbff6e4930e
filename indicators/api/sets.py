"""Published sets over HTTP: the list, the bytes, the signature, the schema, the keys."""

import base64
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import Query, Router

from core.canonical import instant_text, sha256
from indicators import documents
from indicators.api.asked import Day, Moment, Scope, Version, WantedVersion
from indicators.api.described import COMPARISON, DOCUMENT, SCHEMA, SIGNATURE, SetList
from indicators.comparison import comparison_of
from indicators.models import Publication, PublicKey
from indicators.signing import ALGORITHM, jwk
from web.cors import open_read
from web.problems import described

router = Router()

FOR_EVER = "public, max-age=31536000, immutable, no-transform"
FOR_A_MINUTE = "public, max-age=60, no-transform"
FOR_FIVE_MINUTES = "public, max-age=300"
FOR_AN_HOUR = "public, max-age=3600"
ASK_AGAIN = "no-cache"  # kept, and asked for with its ETag each time


@router.get("sets", response=SetList, openapi_extra=described(422, unchanged=True))
def sets(
    request: HttpRequest,
    scope: Annotated[str, Query(pattern="^[-a-zA-Z0-9_]{1,40}$")] | None = None,
) -> HttpResponseBase:
    """All published sets, newest first; with `scope`, those of one scope."""
    publications = Publication.objects.light()
    if scope is not None:
        publications = publications.of_scope(scope)
    items = [
        {
            "scope": publication.scope_code,
            "scope_name": publication.scope.name,
            "version": publication.version,
            "digest": publication.digest,
            "published_at": instant_text(publication.published_at),
            "effective_on": publication.effective_on.isoformat(),
            "effective_until": publication.effective_until
            and publication.effective_until.isoformat(),
            "url": set_url(publication),
        }
        for publication in publications
    ]
    return _tagged(request, _json({"items": items, "count": len(items)}), ASK_AGAIN)


@router.get("sets/{scope}/current", openapi_extra=described(404, 422, ok=DOCUMENT, unchanged=True))
def current_set(
    request: HttpRequest,
    scope: Scope,
    effective_on: Annotated[Day | None, Query()] = None,
    known_at: Annotated[Moment | None, Query()] = None,
    major: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> HttpResponseBase:
    """The set in force on a day (today) as it was known at a moment (now)."""
    publication = (
        Publication.objects.light()
        .of_scope(scope)
        .in_force(
            on=effective_on or timezone.localdate(),
            known_at=known_at or timezone.now(),
            major=major,
        )
        .first()
    )
    if publication is None:
        raise Http404(_("Tidak ada set indikator yang berlaku pada tanggal itu."))
    response = _document(request, scope, publication.version, FOR_A_MINUTE)
    response.headers["Content-Location"] = set_url(publication)
    return response


@router.get(
    "sets/{scope}/compare", openapi_extra=described(404, 422, ok=COMPARISON, unchanged=True)
)
def compared_sets(
    request: HttpRequest,
    scope: Scope,
    from_: Annotated[WantedVersion, Query(alias="from")],
    to: Annotated[WantedVersion, Query()],
) -> HttpResponseBase:
    """What changed between two versions: by indicator and field, with a sentence in words."""
    told = comparison_of(publication_of(scope, from_), publication_of(scope, to))
    response = _json(told)
    response.headers["Content-Language"] = "id"
    return _tagged(request, response, FOR_AN_HOUR)


@router.get(
    "sets/{scope}/{version}", openapi_extra=described(404, 422, ok=DOCUMENT, unchanged=True)
)
def pinned_set(request: HttpRequest, scope: Scope, version: Version) -> HttpResponseBase:
    """One published version, byte for byte as it was signed."""
    return _document(request, scope, version, FOR_EVER)


@router.get(
    "sets/{scope}/{version}/signature",
    openapi_extra=described(404, 422, ok=SIGNATURE, unchanged=True),
)
def set_signature(request: HttpRequest, scope: Scope, version: Version) -> HttpResponseBase:
    """The Ed25519 signature over those bytes; the keys are at /.well-known/martahi-keys.json.

    After a key was revoked it is another one, by a later key, over the same bytes.
    """
    key, signature = publication_of(scope, version).believed_signature
    told = {"alg": ALGORITHM, "kid": key.kid, "signature": signature}
    return _tagged(request, _json(told), FOR_FIVE_MINUTES)


@router.get("schema/indicator-set", openapi_extra=described(ok=SCHEMA, unchanged=True))
def indicator_set_schema(request: HttpRequest) -> HttpResponseBase:
    """JSON Schema 2020-12 of the published document."""
    response = HttpResponse(
        documents.SCHEMA_FILE.read_bytes(), content_type="application/schema+json"
    )
    return _tagged(request, response, FOR_AN_HOUR)


def set_url(publication: Publication) -> str:
    """Where a version is served: an absolute path without host."""
    return reverse("api-1:pinned_set", args=[publication.scope_code, publication.version])


def publication_of(scope: str, version: str) -> Publication:
    """One publication. Raises Http404."""
    found = Publication.objects.of_scope(scope).of_version(version).with_signatures().first()
    if found is None:
        raise Http404(_("Versi set indikator ini tidak ada."))
    return found


class Served(NamedTuple):
    """The bytes of a publication and what its headers say of them."""

    content: bytes
    etag: str
    repr_digest: str  # RFC 9530


@lru_cache(maxsize=64)
def served(scope: str, version: str) -> Served:
    """A publication as it is served. Raises Http404.

    Kept in each process: what is published never changes (`indicators.apps`), and what is not
    there is asked for again.
    """
    publication = publication_of(scope, version)
    raw = bytes.fromhex(publication.digest.removeprefix("sha256:"))
    return Served(
        publication.content,
        f'"{publication.digest}"',
        f"sha-256=:{base64.b64encode(raw).decode()}:",
    )


def _document(
    request: HttpRequest, scope: str, version: str, cache_control: str
) -> HttpResponseBase:
    content, etag, repr_digest = served(scope, version)
    response = HttpResponse(content, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Repr-Digest"] = repr_digest
    response.headers["Cache-Control"] = cache_control
    return get_conditional_response(request, etag=etag, response=response) or response


def _json(told: dict[str, Any]) -> HttpResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _tagged(request: HttpRequest, response: HttpResponse, cache_control: str) -> HttpResponseBase:
    """An answer with the digest of its content as ETag; 304 for who has it already."""
    etag = f'"{sha256(response.content)}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cache_control
    return get_conditional_response(request, etag=etag, response=response) or response


@open_read
@login_not_required
@require_safe
def public_keys(request: HttpRequest) -> HttpResponseBase:
    """All public keys, retired and revoked ones included, as a JWK set (not under /api/v1/)."""
    keys = [
        jwk(
            key.kid,
            key.x,
            created_at=key.created_at,
            retired_at=key.retired_at,
            revoked_at=key.revoked_at,
            reason=key.revocation_reason,
        )
        for key in PublicKey.objects.all()
    ]
    response = JsonResponse({"keys": keys}, content_type="application/jwk-set+json")
    return _tagged(request, response, FOR_FIVE_MINUTES)
