"""Composition: a facilitator drafts a set, weighs its indicators, and hands it to the publisher."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.verdict import Refused
from indicators import rules
from indicators.composition import composition_of
from indicators.models import (
    AdvisedWeight,
    IndicatorSet,
    IndicatorVersion,
    Publication,
    SetEntry,
)
from indicators.scoring import KMK
from ledger.actions import event_record
from people.models import Person, Unit
from people.roles import roles_of

State = IndicatorSet.State


@dataclass(frozen=True)
class SetDetails:
    """What a facilitator writes about a set besides its indicators."""

    year: int
    period_from: date
    period_until: date
    effective_on: date
    effective_until: date | None = None
    transition_note: str = ""
    transition_on: date | None = None
    withdraws: str = ""
    withdrawal_reason: str = ""
    scoring_profile: str = KMK.key


@dataclass(frozen=True)
class Weight:
    """The weight of a version in a set, and whether its marked wording changes are confirmed.

    `deviation_reason` tells why it is another one than voters gave, where they were asked.
    """

    percent: Decimal
    editorial_confirmed: bool = False
    deviation_reason: str = ""


@transaction.atomic
def set_draft(
    *, actor: Person, scope: Unit, details: SetDetails, submission: UUID, now: datetime
) -> IndicatorSet:
    """Begin a set; it starts with the indicators and the profile of the scope's newest one.

    Each comes in its newest version and with its old weight; retired ones stay away. Where a weight
    came from voters, the draft tells so as long as they weighed the same version. Repeating a
    submission returns the set that the first made.
    """
    rules.may_draft(roles_of(actor, on=localdate(now))).require()
    if repeated := IndicatorSet.objects.filter(submission=submission).first():
        return repeated
    indicator_set = IndicatorSet(
        scope=scope, submission=submission, composed_by=actor, created_at=now, **vars(details)
    )
    newest = Publication.objects.newest_of(scope)
    if newest:
        indicator_set.scoring_profile = newest.set.scoring_profile
    indicator_set.full_clean()
    indicator_set.save()
    if newest:
        old = {
            entry.version.code: entry
            for entry in newest.set.entries.select_related("version", "advised")
        }
        SetEntry.objects.bulk_create(
            _carried(indicator_set, version, old[version.code])
            for version in IndicatorVersion.objects.in_use().filter(code__in=old)
        )
    record(actor, "set_drafted", indicator_set, {"scope": scope.code, "year": details.year}, now)
    return indicator_set


@transaction.atomic
def set_change(
    *,
    actor: Person,
    indicator_set: IndicatorSet,
    details: SetDetails,
    entries: Mapping[UUID, Weight],
    now: datetime,
) -> IndicatorSet:
    """Write a draft's details and its indicators anew; `entries` are weights by version key.

    An indicator whose weight was taken from voters keeps what they gave beside what is set.
    Raises ValidationError for a weight outside 0 to 100, one that departs from the voters' without
    a reason, or dates out of order.
    """
    locked = set_locked(indicator_set)
    rules.may_compose(roles_of(actor, on=localdate(now)), locked).require()
    for name, value in vars(details).items():
        setattr(locked, name, value)
    locked.composed_by = actor
    locked.full_clean()
    locked.save(update_fields=[*vars(details), "composed_by"])
    advised = {
        entry.version.indicator_id: entry.advised
        for entry in locked.entries.select_related("version", "advised")
    }
    rows = [
        _entry(locked, version, entries[version.pk], advised.get(version.indicator_id))
        for version in IndicatorVersion.objects.filter(pk__in=entries).select_related("indicator")
    ]
    if len(rows) != len(entries):
        raise Refused(_("Sebagian indikator yang dipilih tidak ada lagi; muat ulang halaman ini."))
    for row in rows:
        row.clean_fields(exclude=["set", "version"])
        row.validate_constraints(exclude={"set", "version"})
    locked.entries.all().delete()
    SetEntry.objects.bulk_create(rows)
    return locked


def _carried(indicator_set: IndicatorSet, version: IndicatorVersion, old: SetEntry) -> SetEntry:
    """The line of a new draft that follows one of the published set before."""
    advised = old.advised if old.advised and old.advised.version_id == version.pk else None
    return _entry(
        indicator_set,
        version,
        Weight(old.weight_percent, deviation_reason=old.deviation_reason),
        advised,
    )


def _entry(
    indicator_set: IndicatorSet,
    version: IndicatorVersion,
    weight: Weight,
    advised: AdvisedWeight | None,
) -> SetEntry:
    """A line of a draft. A reason stands only where the weight departs from the voters'."""
    departs = advised is not None and advised.weight_percent != weight.percent
    return SetEntry(
        set=indicator_set,
        version=version,
        weight_percent=weight.percent,
        editorial_confirmed=weight.editorial_confirmed,
        advised=advised,
        advised_percent=advised.weight_percent if advised else None,
        deviation_reason=weight.deviation_reason.strip() if departs else "",
    )


@transaction.atomic
def set_compose(*, actor: Person, indicator_set: IndicatorSet, now: datetime) -> IndicatorSet:
    """Hand a set to the publisher. Raises Refused with the first thing that is lacking.

    Handing over a set that is handed over already changes nothing.
    """
    locked = set_locked(indicator_set)
    roles = roles_of(actor, on=localdate(now))
    rules.may_draft(roles).require()
    if locked.state == State.COMPOSED:
        return locked
    rules.may_compose(roles, locked).require()
    composition = composition_of(locked, today=localdate(now))
    if composition.problems:
        raise Refused(composition.problems[0])
    locked.state, locked.composed_by, locked.composed_at = State.COMPOSED, actor, now
    locked.return_reason = ""
    locked.full_clean()
    locked.save(update_fields=["state", "composed_by", "composed_at", "return_reason"])
    record(actor, "set_composed", locked, {"version": composition.version}, now)
    return locked


@transaction.atomic
def set_return(
    *, actor: Person, indicator_set: IndicatorSet, reason: str, now: datetime
) -> IndicatorSet:
    """Make a composed set a draft again; the reason is shown to the facilitators."""
    locked = set_locked(indicator_set)
    rules.may_return(roles_of(actor, on=localdate(now)), locked).require()
    locked.state, locked.return_reason = State.DRAFT, reason
    locked.full_clean()
    locked.save(update_fields=["state", "return_reason"])
    record(actor, "set_returned", locked, {"reason": reason}, now)
    return locked


def set_locked(indicator_set: IndicatorSet) -> IndicatorSet:
    """A set re-read under its row lock, with its scope. Needs a transaction."""
    return (
        IndicatorSet.objects.select_for_update(of=("self",))
        .select_related("scope")
        .get(pk=indicator_set.pk)
    )


def record(
    actor: Person, action: str, subject: IndicatorSet, content: Mapping[str, object], now: datetime
) -> None:
    """Tell the ledger what happened to a set."""
    event_record(
        actor=actor.pk,
        action=action,
        subject=f"indicators.indicatorset:{subject.pk}",
        content=content,
        now=now,
    )
