"""`mismatches`: every tampering is found and located, and a clean chain raises no alarm.

RELIABILITY 29: for every row and column: flip, null where the table allows it, swap, delete,
insert, duplicate, re-number, reorder. The mutations are raw SQL under `maintenance()`, which is
what a foe who owns the database can do.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.actions import content_erase
from ledger.chain import Checkpoint, checkpoint, event_hash, mismatches
from ledger.immutability import maintenance
from ledger.models import Event, EventContent
from tests.ledger.builders import ANOTHER, SOMEONE, build_event, build_events

pytestmark = pytest.mark.django_db

ROWS = 12
EVENT_COLUMNS = ["at", "actor", "action", "subject", "commitment", "previous_hash", "hash"]
CONTENT_COLUMNS = ["salt", "body"]
TABLES = {
    **dict.fromkeys(EVENT_COLUMNS, ("ledger_event", "number")),
    **dict.fromkeys(CONTENT_COLUMNS, ("ledger_eventcontent", "event_id")),
}


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def places_after(mutation: Callable[[], object]) -> list[str]:
    """Where the verification finds something after a mutation, which is undone afterwards."""
    with transaction.atomic():
        with maintenance():
            mutation()
        places = [mismatch.place for mismatch in mismatches()]
        transaction.set_rollback(True)
    return places


def numbers_in(places: list[str]) -> set[int]:
    """All event numbers that the places name, ranges spelled out."""
    numbers: set[int] = set()
    for place in places:
        ends = [int(text) for text in re.findall(r"\d+", place)]
        numbers.update(range(ends[0], ends[-1] + 1) if ends else ())
    return numbers


def flipped(value: Any, column: str) -> Any:
    """The stored value with its last sign changed, or another of its kind."""
    if column == "at":
        return value.replace(microsecond=(value.microsecond + 1) % 1_000_000)
    if column == "actor":
        return ANOTHER.hex if value in (None, SOMEONE) else SOMEONE.hex
    return value[:-1] + ("0" if value[-1] != "0" else "1")


def value_of(column: str, number: int) -> Any:
    row: Any = Event.objects.get(number=number)
    return getattr(row if column in EVENT_COLUMNS else row.content, column)


def put(column: str, number: int, value: Any) -> None:
    table, key = TABLES[column]
    value = value.hex if isinstance(value, UUID) else value
    sql(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", value, number)


@pytest.fixture
def chain() -> list[Event]:
    return build_events(ROWS)


def test_a_clean_chain_raises_no_alarm(chain: list[Event]) -> None:
    assert list(mismatches([checkpoint()])) == []


@given(
    contents=st.lists(
        st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
            st.none()
            | st.booleans()
            | st.integers(-(2**53) + 1, 2**53 - 1)
            | st.decimals(allow_nan=False, allow_infinity=False, places=4)
            | st.dates()
            | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        ),
        max_size=4,
    ),
    moments=st.lists(st.datetimes(timezones=st.timezones()), min_size=4, max_size=4),
)
@settings(max_examples=50, deadline=None)
def test_whatever_the_contents_and_the_clock_a_clean_chain_raises_no_alarm(
    contents: list[dict[str, Any]], moments: list[datetime]
) -> None:
    with transaction.atomic():
        for content, moment in zip(contents, moments, strict=False):
            build_event(content=content, now=moment)
        assert list(mismatches([checkpoint()])) == []
        transaction.set_rollback(True)


def test_an_empty_ledger_raises_no_alarm() -> None:
    assert list(mismatches([checkpoint()])) == []


@pytest.mark.parametrize("column", EVENT_COLUMNS + CONTENT_COLUMNS)
def test_a_flipped_value_is_found_in_its_event(chain: list[Event], column: str) -> None:
    for number in range(1, ROWS + 1):
        value = flipped(value_of(column, number), column)
        places = places_after(lambda n=number, v=value: put(column, n, v))  # type: ignore[misc]
        assert number in numbers_in(places), (column, number, places)


@pytest.mark.parametrize("column", EVENT_COLUMNS + CONTENT_COLUMNS)
def test_a_swap_of_two_values_is_found_in_both_events(chain: list[Event], column: str) -> None:
    for number in range(1, ROWS):
        mine, other = value_of(column, number), value_of(column, number + 1)
        if mine == other:
            continue

        def swap(number: int = number, mine: Any = mine, other: Any = other) -> None:
            put(column, number, flipped(mine, column))  # out of the way of the unique hash
            put(column, number + 1, mine)
            put(column, number, other)

        assert {number, number + 1} <= numbers_in(places_after(swap)), (column, number)


def test_an_actor_taken_away_is_found(chain: list[Event]) -> None:
    for event in chain:
        if event.actor is not None:
            places = places_after(lambda n=event.number: put("actor", n, None))  # type: ignore[misc]
            assert event.number in numbers_in(places)


@pytest.mark.parametrize("column", [name for name in TABLES if name != "actor"])
def test_no_other_column_can_be_null(chain: list[Event], column: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), maintenance():
        put(column, 5, None)


def test_a_deleted_event_is_named(chain: list[Event]) -> None:
    for number in range(1, ROWS):

        def delete(number: int = number) -> None:
            sql("DELETE FROM ledger_eventcontent WHERE event_id = %s", number)
            sql("DELETE FROM ledger_event WHERE number = %s", number)

        assert number in numbers_in(places_after(delete)), number


def test_several_deleted_events_are_named_as_a_range(chain: list[Event]) -> None:
    def delete() -> None:
        sql("DELETE FROM ledger_eventcontent WHERE event_id IN (4, 5, 6)")
        sql("DELETE FROM ledger_event WHERE number IN (4, 5, 6)")

    assert "ledger 4 sampai 6" in places_after(delete)


def test_a_vanished_content_is_named(chain: list[Event]) -> None:
    for number in range(1, ROWS + 1):
        places = places_after(
            lambda n=number: sql("DELETE FROM ledger_eventcontent WHERE event_id = %s", n)  # type: ignore[misc]
        )
        assert places == [f"ledger {number}"]


def test_a_deleted_event_whose_content_stayed_is_named(chain: list[Event]) -> None:
    places = places_after(lambda: sql("DELETE FROM ledger_event WHERE number = 7"))
    assert places.count("ledger 7") == 2


def test_a_duplicated_event_is_found_under_its_new_number(chain: list[Event]) -> None:
    columns = "at, actor, action, subject, commitment, previous_hash"
    for number in range(1, ROWS + 1):
        places = places_after(
            lambda n=number: sql(  # type: ignore[misc]
                f"INSERT INTO ledger_event (number, hash, {columns}) "
                f"SELECT %s, 'sha256:x', {columns} FROM ledger_event WHERE number = %s",
                ROWS + 1,
                n,
            )
        )
        assert ROWS + 1 in numbers_in(places)


def test_an_event_put_in_between_is_found(chain: list[Event]) -> None:
    def insert() -> None:
        renumber(from_=6, by=1)
        forged = chain[4]
        fields: dict[str, Any] = {
            "number": 6,
            "at": timezone.now(),
            "actor": SOMEONE,
            "action": "forged",
            "subject": "x:1",
            "commitment": forged.commitment,
            "previous_hash": forged.hash,
        }
        Event.objects.create(**fields, hash=event_hash(**fields))

    assert {6, 7} <= numbers_in(places_after(insert))


def renumber(*, from_: int, by: int) -> None:
    """Give all events from a number on another one, contents with them."""
    for number in sorted(range(from_, ROWS + 1), reverse=by > 0):
        sql("UPDATE ledger_event SET number = %s WHERE number = %s", number + by, number)
        sql("UPDATE ledger_eventcontent SET event_id = %s WHERE event_id = %s", number + by, number)


def test_a_renumbered_event_is_found(chain: list[Event]) -> None:
    for number in range(1, ROWS + 1):

        def move(number: int = number) -> None:
            sql("UPDATE ledger_eventcontent SET event_id = 900 WHERE event_id = %s", number)
            sql("UPDATE ledger_event SET number = 900 WHERE number = %s", number)

        assert {number, 900} <= numbers_in(places_after(move)), number


def test_two_events_that_changed_places_are_both_found(chain: list[Event]) -> None:
    for number in range(1, ROWS):

        def reorder(number: int = number) -> None:
            for old, new in [(number, 900), (number + 1, number), (900, number + 1)]:
                sql("UPDATE ledger_event SET number = %s WHERE number = %s", new, old)
                sql("UPDATE ledger_eventcontent SET event_id = %s WHERE event_id = %s", new, old)

        assert {number, number + 1} <= numbers_in(places_after(reorder)), number


def test_a_gap_closed_by_renumbering_is_found(chain: list[Event]) -> None:
    def close() -> None:
        sql("DELETE FROM ledger_eventcontent WHERE event_id = 5")
        sql("DELETE FROM ledger_event WHERE number = 5")
        renumber(from_=6, by=-1)

    assert 5 in numbers_in(places_after(close))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_head SET number = number - 1",
        "UPDATE ledger_head SET number = number + 1",
        "UPDATE ledger_head SET hash = 'sha256:x'",
        "DELETE FROM ledger_head",
    ],
)
def test_a_changed_head_is_found(chain: list[Event], statement: str) -> None:
    assert places_after(lambda: sql(statement)) == ["ledger ujung"]


def cut_tail() -> None:
    """Remove the last event so that nothing inside the database tells of it any more."""
    sql("DELETE FROM ledger_eventcontent WHERE event_id = %s", ROWS)
    sql("DELETE FROM ledger_event WHERE number = %s", ROWS)
    sql(
        "UPDATE ledger_head SET number = %s, "
        "hash = (SELECT hash FROM ledger_event WHERE number = %s)",
        ROWS - 1,
        ROWS - 1,
    )


def test_a_tail_cut_off_shows_only_against_a_checkpoint_kept_outside(chain: list[Event]) -> None:
    noted = checkpoint()
    with maintenance():
        cut_tail()
    assert list(mismatches()) == []
    assert [mismatch.place for mismatch in mismatches([noted])] == [f"ledger {ROWS}"]


def test_a_chain_written_anew_shows_only_against_a_checkpoint_kept_outside(
    chain: list[Event],
) -> None:
    noted = checkpoint()
    with maintenance():
        cut_tail()
    build_event(99)
    assert list(mismatches()) == []
    assert [mismatch.place for mismatch in mismatches([noted])] == [f"ledger {ROWS}"]


def test_an_erased_content_that_nobody_erased_by_an_event_is_tampering(chain: list[Event]) -> None:
    content_erase(
        actor=SOMEONE, approver=ANOTHER, number=4, request="1", basis="x", now=timezone.now()
    )
    with maintenance():
        EventContent.objects.filter(event__in=[4, 5]).delete()
    assert [mismatch.place for mismatch in mismatches()] == ["ledger 5"]


@pytest.mark.parametrize("column", ["at", "actor", "body", "hash"])
def test_unreadable_values_are_found_and_do_not_stop_the_verification(
    chain: list[Event], column: str
) -> None:
    if connection.vendor == "postgresql" and column in ("at", "actor"):
        pytest.skip("PostgreSQL's types hold no such value")
    assert 5 in numbers_in(places_after(lambda: put(column, 5, "bukan apa-apa")))


@pytest.mark.parametrize("text", ["", "12", "12:abc", "x:sha256:" + "0" * 64, "3:sha256:00"])
def test_a_checkpoint_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Titik periksa"):
        Checkpoint.parse(text)


def test_a_checkpoint_reads_what_it_writes(chain: list[Event]) -> None:
    assert Checkpoint.parse(f" {checkpoint()}\n") == checkpoint()
