"""Puts today's roles beside the person on each request, and has temporary passwords changed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from people.models import Person
from people.roles import Roles, roles_of

NOBODY = Roles(frozenset())


class RolesMiddleware:
    """Sets `request.roles`, read from the database at first use and never kept longer.

    A right withdrawn in mid-session is therefore gone with the next request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def roles() -> Roles:
            if isinstance(request.user, Person):
                return roles_of(request.user, on=timezone.localdate())
            return NOBODY

        request.roles = SimpleLazyObject(roles)  # type: ignore[attr-defined]
        return self.get_response(request)


class TemporaryPasswordMiddleware:
    """Leads whoever signed in with a temporary password to the page that changes it.

    The administrator who issued it knows it: until it is changed nothing else opens.
    """

    OPEN = frozenset({"account_change_password", "account_logout", "set_language"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None  # without asking the session, whose answer could then not be cached for all
        if not isinstance(request.user, Person) or not request.user.password_is_temporary:
            return None
        if request.resolver_match and request.resolver_match.view_name in self.OPEN:
            return None
        if request.headers.get("HX-Request"):
            headers = {"HX-Redirect": reverse("account_change_password")}
            return HttpResponse(status=204, headers=headers)
        messages.info(request, _("Ganti dulu kata sandi sementara Anda dengan kata sandi sendiri."))
        return redirect("account_change_password")
