"""The site, and beside it the least that a page for someone signed in can cost."""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site


def floor(request: HttpRequest) -> HttpResponse:
    """All middleware, session and person read, nothing else."""
    return HttpResponse(f"{request.user.pk}")


def floor_insert(request: HttpRequest) -> HttpResponse:
    """The same, and one row written in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO floor_row (who) VALUES (%s)", [str(request.user.pk)])
    return HttpResponse("recorded")


urlpatterns = [path("floor/", floor), path("floor/insert/", floor_insert), *site]
