"""The site, and beside it the least that a page for someone signed in can cost."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site


def floor(request: HttpRequest) -> HttpResponse:
    """All middleware, session and person read, nothing else."""
    return HttpResponse(f"{request.user.pk}")


urlpatterns = [path("floor/", floor), *site]
