"""A file of actuals beside what is known already: what keeping it would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.importing.actuals import ActualRow
from indicators.models import Actual, IndicatorVersion
from people.models import Unit

MOST_LINES = 200  # of a file that its preview shows; all are counted


@dataclass(frozen=True)
class FileLine:
    """A line of the file in words, and the figure that it would replace, if there is one."""

    row: ActualRow
    unit: str
    indicator: str
    before: Decimal | None

    @property
    def is_new(self) -> bool:
        """Whether nothing is known yet for this unit, indicator and period."""
        return self.before is None

    @property
    def is_corrected(self) -> bool:
        """Whether another figure is known."""
        return self.before is not None and self.before != self.row.figure


@dataclass(frozen=True)
class FilePreview:
    """What a file would bring; `lines` are some of it: doubts first, then corrections."""

    lines: list[FileLine]
    created: int
    corrected: int
    unchanged: int

    @property
    def total(self) -> int:
        """How many lines the file has."""
        return self.created + self.corrected + self.unchanged

    @property
    def rest(self) -> int:
        """How many lines are not shown."""
        return self.total - len(self.lines)


def file_preview(rows: Sequence[ActualRow]) -> FilePreview:
    """The rows of a file beside what is known. Three queries."""
    names = dict(Unit.objects.order_by().values_list("code", "name"))
    newest = IndicatorVersion.objects.latest_of_each()
    indicators = dict(newest.values_list("indicator__code", "name"))
    known = Actual.objects.figures_of({row.year for row in rows}, {row.unit for row in rows})
    lines = [
        FileLine(
            row,
            names[row.unit],
            indicators[row.code],
            known.get((row.unit, row.code, row.year, row.period)),
        )
        for row in rows
    ]
    created = sum(line.is_new for line in lines)
    corrected = sum(line.is_corrected for line in lines)
    lines.sort(key=lambda line: (not line.row.doubt, not line.is_corrected))
    return FilePreview(lines[:MOST_LINES], created, corrected, len(lines) - created - corrected)
