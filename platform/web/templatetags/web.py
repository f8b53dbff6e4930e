"""Numbers, dates and small pieces for every template."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.dates import format_clock, format_date, format_moment
from core.numbers import format_number
from web.charts import FULL, bars, pairs

register = template.Library()


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    """`1.234,56`, with `places` exactly so many decimals; nothing for None."""
    return "" if value is None else format_number(Decimal(value), places)


@register.filter
def day(value: date | None) -> str:
    """`24 November 2026`, in the reader's language; nothing for None."""
    return "" if value is None else format_date(value, get_language() or "id")


@register.filter
def moment(value: datetime | None) -> str:
    """`24 November 2026 pukul 14.30 WIB`, in the reader's language; nothing for None."""
    return "" if value is None else format_moment(value, get_language() or "id")


@register.filter
def clock(value: datetime | None) -> str:
    """`14.30 WIB`, in the reader's language; nothing for None."""
    return "" if value is None else format_clock(value, get_language() or "id")


@register.filter
def percent(value: Decimal | int | None, places: int = 2) -> str:
    """`87,50%` of 87.5; nothing for None."""
    return "" if value is None else format_number(Decimal(value), places) + "%"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of `icons.svg`, for the eye only: the words stand beside it."""
    return format_html(
        '<svg class="ds-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("web/icons.svg"),
        name,
    )


@register.inclusion_tag("web/_pager.html", takes_context=True)
def pager(context: template.Context, page: Page[object]) -> dict[str, object]:
    """Links to the other pages of a list, keeping the rest of the query; nothing for one page."""
    request: HttpRequest = context["request"]
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "pages": pages, "request": request}


@register.inclusion_tag("web/_bar_chart.html")
def bar_chart(
    rows: Iterable[tuple[str, Decimal | int]],
    caption: str,
    full: Decimal | int | None = None,
    unit: str = "",
) -> dict[str, object]:
    """Horizontal bars of (label, figure) rows; `full` is the figure of a bar of full length."""
    return {"bars": bars(rows, full=full), "caption": caption, "unit": unit, "full": FULL}


@register.inclusion_tag("web/_pair_chart.html")
def pair_chart(
    rows: Iterable[tuple[str, Decimal | int, Decimal | int]],
    caption: str,
    before: str,
    after: str,
    of: str = "",
) -> dict[str, object]:
    """Two bars to a row of (label, before, after); `of` says what the labels are."""
    return {
        "pairs": pairs(rows),
        "caption": caption,
        "before": before,
        "after": after,
        "of": of,
        "full": FULL,
    }
