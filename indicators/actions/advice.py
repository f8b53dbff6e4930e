"""Weights by voters: handed in once their poll is sealed, and taken into a set by a facilitator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.verdict import Refused
from indicators import rules
from indicators.actions.sets import record, set_locked
from indicators.models import (
    AdvisedWeight,
    IndicatorSet,
    IndicatorVersion,
    SetEntry,
    WeightAdvice,
)
from ledger.actions import event_record
from people.models import Person, Unit
from people.roles import roles_of

FULL = Decimal(100)


@dataclass(frozen=True)
class AdviceSource:
    """The poll that weights come from, as a set's readers know it."""

    key: UUID
    scope: Unit
    title: str
    url: str
    result_hash: str
    sealed_at: datetime


@dataclass(frozen=True)
class Advised:
    """What voters gave a version. Units: points of 100 a ballot, percent of the whole."""

    version: IndicatorVersion
    median_points: Decimal
    weight_percent: Decimal


@transaction.atomic
def weights_advise(
    *, actor: Person | None, source: AdviceSource, weights: Sequence[Advised], now: datetime
) -> WeightAdvice:
    """Keep what a poll came to; `actor` None is the clock. The same poll again is the same advice.

    Raises ValidationError unless the weights sum to exactly 100.
    """
    if existing := WeightAdvice.objects.filter(pk=source.key).first():
        return existing
    if sum((each.weight_percent for each in weights), Decimal(0)) != FULL:
        raise ValidationError(_("Saran bobot berjumlah tepat 100."))
    advice = WeightAdvice(
        pk=source.key,
        scope=source.scope,
        title=source.title,
        url=source.url,
        result_hash=source.result_hash,
        sealed_at=source.sealed_at,
    )
    advice.full_clean()
    advice.save(force_insert=True)
    AdvisedWeight.objects.bulk_create(
        AdvisedWeight(
            advice=advice,
            version=each.version,
            median_points=each.median_points,
            weight_percent=each.weight_percent,
        )
        for each in weights
    )
    event_record(
        actor=actor.pk if actor else None,
        action="weights_advised",
        subject=f"indicators.weightadvice:{advice.pk}",
        content={
            "result_hash": advice.result_hash,
            "weights": {str(each.version.pk): each.weight_percent for each in weights},
        },
        now=now,
    )
    return advice


@transaction.atomic
def set_weights_take(
    *, actor: Person, indicator_set: IndicatorSet, advice: WeightAdvice, now: datetime
) -> IndicatorSet:
    """Put the weights of a poll into a draft; the other indicators keep theirs.

    An indicator that was amended since comes in its newest version, and one that is in the set
    keeps what was confirmed of it. Raises Refused where one was retired since.
    """
    locked = set_locked(indicator_set)
    rules.may_compose(roles_of(actor, on=localdate(now)), locked).require()
    weights = {
        weight.version.indicator_id: weight for weight in advice.weights.select_related("version")
    }
    if not WeightAdvice.objects.for_set(locked).filter(pk=advice.pk).exists():
        raise Refused(_("Bobot ini berasal dari unit kerja di luar lingkup set."))
    versions = list(IndicatorVersion.objects.in_use().filter(indicator__in=weights))
    if len(versions) != len(weights):
        raise Refused(_("Sebagian indikatornya sudah dicabut; bobot ini tidak berjumlah 100 lagi."))
    old = locked.entries.filter(version__indicator__in=weights).select_related("version")
    confirmed = {entry.version_id for entry in old if entry.editorial_confirmed}
    old.delete()
    SetEntry.objects.bulk_create(
        SetEntry(
            set=locked,
            version=version,
            weight_percent=weights[version.indicator_id].weight_percent,
            advised=weights[version.indicator_id],
            advised_percent=weights[version.indicator_id].weight_percent,
            editorial_confirmed=version.pk in confirmed,
        )
        for version in versions
    )
    locked.composed_by = actor
    locked.save(update_fields=["composed_by"])
    record(
        actor,
        "set_weights_taken",
        locked,
        {"advice": advice.pk, "result_hash": advice.result_hash},
        now,
    )
    return locked
