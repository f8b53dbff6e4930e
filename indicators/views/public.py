"""Pages that everyone may read: published sets, adopted indicators, one's own score."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from indicators import rules
from indicators.accounts import accounts
from indicators.forms import OwnFigureForm, SearchForm
from indicators.models import Decree, IndicatorVersion, Publication, SetEntry
from indicators.pages import IndicatorPage, indicator_page, set_page, target_text, trial_of
from indicators.record import content_of
from indicators.scoring import exact
from indicators.units import UnitTree
from indicators.views.aftercare import shown_to
from web.files import PDF
from web.pages import page_of


@login_not_required
@require_GET
def set_list(request: HttpRequest) -> HttpResponse:
    context = {
        "page": page_of(request, Publication.objects.light().with_decision()),
        "in_force": _in_force(timezone.now()),
    }
    return render(request, "indicators/set_list.html", context)


def _in_force(now: datetime) -> set[object]:
    """The keys of the publications in force today, one for each scope. One query."""
    found: dict[str, object] = {}
    today = timezone.localdate(now)
    for scope, key in Publication.objects.in_force(on=today, known_at=now).values_list(
        "scope_code", "pk"
    ):
        found.setdefault(scope, key)
    return set(found.values())


@login_not_required
@require_GET
def set_detail(request: HttpRequest, scope: str, version: str) -> HttpResponse:
    publications = Publication.objects.of_scope(scope).of_version(version).for_page()
    publication = get_object_or_404(publications)
    page = set_page(publication, unit=request.GET.get("unit", ""))
    template = "indicators/set_detail.html"
    if request.headers.get("HX-Request"):
        template += "#set-indicators"
    key, signature = publication.believed_signature
    context = {
        "publication": publication,
        "page": page,
        "key": key,
        "signature": signature,
        "decree": Decree.objects.of_publication(publication).light().first(),
        "may_draft": rules.may_draft(request.roles),  # type: ignore[attr-defined]
        "may_see_responses": rules.may_see_responses(request.roles),  # type: ignore[attr-defined]
    }
    return render(request, template, context)


@login_not_required
@require_GET
@csp_override({"default-src": [CSP.NONE], "sandbox": True})  # type: ignore[dict-item]  # stubs
def set_decree(request: HttpRequest, scope: str, version: str) -> HttpResponse:
    """The signed decree, to be kept as a file: no browser shows it as a page of this site."""
    publication = get_object_or_404(Publication.objects.of_scope(scope).of_version(version).light())
    decree = get_object_or_404(Decree.objects.of_publication(publication))
    response = HttpResponse(bytes(decree.content), content_type=PDF.content_type)
    name = f"keputusan-{publication.scope_code}-{publication.version}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable, no-transform"
    response.headers["ETag"] = f'"{decree.digest}"'
    return response


@login_not_required
@require_GET
def indicator_list(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    template = "indicators/indicator_list.html"
    if request.headers.get("HX-Request"):
        template += "#results"
    versions = IndicatorVersion.objects.in_use().matching(wanted.get("q", ""))
    if wanted.get("review"):
        versions = versions.to_review(today=timezone.localdate())
    return render(request, template, {"form": form, "page": page_of(request, versions, 25)})


@login_not_required
@require_GET
def indicator_detail(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """The newest version, or the one of that number: the address to which a score is pinned."""
    page = _page(code, number)
    form = _own_figure_form(page)
    trial = trial_of(page, page.curve.start) if page.curve else None
    context = {"page": page, "form": form, "trial": trial, "aftercare": shown_to(request, code)}
    return render(request, "indicators/indicator_detail.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def indicator_score(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Answers on the spot with a page: a redirect would have to carry the figure."""
    page = _page(code, number)
    form = _own_figure_form(page, request)
    trial = None
    if page.measure is not None and form.is_valid():
        actual = exact(form.cleaned_data["actual"])
        trial = trial_of(page, actual, target=form.chosen_target, is_own=True)
        form = _own_figure_form(page, initial=form.answered)
    template = "indicators/indicator_detail.html"
    context = {"page": page, "form": form, "trial": trial}
    if request.headers.get("HX-Request"):
        return render(request, f"{template}#own-answer", context)
    return render(request, template, context | {"aftercare": shown_to(request, code)})


def _page(code: str, number: int | None) -> IndicatorPage:
    versions = list(IndicatorVersion.objects.of_code(code))
    page = indicator_page(
        versions,
        SetEntry.objects.published_of(code),
        UnitTree.current(),
        number=number,
        accounts=accounts().of_versions(versions),
        in_force=_in_force(timezone.now()),
    )
    if page is None:
        raise Http404
    return page


@sensitive_variables()
def _own_figure_form(
    page: IndicatorPage,
    request: HttpRequest | None = None,
    *,
    initial: dict[str, object] | None = None,
) -> OwnFigureForm:
    content = content_of(page.version)
    return OwnFigureForm(
        request.POST if request else None,
        target=target_text(content),
        targets=content["targets"],
        unit=content["unit"],
        curve=page.curve,
        initial=initial,
    )
