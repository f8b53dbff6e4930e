"""The request as Martahi's views see it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import Person
from people.roles import Roles


class PersonRequest(HttpRequest):
    """A request of someone signed in: `roles` are those of today."""

    user: Person
    roles: Roles
    htmx: HtmxDetails
