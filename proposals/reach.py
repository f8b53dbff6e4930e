"""How many people a proposal concerns, in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import format_number
from indicators.reach import Staff
from indicators.record import content_of
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


def reach_of(proposal: Proposal) -> str:
    """How many people a proposal concerns; beside it those whom its indicator measures so far."""
    before = content_of(proposal.amends)["applies_to"] if proposal.amends else None
    after = proposal.record.applies_to
    return reach_sentence(Staff.current(), after, None if before == after else before)
