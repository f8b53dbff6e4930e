"""Figures: read exactly, rounded half up, shown as Indonesians write them."""

import re
from decimal import Decimal
from fractions import Fraction
from math import floor

from django.utils.translation import gettext as _

from core.numbers import format_number

SCORE_PLACES, UNROUNDED_PLACES = 2, 10

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,2})?", re.ASCII)
_LARGEST = 10**30


def exact(value: object) -> Fraction:
    """A figure read exactly from text (`87.4`, as JSON writes numbers), int, Decimal or Fraction.

    Raises ValueError, with an Indonesian sentence, for booleans, floats, NaN, infinities, and
    figures of 10^30 and more or of more than 30 decimals.
    """
    if isinstance(value, Decimal):
        value = str(value)
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text):
            raise ValueError(_("Bukan angka, atau terlalu panjang: %s") % repr(text[:30]))
        value = Fraction(text)
    elif isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise ValueError(_("Angka ditulis sebagai teks atau bilangan, misalnya 87.4."))
    figure = Fraction(value)
    if abs(figure) >= _LARGEST or figure.denominator > _LARGEST:
        raise ValueError(_("Angka terlalu besar atau terlalu teliti."))
    return figure


def fixed(value: Fraction, places: int) -> str:
    """A fraction with exactly so many decimals, half away from zero: `94.49`."""
    shifted = floor(abs(value) * 10**places + Fraction(1, 2))
    whole, rest = divmod(shifted, 10**places)
    sign = "-" if value < 0 and shifted else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def show(value: Fraction) -> str:
    """A fraction for a reader: `1.234,56`, to at most 4 decimals."""
    return format_number(Decimal(fixed(value, 4)))
