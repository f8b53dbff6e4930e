"""The site, and beside it the least that a page for someone signed in can cost."""

from functools import cache
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site
from indicators.models import Publication


def floor(request: HttpRequest) -> HttpResponse:
    """All middleware, session and person read, nothing else."""
    return HttpResponse(f"{request.user.pk}")


def floor_insert(request: HttpRequest) -> HttpResponse:
    """The same, and one row written in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO floor_row (who) VALUES (%s)", [str(request.user.pk)])
    return HttpResponse("recorded")


@cache
def _content(pk: UUID) -> bytes:
    return bytes(Publication.objects.get(pk=pk).content)


@login_not_required
def floor_set(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bytes of a published set from memory, for anybody."""
    return HttpResponse(_content(pk), content_type="application/json")


urlpatterns = [
    path("floor/", floor),
    path("floor/insert/", floor_insert),
    path("floor/set/<uuid:pk>/", floor_set),
    *site,
]
