"""When an adopted indicator is to be looked at again."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

if TYPE_CHECKING:
    from indicators.models import IndicatorVersion

REVIEWED_EVERY_YEARS = 2
TOLD_BEFORE = timedelta(days=60)


@dataclass(frozen=True)
class ReviewDate:
    """The day by which an indicator is to be looked at again, as it stands on `today`."""

    due_on: date
    today: date
    reviewed_on: date | None = None  # the last review that let it stand

    @property
    def is_over(self) -> bool:
        """Whether the day has come."""
        return self.due_on <= self.today

    @property
    def is_near(self) -> bool:
        """Whether the day has come, or comes within `TOLD_BEFORE`."""
        return self.due_on - TOLD_BEFORE <= self.today


def review_due_on(adopted_on: date, reviewed_on: date | None = None) -> date:
    """`REVIEWED_EVERY_YEARS` after the adoption, or after the last review that let it stand."""
    last = max(adopted_on, reviewed_on or adopted_on)
    year = last.year + REVIEWED_EVERY_YEARS
    is_leap_day = (last.month, last.day) == (2, 29)
    return date(year, 3, 1) if is_leap_day else last.replace(year=year)


def looked_at_until(today: date) -> date:
    """The last day of a look whose review is near on `today`."""
    near = today + TOLD_BEFORE
    year = near.year - REVIEWED_EVERY_YEARS
    is_leap_day = (near.month, near.day) == (2, 29)
    return date(year, 2, 28) if is_leap_day else near.replace(year=year)


def review_date_of(version: "IndicatorVersion", *, today: date) -> ReviewDate:
    """When a version, read `with_reviews`, is to be looked at again."""
    reviewed_on: date | None = getattr(version, "reviewed_on", None)
    due_on = review_due_on(localdate(version.adopted_at), reviewed_on)
    return ReviewDate(due_on, today, reviewed_on)
