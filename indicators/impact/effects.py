"""What a draft does to the scores of units: before and after, and what moved each most.

Plain values in, plain values out, for the units that may be shown (`hiding`); whatever a unit that
is left out reported cannot change a sign of what comes out, because it is left out first.

Units: weights in percent, scores in points of the profile. Means and ranks are those of totals to
10 decimals, as the API gives them; bands follow the exact total.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from indicators.scoring import SCORE_PLACES, UNROUNDED_PLACES, Profile, Total, fixed, status, total

MOST_MOVERS = 5  # up, and as many down
NARROW, WIDE = 5, 10  # points of a step in the histogram
MOST_NARROW_STEPS = 10
_LAST = Fraction(10**UNROUNDED_PLACES)


@dataclass(frozen=True)
class Part:
    """An indicator that counts for a unit: its weight in percent, and its score if it has one."""

    code: str
    weight: Fraction
    score: Fraction | None


@dataclass(frozen=True)
class UnitParts:
    """What counts for a unit under the rules before and after; None: it was not measured then."""

    unit: str
    before: tuple[Part, ...] | None
    after: tuple[Part, ...] | None


@dataclass(frozen=True)
class Moved:
    """How an indicator moved a unit's total: by how many points, and what became of it."""

    code: str
    by: Fraction
    before: Part | None
    after: Part | None


@dataclass(frozen=True)
class UnitEffect:
    """A unit's totals before and after, exact, with the weight that has figures, in percent."""

    unit: str
    before: Fraction | None
    after: Fraction | None
    covered: Fraction
    weight: Fraction  # of all that counts after
    band_before: str
    band_after: str
    moved_by: Moved | None

    @property
    def difference(self) -> Fraction | None:
        """By how many points the total moves, as the rounded totals tell it."""
        if self.before is None or self.after is None:
            return None
        return Fraction(fixed(self.after, SCORE_PLACES)) - Fraction(
            fixed(self.before, SCORE_PLACES)
        )

    @property
    def changes_band(self) -> bool:
        """Whether it goes into another band."""
        return self.difference is not None and self.band_before != self.band_after


@dataclass(frozen=True)
class Step:
    """A step of the histogram, `[start, end)` in points; the last one may hold its end."""

    start: int
    end: int
    before: int
    after: int


@dataclass(frozen=True)
class Band:
    """A band of the profile with how many units lie in it."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Covered:
    """Of an indicator that counts after: how many of the units shown have a score by it."""

    code: str
    measured: int
    scored: int
    mean_before: Fraction | None
    mean_after: Fraction | None


@dataclass(frozen=True)
class Impact:
    """What a draft does to the units that may be shown. `is_compared`: a set went before."""

    effects: tuple[UnitEffect, ...]
    covered: tuple[Covered, ...]
    is_compared: bool
    same_bands: bool
    cap: Fraction  # the highest score that there can be, before or after

    @cached_property
    def compared(self) -> list[UnitEffect]:
        """The units with a total both before and after."""
        return [effect for effect in self.effects if effect.difference is not None]

    @cached_property
    def up(self) -> list[UnitEffect]:
        """The units that rise, most first."""
        return self._moved(1)

    @cached_property
    def down(self) -> list[UnitEffect]:
        """The units that fall, most first."""
        return self._moved(-1)

    def _moved(self, sign: int) -> list[UnitEffect]:
        moved = [
            (sign * effect.difference, effect) for effect in self.compared if effect.difference
        ]
        return [
            effect
            for by, effect in sorted(moved, key=lambda pair: (-pair[0], pair[1].unit))
            if by > 0
        ]

    @property
    def same(self) -> int:
        """How many units keep their total."""
        return len(self.compared) - len(self.up) - len(self.down)

    @property
    def band_changes(self) -> int:
        """How many units go into another band; only where both rules have the same bands."""
        return sum(effect.changes_band for effect in self.compared) if self.same_bands else 0

    @property
    def mean_before(self) -> Fraction | None:
        """The mean of the totals before, over the units that have both."""
        return mean(effect.before for effect in self.compared)

    @property
    def mean_after(self) -> Fraction | None:
        """The mean of the totals after, over the units that have both; else over all with one."""
        return mean(effect.after for effect in self.compared or self.effects)

    @property
    def scored(self) -> int:
        """How many units have a total after."""
        return sum(effect.after is not None for effect in self.effects)

    def bands(self, profile: Profile) -> list[Band]:
        """How many units lie in each band of the profile, the highest first."""
        before = Counter(effect.band_before for effect in self.effects)
        after = Counter(effect.band_after for effect in self.effects)
        return [Band(name, before[name], after[name]) for name, _start in profile.bands]

    def steps(self) -> list[Step]:
        """The histogram of totals: steps of 5 points, or of 10 where they reach far apart."""
        before = [effect.before for effect in self.effects if effect.before is not None]
        after = [effect.after for effect in self.effects if effect.after is not None]
        return histogram(before, after, cap=self.cap)


def mean(figures: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of the figures there are, each to 10 decimals; None for none."""
    known = [ten_places(figure) for figure in figures if figure is not None]
    return sum(known) / (len(known) * _LAST) if known else None


def ten_places(figure: Fraction) -> int:
    """A figure to 10 decimals, half up, counted in the last of them: sums of many stay small."""
    return floor(figure * _LAST + Fraction(1, 2))


def histogram(
    before: Sequence[Fraction], after: Sequence[Fraction], *, cap: Fraction
) -> list[Step]:
    """How many figures lie in each step, from the lowest step that holds any to the highest.

    The highest score that there can be, `cap`, lies in the step that it ends.
    """
    figures = [*before, *after]
    if not figures:
        return []
    width = NARROW
    if (max(figures) - min(figures)) / NARROW > MOST_NARROW_STEPS:
        width = WIDE
    top = max(ceil(cap / width) - 1, 0)
    counts = [
        Counter(min(floor(figure / width), top) for figure in side) for side in (before, after)
    ]
    places = counts[0].keys() | counts[1].keys()
    return [
        Step(place * width, (place + 1) * width, counts[0][place], counts[1][place])
        for place in range(min(places), max(places) + 1)
    ]


def impact_of(
    units: Iterable[UnitParts],
    *,
    hidden: AbstractSet[str],
    before: Profile | None,
    after: Profile,
) -> Impact:
    """What a draft does to the units that are not hidden; `before`: None where no set went before.

    Shape: each unit once, each code once on a side of a unit. The order is kept.
    """
    shown = [unit for unit in units if unit.unit not in hidden]
    return Impact(
        effects=tuple(_effect(unit, before, after) for unit in shown),
        covered=tuple(_covered(shown)),
        is_compared=before is not None,
        same_bands=before is not None and before.bands == after.bands,
        cap=max(after.cap, before.cap if before else after.cap),
    )


def total_of(parts: Sequence[Part] | None) -> Total:
    """The total of what counts, and the weight that has figures."""
    return total((part.weight, part.score) for part in parts or ())


def _effect(unit: UnitParts, before: Profile | None, after: Profile) -> UnitEffect:
    old, new = total_of(unit.before), total_of(unit.after)
    return UnitEffect(
        unit=unit.unit,
        before=old.exact,
        after=new.exact,
        covered=new.covered,
        weight=sum((part.weight for part in unit.after or ()), Fraction(0)),
        band_before=_band(old.exact, before),
        band_after=_band(new.exact, after),
        moved_by=moved_most(unit),
    )


def _band(figure: Fraction | None, profile: Profile | None) -> str:
    return "" if figure is None or profile is None else status(figure, profile=profile)


def moves(unit: UnitParts) -> list[Moved]:
    """How each indicator moved a unit's total; together exactly the difference.

    Each is measured against the total before: an indicator that comes in with a score above it
    raises, one below it lowers. Empty where there is no total on either side.
    """
    old, new = total_of(unit.before), total_of(unit.after)
    if old.exact is None or new.exact is None:
        return []
    before = {part.code: part for part in unit.before or ()}
    after = {part.code: part for part in unit.after or ()}
    found = [
        Moved(
            code,
            _pull(after.get(code), new, old.exact) - _pull(before.get(code), old, old.exact),
            before.get(code),
            after.get(code),
        )
        for code in sorted(before | after)
    ]
    return [moved for moved in found if moved.by]


def _pull(part: Part | None, whole: Total, level: Fraction) -> Fraction:
    """By how much a part pulls a total away from a level."""
    if part is None or part.score is None:
        return Fraction(0)
    return part.weight / whole.covered * (part.score - level)


def moved_most(unit: UnitParts) -> Moved | None:
    """The indicator that moved a unit's total most in the direction in which it went."""
    found = moves(unit)
    by = sum((moved.by for moved in found), Fraction(0))
    along = [moved for moved in found if moved.by * by > 0]
    return max(along, key=lambda moved: abs(moved.by), default=None)


def _covered(units: Sequence[UnitParts]) -> Iterable[Covered]:
    after = _by_code(unit.after for unit in units)
    before = _by_code(unit.before for unit in units)
    for code in sorted(after):
        scores = [part.score for part in after[code]]
        yield Covered(
            code=code,
            measured=len(scores),
            scored=sum(score is not None for score in scores),
            mean_before=mean(part.score for part in before.get(code, ())),
            mean_after=mean(scores),
        )


def _by_code(sides: Iterable[tuple[Part, ...] | None]) -> Mapping[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for side in sides:
        for part in side or ():
            found.setdefault(part.code, []).append(part)
    return found
