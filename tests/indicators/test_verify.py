"""A change of what was published is found, whoever made it, and its place is named."""

from collections.abc import Callable

import pytest
from django.db import connection

from indicators.models import IndicatorVersion, Publication
from indicators.verify import mismatches
from ledger.immutability import maintenance

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]


@pytest.fixture
def published(adopt: Adopt, publish: Publish) -> list[Publication]:
    version = adopt()
    return [publish({version: 100}), publish({version: 100, adopt("KES-02"): 0})]


def tamper(sql: str) -> list[str]:
    with maintenance(), connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount
    return [f"{item.place}: {item.what}" for item in mismatches()]


def test_what_was_not_touched_verifies(published: list[Publication]) -> None:
    assert list(mismatches()) == []


NEWER = "WHERE minor = 1"


@pytest.mark.parametrize(
    ("sql", "place", "what"),
    [
        (f"UPDATE indicators_publication SET digest = 'sha256:x' {NEWER}",
         "set kota 1.1.0", "sidiknya"),
        (f"UPDATE indicators_publication SET signature = 'AAAA' {NEWER}",
         "set kota 1.1.0", "tanda tangan"),
        (f"UPDATE indicators_publication SET previous_id = set_id {NEWER}",
         "set kota 1.1.0", "menyambung"),
        (f"UPDATE indicators_publication SET replaces_id = NULL {NEWER}",
         "set kota 1.1.0", "replaces"),
        (f"UPDATE indicators_publication SET effective_on = '2026-02-02' {NEWER}",
         "set kota 1.1.0", "effective_on"),
        (f"UPDATE indicators_publication SET patch = 9 {NEWER}", "set kota 1.1.9", "version"),
        (f"UPDATE indicators_publication SET published_at = '2020-01-01 00:00:00' {NEWER}",
         "set kota 1.1.0", "sebelum"),
        ("UPDATE indicators_indicatorversion SET target = 99 WHERE code = 'KES-02'",
         "indicator KES-02 v1", "isi versi"),
        ("UPDATE indicators_indicatorversion SET target = 99 WHERE code = 'KES-02'",
         "set kota 1.1.0", "KES-02 berbeda"),
        ("UPDATE indicators_indicatorversion SET provenance = '{}' WHERE code = 'KES-02'",
         "set kota 1.1.0", "KES-02 berbeda"),
        ("UPDATE indicators_setentry SET weight_percent = 5 WHERE weight_percent = 0",
         "set kota 1.1.0", "KES-02 berbeda"),
        ("DELETE FROM indicators_setentry WHERE weight_percent = 0",
         "set kota 1.1.0", "KES-02 hanya ada"),
        ("UPDATE indicators_publickey SET x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'",
         "set kota 1.0.0", "tanda tangan"),
    ],
)  # fmt: skip
def test_a_changed_row_is_found_and_named(
    sql: str, place: str, what: str, published: list[Publication]
) -> None:
    found = tamper(sql)
    assert [line for line in found if line.startswith(f"{place}: ") and what in line], found


@pytest.mark.parametrize("change", [b"KES-09", b""])
def test_a_changed_document_is_found(change: bytes, published: list[Publication]) -> None:
    first = published[0]
    content = first.content.replace(b"KES-01", change) if change else b"bukan json"
    with maintenance():
        Publication.objects.filter(pk=first.pk).update(document=content)
    found = [item.what for item in mismatches() if item.place == "set kota 1.0.0"]
    assert any("sidiknya" in what for what in found)
    assert any("tanda tangan" in what for what in found)
