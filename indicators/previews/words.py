"""What the page of an impact says, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.impact import (
    Covered,
    Impact,
    Moved,
    Sensitivity,
    Shift,
    UnitEffect,
)
from indicators.pages import target_text
from indicators.scoring import exact, fixed, show, show_score
from web.charts import Swing, swings

type Item = Mapping[str, Any]


@dataclass(frozen=True)
class Mover:
    """A unit that moves far: its totals, by how much, and the indicator that moved it, in words."""

    unit: str
    before: str
    after: str
    by: str
    because: str


@dataclass(frozen=True)
class UnitRow:
    """A unit in the table; texts are empty where there is no total."""

    unit: str
    before: str
    after: str
    by: str
    status: str
    changed_from: str  # the band before, where it is another one
    covered: str  # percent of the weight that has figures, where it is not all


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator that counts in the draft, over the units shown."""

    code: str
    name: str
    weight: str
    measured: int
    scored: int
    before: str
    after: str


@dataclass(frozen=True)
class LeverShift:
    """What one movement of a weight would do: to the mean, in words, and to how many units."""

    mean: str
    bands: int
    ranks: int


@dataclass(frozen=True)
class LeverRow:
    """What moving an indicator's weight down and up would do, in words and as bars."""

    code: str
    name: str
    shifts: list[LeverShift]
    swings: list[Swing]


def signed(figure: Fraction) -> str:
    """`+1,40`, `−0,35`, `0,00`: a difference in points, to two decimals."""
    text = show_score(abs(figure))
    rounded = Fraction(fixed(figure, 2))
    return text if not rounded else ("+" if rounded > 0 else "−") + text


def summary_of(impact: Impact) -> str:
    """What the draft would do, in one sentence; empty where no unit has a total."""
    if impact.mean_after is None:
        return ""
    after = show_score(impact.mean_after)
    if not impact.compared or impact.mean_before is None:
        told = ngettext(
            "%(count)d unit dapat dinilai; rata-rata nilainya %(after)s.",
            "%(count)d unit dapat dinilai; rata-rata nilainya %(after)s.",
            impact.scored,
        )
        return told % {"count": impact.scored, "after": after}
    told = _(
        "%(up)d dari %(count)d unit naik, %(down)d turun, %(same)d tetap; "
        "rata-rata %(before)s → %(after)s"
    ) % {
        "up": len(impact.up),
        "down": len(impact.down),
        "same": impact.same,
        "count": len(impact.compared),
        "before": show_score(impact.mean_before),
        "after": after,
    }
    if impact.same_bands:
        told += "; " + _("%d unit pindah status") % impact.band_changes
    return told + "."


def rests_on(impact: Impact, year: int | None) -> list[str]:
    """What the figures rest on, in sentences."""
    measured = sum(each.measured for each in impact.covered)
    scored = sum(each.scored for each in impact.covered)
    if not measured or year is None:
        return []
    told = [
        _(
            "Dasarnya realisasi %(year)d yang sudah dilaporkan: %(scored)d dari %(measured)d angka "
            "ada, dari %(units)d unit dan %(indicators)d indikator yang dinilai."
        )
        % {
            "year": year,
            "scored": scored,
            "measured": measured,
            "units": len(impact.effects),
            "indicators": len(impact.covered),
        }
    ]
    if scored < measured:
        told.append(
            _("Unit yang angkanya belum lengkap dinilai dari bobot indikator yang ada angkanya.")
        )
    return told


class Words:
    """Why a unit moved, from the records on both sides."""

    def __init__(
        self, before: Mapping[str, Item], after: Mapping[str, Item], names: Mapping[str, str]
    ) -> None:
        self.before, self.after, self.names = before, after, names

    def mover(self, effect: UnitEffect) -> Mover:
        """A unit that moved, with its totals."""
        return Mover(
            unit=self.names[effect.unit],
            before=_shown(effect.before),
            after=_shown(effect.after),
            by="" if effect.difference is None else signed(effect.difference),
            because=self.because(effect.moved_by) if effect.moved_by else "",
        )

    def because(self, moved: Moved) -> str:
        """What became of an indicator, in one sentence."""
        item = self.after.get(moved.code) or self.before[moved.code]
        told = {"code": moved.code, "name": item["name"]}
        old, new = moved.before, moved.after
        if old is None and new is not None:
            told |= {"weight": show(new.weight), "score": _score(new.score)}
            return _("%(code)s %(name)s masuk dengan bobot %(weight)s: nilainya %(score)s.") % told
        if new is None and old is not None:
            told |= {"weight": show(old.weight), "score": _score(old.score)}
            return (
                _("%(code)s %(name)s tidak dinilai lagi: bobotnya %(weight)s, nilainya %(score)s.")
                % told
            )
        return f"{moved.code} {item['name']}: {', '.join(self._changes(moved))}."

    def _changes(self, moved: Moved) -> Iterable[str]:
        old, new = moved.before, moved.after
        if old is None or new is None:
            return
        if old.score == new.score:
            yield _("nilainya tetap %s") % _score(new.score)
        else:
            words = {"before": _score(old.score), "after": _score(new.score)}
            yield _("nilainya %(before)s → %(after)s") % words
        targets = [target_text(side[moved.code]) for side in (self.before, self.after)]
        if targets[0] != targets[1]:
            yield _("target %(before)s → %(after)s") % dict(
                zip(("before", "after"), targets, strict=True)
            )
        if old.weight != new.weight:
            yield _("bobot %(before)s → %(after)s") % {
                "before": show(old.weight),
                "after": show(new.weight),
            }


def _score(figure: Fraction | None) -> str:
    return _("belum ada") if figure is None else show_score(figure)


def _shown(figure: Fraction | None) -> str:
    return "" if figure is None else show_score(figure)


def unit_row(effect: UnitEffect, names: Mapping[str, str]) -> UnitRow:
    share = effect.covered / effect.weight * 100 if effect.weight else Fraction(100)
    return UnitRow(
        unit=names[effect.unit],
        before=_shown(effect.before),
        after=_shown(effect.after),
        by="" if effect.difference is None else signed(effect.difference),
        status=effect.band_after,
        changed_from=effect.band_before if effect.changes_band else "",
        covered="" if share == 100 else show(Fraction(fixed(share, 0))),
    )


def indicator_row(each: Covered, item: Item) -> IndicatorRow:
    return IndicatorRow(
        code=each.code,
        name=item["name"],
        weight=show(exact(item["weight_percent"])),
        measured=each.measured,
        scored=each.scored,
        before=_shown(each.mean_before),
        after=_shown(each.mean_after),
    )


def lever_rows(found: Sequence[Sensitivity], items: Mapping[str, Item]) -> list[LeverRow]:
    drawn = swings((_drawn(each.lighter), _drawn(each.heavier)) for each in found)
    return [
        LeverRow(
            each.code,
            items[each.code]["name"],
            [
                LeverShift(signed(shift.mean), shift.band_changes, shift.rank_changes)
                for shift in (each.lighter, each.heavier)
            ],
            bars,
        )
        for each, bars in zip(found, drawn, strict=True)
    ]


def _drawn(shift: Shift) -> Decimal:
    return Decimal(fixed(shift.mean, 4))
