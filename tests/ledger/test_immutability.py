"""What is written for ever is so on the engine that the tests run on, whatever asks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from ledger import immutability
from ledger.immutability import (
    absent_triggers,
    create_triggers,
    maintenance,
    protect,
    protected_tables,
)
from ledger.models import Event, EventContent
from tests.ledger.builders import build_event, build_events


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET action = 'forged' WHERE number = 2",
        "UPDATE ledger_event SET number = 9 WHERE number = 3",
        "UPDATE ledger_event SET hash = hash",
        "DELETE FROM ledger_event WHERE number = 3",
        "UPDATE ledger_eventcontent SET body = '{}' WHERE event_id = 2",
        "UPDATE ledger_eventcontent SET event_id = 1 WHERE event_id = 2",
    ],
)
def test_raw_sql_that_changes_the_trail_is_refused(statement: str) -> None:
    build_events(3)
    before = list(Event.objects.values_list()), list(EventContent.objects.values_list())
    with pytest.raises(IntegrityError, match="martahi"), transaction.atomic():
        execute(statement)
    assert (list(Event.objects.values_list()), list(EventContent.objects.values_list())) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["ledger_event", "ledger_eventcontent"])
def test_truncate_is_refused(table: str) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE")
    build_events(3)
    with pytest.raises(IntegrityError, match="martahi"), transaction.atomic():
        execute(f"TRUNCATE {table} CASCADE")
    assert Event.objects.count() == EventContent.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("conflict", ["OR REPLACE", "OR IGNORE", ""])
def test_a_row_cannot_be_replaced_by_inserting_over_it(conflict: str) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL knows no INSERT OR REPLACE")
    build_events(3)
    with pytest.raises(IntegrityError, match="martahi"), transaction.atomic():
        execute(
            f"INSERT {conflict} INTO ledger_event SELECT number, at, actor, 'forged', subject, "
            "commitment, previous_hash, hash FROM ledger_event WHERE number = 2"
        )
    assert not Event.objects.filter(action="forged").exists()


@pytest.mark.django_db
def test_the_orm_cannot_change_or_delete_an_event() -> None:
    event = build_event()
    event.action = "forged"
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(action="forged")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.bulk_update([event], ["action"])
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all()._raw_delete("default")
    assert Event.objects.get().action == "tested"


@pytest.mark.django_db
def test_without_its_trigger_the_change_goes_through() -> None:
    build_events(3)
    of = ' ON "ledger_event"' if connection.vendor == "postgresql" else ""
    execute(f'DROP TRIGGER "ledger_event_no_update"{of}')
    execute("UPDATE ledger_event SET action = 'forged' WHERE number = 2")
    assert absent_triggers() == ["ledger_event_no_update"]
    create_triggers()
    assert absent_triggers() == []


@pytest.mark.django_db
def test_every_trigger_stands_after_the_last_migration() -> None:
    assert absent_triggers() == []
    assert {"ledger_event", "ledger_eventcontent"} <= set(protected_tables())


@pytest.mark.django_db
def test_maintenance_opens_the_door_and_closes_it_behind_itself() -> None:
    build_events(3)
    with maintenance():
        execute("UPDATE ledger_event SET action = 'mended' WHERE number = 2")
    with pytest.raises(IntegrityError), transaction.atomic():
        execute("UPDATE ledger_event SET action = 'forged' WHERE number = 2")
    assert Event.objects.get(number=2).action == "mended"


@pytest.mark.django_db(transaction=True)
def test_maintenance_that_fails_leaves_the_door_closed() -> None:
    build_events(3)
    with pytest.raises(DatabaseError), maintenance():
        execute("UPDATE ledger_event SET nonsense = 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        execute("DELETE FROM ledger_event")


@pytest.mark.django_db(transaction=True)
def test_a_foreign_program_meets_a_closed_door(tmp_path: Path) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("on PostgreSQL the owner of the tables may set the setting, by design")
    build_events(3)
    file = tmp_path / "stolen.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
        with pytest.raises(sqlite3.OperationalError, match="martahi_maintenance"):
            copy.execute("UPDATE ledger_event SET action = 'forged'")


@pytest.fixture
def page_model(db: None) -> Iterator[type[models.Model]]:
    """A table of its own, protected only where it is published."""
    with isolate_apps("ledger"):

        class Page(models.Model):  # noqa: DJ008
            id = models.IntegerField(primary_key=True)
            state = models.CharField(max_length=10)
            text = models.CharField(max_length=10)
            seen = models.IntegerField(default=0)

            class Meta:
                app_label = "ledger"

    table = Page._meta.db_table
    execute(
        f"CREATE TABLE {table} (id integer PRIMARY KEY, state varchar(10), text varchar(10), "
        "seen integer)"
    )
    protect(Page, columns=("text", "state"), when="OLD.state = 'published'")
    create_triggers()
    yield Page
    del immutability._PROTECTED[table], immutability._UNIQUE[table]


def test_when_protects_only_the_rows_that_it_names(page_model: type[models.Model]) -> None:
    pages = page_model._default_manager
    draft = pages.create(id=1, state="draft", text="a")
    published = pages.create(id=2, state="published", text="b")
    pages.filter(pk=draft.pk).update(text="c")
    with pytest.raises(IntegrityError), transaction.atomic():
        pages.filter(pk=published.pk).update(text="c")
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(f"DELETE FROM {page_model._meta.db_table} WHERE id = {published.pk}")
    pages.filter(pk=draft.pk).delete()
    assert list(pages.values_list("text", flat=True)) == ["b"]


def test_columns_leave_the_others_free(page_model: type[models.Model]) -> None:
    pages = page_model._default_manager
    published = pages.create(id=2, state="published", text="b")
    pages.filter(pk=published.pk).update(seen=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        pages.filter(pk=published.pk).update(state="draft")
    assert list(pages.values_list("state", "seen")) == [("published", 7)]
