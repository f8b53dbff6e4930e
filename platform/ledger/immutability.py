"""Database triggers that refuse every change of rows that are written for ever.

An app names its tables in `AppConfig.ready` with `protect`; the triggers are (re)made after every
`migrate`, because Django drops them silently when it remakes a SQLite table.

`maintenance()` opens them for this connection alone: for the flush between tests and for a
restore, nothing else. On PostgreSQL that is the setting `martahi.maintenance`, on SQLite a
function that only Martahi's own connections define: a foreign program meets a closed door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

_OPEN: set[int] = set()


@dataclass(frozen=True)
class Protection:
    """A table; `columns` narrows UPDATE to those, `when` (SQL over OLD) narrows the rows."""

    table: str
    update: bool
    delete: bool
    columns: tuple[str, ...]
    when: str


_PROTECTED: dict[str, Protection] = {}


def protect(
    model: type[Model],
    *,
    update: bool = True,
    delete: bool = True,
    columns: tuple[str, ...] = (),
    when: str = "",
) -> None:
    """Refuse UPDATE (of `columns`, or all) and DELETE on a model's table, where `when` holds.

    `when` is SQL over `OLD`, valid on both engines; empty means every row, and TRUNCATE too.
    """
    table = model._meta.db_table
    _PROTECTED[table] = Protection(table, update, delete, columns, when)


def protected_tables() -> list[str]:
    """The tables that `protect` named, sorted."""
    return sorted(_PROTECTED)


def attach_sqlite(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Define `martahi_maintenance()` on a new SQLite connection (signal `connection_created`)."""
    if connection.vendor == "sqlite":
        raw = connection.connection
        raw.create_function("martahi_maintenance", 0, lambda: int(id(raw) in _OPEN))


@contextmanager
def maintenance() -> Iterator[None]:
    """Open the triggers for this connection, until the block ends."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        _OPEN.add(id(connection.connection))
        try:
            yield
        finally:
            _OPEN.discard(id(connection.connection))
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('martahi.maintenance', 'on', false)")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('martahi.maintenance', 'off', false)")


def create_triggers(**kwargs: object) -> None:
    """Make all triggers anew (signal `post_migrate`); tables not there yet are passed over."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for protection in _PROTECTED.values():
            if protection.table in existing:
                for statement in _statements(protection, connection.vendor):
                    cursor.execute(statement)


def _statements(protection: Protection, vendor: str) -> Iterator[str]:
    table = protection.table
    verbs = [verb for verb in ("update", "delete") if getattr(protection, verb)]
    if vendor == "postgresql":
        yield """
            CREATE OR REPLACE FUNCTION martahi_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF current_setting('martahi.maintenance', true) = 'on' THEN
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'martahi: % of % is refused, its rows are written for ever',
                    TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
            END $$"""
        if not protection.when:
            verbs.append("truncate")
    for verb in verbs:
        name = f"{table}_no_{verb}"
        of = (
            f" OF {', '.join(protection.columns)}"
            if verb == "update" and protection.columns
            else ""
        )
        if vendor == "postgresql":
            each = "STATEMENT" if verb == "truncate" else "ROW"
            when = f"WHEN ({protection.when})" if protection.when else ""
            yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {verb.upper()}{of} ON "{table}" '
                f"FOR EACH {each} {when} EXECUTE FUNCTION martahi_refuse()"
            )
        else:
            condition = f"({protection.when}) AND " if protection.when else ""
            yield f'DROP TRIGGER IF EXISTS "{name}"'
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {verb.upper()}{of} ON "{table}" FOR EACH ROW '
                f"WHEN {condition}martahi_maintenance() = 0 "
                f"BEGIN SELECT RAISE(ABORT, 'martahi: {verb} of {table} is refused, "
                f"its rows are written for ever'); END"
            )
