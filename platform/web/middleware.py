"""Two small translations between what happens inside and what a browser needs to hear."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.verdict import Refused


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
