"""Who leads a proposal: freezes its text, opens its vote and decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from people.models import Appointment, Person, Unit
from people.roles import Role, heads_of
from proposals.models import Proposal


@dataclass(frozen=True)
class Leadership:
    """The unit whose head leads, its heads today, and whether that is the superior unit."""

    unit: Unit | None
    heads: tuple[Person, ...]
    is_superior: bool

    @property
    def keys(self) -> frozenset[UUID]:
        """The keys of the people who lead."""
        return frozenset(head.pk for head in self.heads)


def leadership_of(proposal: Proposal, *, now: datetime) -> Leadership:
    """Who leads a proposal today: the unit's head, or the superior unit's where a head proposes.

    Source: DESIGN 1 (unit head). Co-authors count as proposers: nobody decides on own words.
    """
    writers = {proposal.author_id, *(person.pk for person in proposal.coauthors.all())}
    return leadership_over(proposal.unit, writers, now=now)


def bundle_leadership(members: Sequence[Proposal], *, now: datetime) -> Leadership:
    """Who leads a bundle today: everyone who writes on one of its texts counts as a proposer."""
    writers = {
        key
        for member in members
        for key in (member.author_id, *(person.pk for person in member.coauthors.all()))
    }
    return leadership_over(members[0].unit, writers, now=now)


def leadership_over(proposing: Unit, writers: set[UUID], *, now: datetime) -> Leadership:
    """Who leads what these people of a unit wrote."""
    day = timezone.localtime(now).date()
    unit: Unit | None = proposing
    is_superior = False
    if (
        Appointment.objects.in_force(day)
        .of_role(Role.HEAD)
        .filter(unit=proposing, person__in=writers)
    ):
        unit, is_superior = proposing.parent, True
    heads = heads_of(unit, on=day) if unit else []
    return Leadership(unit, tuple(head for head in heads if head.pk not in writers), is_superior)
