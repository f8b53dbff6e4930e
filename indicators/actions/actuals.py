"""Actuals come in by file: all lines or none, and the same file again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from core.canonical import digest
from indicators import rules
from indicators.importing.actuals import ActualRow
from indicators.models import Actual, Indicator
from ledger.actions import event_record
from people.models import Person, Unit
from people.roles import roles_of


@dataclass(frozen=True)
class ActualsReport:
    """How many lines brought something new, corrected something, or said what was known."""

    created: int
    corrected: int
    unchanged: int


@transaction.atomic
def actuals_import(
    *, actor: Person | None, rows: Sequence[ActualRow], now: datetime
) -> ActualsReport:
    """Keep what units reported. `actor` is None on the server's command line.

    Raises Refused for a person who may not.
    Raises KeyError for a unit or an indicator that is not there (`read_actuals` refuses those).
    """
    if actor:
        rules.may_import_actuals(roles_of(actor, on=localdate(now))).require()
    units = dict(Unit.objects.values_list("code", "pk"))
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    kept = {
        (actual.unit_id, actual.indicator_id, actual.year, actual.period): actual
        for actual in Actual.objects.select_for_update().filter(
            year__in={row.year for row in rows}, unit__code__in={row.unit for row in rows}
        )
    }
    created, corrected = [], []
    for row in rows:
        key = (units[row.unit], indicators[row.code], row.year, row.period)
        actual = kept.get(key)
        if actual is None:
            actual = Actual(unit_id=key[0], indicator_id=key[1], year=row.year, period=row.period)
            created.append(actual)
        elif actual.figure != row.figure:
            corrected.append(actual)
        else:
            continue
        actual.figure, actual.recorded_at = row.figure, now
        actual.clean_fields(exclude=["unit", "indicator"])
    Actual.objects.bulk_create(created)
    Actual.objects.bulk_update(corrected, ["figure", "recorded_at"])
    report = ActualsReport(len(created), len(corrected), len(rows) - len(created) - len(corrected))
    if created or corrected:
        event_record(
            actor=actor.pk if actor else None,
            action="actuals_imported",
            subject="indicators.actual",
            content={
                **vars(report),
                "rows": digest(
                    [[row.unit, row.code, row.year, row.period, row.figure] for row in rows]
                ),
            },
            now=now,
        )
    return report
