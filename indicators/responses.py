"""How many answered to a publication, unit by unit: numbers without names."""

from collections.abc import Collection
from dataclasses import dataclass

from indicators import rules
from indicators.models import Briefing, Publication
from indicators.querysets import UnitResponses
from people.models import Unit
from people.roles import Role, Roles

# Below so many people told, a count of those who asked would point at somebody (RELIABILITY, k).
SMALLEST = 5


@dataclass(frozen=True)
class Row:
    """A unit; `counts` is None where it is too small for its numbers to be told."""

    name: str
    told: int
    counts: UnitResponses | None


@dataclass(frozen=True)
class ResponsesPage:
    """The units that a reader sees, and the sum over those whose numbers are told."""

    rows: list[Row]
    acknowledged: int
    questioned: int
    waiting: int
    hides_some: bool

    @property
    def told(self) -> int:
        return self.acknowledged + self.questioned + self.waiting


def responses_page(publication: Publication, roles: Roles) -> ResponsesPage:
    """The counts as a reader gets them: offices see all units, a head the own and those below.

    Facilitators, who answer the questions and go to those who were not reached, see small units,
    too. For all others the sums leave those out: nothing can be found by subtraction.
    """
    is_office = roles.has(Role.FACILITATOR)
    within: Collection[int] | None = None
    if not rules.may_see_drafts(roles):
        headed = Unit.objects.filter(pk__in=roles.headed)
        within = {key for unit in headed for key in _keys_within(unit)}
    counts = Briefing.objects.count_by_unit(publication, within=within)
    told = [item for item in counts if is_office or item.told >= SMALLEST]
    return ResponsesPage(
        rows=[Row(item.name, item.told, item if item in told else None) for item in counts],
        acknowledged=sum(item.acknowledged for item in told),
        questioned=sum(item.questioned for item in told),
        waiting=sum(item.waiting for item in told),
        hides_some=len(told) < len(counts),
    )


def _keys_within(unit: Unit) -> list[int]:
    return list(Unit.objects.within(unit).values_list("pk", flat=True))
