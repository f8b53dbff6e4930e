"""Numbers as Indonesians write and read them: `1.234,56`."""

import re
from decimal import ROUND_HALF_UP, Decimal

from core.canonical import decimal_text

_INDONESIAN = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", re.ASCII)
_PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def format_number(value: Decimal, places: int | None = None) -> str:
    """`Decimal("1234.5")` -> `1.234,5`; with `places`, exactly so many decimals (half up)."""
    if places is not None:
        value = round_half_up(value, places)
        text = format(value, "f")
    else:
        text = decimal_text(value)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, fraction = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return sign + grouped + ("," + fraction if fraction else "")


def parse_number(text: str) -> Decimal:
    """A figure typed by a person: `1.234,56`, `1234,56`, `87.4` and `87,4` alike.

    A single dot followed by exactly three digits is read as a thousands separator (`1.234` is one
    thousand two hundred thirty-four), as Indonesians write it. Raises ValueError otherwise.
    """
    cleaned = text.strip().replace("\u00a0", "").replace("−", "-").removesuffix("%").strip()
    if len(cleaned) <= 40:
        if _INDONESIAN.fullmatch(cleaned):
            return Decimal(cleaned.replace(".", "").replace(",", "."))
        if _PLAIN.fullmatch(cleaned):
            return Decimal(cleaned)
    raise ValueError(f"not a number: {text[:40]!r}")


def round_half_up(value: Decimal, places: int) -> Decimal:
    """A value rounded half away from zero to `places` decimals."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
