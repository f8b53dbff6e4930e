"""The database on which real processes meet, and the voters that they play.

On SQLite the processes meet on a copy of the test's database in a file, on PostgreSQL in the
test's database itself.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.voting.builders import token, voters_of
from voting.models import Poll


class Field:
    """The database on which the processes meet."""

    def __init__(self, folder: Path, keys: Path) -> None:
        self.file = folder / "race.sqlite3"
        self.keys = keys

    def prepare(self) -> dict[str, str]:
        """The environment of the processes; for SQLite the copy is made now."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.file)])
            with closing(sqlite3.connect(self.file)) as copy:
                copy.execute("PRAGMA journal_mode=WAL")  # waits for nobody: not at the barrier
            return {"DATABASE_URL": f"sqlite:///{self.file}"}
        told = connection.settings_dict
        address = f"{told['HOST']}:{told['PORT']}" if told["PORT"] else told["HOST"]
        return {"DATABASE_URL": f"postgres://{told['USER']}@{address}/{told['NAME']}"}

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file)) as copy:
                return list(copy.execute(sql))
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())


def voters(poll: Poll, count: int) -> list[dict[str, str]]:
    """Voters as the processes know them: key, session and the form that they were given."""
    found = []
    for person in voters_of(poll)[:count]:
        client = Client()
        client.force_login(person)
        found.append(
            {
                "person": str(person.pk),
                "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "token": token(poll, person),
            }
        )
    return found
