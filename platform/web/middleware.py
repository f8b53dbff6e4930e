"""Small translations between what happens inside and what a browser needs to hear."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers

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
    """A rule's refusal becomes a 403 page with its reason, and with what was typed.

    What somebody wrote while the door closed (a comment, when the text was frozen meanwhile) is
    shown to copy it. Of a view with `sensitive_post_parameters` nothing is shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            context = {"reason": str(exception), "typed": _typed_texts(request)}
            response = render(request, "403.html", context, status=403)
            add_never_cache_headers(response)
            return response
        return None


SHORTEST = 20  # characters from which a text is worth copying


def _typed_texts(request: HttpRequest) -> list[str]:
    """What was written by hand in a refused form: texts of two words and more, each once."""
    if request.method != "POST" or getattr(request, "sensitive_post_parameters", None):
        return []
    values = (value.strip() for _name, values in request.POST.lists() for value in values)
    texts = (value for value in values if len(value) >= SHORTEST and len(value.split()) > 1)
    return list(dict.fromkeys(texts))
