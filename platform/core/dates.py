"""Dates and times in words of the office: `24 November 2026`, `14.30 WIB`."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
MONTHS_IN_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def format_date(day: date, language: str = "id") -> str:
    """`24 Oktober 2026`, or in English (`en`) `24 October 2026`."""
    months = MONTHS_IN_ENGLISH if language == "en" else MONTHS
    return f"{day.day} {months[day.month - 1]} {day.year}"


def format_moment(moment: datetime, language: str = "id") -> str:
    """`24 Oktober 2026 pukul 14.30 WIB`, in English `24 October 2026, 14:30 WIB`; of any zone."""
    day = format_date(moment.astimezone(WIB).date(), language)
    between = ", " if language == "en" else " pukul "
    return day + between + format_clock(moment, language)


def format_clock(moment: datetime, language: str = "id") -> str:
    """`14.30 WIB`, in English `14:30 WIB`; of any zone."""
    local = moment.astimezone(WIB)
    return f"{local:%H:%M} WIB" if language == "en" else f"{local:%H.%M} WIB"


def add_working_days(start: date, days: int, holidays: Collection[date] = ()) -> date:
    """The date `days` working days after `start`: Monday to Friday, without `holidays`.

    Raises ValueError for a negative count.
    """
    if days < 0:
        raise ValueError("a number of days is not negative")
    day = start
    while days:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            days -= 1
    return day


def working_days_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """How many working days lie after `start` up to and with `end`; 0 where `end` is not later."""
    days = ((start + timedelta(days=count)) for count in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in holidays for day in days)
