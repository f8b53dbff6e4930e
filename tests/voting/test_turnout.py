"""Turnout of those measured and of the others: by hand, at its limits, never before the seal."""

from collections.abc import Callable, Sequence

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from people.models import Person, Unit
from tests.voting.builders import APPROVE, add_staff, ballot, open_poll, token
from voting.actions import ballot_cast, poll_close
from voting.clock import staged_at
from voting.models import Poll
from voting.turnout import Group, GroupTurnout, group_turnout_of
from voting.verify import mismatches


@pytest.mark.parametrize(
    ("measured", "others", "needed", "is_shown", "words"),
    [
        (Group(10, 8), Group(10, 8), 6, True, ""),
        (Group(10, 9), Group(20, 18), 6, True, ""),  # the same share
        (Group(10, 8), Group(10, 9), 6, True, "lebih sedikit"),
        (Group(10, 5), Group(10, 5), 6, True, "kuorum tidak akan tercapai"),
        (Group(10, 4), Group(10, 9), 6, False, "Kurang dari 5"),
        (Group(10, 0), Group(10, 9), 6, False, "Kurang dari 5"),
        (Group(10, 9), Group(10, 4), 6, False, ""),
        (Group(10, 0), Group(10, 8), 6, False, ""),  # as few as five would give a group away
    ],
)
def test_the_warning_tells_where_those_measured_were_silent(
    measured: Group, others: Group, needed: int, is_shown: bool, words: str
) -> None:
    turnout = GroupTurnout(measured, others, needed)
    assert turnout.is_shown is is_shown
    assert words in turnout.warning
    assert bool(turnout.warning) is bool(words)


def ended(head: Person, unit: Unit, measured: int, others: int, voting: Sequence[int]) -> Poll:
    """A sealed poll of so many measured and other electors, of whom so many voted."""
    Person.objects.filter(unit=unit).exclude(pk=head.pk).update(is_active=False)
    groups = add_staff(unit, measured), add_staff(unit, others)
    poll = open_poll(actor=head, measured=groups[0])
    for group, number in zip(groups, voting, strict=True):
        for person in group[:number]:
            ballot_cast(
                actor=person,
                poll=poll,
                choices=ballot(poll, APPROVE),
                receipt_token=token(poll, person),
            )
    assert group_turnout_of(poll) is None
    with staged_at(poll.closes_at):
        return poll_close(actor=None, poll=poll)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sizes", "is_told"), [((10, 10), True), ((9, 11), False), ((11, 9), False), ((12, 0), False)]
)
def test_the_turnout_is_split_where_both_groups_have_ten(
    head: Person, unit: Unit, sizes: tuple[int, int], is_told: bool
) -> None:
    turnout = group_turnout_of(ended(head, unit, *sizes, voting=(7, min(6, sizes[1]))))
    assert (turnout is not None) is is_told
    if turnout is not None:
        assert (turnout.measured, turnout.others) == (Group(10, 7), Group(10, 6))


@pytest.mark.django_db
def test_the_page_tells_numbers_or_the_warning_and_never_which_group_chose_what(
    head: Person, unit: Unit, client_of: Callable[[Person], Client]
) -> None:
    poll = ended(head, unit, 10, 10, voting=(4, 9))
    html = client_of(head).get(reverse("voting:detail", args=[poll.pk])).content.decode()
    assert "Kurang dari 5 pemilih yang diukur" in html
    assert "Pemilih lain" not in html
    assert "9 dari 10" not in html


@pytest.mark.django_db
def test_who_is_measured_is_frozen_with_the_roll_and_known_to_the_ledger(
    head: Person, unit: Unit
) -> None:
    poll = ended(head, unit, 10, 10, voting=(6, 6))
    assert list(mismatches()) == []
    first = poll.electors.measured().order_by("pk")[:1].get()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE voting_elector SET is_measured = %s WHERE id = %s", [False, first.pk]
        )
