"""One page of a long list."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

PER_PAGE = 20


def page_of[Item: Model](
    request: HttpRequest,
    items: QuerySet[Item, Any] | Sequence[Any],
    per_page: int = PER_PAGE,
) -> Page[Any]:
    """The page that `?page=` asks for; for a number that does not exist, the nearest.

    Two queries at most: the count and the rows.
    """
    paginator = Paginator(items, per_page)
    try:
        asked = int(request.GET.get("page", 1))
    except ValueError:
        asked = 1
    return paginator.page(min(max(asked, 1), paginator.num_pages))
