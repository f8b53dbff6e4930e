"""What the demo's units reported for last year: the invented baselines of `figures.py`."""

from datetime import datetime
from decimal import Decimal
from zlib import crc32

from django.utils import timezone

from indicators.actions import actuals_import
from indicators.importing.actuals import ActualRow
from indicators.models import IndicatorVersion
from indicators.units import UnitTree
from proposals.demo.aftercare import (
    ALWAYS_FULL,
    ALWAYS_THE_SAME,
    NEVER_REPORTED,
    earlier_figures_report,
)
from proposals.demo.figures import BASELINES
from proposals.demo.units import TRAINING_UNIT

SPREAD = 12  # percent around the baseline, to both sides
HIGHEST = 100  # most figures are percents


def figures_report(*, now: datetime) -> None:
    """Each unit that an indicator measures reported for the whole of last year.

    Puskesmas Latihan, and whoever reports an indicator alone, has its baseline; where several
    units report one, the others lie around it, always in the same places. Of one nobody ever
    reported anything, and of three there is more from the years before.
    """
    tree = UnitTree.current()
    year = timezone.localdate(now).year - 1
    rows = []
    reported = set(BASELINES) - {NEVER_REPORTED}
    for version in IndicatorVersion.objects.in_use().filter(code__in=reported):
        units = [unit for unit in sorted(tree.active) if tree.applies(version.applies_to, unit)]
        rows += [
            ActualRow(0, unit, version.code, year, "", _figure(version.code, unit, len(units)))
            for unit in units
        ]
    actuals_import(actor=None, rows=rows, now=now)
    earlier_figures_report(now=now)


def _figure(code: str, unit: str, units: int) -> Decimal:
    baseline = Decimal(BASELINES[code])
    if units == 1 or unit == TRAINING_UNIT or code in (ALWAYS_THE_SAME, ALWAYS_FULL):
        return baseline
    by = crc32(f"{code} {unit}".encode()) % (2 * SPREAD + 1) - SPREAD
    figure = (baseline * (100 + by) / 100).quantize(Decimal("0.1"))
    return min(figure, Decimal(HIGHEST)) if baseline <= HIGHEST else figure
