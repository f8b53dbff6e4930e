"""Charts as plain SVG with the same figures in a table beside them: no script, no inline style."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.numbers import format_number

FULL = 1000


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, its figure, and the figure in words."""

    label: str
    value: Decimal
    text: str
    width: int
    """Length of the bar, in thousandths of the longest there can be."""


def bars(
    rows: Iterable[tuple[str, Decimal | int]], *, full: Decimal | int | None = None
) -> list[Bar]:
    """Horizontal bars, in the given order.

    `full` is the figure of a bar of full length; without it the largest figure has full length.
    Raises ValueError for negative figures and for one above `full`.
    """
    figures = [(label, Decimal(value)) for label, value in rows]
    most = max((value for _label, value in figures), default=Decimal(0))
    scale = most if full is None else Decimal(full)
    if any(value < 0 or value > scale for _label, value in figures):
        raise ValueError("a bar is neither negative nor longer than the full length")
    return [
        Bar(label, value, format_number(value), int(value * FULL / scale) if scale else 0)
        for label, value in figures
    ]


@dataclass(frozen=True)
class Pair:
    """Two bars of one row, one below the other: what was, and what would be."""

    label: str
    before: Bar
    after: Bar


def pairs(rows: Iterable[tuple[str, Decimal | int, Decimal | int]]) -> list[Pair]:
    """Pairs of horizontal bars, in the given order; the largest figure of all has full length.

    Raises ValueError for negative figures.
    """
    known = list(rows)
    most = max((max(before, after) for _label, before, after in known), default=0)
    befores = bars([(label, before) for label, before, _after in known], full=most)
    afters = bars([(label, after) for label, _before, after in known], full=most)
    return [Pair(old.label, old, new) for old, new in zip(befores, afters, strict=True)]


@dataclass(frozen=True)
class Swing:
    """A bar that goes left for less and right for more, from a line in the middle."""

    start: int
    width: int
    """Both in thousandths of the drawing."""


def swings(rows: Iterable[tuple[Decimal, ...]]) -> list[list[Swing]]:
    """Bars to both sides of a middle line, some to a row; the largest figure fills its half."""
    known = [list(row) for row in rows]
    most = max((abs(figure) for row in known for figure in row), default=Decimal(0))
    half = FULL // 2
    found = []
    for row in known:
        widths = [int(abs(figure) * half / most) if most else 0 for figure in row]
        found.append(
            [
                Swing(half - width if figure < 0 else half, width)
                for figure, width in zip(row, widths, strict=True)
            ]
        )
    return found
