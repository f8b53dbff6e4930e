"""Small translations between what happens inside and what a browser needs to hear."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from core.verdict import Refused


class LanguageMiddleware:
    """Indonesian, unless the person switched: what the browser prefers is not asked.

    Many phones here speak English to people who do not read it. The choice is the cookie of
    Django's own `set_language`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class HtmxLoginMiddleware:
    """A lost session answers htmx with `HX-Redirect`: no login page lands inside a table."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        location = response.headers.get("Location", "")
        if (
            request.headers.get("HX-Request")
            and response.status_code == 302
            and urlsplit(location).path.startswith("/accounts/login/")
        ):
            response = HttpResponse(status=204)
            response.headers["HX-Redirect"] = location
        return response


class RefusalMiddleware:
    """A rule's refusal becomes a 403 page with its reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "403.html", {"reason": str(exception)}, status=403)
        return None
