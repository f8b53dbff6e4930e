"""Weights by perspective: the percent of each perspective, shared out to a unit's indicators."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.shares import shared_out
from core.verdict import Refused
from indicators import rules
from indicators.actions.sets import set_locked
from indicators.models import IndicatorSet, SetEntry
from indicators.units import UnitTree
from people.models import Person
from people.roles import roles_of

FULL = Decimal(100)
STEP = 4  # decimals of a weight


@transaction.atomic
def set_share_out(
    *,
    actor: Person,
    indicator_set: IndicatorSet,
    unit: str,
    shares: Mapping[str, Decimal],
    now: datetime,
) -> IndicatorSet:
    """Give each perspective its percent of what a unit is measured by; within it in proportion.

    That is in proportion to the weights that stand there; equally where they are all 0. `unit` is
    a code, `shares` are percent by perspective (empty text: indicators without one).
    Raises ValidationError unless the shares sum to exactly 100 and each finds an indicator;
    Refused where the weight of one of them was taken from voters: that is departed from one by one.
    """
    locked = set_locked(indicator_set)
    rules.may_compose(roles_of(actor, on=localdate(now)), locked).require()
    if sum(shares.values(), Decimal(0)) != FULL:
        raise ValidationError(_("Bagian semua perspektif harus berjumlah tepat 100."))
    tree = UnitTree.current()
    found: dict[str, list[SetEntry]] = defaultdict(list)
    for entry in locked.entries.select_related("version").order_by("version__code"):
        if tree.applies(entry.version.applies_to, unit):
            found[entry.version.perspective or ""].append(entry)
    if any(percent and name not in found for name, percent in shares.items()):
        raise ValidationError(_("Ada perspektif yang diberi bagian, tetapi tanpa indikator."))
    if any(entry.advised_id for entries in found.values() for entry in entries):
        raise Refused(
            _("Sebagian bobot unit ini berasal dari pemilih; ubah satu per satu dengan alasannya.")
        )
    changed = [
        entry
        for name, entries in found.items()
        for entry in _weighed(entries, shares.get(name, Decimal(0)))
    ]
    SetEntry.objects.bulk_update(changed, ["weight_percent"])
    locked.composed_by = actor
    locked.save(update_fields=["composed_by"])
    return locked


def _weighed(entries: list[SetEntry], percent: Decimal) -> list[SetEntry]:
    """The entries of one perspective, their weights summing to its percent exactly."""
    values = [Fraction(entry.weight_percent) for entry in entries]
    steps = int(percent.scaleb(STEP))
    given = shared_out(values if any(values) else [Fraction(1)] * len(entries), steps=steps)
    for entry, share in zip(entries, given, strict=True):
        entry.weight_percent = Decimal(share).scaleb(-STEP)
    return entries
