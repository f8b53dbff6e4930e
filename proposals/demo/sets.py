"""The demo's published sets: indicators come in by decree, then 1.0.0, 1.1.0, 2.0.0 follow."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from indicators.actions import (
    SetDetails,
    Weight,
    set_change,
    set_compose,
    set_draft,
    set_publish,
    versions_import_adopted,
)
from indicators.documents import Decision
from indicators.models import IndicatorSet, IndicatorVersion
from proposals.demo.city import City
from proposals.demo.filling import content_for, raw_indicators, record_of

DECREE = "CONTOH/188.4/12"
REVISED_DECREE = "CONTOH/188.4/57"
NEXT_DECREE = "CONTOH/188.4/83"

# Weights in percent; they sum to 100 for every unit that is measured (MEASURED in filling.py).
FIRST: dict[str, int] = {
    **{"UMU-01": 10, "UMU-03": 10, "UMU-04": 10},
    **{"DIK-01": 10, "DIK-02": 10, "DIK-03": 10, "DIK-04": 10, "DIK-05": 15, "DIK-06": 5},
    **{"DIK-08": 10, "DIK-09": 10},
    **{"KES-02": 10, "KES-03": 15, "KES-04": 10, "KES-05": 15, "KES-06": 20, "KES-11": 10},
    **{"KES-07": 25, "KES-08": 25, "KES-09": 25, "KES-10": 25},
    **{"DUK-01": 20, "DUK-02": 10, "DUK-03": 15, "DUK-04": 10, "DUK-05": 10, "DUK-06": 5},
    **{"INS-01": 25, "INS-02": 20, "INS-03": 20, "INS-04": 15},
    **{"BKP-01": 30, "BKP-03": 25, "BKP-04": 25},
    **{"BAP-01": 30, "BAP-02": 30, "BAP-04": 20},
    **{"PUP-01": 40, "PUP-02": 20, "PUP-03": 20},
    **{"KEC-01": 40, "KEC-03": 30},
    **{"RSU-01": 20, "RSU-02": 20, "RSU-03": 20, "RSU-04": 20},
    **{"SET-01": 80, "SET-02": 80},
}
WATCHED: dict[str, int] = FIRST | {"DUK-07": 0, "UMU-02": 0, "BAP-03": 0}
SECOND: dict[str, int] = WATCHED | {
    **{"KES-01": 15, "KES-02": 5, "KES-03": 10, "KES-06": 15},
    **{"KES-07": 25, "KES-08": 20, "KES-09": 20, "KES-10": 20},
    **{"DUK-01": 15, "DUK-07": 5},
}
# The next year's set, still a draft: its impact on last year's figures is there to be looked at.
NEXT: dict[str, int] = SECOND | {
    **{"UMU-01": 5, "UMU-02": 5, "SET-02": 75},
    **{"KES-02": 0, "KES-06": 20, "KES-07": 15, "KES-09": 30},
    **{"KEC-01": 30, "KEC-03": 40, "DIK-03": 15, "DIK-09": 5},
}
NEXT_TARGETS = {"PUP-01": "72", "BKP-01": "77", "KEC-01": "92"}
# Targets that a second decree changes before 2.0.0.
NEW_TARGETS = {"DIK-09": "0.12", "DUK-06": "65"}


def indicators_bring_in(city: City, codes: Iterable[str], *, now: datetime) -> None:
    """Adopt indicators of the sets as those that the city had already, by a decree."""
    rows = raw_indicators()
    versions_import_adopted(
        actor=city.person("facilitator"),
        contents=[content_for(record_of(rows[code])) for code in sorted(codes)],
        decision_number=DECREE,
        now=now,
    )


def targets_change(city: City, targets: Mapping[str, str], *, decree: str, now: datetime) -> None:
    """Adopt second versions of a few, whose targets another decree changed."""
    rows = raw_indicators()
    versions_import_adopted(
        actor=city.person("facilitator"),
        contents=[
            content_for(record_of(rows[code]) | {"target": Decimal(target)})
            for code, target in targets.items()
        ],
        decision_number=decree,
        now=now,
    )


def set_issue(
    city: City,
    weights: Mapping[str, int],
    *,
    version: str,
    decree: str,
    note: str,
    year: int,
    now: datetime,
) -> None:
    """Compose a set as facilitator and publish it as publisher."""
    today = timezone.localdate(now)
    details = _details(
        year,
        effective_on=max(date(year, 1, 1), today),
        transition_note=note,
        transition_on=today,
    )
    facilitator = city.person("facilitator")
    indicator_set = set_begin(city, weights, details, now=now)
    indicator_set = set_compose(actor=facilitator, indicator_set=indicator_set, now=now)
    set_publish(
        actor=city.person("publisher"),
        indicator_set=indicator_set,
        decision=Decision(
            number=decree, dated_on=today, by_office="Wali Kota Padangsidimpuan (contoh)"
        ),
        expected_version=version,
        now=now,
    )


def next_set_begin(city: City, *, year: int, now: datetime) -> None:
    """Draft the set of a year to come, with a few targets that a third decree changes."""
    targets_change(city, NEXT_TARGETS, decree=NEXT_DECREE, now=now)
    set_begin(city, NEXT, _details(year, effective_on=date(year, 1, 1)), now=now)


def set_begin(
    city: City, weights: Mapping[str, int], details: SetDetails, *, now: datetime
) -> IndicatorSet:
    """Draft a set of the city as facilitator: the indicators in use, with these weights."""
    facilitator = city.person("facilitator")
    indicator_set = set_draft(
        actor=facilitator, scope=city.units["kota"], details=details, submission=uuid4(), now=now
    )
    chosen = IndicatorVersion.objects.in_use().filter(code__in=weights)
    return set_change(
        actor=facilitator,
        indicator_set=indicator_set,
        details=details,
        entries={item.pk: Weight(Decimal(weights[item.code])) for item in chosen},
        now=now,
    )


def _details(year: int, **more: Any) -> SetDetails:
    return SetDetails(
        year=year, period_from=date(year, 1, 1), period_until=date(year, 12, 31), **more
    )
