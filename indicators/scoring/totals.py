"""Several indicators as one figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Total:
    """The weighted mean of the scores that there are; `covered` is the weight of those."""

    exact: Fraction | None
    covered: Fraction


def total(parts: Iterable[tuple[Fraction, Fraction | None]]) -> Total:
    """Σ(score × weight) ÷ Σ weight over pairs (weight in percent, unrounded score or None).

    None where nothing that counts has a score.
    """
    scored = [(weight, result) for weight, result in parts if result is not None]
    covered = sum((weight for weight, _result in scored), Fraction(0))
    if not covered:
        return Total(None, covered)
    return Total(sum((w * result for w, result in scored), Fraction(0)) / covered, covered)
