"""Numbers and dates spelled out, as official papers want them (Permendagri 1/2023)."""

from datetime import date

from core.dates import DAYS, MONTHS

_UNITS = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]


def number_words(number: int) -> str:
    """A whole number from 0 to 9999 in Indonesian words: 2026 -> `dua ribu dua puluh enam`.

    Raises ValueError outside that range.
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"only 0 to 9999 are spelled out, not {number}")
    if number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    for size, one, name in ((1000, "seribu", "ribu"), (100, "seratus", "ratus"), (10, "", "puluh")):
        if number >= size:
            head, rest = divmod(number, size)
            words = one if head == 1 else f"{number_words(head)} {name}"
            return f"{words} {number_words(rest)}" if rest else words
    raise AssertionError("every number from 12 has a head")


def date_words(day: date) -> str:
    """`Selasa tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam`."""
    return (
        f"{DAYS[day.weekday()]} tanggal {number_words(day.day)} "
        f"bulan {MONTHS[day.month - 1]} tahun {number_words(day.year)}"
    )
