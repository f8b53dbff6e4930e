"""After publication: reviews that let a version stand, ratings by the measured, objections."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from indicators import rules
from indicators.models import (
    Indicator,
    IndicatorReview,
    IndicatorVersion,
    Objection,
    Publication,
    Rating,
    RatingSummary,
)
from indicators.models.aftercare import LEAST_RATERS
from indicators.reviewing import review_date_of
from indicators.units import UnitTree
from ledger.actions import event_record
from people.models import Person
from people.roles import roles_of

STEPS = range(1, 6)


def version_in_force(code: str) -> IndicatorVersion:
    """The version of a code that a published set holds, under the lock of its indicator.

    Needs a transaction. Raises IndicatorVersion.DoesNotExist.
    """
    _indicator_lock(code)
    return IndicatorVersion.objects.in_force().get(indicator__code=code)


def _indicator_lock(code: str) -> None:
    """Let what is written of one indicator come one after the other."""
    Indicator.objects.select_for_update().filter(code=code).first()


@transaction.atomic
def review_record(*, actor: Person, code: str, reason: str, now: datetime) -> IndicatorReview:
    """Let the newest version stand, with the reason: the next review counts from today.

    Raises Refused, ValidationError, IndicatorVersion.DoesNotExist.
    """
    _indicator_lock(code)
    version = IndicatorVersion.objects.in_use().with_reviews().get(indicator__code=code)
    today = localdate(now)
    review_date = review_date_of(version, today=today)
    rules.may_review(actor, roles_of(actor, on=today), version, review_date).require()
    review = IndicatorReview(version=version, person=actor, reason=reason, reviewed_on=today)
    review.full_clean()
    review.save(force_insert=True)
    event_record(
        actor=actor.pk,
        action="indicator.reviewed",
        subject=f"indicators.indicatorversion:{version.pk}",
        content={"code": version.code, "version": version.number, "reason": reason},
        now=now,
    )
    return review


@transaction.atomic
def rating_give(*, actor: Person, code: str, control: int, burden: int) -> Rating:
    """Rate the version in force, or change the own rating of it. Takes no time, keeps none.

    No event, notice or history tells of it. The summary is made anew when enough has changed.
    Raises Refused, ValidationError, IndicatorVersion.DoesNotExist.
    """
    version = version_in_force(code)
    rules.may_rate(actor, version, UnitTree.current()).require()
    rating = Rating.objects.by(actor, version) or Rating(version=version, person=actor)
    if rating.pk and (rating.control, rating.burden) == (control, burden) and rating.is_counted:
        return rating
    rating.control, rating.burden, rating.is_counted = control, burden, False
    rating.full_clean()
    rating.save()
    _summarise(version)
    return rating


def _summarise(version: IndicatorVersion) -> None:
    """Count all ratings of a version, once as many are new or changed as hide each of them."""
    rows = list(Rating.objects.filter(version=version))
    if sum(not row.is_counted for row in rows) < LEAST_RATERS:
        return
    counted = {
        "raters": len(rows),
        "control": _steps(row.control for row in rows),
        "burden": _steps(row.burden for row in rows),
    }
    RatingSummary.objects.update_or_create(version=version, defaults=counted)
    Rating.objects.filter(version=version).update(is_counted=True)


def _steps(values: Iterable[int]) -> list[int]:
    found = Counter(values)
    return [found[step] for step in STEPS]


@transaction.atomic
def objection_file(
    *, actor: Person, code: str, publication: Publication | None, reason: str, now: datetime
) -> Objection:
    """Keep an objection to the version in force, with the set on whose page it was made.

    Raises Refused, ValidationError, IndicatorVersion.DoesNotExist.
    """
    version = version_in_force(code)
    rules.may_object(actor, version, UnitTree.current()).require()
    objection = Objection(
        version=version, publication=publication, person=actor, reason=reason, filed_at=now
    )
    objection.full_clean()
    objection.save(force_insert=True)
    event_record(
        actor=actor.pk,
        action="indicator.objected",
        subject=f"indicators.indicatorversion:{version.pk}",
        content={"code": version.code, "version": version.number},
        now=now,
    )
    return objection


@transaction.atomic
def objection_discuss(*, objection: Objection, url: str) -> None:
    """Tell the page of the indicator where an objection is being discussed; empty: nowhere now.

    Of one that is settled nothing is told any more.
    """
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.settled_at is None:
        objection.discussed_at = url
        objection.full_clean(exclude=["reason"])
        objection.save(update_fields=["discussed_at"])


@transaction.atomic
def objection_settle(*, objection: Objection, now: datetime) -> None:
    """End an objection: what it asked for was decided, or it was taken back. It stays so."""
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.settled_at is None:
        objection.settled_at = now
        objection.save(update_fields=["settled_at"])
