"""Who of a roll is measured by what is asked."""

from datetime import datetime

from people.models import Person, Unit
from proposals.models import Proposal
from proposals.reach import measured_among
from tests.proposals.builders import build_round, build_voting


def test_the_roll_marks_whom_the_text_measures(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    entry = {"unit": unit.code, "include_sub_units": False, "position_family": "health"}
    _, poll = build_voting(author, head, build_round(unit, now=now), now=now, applies_to=[entry])
    marked = {elector.person for elector in poll.electors.measured()}
    assert marked
    assert marked == set(
        Person.objects.filter(unit=unit, position_family="health", is_active=True).exclude(
            pk=head.pk
        )
    )


def test_a_text_for_another_unit_measures_nobody_of_this_one(
    author: Person, head: Person, unit: Unit, other_unit: Unit, now: datetime
) -> None:
    entry = {"unit": other_unit.code, "include_sub_units": True, "position_family": None}
    _, poll = build_voting(author, head, build_round(unit, now=now), now=now, applies_to=[entry])
    assert not poll.electors.measured().exists()
    people = Person.objects.filter(unit=other_unit)
    assert measured_among(people, Proposal.objects.all()) == {one.pk for one in people}
