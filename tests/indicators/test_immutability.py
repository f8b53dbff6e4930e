"""What is published refuses every change, by the ORM and by raw SQL, on both engines."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from indicators.actions import key_revoke, key_rotate
from indicators.models import (
    Decree,
    Indicator,
    IndicatorSet,
    IndicatorVersion,
    Publication,
    PublicKey,
    ReplacementSignature,
    SetEntry,
)
from ledger.immutability import maintenance
from people.models import Person, Unit
from tests.files import PDF_BYTES
from tests.routes import routes

Adopt = Callable[..., IndicatorVersion]
Draft = Callable[..., IndicatorSet]
Publish = Callable[..., Publication]

FROZEN: list[type[models.Model]] = [
    IndicatorVersion,
    Publication,
    PublicKey,
    ReplacementSignature,
    IndicatorSet,
    SetEntry,
    Decree,
]
ONCE = ("retired_at", "revoked_at", "revocation_reason")  # written once, and then no more


@pytest.fixture
def published(adopt: Adopt, publish: Publish, now: datetime) -> Publication:
    publication = publish({adopt(): 100}, decree=PDF_BYTES)
    key_revoke(actor=None, kid=publication.key_id, reason="superseded", now=now)
    return publication


def columns() -> list[tuple[type[models.Model], str]]:
    return [
        (model, field.column)
        for model in FROZEN
        for field in model._meta.concrete_fields
        if (model, field.column) not in {(PublicKey, name) for name in ONCE}
    ]


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("model", "column"), columns(), ids=lambda value: getattr(value, "__name__", value)
)
def test_no_column_can_be_updated_by_raw_sql(
    model: type[models.Model], column: str, published: Publication
) -> None:
    before = list(model._default_manager.order_by("pk").values())
    with pytest.raises(DatabaseError, match="written for ever"):
        run(f'UPDATE "{model._meta.db_table}" SET "{column}" = "{column}"')
    assert list(model._default_manager.order_by("pk").values()) == before


@pytest.mark.parametrize("model", FROZEN, ids=lambda model: model.__name__)
def test_no_row_can_be_deleted_by_raw_sql(
    model: type[models.Model], published: Publication
) -> None:
    with pytest.raises(DatabaseError):
        run(f'DELETE FROM "{model._meta.db_table}"')
    assert model._default_manager.exists()


@pytest.mark.parametrize("model", FROZEN, ids=lambda model: model.__name__)
def test_no_table_can_be_truncated(model: type[models.Model], published: Publication) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    run("SET CONSTRAINTS ALL IMMEDIATE")  # else PostgreSQL itself refuses, for another reason
    with pytest.raises(DatabaseError, match="written for ever"):
        run(f'TRUNCATE "{model._meta.db_table}" CASCADE')
    assert model._default_manager.exists()


@pytest.mark.parametrize(
    "model",
    [IndicatorVersion, Publication, ReplacementSignature, SetEntry, IndicatorSet, Decree],
    ids=lambda model: model.__name__,
)
def test_the_orm_is_refused_too(model: type[models.Model], published: Publication) -> None:
    rows = model._default_manager.all()
    row = rows.first()
    assert row is not None
    attempts: list[Callable[[], object]] = [
        row.save,
        rows.delete,
        lambda: rows.update(**{model._meta.concrete_fields[1].name: None}),
        lambda: rows.bulk_update(list(rows), [model._meta.concrete_fields[-1].name]),
    ]
    for attempt in attempts:
        with pytest.raises((DatabaseError, models.ProtectedError)), transaction.atomic():
            attempt()


def _delete_by_sql(table: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}"')
        connection.check_constraints()  # else looked at when the test's own transaction ends


@pytest.mark.parametrize("model", [Indicator, IndicatorSet, PublicKey, Unit, Person])
def test_nothing_published_falls_with_what_it_stands_on(
    model: type[models.Model], published: Publication
) -> None:
    """A cascade is refused as well, by the ORM and by the database itself."""
    before = [list(one._default_manager.order_by("pk").values_list()) for one in FROZEN]
    with pytest.raises((DatabaseError, models.ProtectedError)), transaction.atomic():
        model._default_manager.all().delete()
    with pytest.raises(DatabaseError):
        _delete_by_sql(model._meta.db_table)
    assert [list(one._default_manager.order_by("pk").values_list()) for one in FROZEN] == before


def test_nothing_enters_a_published_set(published: Publication, adopt: Adopt) -> None:
    extra = adopt("KES-02")
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        SetEntry.objects.create(set=published.set, version=extra, weight_percent=0)


def test_a_published_set_does_not_go_back_to_draft(published: Publication) -> None:
    with pytest.raises(DatabaseError):
        run("UPDATE indicators_indicatorset SET state = 'draft'")


def test_a_draft_beside_a_published_set_stays_free(
    published: Publication, adopt: Adopt, draft: Draft
) -> None:
    """The control: the triggers refuse what is frozen and nothing else."""
    free = draft({adopt("KES-02"): 100})
    free.entries.update(weight_percent=50)
    IndicatorSet.objects.filter(pk=free.pk).update(year=2030)
    assert free.entries.get().weight_percent == 50


def test_with_the_triggers_open_the_same_update_goes_through(published: Publication) -> None:
    """The control: it is the triggers that refuse."""
    with maintenance():
        run("UPDATE indicators_publication SET digest = 'sha256:changed'")
    assert Publication.objects.get().digest == "sha256:changed"


@pytest.mark.parametrize("column", ONCE)
def test_a_revoked_key_does_not_come_back(column: str, published: Publication) -> None:
    value = "''" if column == "revocation_reason" else "NULL"
    with pytest.raises(DatabaseError, match="written for ever"):
        run(f'UPDATE indicators_publickey SET "{column}" = {value} WHERE {column} IS NOT NULL'
            f" AND revoked_at IS NOT NULL")  # fmt: skip


def test_a_key_may_retire_and_no_more(published: Publication, now: datetime) -> None:
    first = PublicKey.objects.active().get()
    second = key_rotate(actor=None, now=now)
    first.refresh_from_db()
    assert first.retired_at == now
    assert PublicKey.objects.active().get() == second


def test_there_is_no_admin_site_that_could_change_anything() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert [route.path for route in routes() if "admin" in route.path] == []
