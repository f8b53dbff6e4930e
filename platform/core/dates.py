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
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def format_date(day: date) -> str:
    """`24 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_moment(moment: datetime) -> str:
    """`24 November 2026 pukul 14.30 WIB`; the moment may be in any zone."""
    local = moment.astimezone(WIB)
    return f"{format_date(local.date())} pukul {local:%H.%M} WIB"


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
