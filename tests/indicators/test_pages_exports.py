"""Files and papers of a published set, as a visitor gets them."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from core.canonical import sha256
from indicators.importing import read_indicators
from indicators.models import IndicatorVersion, Publication
from indicators.units import UnitTree
from tests.builders import Cast
from tests.indicators.builders import record_content
from tests.indicators.test_pages_public import text
from web.pdf import may_make_pdf
from web.tables import csv_rows

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]
SET = "/sets/kota/1.0.0/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {
    "manual-iku.xlsx": (XLSX, "manual-iku-kota-1.0.0.xlsx"),
    "ms-ind.xlsx": (XLSX, "ms-ind-kota-1.0.0.xlsx"),
    "ms-ind.csv": ("text/csv; charset=utf-8", "ms-ind-kota-1.0.0.csv"),
    "e-kinerja.csv": ("text/csv; charset=utf-8", "e-kinerja-kota-1.0.0.csv"),
    "kamus.pdf": ("application/pdf", "kamus-indikator-kota-1.0.0.pdf"),
}
needs_pango = pytest.mark.skipif(not may_make_pdf(), reason="no Pango here")
FILE_NAMES = [
    pytest.param(name, marks=needs_pango if name == "kamus.pdf" else []) for name in FILES
]


@pytest.fixture
def published(adopt: Adopt, publish: Publish) -> Publication:
    return publish({adopt(definition="=1+1 <b>&"): 100, adopt("KES-02"): 0})


def get(client: Client, name: str, **headers: str) -> bytes:
    response = client.get(SET + name, headers=headers)
    assert response.status_code == 200
    return response.content


@pytest.mark.parametrize("name", FILE_NAMES)
def test_files_are_attachments_under_their_names(
    client: Client, published: Publication, name: str
) -> None:
    headers = client.get(SET + name).headers
    content_type, file_name = FILES[name]
    assert headers["Content-Type"] == content_type
    assert headers["Content-Disposition"] == f'attachment; filename="{file_name}"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("name", FILE_NAMES)
def test_who_has_a_file_is_told_so_without_its_being_made(
    client: Client, published: Publication, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(SET + name)
    for maker in ("indicators.exporting.workbook_bytes", "indicators.views.exports.pdf_of"):
        monkeypatch.setattr(maker, lambda *_args, **_more: pytest.fail("made again"))
    again = client.get(SET + name, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("name", FILE_NAMES)
def test_files_say_the_same_in_every_language(
    client: Client, published: Publication, name: str
) -> None:
    tags = {
        client.get(SET + name, headers={"Accept-Language": language}).headers["ETag"]
        for language in ("id", "en")
    }
    assert len(tags) == 1


@pytest.mark.parametrize("name", ["manual-iku.xlsx", "ms-ind.xlsx"])
def test_what_was_published_is_read_back(client: Client, published: Publication, name: str) -> None:
    reading = read_indicators(name, get(client, name), tree=UnitTree.current())
    assert [row.content for row in reading.rows] == [
        record_content(definition="=1+1 <b>&"),
        record_content("KES-02"),
    ]


def test_a_workbook_leads_back_to_its_set(client: Client, published: Publication) -> None:
    book = openpyxl.load_workbook(io.BytesIO(get(client, "manual-iku.xlsx")))
    told = dict(row[:2] for row in book["Keterangan"].iter_rows(values_only=True))
    assert str(told["Alamat tetap"]).endswith(SET)
    assert told["Sidik (SHA-256)"] == published.digest == sha256(published.content)


def test_ekinerja_narrows_to_a_unit(client: Client, published: Publication) -> None:
    def codes(asked: str) -> list[str]:
        return [cells[1] for _line, cells in csv_rows(get(client, "e-kinerja.csv" + asked))][1:]

    assert codes("") == codes("?unit=puskesmas-latihan") == ["KES-01"]
    assert codes("?unit=dinkes") == []


def test_the_kamus_carries_address_digest_and_every_field(
    client: Client, published: Publication
) -> None:
    page = text(client.get(SET + "kamus/"))
    for words in (published.digest, SET, "Dipantau, tidak dinilai", "Register posyandu", "Rumus"):
        assert words in page
    assert "=1+1 &lt;b&gt;&amp;" in page
    assert re.search(r'<path d="M4 4h1v1h-1z', page)


def test_the_kamus_is_indonesian_whoever_reads_it(client: Client, published: Publication) -> None:
    page = text(client.get(SET + "kamus/", headers={"Accept-Language": "en"}))
    assert '<article class="m-paper m-kamus" lang="id">' in page
    assert "Sumber data" in page


def test_the_kamus_names_no_person(client: Client, published: Publication, cast: Cast) -> None:
    page = text(client.get(SET + "kamus/"))
    assert [person.name for person in cast.everyone().values() if person.name in page] == []


@needs_pango
def test_a_pdf_is_set_once(
    client: Client, published: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = get(client, "kamus.pdf")
    assert first.startswith(b"%PDF-")
    monkeypatch.setattr("indicators.views.exports.pdf_of", lambda *_args, **_more: b"another")
    assert get(client, "kamus.pdf") == first


def test_without_pango_the_page_says_how_to_print(
    client: Client, published: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pdf._has_pango", lambda: False)
    page = text(client.get(SET + "kamus/"))
    assert "cetak halaman ini" in page
    assert "kamus.pdf" not in page
    assert client.get(SET + "kamus.pdf").status_code == 403


def test_the_set_links_its_files(client: Client, published: Publication) -> None:
    page = text(client.get(SET))
    linked = ["kamus/", *(name for name in FILES if name != "kamus.pdf")]
    assert [name for name in linked if f'href="{SET}{name}"' not in page] == []


def test_no_file_of_a_set_that_is_not_there(client: Client, published: Publication) -> None:
    assert client.get("/sets/kota/9.0.0/manual-iku.xlsx").status_code == 404
