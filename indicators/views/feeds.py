"""The feed of publications: who follows it hears of each set without an account."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.canonical import sha256
from core.dates import format_date
from indicators.models import Publication
from indicators.signing import named_information
from web.cors import open_read

NEWEST = 50


@open_read
@login_not_required
@require_safe
def sets_feed(request: HttpRequest) -> HttpResponseBase:
    """The newest publications as Atom (RFC 4287), in Indonesian whoever asks."""
    with translation.override("id"):
        content = _feed().writeString("utf-8").encode()
    response = HttpResponse(content, content_type=Atom1Feed.content_type)
    etag = f'"{sha256(content)}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Content-Language"] = "id"
    return get_conditional_response(request, etag=etag, response=response) or response


def _feed() -> Atom1Feed:
    feed = Atom1Feed(
        title=_("Set indikator terbit"),
        link=_absolute(reverse("indicators:sets")),
        description="",
        subtitle=_("Setiap terbitan bernomor versi, ditandatangani, dan tidak pernah diubah."),
        author_name="Martahi",
        feed_url=_absolute(reverse("indicators:feed")),
        language="id",
    )
    for publication in Publication.objects.for_feed()[:NEWEST]:
        address = [publication.scope_code, publication.version]
        feed.add_item(
            title=_("%(scope)s %(year)s, versi %(version)s")
            % {
                "scope": publication.scope.name,
                "year": publication.year,
                "version": publication.version,
            },
            link=_absolute(reverse("indicators:set", args=address)),
            description=escape(_summary(publication)),  # Atom1Feed tells readers that it is HTML
            unique_id=named_information(publication.digest),
            pubdate=publication.published_at,
            updateddate=publication.published_at,
            categories=[publication.scope_code],
            enclosures=[
                Enclosure(
                    _absolute(reverse("api-1:pinned_set", args=address)),
                    str(publication.size),
                    "application/json",
                )
            ],
        )
    return feed


def _summary(publication: Publication) -> str:
    """What a reader wants to know first: since when, by which decision, instead of what."""
    told = [
        _("Berlaku mulai %s.") % format_date(publication.effective_on)
        if publication.effective_until is None
        else _("Berlaku %(from)s sampai %(until)s.")
        % {
            "from": format_date(publication.effective_on),
            "until": format_date(publication.effective_until),
        },
        _("Keputusan %(number)s, %(office)s.")
        % {
            "number": publication.set.decision_number,
            "office": publication.set.decision_by_office,
        },
    ]
    if publication.replaces:
        told.append(_("Menggantikan versi %s.") % publication.replaces.version)
    if publication.withdraws:
        told.append(
            _("Mencabut versi %(version)s: %(reason)s")
            % {
                "version": publication.withdraws.version,
                "reason": publication.set.withdrawal_reason,
            }
        )
    return " ".join(told)


def _absolute(path: str) -> str:
    return urljoin(str(settings.SITE_URL), path)
