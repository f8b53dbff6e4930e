"""Database triggers that refuse every change of rows that are written for ever.

An app names its tables in `AppConfig.ready` with `protect`; the triggers are (re)made after every
`migrate`, because Django drops them silently when it remakes a SQLite table.

`maintenance()` opens them for one transaction of this connection: for the flush between tests, for
a restore, and for a migration that moves what rows say into another column, nothing else. On
PostgreSQL that is the setting `martahi.maintenance`, on SQLite a function that only Martahi's own
connections define: a foreign program meets a closed door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakSet, ref

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, UniqueConstraint

_OPEN: WeakSet[BaseDatabaseWrapper] = WeakSet()
_FOR_EVER = "its rows are written for ever"


@dataclass(frozen=True)
class Protection:
    """A table; `columns` narrows UPDATE to those, `when` (SQL over OLD, NEW) narrows the rows.

    `insert` is SQL over NEW; a row for which it holds is refused. Both may ask other tables.
    """

    table: str
    update: bool
    delete: bool
    columns: tuple[str, ...]
    when: str
    insert: str


@dataclass(frozen=True)
class Trigger:
    """A trigger and the statements that make it, for one engine."""

    table: str
    name: str
    create: tuple[str, ...]
    asks_others: bool = False  # its condition names other tables

    def drop(self, vendor: str) -> str:
        """The statement that takes it away, if it is there."""
        of = f' ON "{self.table}"' if vendor == "postgresql" else ""
        return f'DROP TRIGGER IF EXISTS "{self.name}"{of}'


# A table may have several protections: one for its columns, one for its states.
_PROTECTED: dict[str, list[Protection]] = {}
_UNIQUE: dict[str, list[tuple[str, ...]]] = {}


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
    every row. `insert` is SQL over `NEW`: a new row for which it holds is refused (a part that
    comes after its whole was frozen). Both may ask other tables. Several calls for a model add up.
    TRUNCATE of a protected table is refused always, and so is an INSERT that would replace a row.
    """
    table = model._meta.db_table
    protection = Protection(table, update, delete, columns, when, insert)
    protections = _PROTECTED.setdefault(table, [])
    if protection not in protections:
        protections.append(protection)
    _UNIQUE[table] = list(_unique_columns(model))


def protected_tables() -> list[str]:
    """The tables that `protect` named, sorted."""
    return sorted(_PROTECTED)


def absent_triggers() -> list[str]:
    """Names of the triggers that the database should have and has not, or has switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {name for (name,) in cursor.fetchall()}
    return [item.name for item in _triggers(connection.vendor) if item.name not in present]


def attach_sqlite(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Define `martahi_maintenance()` on a new SQLite connection (signal `connection_created`)."""
    if connection.vendor == "sqlite":
        # Weak, because the connection holds this function and would else hold itself for ever.
        wrapper = ref(connection)
        connection.connection.create_function(
            "martahi_maintenance", 0, lambda: int(wrapper() in _OPEN)
        )


@contextmanager
def maintenance() -> Iterator[None]:
    """Open the triggers for this connection, in one transaction, until the block ends.

    The setting is local to the transaction: a failure inside, or a connection that goes back to
    its pool, cannot leave the door open.
    """
    with transaction.atomic():
        if connection.vendor == "sqlite":
            wrapper = connections[connection.alias]
            _OPEN.add(wrapper)
            try:
                yield
            finally:
                _OPEN.discard(wrapper)
        else:
            _set_maintenance("on")
            yield
            _set_maintenance("off")


def _set_maintenance(state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('martahi.maintenance', %s, true)", [state])


def create_triggers(using: str = "default", **kwargs: object) -> None:
    """Make all triggers anew (signal `post_migrate`); tables not there yet are passed over."""
    vendor = connections[using].vendor
    existing = connections[using].introspection.table_names()
    with connections[using].cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute(_REFUSE_FUNCTION)
        for trigger in _triggers(vendor):
            if trigger.table in existing:
                cursor.execute(trigger.drop(vendor))
                for statement in trigger.create:
                    cursor.execute(statement)


def drop_asking_triggers(using: str = "default", **kwargs: object) -> None:
    """Take away the triggers that name other tables (signal `pre_migrate`).

    SQLite renames a table while it remakes it, and refuses that as long as a trigger names it.
    """
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            for trigger in _triggers("sqlite"):
                if trigger.asks_others:
                    cursor.execute(trigger.drop("sqlite"))


def _unique_columns(model: type[Model]) -> Iterator[tuple[str, ...]]:
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if field.unique:
            yield (columns[field.name],)
    for constraint in model._meta.constraints:
        if (
            isinstance(constraint, UniqueConstraint)
            and constraint.fields  # one over expressions alone names no columns
            and constraint.condition is None
        ):
            yield tuple(columns[name] for name in constraint.fields)


def _triggers(vendor: str) -> Iterator[Trigger]:
    for table in sorted(_PROTECTED):
        if vendor == "postgresql":
            yield _postgresql(table, f"{table}_no_truncate", "TRUNCATE", "STATEMENT")
        else:
            yield _no_replace(table)
        for place, protection in enumerate(_PROTECTED[table]):
            suffix = f"_{place + 1}" if place else ""
            if protection.insert:
                yield _no_insert(protection, vendor, f"{table}_no_insert{suffix}")
            for verb in ("update", "delete"):
                if getattr(protection, verb):
                    yield _no_change(protection, vendor, verb, f"{table}_no_{verb}{suffix}")


_REFUSE_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION martahi_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF current_setting('martahi.maintenance', true) = 'on' THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'martahi: % of % is refused, {_FOR_EVER}',
            TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$"""


def _postgresql(table: str, name: str, event: str, each: str, when: str = "") -> Trigger:
    condition = f"WHEN ({when})" if when else ""
    create = (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
        f"FOR EACH {each} {condition} EXECUTE FUNCTION martahi_refuse()"
    )
    return Trigger(table, name, (create,))


def _asking(table: str, name: str, event: str, when: str, message: str) -> Trigger:
    """A trigger of PostgreSQL that asks other tables: its WHEN may not, a function may."""
    verb = event.split()[0]
    function = f"""
        CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('martahi.maintenance', true) IS DISTINCT FROM 'on'
               AND ({when}) THEN
                RAISE EXCEPTION 'martahi: {message}'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN {"OLD" if verb == "DELETE" else "NEW"};
        END $$"""
    trigger = (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{name}"()'
    )
    return Trigger(table, name, (function, trigger), asks_others=True)


def _sqlite(
    table: str, name: str, event: str, when: str, message: str, *, asks_others: bool
) -> Trigger:
    create = (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW '
        f"WHEN ({when}) AND martahi_maintenance() = 0 "
        f"BEGIN SELECT RAISE(ABORT, 'martahi: {message}'); END"
    )
    return Trigger(table, name, (create,), asks_others)


def _asks(when: str) -> bool:
    return "SELECT" in when


def _no_change(protection: Protection, vendor: str, verb: str, name: str) -> Trigger:
    table, event, when = protection.table, verb.upper(), protection.when
    if verb == "update" and protection.columns:
        event += f" OF {', '.join(protection.columns)}"
    message = f"{verb} of {table} is refused, {_FOR_EVER}"
    if vendor != "postgresql":
        return _sqlite(table, name, event, when or "1", message, asks_others=_asks(when))
    if _asks(when):
        return _asking(table, name, event, when, message)
    return _postgresql(table, name, event, "ROW", when)


def _no_replace(table: str) -> Trigger:
    """SQLite's INSERT OR REPLACE deletes the old row without asking its DELETE trigger."""
    same = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")"
        for columns in _UNIQUE[table]
    )
    when = f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'  # noqa: S608, no text of users
    message = f"insert over a row of {table} is refused, {_FOR_EVER}"
    return _sqlite(table, f"{table}_no_replace", "INSERT", when, message, asks_others=False)


def _no_insert(protection: Protection, vendor: str, name: str) -> Trigger:
    table, when = protection.table, protection.insert
    message = f"insert into {table} is refused, its whole is frozen"
    if vendor == "postgresql":
        return _asking(table, name, "INSERT", when, message)
    return _sqlite(table, name, "INSERT", when, message, asks_others=_asks(when))
