"""Numbers and objects of an election file, read exactly, without ever passing through a float."""

import json
import re
from dataclasses import dataclass
from fractions import Fraction

# Longer numbers are no votes: they are read as something that is no number, and refused where a
# number is asked for. So `1e999999999` costs nothing, and unknown keys may hold whatever they like.
_MOST_DIGITS = 40
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_RATIO = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:[/:]([0-9]+(?:\.[0-9]+)?))?", re.ASCII)

MOST_BALLOTS = 10**12


@dataclass(frozen=True)
class NotANumber:
    """The text of a number that is none (NaN, Infinity) or that nobody could mean."""

    text: str


def loads(text: str) -> object:
    """A JSON text with exact numbers: integers, and `Fraction` for all others.

    Raises ValueError with a sentence for what is no JSON, is nested too deep, or has an object
    that says the same key twice.
    """
    try:
        return json.loads(
            text,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=NotANumber,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise ValueError(
            f"this is no JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from error
    except RecursionError as error:
        raise ValueError("this JSON is nested too deep") from error


def _integer(text: str) -> int | NotANumber:
    return int(text) if len(text) <= _MOST_DIGITS else NotANumber(text[:_MOST_DIGITS] + "…")


def _fraction(text: str) -> Fraction | NotANumber:
    if len(text) <= _MOST_DIGITS and _NUMBER.fullmatch(text):
        return Fraction(text)
    return NotANumber(text[:_MOST_DIGITS])


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"an object says the key {shown(key)} twice")
        found[key] = value
    return found


def shown(value: object) -> str:
    """A value of a file, short and in ASCII, for a sentence about it."""
    match value:
        case dict():
            return "an object"
        case list():
            return "a list"
        case None | bool():
            return json.dumps(value)
        case NotANumber(text):
            return text
        case str():
            return ascii(value if len(value) <= 40 else value[:37] + "...")
    return str(value)


def is_integer(value: object) -> bool:
    """Whether a value is a whole number; `true` is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def decimal(value: object, place: str) -> Fraction:
    """The exact value of a JSON number, or of its text: `45.75`, `"45.75"`.

    Raises ValueError that names the place.
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and len(value) <= _MOST_DIGITS and _DECIMAL.fullmatch(value):
        return Fraction(value)
    raise ValueError(f"{place}: {shown(value)} is no number")


def ratio(value: object, place: str) -> Fraction:
    """The exact value of a majority: a number, its text, `"3:1"` or `"3/2"`; null means 1.

    Raises ValueError that names the place.
    """
    if value is None:
        return Fraction(1)
    if isinstance(value, str):
        parts = _RATIO.fullmatch(value) if len(value) <= _MOST_DIGITS else None
        if parts is None or not Fraction(parts[2] or 1):
            raise ValueError(f"{place}: {shown(value)} is no ratio")
        found = Fraction(parts[1]) / Fraction(parts[2] or 1)
    else:
        found = decimal(value, place)
    if found <= 0:
        raise ValueError(f"{place}: a ratio is more than 0, not {shown(value)}")
    return found


def ballots(value: object, place: str) -> int:
    """A number of ballots.

    Raises ValueError that names the place for what is no whole number from 0 on.
    """
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator  # 5.0 is 5
    if not is_integer(value) or not 0 <= value <= MOST_BALLOTS:  # type: ignore[operator]
        raise ValueError(f"{place}: {shown(value)} is no number of ballots")
    return value  # type: ignore[return-value]
