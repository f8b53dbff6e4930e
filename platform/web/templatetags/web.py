"""Numbers, dates and small pieces for every template."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from core.dates import format_date, format_moment
from core.numbers import format_number

register = template.Library()


@register.filter
def number(value: Decimal | int | None) -> str:
    """`1.234,56`; nothing for None."""
    return "" if value is None else format_number(Decimal(value))


@register.filter
def day(value: date | None) -> str:
    """`24 November 2026`; nothing for None."""
    return "" if value is None else format_date(value)


@register.filter
def moment(value: datetime | None) -> str:
    """`24 November 2026 pukul 14.30 WIB`; nothing for None."""
    return "" if value is None else format_moment(value)
