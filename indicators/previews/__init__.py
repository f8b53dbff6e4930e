"""The impact preview of a draft: its figures are fetched here and put into words.

What is computed stands in `indicators.impact`; which units are left out, too.
"""

from dataclasses import dataclass

from indicators.impact import MOST_MOVERS
from indicators.models import IndicatorSet, Publication
from indicators.previews.computing import computed
from indicators.previews.words import (
    IndicatorRow,
    LeverRow,
    Mover,
    UnitRow,
    Words,
    indicator_row,
    lever_rows,
    rests_on,
    summary_of,
    unit_row,
)

__all__ = ["Preview", "preview_of"]

MOST_LEVERS = 8  # that the page shows at once


@dataclass(frozen=True)
class Preview:
    """The page of a draft's impact. `summary` is empty where nothing can be computed."""

    year: int | None
    years: list[int]
    before: Publication | None
    summary: str
    rests_on: list[str]
    hidden: list[str]  # names
    bands: list[tuple[str, int, int]]
    steps: list[tuple[str, int, int]]
    up: list[Mover]
    down: list[Mover]
    rows: list[UnitRow]
    indicators: list[IndicatorRow]
    levers: list[LeverRow]
    is_compared: bool
    same_bands: bool

    @property
    def first_levers(self) -> list[LeverRow]:
        """The indicators whose weight does most."""
        return self.levers[:MOST_LEVERS]

    @property
    def other_levers(self) -> list[LeverRow]:
        """All others."""
        return self.levers[MOST_LEVERS:]

    @property
    def bands_after(self) -> list[tuple[str, int]]:
        """The bands for a chart of one side."""
        return [(name, after) for name, _before, after in self.bands]

    @property
    def steps_after(self) -> list[tuple[str, int]]:
        """The steps for a chart of one side."""
        return [(label, after) for label, _before, after in self.steps]


def preview_of(indicator_set: IndicatorSet, *, year: int | None = None) -> Preview:
    """What a draft would do on the figures of a year: the last before its own, unless `year` says.

    Six queries, however many units and indicators there are.
    """
    found = computed(indicator_set, year)
    impact, names = found.impact, found.tree.names
    words = Words(found.old_items, found.items, names)
    return Preview(
        year=found.year,
        years=found.years,
        before=found.before,
        summary=summary_of(impact),
        rests_on=rests_on(impact, found.year),
        hidden=[names[unit] for unit in found.hidden],
        bands=[(band.name, band.before, band.after) for band in impact.bands(found.profile)],
        steps=[
            (f"{step.start}–{step.end}", step.before, step.after)
            for step in reversed(impact.steps())
        ],
        up=[words.mover(effect) for effect in impact.up[:MOST_MOVERS]],
        down=[words.mover(effect) for effect in impact.down[:MOST_MOVERS]],
        rows=[unit_row(effect, names) for effect in impact.effects],
        indicators=[indicator_row(each, found.items[each.code]) for each in impact.covered],
        levers=lever_rows(found.levers, found.items),
        is_compared=impact.is_compared,
        same_bands=impact.same_bands,
    )
