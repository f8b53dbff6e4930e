"""The clock that decides when a poll is over: the database's, read after the lock is held.

Web hosts disagree by seconds; a vote and the closing must not (RELIABILITY, decision 7).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.db import connection

_staged: ContextVar[datetime | None] = ContextVar("staged", default=None)


def database_now() -> datetime:
    """The moment on the database's clock, aware, in UTC. One query.

    It runs on within a transaction: on PostgreSQL `now()` would stand still at its begin.
    """
    staged = _staged.get()
    if staged is not None:
        return staged
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            (moment,) = cursor.fetchone()
            found: datetime = moment.astimezone(UTC)
            return found
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        (text,) = cursor.fetchone()
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@contextmanager
def staged_at(moment: datetime) -> Iterator[None]:
    """Let the clock of this thread stand at a moment: for the demo's past and for tests.

    No request can reach it: it is set by code around an action, never by what somebody sends.
    """
    token = _staged.set(moment)
    try:
        yield
    finally:
        _staged.reset(token)
