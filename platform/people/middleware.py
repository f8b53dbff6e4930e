"""Puts today's roles beside the person on each request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

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
