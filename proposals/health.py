"""How well the deliberation goes: few figures, each with how it is computed. No person is in them.

Source: PEERS 4 to 7 (texts that change after people spoke, words without an answer).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from core.dates import working_days_between
from people.models import Holiday
from proposals.models import Comment, Revision, Round, StageChange
from proposals.stages import Stage

LATE = timedelta(hours=24)  # before a text is frozen


@dataclass(frozen=True)
class Health:
    """The figures of one round, or of the city where `round` is None."""

    round: Round | None
    answered: int
    median_days: Decimal | None
    """Median working days from a comment to its disposition; None where nothing was answered."""
    unanswered: int
    oldest_unanswered: datetime | None
    edits_after_comments: int
    late_edits: int


def process_health(*, now: datetime) -> list[Health]:
    """The city first, without training rounds, then every round that has begun. Six queries."""
    rounds = list(Round.objects.filter(opens_at__lte=now).order_by("-year", "title", "pk"))
    waited = _days_to_a_disposition()
    unanswered = {
        row["proposal__round"]: row
        for row in Comment.objects.unanswered()
        .order_by()
        .values("proposal__round")
        .annotate(count=Count("pk"), oldest=Min("created_at"))
    }
    edits, late = _count(_edits_after_comments()), _count(_late_edits())

    def figures(round_: Round | None, keys: Iterable[UUID]) -> Health:
        keys = list(keys)
        days = [day for key in keys for day in waited[key]]
        waiting = [unanswered[key] for key in keys if key in unanswered]
        return Health(
            round=round_,
            answered=len(days),
            median_days=Decimal(str(median(days))) if days else None,
            unanswered=sum(row["count"] for row in waiting),
            oldest_unanswered=min((row["oldest"] for row in waiting), default=None),
            edits_after_comments=sum(edits[key] for key in keys),
            late_edits=sum(late[key] for key in keys),
        )

    city = figures(None, (one.pk for one in rounds if not one.is_training))
    return [city, *(figures(one, [one.pk]) for one in rounds)]


def _days_to_a_disposition() -> dict[UUID, list[int]]:
    """Working days from each answered comment to its disposition, by round. Two queries."""
    pairs = Comment.objects.filter(needs_answer=True, disposition__isnull=False).values_list(
        "proposal__round", "created_at", "disposition__given_at"
    )
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    days: dict[UUID, list[int]] = defaultdict(list)
    for key, said, answered in pairs.order_by():
        start, end = timezone.localdate(said), timezone.localdate(answered)
        days[key].append(working_days_between(start, end, holidays))
    return days


def _edits_after_comments() -> QuerySet[Revision]:
    """Revisions saved after the first comment on their proposal."""
    first = Comment.objects.filter(proposal=OuterRef("proposal")).order_by("created_at")
    return Revision.objects.filter(created_at__gt=Subquery(first.values("created_at")[:1]))


def _late_edits() -> QuerySet[Revision]:
    """Revisions saved in the last `LATE` before their text was frozen."""
    until = ExpressionWrapper(OuterRef("created_at") + LATE, output_field=DateTimeField())
    frozen = StageChange.objects.filter(
        proposal=OuterRef("proposal"),
        to_stage=Stage.FROZEN,
        at__gte=OuterRef("created_at"),
        at__lt=until,
    ).exclude(from_stage=Stage.OBJECTION)
    return Revision.objects.filter(Exists(frozen), number__gt=1)


def _count(revisions: QuerySet[Revision]) -> Counter[UUID]:
    rows = revisions.order_by().values_list("proposal__round").annotate(count=Count("pk"))
    return Counter(dict(rows))
