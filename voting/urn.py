"""The statements of a vote, written by hand.

The ORM took more time to write them than the database to run them, and a box is under lock
meanwhile: in SQL a secret vote takes half as long (docs/performance.md). Nothing else may.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from people.models import Person
from voting import clock
from voting.models import Box, Elector, Poll

_POLL = """
    SELECT id, title, method, is_secret, publication_mode, closes_at FROM voting_poll WHERE id = %s
"""
_PLACE = """
    SELECT elector.id, elector.has_voted, box.id, box.is_open, box.n, box.content
    FROM voting_elector AS elector JOIN voting_box AS box ON box.id = elector.box_id
    WHERE elector.poll_id = %s AND elector.person_id = %s
"""
_MARK = "UPDATE voting_elector SET has_voted = %s WHERE id = %s AND has_voted = %s"
_FILL = "UPDATE voting_box SET n = %s, content = %s WHERE id = %s"
_QUESTIONS = """
    SELECT id, voided_at IS NOT NULL, {now} FROM voting_item WHERE poll_id = %s ORDER BY position
"""


def poll_asked(key: UUID) -> Poll | None:
    """A poll with what a vote needs of it, all of which is frozen; the rest is read when asked."""
    return next(iter(Poll.objects.raw(_POLL, [_stored(key)])), None)


def place_locked(poll: Poll, person: Person) -> tuple[Elector | None, Box | None]:
    """A person's line on the roll and the box, under lock till the transaction ends.

    None for what is not there: who is not on the roll has neither, a sealed poll no box.
    The mark on the line may be older than the lock: `mark` alone is sure of it.
    """
    # An inner join, for PostgreSQL refuses to lock the far side of an outer one.
    lock = " FOR UPDATE OF box" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_PLACE + lock, [_stored(poll.pk), _stored(person.pk)])
        row = cursor.fetchone()
    if row is None:
        return poll.elector_of(person), None
    elector_key, has_voted, box_key, is_open, n, content = row
    return (
        Elector(
            pk=elector_key, poll=poll, person=person, box_id=box_key, has_voted=bool(has_voted)
        ),
        Box(pk=box_key, poll=poll, is_open=bool(is_open), n=n, content=content),
    )


def mark(elector: Elector) -> bool:
    """Mark the roll; whether this was the first vote, of which there is exactly one."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [True, elector.pk, False])
        return bool(cursor.rowcount == 1)


def fill(box: Box, content: bytes) -> None:
    """Keep a box with one ballot more."""
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [box.n + 1, content, box.pk])


def questions_now(poll: Poll) -> tuple[dict[str, bool], datetime]:
    """Of each item its key and whether it is void, in order; and the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(_QUESTIONS.format(now=clock.sql_now()), [_stored(poll.pk)])
        rows = cursor.fetchall()
    items = {str(UUID(str(key))): bool(is_void) for key, is_void, _told in rows}
    return items, clock.moment_of(rows[0][2])


def _stored(key: UUID) -> UUID | str:
    """A key as this database keeps it."""
    stored: UUID | str = Poll._meta.pk.get_db_prep_value(key, connection)
    return stored
