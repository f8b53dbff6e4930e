"""All proposals by stage: how many, what waits for whom, and for how long."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import working_days_between
from people.models import Holiday
from proposals.querysets import ProposalQuerySet
from proposals.stages import FINAL, Stage


@dataclass(frozen=True)
class Cell:
    """A stage with its number of proposals, and the query by which the list shows them."""

    stage: str
    label: str
    count: int
    query: str


@dataclass(frozen=True)
class Row:
    """A round or a unit with the stages of its proposals."""

    title: str
    count: int
    cells: list[Cell]


@dataclass(frozen=True)
class Waiting:
    """A stage in which proposals wait: for whom, how many, and the longest in working days."""

    stage: str
    label: str
    whom: str
    count: int
    longest_days: int


@dataclass(frozen=True)
class Dashboard:
    """What waits, and where everything stands."""

    waiting: list[Waiting]
    rounds: list[Row]
    units: list[Row]


def dashboard_of(visible: ProposalQuerySet, *, now: datetime) -> Dashboard:
    """The dashboard over the proposals that a reader may see. Four queries."""
    return Dashboard(
        waiting=_waiting(visible, now=now),
        rounds=_rows(visible, "round", "round__title"),
        units=_rows(visible, "unit", "unit__name"),
    )


def _whom(stage: str) -> str:
    return {
        Stage.DRAFT: _("pengusul"),
        Stage.DISCUSSION: _("pengusul dan rekan kerja"),
        Stage.FROZEN: _("kepala unit kerja"),
        Stage.VOTING: _("pemilih"),
        Stage.OBJECTION: _("pemilih dan fasilitator"),
        Stage.DECISION: _("kepala unit kerja"),
        Stage.RETURNED: _("pengusul"),
    }[Stage(stage)]


def _waiting(visible: ProposalQuerySet, *, now: datetime) -> list[Waiting]:
    rows = (
        visible.exclude(stage__in=FINAL)
        .order_by()
        .values("stage")
        .annotate(count=Count("pk"), since=Min("stage_since"))
    )
    by_stage = {row["stage"]: row for row in rows}
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    today = timezone.localdate(now)
    return [
        Waiting(
            stage=stage,
            label=str(stage.label),
            whom=_whom(stage),
            count=by_stage[stage]["count"],
            longest_days=working_days_between(
                timezone.localdate(by_stage[stage]["since"]), today, holidays
            ),
        )
        for stage in Stage
        if stage in by_stage
    ]


def _rows(visible: ProposalQuerySet, field: str, title: str) -> list[Row]:
    counted = (
        visible.order_by()
        .values_list(field, title, "stage")
        .annotate(count=Count("pk"))
        .order_by(title, field)
    )
    found: dict[tuple[str, object], dict[str, int]] = defaultdict(dict)
    for key, name, stage, count in counted:
        found[name, key][stage] = count
    return [
        Row(
            title=name,
            count=sum(stages.values()),
            cells=[
                Cell(stage, str(stage.label), stages[stage], f"?{field}={key}&stage={stage}")
                for stage in Stage
                if stage in stages
            ],
        )
        for (name, key), stages in found.items()
    ]
