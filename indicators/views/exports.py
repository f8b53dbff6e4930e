"""Files and papers of a published set, for everyone; in Indonesian, whoever asks."""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_safe

from core.canonical import canonical_bytes, sha256
from indicators import exporting
from indicators.documents import read
from indicators.exporting import Kamus, Table, Workbook
from indicators.models import Publication
from indicators.units import UnitTree
from web.files import PDF, XLSX
from web.pdf import may_make_pdf, pdf_of
from web.tables import csv_bytes

A_DAY = 24 * 60 * 60
CSV = "text/csv; charset=utf-8"
SHEET = "web/paper.css"


@login_not_required
@require_GET
def kamus(request: HttpRequest, scope: str, version: str) -> HttpResponse:
    publication = _publication(scope, version)
    context = {
        "publication": publication,
        "kamus": _kamus(publication),
        "may_make_pdf": may_make_pdf(),
    }
    return render(request, "indicators/papers/kamus.html", context)


@login_not_required
@require_safe
def kamus_pdf(request: HttpRequest, scope: str, version: str) -> HttpResponseBase:
    publication = _publication(scope, version)
    may_make_pdf().require()
    with translation.override("id"):
        html = render_to_string("indicators/papers/kamus_pdf.html", {"kamus": _kamus(publication)})
    return _attached(
        request,
        name=f"kamus-indikator-{publication.scope_code}-{publication.version}{PDF.suffix}",
        content_type=PDF.content_type,
        tag=sha256(html.encode()),
        make=lambda: _pdf_once(html),
    )


@login_not_required
@require_safe
def manual_iku(request: HttpRequest, scope: str, version: str) -> HttpResponseBase:
    publication = _publication(scope, version)
    workbook = exporting.manual_iku_workbook(
        read(publication.content),
        _tree(publication),
        address=_address(publication),
        digest=publication.digest,
    )
    return _workbook(request, publication, "manual-iku", workbook)


@login_not_required
@require_safe
def ms_ind(request: HttpRequest, scope: str, version: str) -> HttpResponseBase:
    publication = _publication(scope, version)
    workbook = exporting.ms_ind_workbook(
        read(publication.content),
        _tree(publication),
        address=_address(publication),
        digest=publication.digest,
    )
    return _workbook(request, publication, "ms-ind", workbook)


@login_not_required
@require_safe
def ms_ind_csv(request: HttpRequest, scope: str, version: str) -> HttpResponseBase:
    publication = _publication(scope, version)
    return _csv(request, publication, "ms-ind", exporting.ms_ind_table(read(publication.content)))


@login_not_required
@require_safe
def ekinerja_csv(request: HttpRequest, scope: str, version: str) -> HttpResponseBase:
    """With `unit`, the rows of that unit alone."""
    publication = _publication(scope, version)
    table = exporting.ekinerja_table(
        read(publication.content), _tree(publication), unit=request.GET.get("unit", "")
    )
    return _csv(request, publication, "e-kinerja", table)


def _publication(scope: str, version: str) -> Publication:
    return get_object_or_404(Publication.objects.of_scope(scope).of_version(version))


def _tree(publication: Publication) -> UnitTree:
    return UnitTree.kept(publication.units)


def _address(publication: Publication) -> str:
    path = reverse("indicators:set", args=[publication.scope_code, publication.version])
    return urljoin(str(settings.SITE_URL), path)


def _kamus(publication: Publication) -> Kamus:
    return exporting.kamus_of(
        read(publication.content),
        _tree(publication),
        address=_address(publication),
        digest=publication.digest,
    )


def _workbook(
    request: HttpRequest, publication: Publication, stem: str, workbook: Workbook
) -> HttpResponseBase:
    told = [[table.name, *table.heading, *table.lines] for table in workbook]
    return _attached(
        request,
        name=f"{stem}-{publication.scope_code}-{publication.version}{XLSX.suffix}",
        content_type=XLSX.content_type,
        tag=sha256(canonical_bytes(told)),
        make=lambda: exporting.workbook_bytes(workbook),
    )


def _csv(
    request: HttpRequest, publication: Publication, stem: str, table: Table
) -> HttpResponseBase:
    content = csv_bytes(table.lines)
    return _attached(
        request,
        name=f"{stem}-{publication.scope_code}-{publication.version}.csv",
        content_type=CSV,
        tag=sha256(content),
        make=lambda: content,
    )


def _attached(
    request: HttpRequest, *, name: str, content_type: str, tag: str, make: Callable[[], bytes]
) -> HttpResponseBase:
    """A file to be kept, never shown in its place; 304 for who has it already, without making it.

    The ETag is weak: it stands for what the file says, while writers of PDF and XLSX put the time
    of day into the bytes.
    """
    etag = f'W/"{tag}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(make(), content_type=content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Language"] = "id"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


@lru_cache(maxsize=8)
def _pdf_once(html: str) -> bytes:
    """A paper costs seconds to set: a worker keeps the last eight, each about half a megabyte."""
    return pdf_of(html, stylesheet=SHEET)
