from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import add_working_days, format_clock, format_date, format_moment

TUESDAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 30)


def test_a_date_is_written_with_the_month_in_words() -> None:
    assert format_date(TUESDAY) == "24 November 2026"
    assert format_date(date(2027, 5, 1)) == "1 Mei 2027"


def test_a_moment_is_told_in_western_indonesian_time() -> None:
    moment = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    assert format_moment(moment) == "24 November 2026 pukul 14.30 WIB"
    assert format_moment(moment, "en") == "24 November 2026, 14:30 WIB"
    assert (format_clock(moment), format_clock(moment, "en")) == ("14.30 WIB", "14:30 WIB")


def test_a_late_moment_in_utc_is_already_tomorrow() -> None:
    moment = datetime(2026, 12, 31, 17, 5, tzinfo=UTC)
    assert format_moment(moment) == "1 Januari 2027 pukul 00.05 WIB"


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (TUESDAY, 0, TUESDAY),
        (TUESDAY, 1, date(2026, 11, 25)),
        (FRIDAY, 1, MONDAY),
        (date(2026, 11, 28), 1, MONDAY),
        (TUESDAY, 5, date(2026, 12, 1)),
    ],
)
def test_weekends_are_no_working_days(start: date, days: int, end: date) -> None:
    assert add_working_days(start, days) == end


def test_holidays_are_no_working_days() -> None:
    assert add_working_days(FRIDAY, 1, holidays={MONDAY}) == date(2026, 12, 1)


def test_a_holiday_on_a_weekend_costs_nothing() -> None:
    assert add_working_days(FRIDAY, 1, holidays={date(2026, 11, 28)}) == MONDAY


def test_a_negative_number_of_days_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(TUESDAY, -1)


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(1, 60),
    st.sets(st.integers(1, 90), max_size=15),
)
def test_as_many_working_days_lie_between_as_were_asked(
    start: date, days: int, gaps: set[int]
) -> None:
    holidays = {start + timedelta(days=gap) for gap in gaps}
    end = add_working_days(start, days, holidays)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    working = [day for day in between if day.weekday() < 5 and day not in holidays]
    assert len(working) == days
    assert working[-1] == end


def test_an_english_page_has_english_months() -> None:
    moment = datetime(2026, 10, 24, 7, 30, tzinfo=UTC)
    assert format_date(moment.date(), "en") == "24 October 2026"
    assert format_moment(moment, "en") == "24 October 2026, 14:30 WIB"
    assert format_moment(moment) == "24 Oktober 2026 pukul 14.30 WIB"
