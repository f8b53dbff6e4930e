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
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql_now()}", [])
        (told,) = cursor.fetchone()
    return moment_of(told)


def sql_now() -> str:
    """The database's clock as an expression in SQL, for a statement with parameters."""
    if connection.vendor == "postgresql":
        return "clock_timestamp()"
    return "strftime('%%Y-%%m-%%dT%%H:%%M:%%f', 'now')"


def moment_of(told: datetime | str) -> datetime:
    """The moment that `sql_now` told."""
    staged = _staged.get()
    if staged is not None:
        return staged
    if isinstance(told, datetime):
        return told.astimezone(UTC)
    return datetime.fromisoformat(told).replace(tzinfo=UTC)


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
