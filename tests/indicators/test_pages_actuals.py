"""Actuals come in by page: a file, its preview, the same file kept; nothing of it lies between."""

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.verdict import Refused
from indicators.actions import actuals_import
from indicators.models import Actual, IndicatorVersion
from ledger.models import Event
from people.models import Person
from tests.builders import Cast, Units

Adopt = Callable[..., IndicatorVersion]
ClientOf = Callable[[Person], Client]

URL = "/sets/actuals/"
HEAD = "unit;kode;tahun;periode;realisasi\n"
GOOD = "puskesmas-latihan;KES-01;2025;TW1;87,4\npuskesmas-latihan;KES-01;2025;TW2;1.234,56\n"


@pytest.fixture
def facilitator(client_of: ClientOf, cast: Cast, adopt: Adopt) -> Client:
    adopt("KES-01")
    return client_of(cast.facilitator)


def choose(client: Client, content: str | bytes, name: str = "angka.csv") -> str:
    """The page after a file was chosen."""
    data = content if isinstance(content, bytes) else content.encode()
    response = client.post(URL, {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 200
    return str(response.content.decode())


def confirm(client: Client, content: str, name: str = "angka.csv") -> Any:
    """What the preview's button sends."""
    return client.post(URL, {"name": name, "content": base64.b64encode(content.encode()).decode()})


def test_a_file_is_shown_before_anything_is_kept(facilitator: Client) -> None:
    page = choose(facilitator, HEAD + GOOD)
    assert "Pratinjau: 2 angka" in page
    assert "1.234,56" in page
    assert not Actual.objects.exists()


def test_the_preview_lies_nowhere_but_in_the_page(facilitator: Client) -> None:
    before = list(Session.objects.values_list("session_data"))
    marker = "puskesmas-latihan;KES-01;2025;TW1;4711,25\n"
    page = choose(facilitator, HEAD + marker)
    assert base64.b64encode((HEAD + marker).encode()).decode() in page
    assert list(Session.objects.values_list("session_data")) == before
    assert not any("4711" in str(event.content) for event in Event.objects.all())


def test_confirming_keeps_the_whole_file(facilitator: Client) -> None:
    response = confirm(facilitator, HEAD + GOOD)
    assert response.status_code == 302
    assert Actual.objects.count() == 2
    assert Event.objects.filter(action="actuals_imported").exists()
    assert "2 baru, 0 diperbaiki, 0 tetap" in facilitator.get(URL).content.decode()


def test_the_second_click_changes_nothing(facilitator: Client) -> None:
    confirm(facilitator, HEAD + GOOD)
    events = Event.objects.count()
    assert confirm(facilitator, HEAD + GOOD).status_code == 302
    assert (Actual.objects.count(), Event.objects.count()) == (2, events)


def test_a_correction_shows_the_figure_that_it_replaces(facilitator: Client) -> None:
    confirm(facilitator, HEAD + GOOD)
    page = choose(facilitator, HEAD + "puskesmas-latihan;KES-01;2025;TW1;90\n")
    assert "menggantikan 87,4" in page


def test_every_line_that_is_wrong_is_told(facilitator: Client) -> None:
    bad = (
        "puskesmas-latihan;KES-01;2025;TW3;banyak\n"
        "puskesmas-latihan;KES-01;2025;TW3;1,234.56\n"
        "puskesmas-latihan;KES-01;2025;TW3;2025-03-31\n"
        "puskesmas-latihan;KES-01;2025;TW3;1e400\n"
        "puskesmas-latihan;KES-01;2025;TW3;-1\n"
        "puskesmas-latihan;KES-99;2025;TW3;1\n"
        "tidak-ada;KES-01;2025;TW3;1\n"
        "puskesmas-latihan;KES-01;2025;TW2;7\n"
    )
    page = choose(facilitator, HEAD + GOOD + bad)
    assert "8 masalah; tidak ada yang disimpan" in page
    for line in range(4, 12):
        assert f"baris {line}" in page
    assert "Titik untuk ribuan, koma untuk pecahan: 1.234,56." in page
    assert "sudah ada di baris 3" in page
    assert "Simpan semua" not in page
    assert not Actual.objects.exists()


@pytest.mark.parametrize("content", ["", "%%%"])
def test_a_confirmation_that_was_cut_off_is_told(facilitator: Client, content: str) -> None:
    page = facilitator.post(URL, {"name": "angka.csv", "content": content}).content.decode()
    assert "Muat ulang halaman ini, lalu kirim lagi." in page
    assert not Actual.objects.exists()


def test_a_tampered_confirmation_keeps_nothing(facilitator: Client) -> None:
    for form in (
        {"name": "angka.csv", "content": "bukan base64"},
        {"name": "angka.exe", "content": base64.b64encode(HEAD.encode()).decode()},
        {"content": base64.b64encode((HEAD + GOOD).encode()).decode()},
    ):
        assert facilitator.post(URL, form).status_code == 200
    wrong = HEAD + "puskesmas-latihan;KES-01;2025;TW1;banyak\n"
    assert "baris 2" in confirm(facilitator, wrong).content.decode()
    assert not Actual.objects.exists()


@pytest.mark.parametrize("name", ["angka.exe", "angka", "../../angka.csv.sh"])
def test_a_file_of_another_kind_is_refused(facilitator: Client, name: str) -> None:
    assert "Jenis berkas tidak dikenal" in choose(facilitator, HEAD + GOOD, name)


def test_a_file_that_is_too_large_is_refused(facilitator: Client) -> None:
    assert "lebih besar dari 1 MB" in choose(facilitator, b"x" * (1024 * 1024 + 1))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1.234", "Titik dibaca sebagai tanda ribuan; bila maksudnya pecahan, tulis 1,234."),
        ("1,234", "Koma dibaca sebagai tanda pecahan; bila maksudnya ribuan, tulis 1.234."),
    ],
)
def test_a_figure_that_may_mean_either_is_told(facilitator: Client, typed: str, told: str) -> None:
    page = choose(facilitator, f"{HEAD}puskesmas-latihan;KES-01;2025;TW1;{typed}\n")
    assert told in page


def test_what_a_cell_holds_cannot_run_in_the_page(facilitator: Client) -> None:
    page = choose(facilitator, HEAD + "<script>alert(1)</script>;KES-01;2025;TW1;1\n")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_publisher_may_and_the_auditor_may_not(
    client_of: ClientOf, cast: Cast, adopt: Adopt, now: datetime
) -> None:
    adopt("KES-01")
    assert confirm(client_of(cast.publisher), HEAD + GOOD).status_code == 302
    assert confirm(client_of(cast.auditor), HEAD + GOOD).status_code == 403
    with pytest.raises(Refused):
        actuals_import(actor=cast.auditor, rows=[], now=now)


def test_the_preview_asks_no_more_of_the_database_for_more_lines(
    facilitator: Client, units: Units, django_assert_max_num_queries: Any
) -> None:
    few = HEAD + GOOD
    many = HEAD + "".join(
        f"{unit};KES-01;{year};{period};5\n"
        for unit in ("kota", "dinkes", "puskesmas-latihan", "disdik", "inspektorat")
        for year in range(2021, 2026)
        for period in ("TW1", "TW2", "TW3", "TW4", "")
    )
    with django_assert_max_num_queries(12):
        choose(facilitator, few)
    with django_assert_max_num_queries(12):
        choose(facilitator, many)
