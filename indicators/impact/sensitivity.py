"""What another weight would do: one indicator a few points heavier or lighter, the others give way.

For each unit by itself: the weights are read as shares of 100, the indicator's moves by some points
(not below 0, not above 100), and those of the others shrink or grow in proportion, so that they
sum to 100 again. Plain values; a total that does not exist stays so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from indicators.impact.effects import Part, mean, ten_places, total_of
from indicators.scoring import Profile, status

POINTS = 5  # by which a weight is moved, up and down
FULL = Fraction(100)


@dataclass(frozen=True)
class Shift:
    """What one movement of a weight does: to the mean in points, to bands and ranks in units."""

    mean: Fraction
    band_changes: int
    rank_changes: int


@dataclass(frozen=True)
class Sensitivity:
    """What moving the weight of one indicator does to the units that it scores."""

    code: str
    units: int
    lighter: Shift
    heavier: Shift

    @property
    def largest(self) -> Fraction:
        """The larger of both effects on the mean, without its sign."""
        return max(abs(self.lighter.mean), abs(self.heavier.mean))


def sensitivity(
    units: Mapping[str, Sequence[Part]], *, profile: Profile, points: int = POINTS
) -> list[Sensitivity]:
    """What ± `points` of each indicator would do, the largest effect first.

    Shape: `units` are the parts of each unit that may be shown. Mean, bands and ranks are those of
    all units that have a total.
    """
    base = {
        unit: whole for unit, parts in units.items() if (whole := total_of(parts).exact) is not None
    }
    bands = {unit: status(whole, profile=profile) for unit, whole in base.items()}
    ranks = ranking(base)
    scorers: dict[str, list[str]] = {}
    for unit in base:
        for part in units[unit]:
            if part.score is not None and part.weight:
                scorers.setdefault(part.code, []).append(unit)
    sums = {unit: _sums(units[unit]) for unit in base}
    level = mean(base.values()) or Fraction(0)

    def shift(code: str, by: int) -> Shift:
        moved = dict(base)
        for unit in scorers[code]:
            moved[unit] = _moved_total(units[unit], sums[unit], base[unit], code, by)
        new = ranking(moved)
        return Shift(
            mean=(mean(moved.values()) or Fraction(0)) - level,
            band_changes=sum(
                status(moved[unit], profile=profile) != bands[unit] for unit in scorers[code]
            ),
            rank_changes=sum(new[unit] != ranks[unit] for unit in base),
        )

    found = [
        Sensitivity(code, len(scorers[code]), shift(code, -points), shift(code, points))
        for code in sorted(scorers)
    ]
    return sorted(found, key=lambda each: (-each.largest, each.code))


@dataclass(frozen=True)
class _Sums:
    weight: Fraction  # of all parts
    scored: Fraction  # weight of those with a score
    points: Fraction  # Σ weight × score


def _sums(parts: Sequence[Part]) -> _Sums:
    scored = [(part.weight, part.score) for part in parts if part.score is not None]
    return _Sums(
        sum((part.weight for part in parts), Fraction(0)),
        sum((weight for weight, _score in scored), Fraction(0)),
        sum((weight * score for weight, score in scored), Fraction(0)),
    )


def _moved_total(
    parts: Sequence[Part], sums: _Sums, unmoved: Fraction, code: str, by: int
) -> Fraction:
    """The total of a unit with one weight moved; as it was where nothing else could give way."""
    part = next(part for part in parts if part.code == code)
    share = part.weight * FULL / sums.weight
    moved = min(max(share + by, Fraction(0)), FULL)
    if share == FULL or part.score is None:
        return unmoved
    others = (FULL - moved) / (FULL - share) * FULL / sums.weight
    covered = moved + others * (sums.scored - part.weight)
    if not covered:
        return unmoved
    rest = sums.points - part.weight * part.score
    return (moved * part.score + others * rest) / covered


def ranking(totals: Mapping[str, Fraction]) -> dict[str, int]:
    """The rank of each unit, 1 for the highest total; equal ones (to 10 decimals) share a rank."""
    shown = {unit: ten_places(whole) for unit, whole in totals.items()}
    ranks: dict[int, int] = {}
    for place, figure in enumerate(sorted(shown.values(), reverse=True), start=1):
        ranks.setdefault(figure, place)
    return {unit: ranks[figure] for unit, figure in shown.items()}
