"""The ground under all tests: the cast holds together, and the flush opens what is protected."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ledger.actions import event_record
from ledger.models import Event
from people.nip import parse_nip
from people.roles import roles_of
from tests.builders import Cast


def test_everyone_of_the_cast_has_a_synthetic_nip(cast: Cast) -> None:
    for part, person in cast.everyone().items():
        nip = parse_nip(person.nip, today=timezone.localdate())
        assert nip.digits[15:17] == "99", part
        assert nip.warning == "", part


def test_the_former_acting_head_heads_nothing_today(cast: Cast) -> None:
    today = timezone.localdate()
    assert roles_of(cast.former_acting_head, on=today).headed == []
    assert roles_of(cast.head, on=today).headed == [cast.author.unit_id]


@pytest.mark.parametrize("round_", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_the_flush_between_tests_empties_what_is_protected(round_: int) -> None:
    assert Event.objects.count() == 0
    with transaction.atomic():
        event_record(
            actor=None, action="tested", subject="tests.cast:1", content={}, now=timezone.now()
        )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_event")
    assert Event.objects.count() == 1
