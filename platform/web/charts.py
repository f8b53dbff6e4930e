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
