"""How many people a proposal concerns, in words."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import format_number
from indicators.reach import Staff
from indicators.record import content_of
from indicators.units import UnitTree
from people.models import Person
from proposals.models import Proposal

type AppliesTo = Sequence[Mapping[str, Any]]


def reach_sentence(staff: Staff, after: AppliesTo, before: AppliesTo | None = None) -> str:
    """`menyangkut 34 pegawai (sebelumnya 12)`, as of today; `before` only where it is told."""
    count = staff.reached(after)
    told = ngettext("menyangkut %(count)s pegawai", "menyangkut %(count)s pegawai", count) % {
        "count": format_number(Decimal(count))
    }
    if before is None:
        return told
    return _("%(told)s (sebelumnya %(count)s)") % {
        "told": told,
        "count": format_number(Decimal(staff.reached(before))),
    }


def measured_among(people: QuerySet[Person], proposals: Iterable[Proposal]) -> frozenset[UUID]:
    """The keys of those whom an indicator that is proposed, amended or retired measures.

    Two queries, whatever the number of people.
    """
    tree = UnitTree.current()
    asked = [
        applies_to
        for proposal in proposals
        for applies_to in (
            proposal.record.applies_to,
            content_of(proposal.amends)["applies_to"] if proposal.amends else [],
        )
    ]

    @cache
    def is_measured(unit: str, family: str) -> bool:
        return any(tree.applies(applies_to, unit, family=family) for applies_to in asked)

    rows = people.values_list("pk", "unit__code", "position_family")
    return frozenset(key for key, unit, family in rows if is_measured(unit, family))


def reach_of(proposal: Proposal) -> str:
    """How many people a proposal concerns; beside it those whom its indicator measures so far."""
    before = content_of(proposal.amends)["applies_to"] if proposal.amends else None
    after = proposal.record.applies_to
    return reach_sentence(Staff.current(), after, None if before == after else before)
