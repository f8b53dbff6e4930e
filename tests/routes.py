"""Every address of the site, read from Django's resolver: nobody keeps a second list by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One pattern: `name` with its namespaces, `path` as Django writes it, the view behind it."""

    name: str
    path: str
    view: Callable[..., Any]
    arguments: frozenset[str]

    @property
    def is_public(self) -> bool:
        """Whether someone who is not signed in reaches the view."""
        return not getattr(self.view, "login_required", True)


def routes() -> list[Route]:
    """All routes in the order in which Django tries them."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, path, inner)
        else:
            assert pattern.name, f"{path} has no name"
            converters = frozenset(pattern.pattern.converters) | frozenset(
                getattr(pattern.pattern.regex, "groupindex", {})
            )
            yield Route(namespace + pattern.name, path, pattern.callback, converters)
