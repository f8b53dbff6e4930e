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
    """A table; `columns` narrows UPDATE to those, `when` (SQL over OLD, NEW) narrows the rows.

    `insert` is SQL over NEW that may ask other tables; a row for which it holds is refused.
    """

    table: str
    update: bool
    delete: bool
    columns: tuple[str, ...]
    when: str
    insert: str


# A table may have several protections: one for its columns, one for its states.
_PROTECTED: dict[str, list[Protection]] = {}


def protect(
    model: type[Model],
    *,
    update: bool = True,
    delete: bool = True,
    columns: tuple[str, ...] = (),
    when: str = "",
    insert: str = "",
) -> None:
    """Refuse UPDATE (of `columns`, or all) and DELETE on a model's table, where `when` holds.

    `when` is SQL over `OLD` (for UPDATE alone also over `NEW`), valid on both engines; empty means
    every row, and TRUNCATE too. `insert` is SQL over `NEW`, which may ask other tables: a new row
    for which it holds is refused (a part that comes after its whole was frozen).
    Several calls for one model add up.
    """
    table = model._meta.db_table
    protection = Protection(table, update, delete, columns, when, insert)
    protections = _PROTECTED.setdefault(table, [])
    if protection not in protections:
        protections.append(protection)


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
        for table in sorted(existing & _PROTECTED.keys()):
            for place, protection in enumerate(_PROTECTED[table]):
                suffix = f"_{place + 1}" if place else ""
                for statement in _statements(protection, connection.vendor, suffix):
                    cursor.execute(statement)


def drop_insert_triggers(**kwargs: object) -> None:
    """Take away the triggers that name other tables (signal `pre_migrate`).

    SQLite renames a table while it remakes it, and refuses that as long as a trigger names it.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table, protections in _PROTECTED.items():
                for place, protection in enumerate(protections):
                    if protection.insert:
                        suffix = f"_{place + 1}" if place else ""
                        cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_insert{suffix}"')


def _statements(protection: Protection, vendor: str, suffix: str) -> Iterator[str]:
    table = protection.table
    verbs = [verb for verb in ("update", "delete") if getattr(protection, verb)]
    if protection.insert:
        yield from _insert_statements(protection, vendor, f"{table}_no_insert{suffix}")
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
        name = f"{table}_no_{verb}{suffix}"
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


def _insert_statements(protection: Protection, vendor: str, name: str) -> Iterator[str]:
    table, message = protection.table, "its whole is frozen"
    yield (
        f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
        if vendor == "postgresql"
        else f'DROP TRIGGER IF EXISTS "{name}"'
    )
    if vendor == "postgresql":
        # WHEN may not ask other tables there, a function may.
        yield f"""
            CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF current_setting('martahi.maintenance', true) IS DISTINCT FROM 'on'
                   AND ({protection.insert}) THEN
                    RAISE EXCEPTION 'martahi: INSERT into {table} is refused, {message}'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$"""
        yield (
            f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{name}"()'
        )
    else:
        yield (
            f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}" FOR EACH ROW '
            f"WHEN ({protection.insert}) AND martahi_maintenance() = 0 "
            f"BEGIN SELECT RAISE(ABORT, 'martahi: insert into {table} is refused, "
            f"{message}'); END"
        )
