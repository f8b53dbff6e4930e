"""When an adopted indicator is to be looked at again."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from indicators.reviewing import TOLD_BEFORE, ReviewDate, looked_at_until, review_due_on

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_an_indicator_is_looked_at_again_after_two_years() -> None:
    assert review_due_on(date(2024, 11, 25)) == date(2026, 11, 25)
    assert review_due_on(date(2024, 2, 29)) == date(2026, 3, 1)


def test_a_review_counts_from_its_day_and_never_backwards() -> None:
    assert review_due_on(date(2024, 11, 25), date(2026, 10, 1)) == date(2028, 10, 1)
    assert review_due_on(date(2024, 11, 25), date(2023, 1, 1)) == date(2026, 11, 25)


def test_a_date_is_near_sixty_days_before_and_over_on_the_day() -> None:
    due = date(2026, 11, 25)
    assert not ReviewDate(due, due - timedelta(days=61)).is_near
    assert ReviewDate(due, due - timedelta(days=60)).is_near
    assert not ReviewDate(due, due - timedelta(days=1)).is_over
    assert ReviewDate(due, due).is_over


@given(days, days)
def test_the_last_look_says_the_same_as_the_review_date(looked_at: date, today: date) -> None:
    near = review_due_on(looked_at) - TOLD_BEFORE <= today
    assert near == (looked_at <= looked_at_until(today))
