"""The signed decree of a set: handed in with the publication, kept and given out for ever."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from core.canonical import sha256
from indicators.actions import set_compose
from indicators.documents import read
from indicators.models import Decree, IndicatorSet, IndicatorVersion, Publication
from indicators.verify import mismatches
from ledger.immutability import maintenance
from people.models import Person
from tests.builders import Cast
from tests.files import PDF_BYTES, PNG_BYTES
from tests.indicators.builders import YEAR

Adopt = Callable[..., IndicatorVersion]
Draft = Callable[..., IndicatorSet]
Publish = Callable[..., Publication]
ClientOf = Callable[[Person], Client]

DECISION = {
    "number": "700/14/2026",
    "dated_on": f"{YEAR}-11-23",
    "by_office": "Wali Kota",
    "expected_version": "1.0.0",
}


@pytest.fixture
def composed(adopt: Adopt, draft: Draft, cast: Cast, now: datetime) -> IndicatorSet:
    return set_compose(actor=cast.facilitator, indicator_set=draft({adopt(): 100}), now=now)


def publish_with(
    client: Client, composed: IndicatorSet, content: bytes, **over: str
) -> tuple[int, str]:
    form = DECISION | over | {"decree": SimpleUploadedFile("sk.pdf", content)}
    answer = client.post(f"/sets/drafts/{composed.pk}/publish/", form)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("typed", ["", sha256(PDF_BYTES), sha256(PDF_BYTES)[7:].upper()])
def test_the_document_carries_the_digest_of_the_file(
    typed: str, client_of: ClientOf, composed: IndicatorSet, cast: Cast
) -> None:
    client = client_of(cast.publisher)
    assert publish_with(client, composed, PDF_BYTES, decree_digest=typed)[0] == 302
    publication = Publication.objects.get()
    assert read(publication.content)["decision"]["decree_digest"] == sha256(PDF_BYTES)
    assert Decree.objects.get().digest == sha256(PDF_BYTES)
    assert list(mismatches()) == []


@pytest.mark.parametrize(
    ("content", "over", "sentence"),
    [
        (PNG_BYTES, {}, "harus berkas PDF"),
        (b"%PDF-1.4 terpotong", {}, "yang utuh"),
        (b"<html>" + PDF_BYTES, {}, "halaman web"),
        (b"%PDF-" + b"0" * 10 * 1024 * 1024 + b"%%EOF", {}, "lebih besar dari 10 MB"),
        (PDF_BYTES, {"decree_digest": "0" * 64}, "bukan SHA-256 berkas ini"),
    ],
)
def test_another_file_is_told_and_nothing_published(
    content: bytes, over: dict[str, str], sentence: str, client_of: ClientOf,
    composed: IndicatorSet, cast: Cast,
) -> None:  # fmt: skip
    status, page = publish_with(client_of(cast.publisher), composed, content, **over)
    assert status == 200
    assert sentence in page
    assert not Publication.objects.exists()
    assert not Decree.objects.exists()


def test_everyone_downloads_it_as_a_file(client: Client, adopt: Adopt, publish: Publish) -> None:
    publish({adopt(): 100}, decree=PDF_BYTES)
    page = client.get("/sets/kota/1.0.0/").content.decode()
    assert 'href="/sets/kota/1.0.0/decree.pdf"' in page
    assert sha256(PDF_BYTES) in page
    answer = client.get("/sets/kota/1.0.0/decree.pdf")
    assert answer.content == PDF_BYTES
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_set_without_the_file_says_so(client: Client, adopt: Adopt, publish: Publish) -> None:
    publish({adopt(): 100})
    assert "tidak disertakan" in client.get("/sets/kota/1.0.0/").content.decode()
    assert client.get("/sets/kota/1.0.0/decree.pdf").status_code == 404


def test_it_is_written_once(adopt: Adopt, publish: Publish) -> None:
    publish({adopt(): 100}, decree=PDF_BYTES)
    for statement in ("UPDATE indicators_decree SET digest = ''", "DELETE FROM indicators_decree"):
        with (
            pytest.raises(DatabaseError, match="refused"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_verify_finds_another_file(adopt: Adopt, publish: Publish) -> None:
    publish({adopt(): 100}, decree=PDF_BYTES)
    with maintenance():
        Decree.objects.update(content=PDF_BYTES + b"\n")
    assert [mismatch.what for mismatch in mismatches()] == [
        "naskah keputusan tidak sesuai sidik dalam dokumen"
    ]
