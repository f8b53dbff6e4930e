"""What the demo's units reported for last year: the invented baselines of `figures.py`."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from indicators.actions import actuals_import
from indicators.importing.actuals import ActualRow
from indicators.models import IndicatorVersion
from indicators.units import UnitTree
from proposals.demo.aftercare import NEVER_REPORTED, earlier_figures_report
from proposals.demo.figures import BASELINES


def figures_report(*, now: datetime) -> None:
    """Each unit that an indicator measures reported its baseline for the whole of last year.

    Of one nobody ever reported anything, and of three there is more from the years before.
    """
    tree = UnitTree.current()
    year = timezone.localdate(now).year - 1
    reported = set(BASELINES) - {NEVER_REPORTED}
    rows = [
        ActualRow(0, unit, version.code, year, "", Decimal(BASELINES[version.code]))
        for version in IndicatorVersion.objects.in_use().filter(code__in=reported)
        for unit in sorted(tree.active)
        if tree.applies(version.applies_to, unit)
    ]
    actuals_import(actor=None, rows=rows, now=now)
    earlier_figures_report(now=now)
