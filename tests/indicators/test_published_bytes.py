"""What is published stays, and is the same bytes wherever it is made (RELIABILITY 25, 27)."""

import random
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, models, transaction
from django.utils import timezone, translation

from core.verdict import Refused
from indicators.actions import key_revoke, key_rotate, set_compose
from indicators.documents import Entry, Heading, build, document_bytes
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
from indicators.record import content_of, digest_of, values_of
from indicators.scoring import KMK
from indicators.versioning import Listed
from ledger.immutability import maintenance
from people.models import Unit
from tests.builders import Cast, Units
from tests.core.anywhere import FORMS, PIECES
from tests.files import PDF_BYTES
from tests.indicators.builders import adopt as adopt_version
from tests.indicators.builders import decision, draft_set, provenance, record_content

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]

# Whoever changes these bytes changes what every consumer pinned. SQLite and PostgreSQL make them.
GOLDEN = "sha256:91c94e37bced848c51860eff15ab12fb3d7a3a2c306d277993a2a1a682cd4ba7"
MOMENT = datetime(2026, 11, 24, 7, 30, 0, 123456, tzinfo=UTC)
WORDS = "Kafé kafe\u0301 😀 שלום ﬁ İı ß µg/m³ “kutip” \\ /"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/St_Johns"])
def test_a_known_publication_has_known_bytes(
    language: str, zone: str, adopt: Adopt, publish: Publish
) -> None:
    with translation.override(language), timezone.override(zone):
        version = adopt(now=MOMENT, purpose=WORDS, target="80.5000", baseline="0.0001")
        publication = publish({version: "100.0000"}, now=MOMENT)
    publication.refresh_from_db()
    assert publication.digest == f"sha256:{sha256(publication.content).hexdigest()}"
    assert publication.digest == GOLDEN


# A thousand random sets, through the database: texts and JSON come back as they were put in
THOUSAND = "sha256:76e0c1057af455bfeb2da4bfe966956935f29e61230c22610a0cb027d578032f"


def random_content(source: random.Random, number: int) -> dict[str, Any]:
    """A content with the texts that tests/core/anywhere.py makes canonical bytes of."""

    def text() -> str:
        pieces = [piece for piece in PIECES if piece.isprintable() or piece == "\r\n"]
        drawn = "x" + "".join(source.choices(pieces, k=source.randrange(1, 9)))
        return unicodedata.normalize(source.choice(FORMS), drawn)

    return record_content(
        f"ACK-{number:03}",
        name=text(),
        purpose=text(),
        definition=text(),
        formula=text(),
        target=source.choice([None, "0.0001", "80", "99999999999.9999", "-3.5"]),
        baseline=source.choice([None, "1.1", "123456.789"]),
        targets={key: str(source.randrange(100)) for key in source.sample(["TW1", "TW2"], 2)},
        ms_ind={"konsep": text(), "komposit": source.choice([True, False])},
    )


def random_heading(source: random.Random, number: int) -> Heading:
    day = date(2026, 1, 1) + timedelta(days=source.randrange(365))
    return Heading(
        scope_code="kota",
        scope_name="".join(source.choices("Kotaİıß", k=6)),
        year=2026,
        period_from=date(2026, 1, 1),
        period_until=date(2026, 12, 31),
        version=f"{number}.0.0",
        previous=None,
        replaces=None,
        withdrawn=[],
        published_at=MOMENT + timedelta(microseconds=number),
        effective_on=day,
        effective_until=None,
        decision=decision(),
        transition_note=None,
        profile=KMK,
    )


def test_a_thousand_random_sets_have_known_bytes(db: None) -> None:
    source, whole = random.Random(27), sha256()
    Indicator.objects.bulk_create(
        [Indicator(code=f"ACK-{number:03}", created_at=MOMENT) for number in range(1000)]
    )
    keys = dict(Indicator.objects.values_list("code", "pk"))
    versions = [
        IndicatorVersion(
            indicator_id=keys[content["code"]],
            number=1,
            provenance=provenance(
                dissent=[{"text": content["purpose"]}], adopted_at="2026-11-24T07:30:00.000000Z"
            ),
            adopted_at=MOMENT,
            **values_of(content),
        )
        for content in (random_content(source, number) for number in range(1000))
    ]
    for version in versions:
        version.digest = digest_of(version)
    IndicatorVersion.objects.bulk_create(versions)
    for number, version in enumerate(IndicatorVersion.objects.order_by("code")):
        assert digest_of(version) == version.digest
        entry = Entry(Listed(content_of(version), 1, Decimal(100)), version.provenance)
        whole.update(document_bytes(build(random_heading(source, number), [entry], [])))
    assert f"sha256:{whole.hexdigest()}" == THOUSAND


# Nothing that anybody does changes what is published

PUBLISHED: list[type[models.Model]] = [
    Decree,
    Publication,
    ReplacementSignature,
    IndicatorVersion,
    IndicatorSet,
    SetEntry,
    PublicKey,
]


def fingerprint(kept: dict[type[models.Model], list[Any]]) -> str:
    """A digest of the rows that were there in the beginning."""
    rows = [
        list(model._default_manager.filter(pk__in=keys).order_by("pk").values_list())
        for model, keys in kept.items()
    ]
    plain = [[bytes(v) if isinstance(v, memoryview) else v for v in r] for t in rows for r in t]
    return sha256(repr(plain).encode()).hexdigest()


class Vandal:
    """Does something at random to the tables of what is published, or works as people do."""

    def __init__(self, source: random.Random, cast: Cast, units: Units, now: datetime) -> None:
        self.source, self.cast, self.units, self.now = source, cast, units, now
        self.refused = self.done = 0
        self.drafts = 0

    def act(self) -> None:
        """One action, in a transaction of its own; a refusal is counted."""
        ways: list[tuple[int, Callable[[], object]]] = [
            (40, self._sql_update),
            (12, self._sql_delete),
            (8, self._sql_copy),
            (14, self._orm_update),
            (6, self._orm_delete),
            (8, self._orm_save),
            (6, self._bulk_update),
            (2, self._truncate),
            (2, self._work),
            (2, self._rename_unit),
        ]
        way = self.source.choices([way for _w, way in ways], [weight for weight, _way in ways])[0]
        try:
            with transaction.atomic():
                way()
                self.done += 1
        except (Error, ValidationError, Refused, models.ProtectedError, TypeError, ValueError):
            self.refused += 1
        except IndexError:
            """The table is empty: only where nothing protects it."""

    def _model(self) -> type[models.Model]:
        return self.source.choice(PUBLISHED)

    def _column(self, model: type[models.Model]) -> str:
        fields = [f for f in model._meta.concrete_fields if f.name not in ONCE]
        return str(self.source.choice(fields).column)

    def _sql(self, sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    def _sql_update(self) -> None:
        model = self._model()
        column = self._column(model)
        value = self.source.choice(["NULL", "'x'", "0", "'2020-01-01'", f'"{column}"'])
        self._sql(f'UPDATE "{model._meta.db_table}" SET "{column}" = {value}')

    def _sql_delete(self) -> None:
        self._sql(f'DELETE FROM "{self._model()._meta.db_table}"')

    def _sql_copy(self) -> None:
        table = self._model()._meta.db_table
        verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
        self._sql(f'{verb} INTO "{table}" SELECT * FROM "{table}"')

    def _truncate(self) -> None:
        if connection.vendor == "postgresql":
            self._sql("SET CONSTRAINTS ALL IMMEDIATE")
            self._sql(f'TRUNCATE "{self._model()._meta.db_table}" CASCADE')

    def _orm_update(self) -> None:
        model = self._model()
        fields = [f for f in model._meta.concrete_fields if f.name not in ONCE]
        field = self.source.choice(fields)
        model._default_manager.update(
            **{field.attname: self.source.choice([None, "x", 0, self.now])}
        )

    def _orm_delete(self) -> None:
        self._model()._default_manager.all().delete()

    def _row(self) -> models.Model:
        rows = list(self._model()._default_manager.all()[:5])
        return self.source.choice(rows)

    def _orm_save(self) -> None:
        row = self._row()
        row.save()

    def _bulk_update(self) -> None:
        model = self._model()
        rows = list(model._default_manager.all())
        plain = [f for f in model._meta.concrete_fields if not f.primary_key and f.name not in ONCE]
        model._default_manager.bulk_update(rows, [self.source.choice(plain).name])

    def _work(self) -> None:
        """As a facilitator does: a draft that is handed over, an amendment, a new key."""
        what = self.source.randrange(3)
        if what == 0:
            newest = IndicatorVersion.objects.in_use().first()
            assert newest is not None
            drafted = draft_set(
                facilitator=self.cast.facilitator,
                scope=self.units.city,
                weights={newest: 100},
                now=self.now,
            )
            set_compose(actor=self.cast.facilitator, indicator_set=drafted, now=self.now)
        elif what == 1:
            adopt_version(actor=self.cast.head, now=self.now, code=f"XYZ-{self.drafts:02}")
            self.drafts += 1
        else:
            key_rotate(actor=None, now=timezone.now())

    def _rename_unit(self) -> None:
        Unit.objects.filter(code="puskesmas-latihan").update(name=f"Nama {self.source.random()}")


ONCE = {"retired_at", "revoked_at", "revocation_reason"}


def beginning() -> dict[type[models.Model], list[Any]]:
    """The rows that must stay as they are: all that is published, without a key that may retire."""
    return {
        model: list(model._default_manager.values_list("pk", flat=True))
        for model in PUBLISHED
        if model is not PublicKey
    }


def test_nothing_published_changes_in_five_thousand_random_actions(
    adopt: Adopt, publish: Publish, cast: Cast, units: Units, now: datetime
) -> None:
    version = adopt()
    key = publish({version: 100}, decree=PDF_BYTES).key
    publish({version: 100, adopt("KES-02"): 0})
    key_revoke(actor=None, kid=key.kid, reason="superseded", now=now)
    kept = beginning()
    before = fingerprint(kept)
    vandal = Vandal(random.Random(25), cast, units, now + timedelta(minutes=1))
    for number in range(5000):
        vandal.act()
        if number % 500 == 499:
            assert fingerprint(kept) == before, f"changed before action {number + 1}"
    assert vandal.refused > 3000
    assert vandal.done > 50


class TakenBack(Exception):
    """Ends a transaction of which nothing shall stay."""


def test_without_the_triggers_the_same_actions_change_it(
    adopt: Adopt, publish: Publish, cast: Cast, units: Units, now: datetime
) -> None:
    """The control."""
    key = publish({adopt(): 100}).key
    key_revoke(actor=None, kid=key.kid, reason="superseded", now=now)
    kept = beginning()
    before = fingerprint(kept)
    vandal = Vandal(random.Random(25), cast, units, now + timedelta(minutes=1))

    def in_maintenance() -> None:
        with maintenance():
            for _ in range(100):
                vandal.act()
            assert fingerprint(kept) != before
            raise TakenBack

    with pytest.raises(TakenBack):
        in_maintenance()
