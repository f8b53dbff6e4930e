"""What the navigation offers to the person who looks."""

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    return {}
