"""The pages that everyone may read, as a visitor sees them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from indicators.models import IndicatorVersion, Publication
from tests.builders import Cast

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]


@pytest.fixture
def published(adopt: Adopt, publish: Publish) -> Publication:
    return publish({adopt(): 100})


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_list_marks_the_set_in_force(client: Client, adopt: Adopt, publish: Publish) -> None:
    version = adopt()
    publish({version: 100})
    publish({version: 100, adopt("KES-02"): 0})
    page = text(client.get("/sets/"))
    assert page.index("versi 1.1.0") < page.index("Berlaku sekarang") < page.index("versi 1.0.0")
    assert page.count("Berlaku sekarang") == 1


def test_an_empty_list_says_so(client: Client, db: None) -> None:
    assert "Belum ada set indikator yang terbit." in text(client.get("/sets/"))


def test_a_set_shows_its_indicators_decision_and_proof(
    client: Client, published: Publication
) -> None:
    page = text(client.get("/sets/kota/1.0.0/"))
    for words in (
        "Persentase balita yang ditimbang setiap bulan",
        "80 persen",
        "Puskesmas Latihan",
        "700/14/1277/2026",
        "Wali Kota Contoh",
        published.digest,
        published.signature,
        "/api/v1/sets/kota/1.0.0",
    ):
        assert words in page


def test_a_set_names_no_person(client: Client, published: Publication, cast: Cast) -> None:
    page = text(client.get("/sets/kota/1.0.0/"))
    assert [person.name for person in cast.everyone().values() if person.name in page] == []


def test_a_set_says_what_changed_in_words(client: Client, adopt: Adopt, publish: Publish) -> None:
    publish({adopt(): 100})
    publish({adopt(amends="KES-01", target="90"): 100})
    page = text(client.get("/sets/kota/2.0.0/"))
    assert "target 80 → 90 persen" in page
    assert "Realisasi yang sudah dilaporkan dihitung ulang" in page


def test_an_older_set_names_the_one_that_replaced_it(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    publish({adopt(): 100})
    publish({adopt(amends="KES-01", target="90"): 100})
    page = text(client.get("/sets/kota/1.0.0/"))
    assert "sudah digantikan" in page
    assert "/sets/kota/2.0.0/" in page


def test_a_withdrawn_set_tells_why(client: Client, adopt: Adopt, publish: Publish) -> None:
    version = adopt()
    publish({version: 100})
    publish({version: 100}, withdraws="1.0.0", withdrawal_reason="Salah lampiran.")
    assert "Versi ini dicabut: Salah lampiran." in text(client.get("/sets/kota/1.0.0/"))


def test_a_reader_sees_what_applies_to_the_own_unit(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    other = [{"unit": "disdik", "include_sub_units": False, "position_family": None}]
    publish({adopt(): 100, adopt("DIK-01", name="Guru terlatih", applies_to=other): 100})
    page = text(client.get("/sets/kota/1.0.0/?unit=disdik"))
    assert "Guru terlatih" in page
    assert "balita" not in page
    assert "Bobot bagi Dinas Pendidikan seluruhnya 100 persen." in page
    assert "balita" in text(client.get("/sets/kota/1.0.0/?unit=tidak-ada"))


@pytest.mark.parametrize("path", ["/sets/kota/9.9.9/", "/sets/lain/1.0.0/", "/sets/kota/satu/"])
def test_a_set_that_is_not_there_is_404(path: str, client: Client, published: Publication) -> None:
    assert client.get(path).status_code == 404


# An indicator


def test_an_indicator_explains_itself(client: Client, published: Publication) -> None:
    page = text(client.get("/indicators/KES-01/"))
    for words in (
        "Balita yang tidak tumbuh sehat ditemukan sedini mungkin.",
        "Nilai = realisasi ÷ target × 100.",
        "(Balita yang ditimbang ÷ seluruh balita sasaran) × 100",
        "Target 90 persen tidak realistis untuk wilayah pegunungan.",
        "Target diturunkan menjadi 80 persen.",
        "7 setuju, 1 tidak setuju, 1 abstain; 9 dari 11 pemilih.",
        "Penimbangan tidak dapat dilakukan saat jalan putus.",
        "Kota Contoh 2026, versi 1.0.0",
    ):
        assert escape(words) in page


def test_versions_are_shown_with_their_differences(client: Client, adopt: Adopt) -> None:
    adopt()
    adopt(amends="KES-01", target="90", definition="Balita sasaran yang diukur setiap bulan.")
    page = text(client.get("/indicators/KES-01/"))
    assert "80 persen → 90 persen" in page
    assert "<ins>" in page
    assert "<del>" in page


def test_a_retired_indicator_says_so(client: Client, adopt: Adopt) -> None:
    adopt()
    adopt(amends="KES-01", retires=True)
    assert "sudah dicabut" in text(client.get("/indicators/KES-01/"))


def test_an_indicator_that_is_not_there_is_404(client: Client, db: None) -> None:
    assert client.get("/indicators/KES-99/").status_code == 404
    assert client.post("/indicators/KES-99/versions/1/score/").status_code == 404


PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_nothing_that_was_written_is_run(client: Client, adopt: Adopt, publish: Publish) -> None:
    fields = ["name", "purpose", "definition", "formula", "unit", "data_source", "data_provider"]
    publish({adopt(**dict.fromkeys(fields, PAYLOAD[:60])): 100})
    adopt(amends="KES-01", definition=f"{PAYLOAD} lagi")
    for path in ("/indicators/", "/indicators/KES-01/", "/sets/kota/1.0.0/", "/sets/"):
        assert "<script>alert" not in text(client.get(path))
        assert "<img src=x" not in text(client.get(path))


# One's own figure


def calculate(client: Client, **form: str) -> Any:
    return client.post("/indicators/KES-01/versions/1/score/", form)


def test_ones_own_figure_is_answered_with_every_step(client: Client, adopt: Adopt) -> None:
    adopt()
    response = calculate(client, actual="72,5")
    page = text(response)
    assert "90,63" in page
    assert "realisasi ÷ target × 100 = 72,5 ÷ 80 × 100 = 90,625" in page
    assert "no-store" in response.headers["Cache-Control"]


def test_the_target_of_a_quarter_can_be_chosen(client: Client, adopt: Adopt) -> None:
    adopt(targets={"TW1": "20", "TW2": "40"})
    assert "120,00" in text(calculate(client, actual="36", period="TW1"))
    assert "90,00" in text(calculate(client, actual="36", period="TW2"))


@pytest.mark.parametrize("figure", ["", "banyak", "1e400", "NaN", "9" * 60, "9" * 35, "1,23456"])
def test_what_is_no_figure_is_told_beside_the_field(
    figure: str, client: Client, adopt: Adopt
) -> None:
    adopt()
    page = text(calculate(client, actual=figure))
    assert "aria-invalid" in page
    if figure:
        assert f'value="{figure}"' in page


def test_an_indicator_that_cannot_be_computed_tells_why(client: Client, adopt: Adopt) -> None:
    adopt(target=None)
    assert "Target belum ditetapkan." in text(calculate(client, actual="72"))


def test_ones_own_figure_is_not_kept(
    client: Client, adopt: Adopt, caplog: pytest.LogCaptureFixture
) -> None:
    adopt()

    def rows() -> dict[str, int]:
        return {model._meta.label: model._default_manager.count() for model in apps.get_models()}

    before = rows()
    with caplog.at_level("DEBUG"):
        text(calculate(client, actual="71,2345"))
    assert rows() == before
    assert "71,2345" not in caplog.text


def test_htmx_gets_the_answer_alone(client: Client, adopt: Adopt) -> None:
    adopt()
    response = client.post(
        "/indicators/KES-01/versions/1/score/", {"actual": "72"}, headers={"HX-Request": "true"}
    )
    assert response.content.strip().startswith(b'<div class="m-stack" id="own-answer">')


# The list of indicators


def test_indicators_are_found_by_words_of_their_name(client: Client, adopt: Adopt) -> None:
    adopt("KES-01")
    adopt("DIK-01", name="Guru terlatih")
    assert "Guru terlatih" not in text(client.get("/indicators/?q=balita"))
    assert "Guru terlatih" in text(client.get("/indicators/?q=dik-01"))
    assert "Tidak ada indikator yang cocok" in text(client.get("/indicators/?q=zzz"))


# What it costs


@pytest.mark.parametrize("name", ["sets", "set", "set of a unit", "indicator", "list"])
def test_a_page_costs_the_same_queries_however_much_it_shows(
    name: str, client: Client, adopt: Adopt, publish: Publish, django_assert_max_num_queries: Any
) -> None:
    def ask() -> int:
        path = {
            "sets": "/sets/",
            "set": f"/sets/kota/{newest.version}/",
            "set of a unit": f"/sets/kota/{newest.version}/?unit=puskesmas-latihan",
            "indicator": "/indicators/KES-01/",
            "list": "/indicators/",
        }[name]
        with django_assert_max_num_queries(9) as captured:
            text(client.get(path))
        return len(captured)

    first = adopt("KES-01")
    newest = publish({first: 100})
    newest = publish({first: 100, adopt("KES-02"): 0})
    few = ask()
    more = {adopt(f"KES-{place:02}"): 0 for place in range(3, 12)}
    for target in ("81", "82", "83"):
        first = adopt("KES-01", amends="KES-01", target=target)
        newest = publish({first: 100, **more})
    assert ask() == few


def test_dates_stand_as_the_office_writes_them(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    publish({adopt(): 100}, effective_until=date(2026, 6, 30))
    page = text(client.get(reverse("indicators:set", args=["kota", "1.0.0"])))
    assert "Berlaku 1 Januari 2026 sampai 30 Juni 2026." in page


# The slider, the curve and the versions


def test_what_is_typed_wins_and_what_is_slid_counts_when_nothing_was_typed(
    client: Client, adopt: Adopt
) -> None:
    adopt()
    assert "90,00" in text(calculate(client, actual="72", shown="72", slide="72"))
    slid = text(calculate(client, actual="72", shown="72", slide="48"))
    assert "48 ÷ 80 × 100 = 60" in slid
    assert 'value="48"' in slid
    typed = text(calculate(client, actual="36", shown="72", slide="48"))
    assert "36 ÷ 80 × 100 = 45" in typed


def test_a_slider_that_was_not_moved_does_not_round_what_is_shown(
    client: Client, adopt: Adopt
) -> None:
    adopt()
    page = text(calculate(client, actual="72,55", shown="72,55", slide="72.6"))
    assert "72,55 ÷ 80 × 100 = 90,6875" in page


def test_the_page_begins_with_a_worked_example_and_its_curve(client: Client, adopt: Adopt) -> None:
    adopt()
    page = text(client.get("/indicators/KES-01/"))
    assert "Contoh, bila realisasi 72 persen" in page
    assert "72 ÷ 80 × 100 = 90" in page
    assert "<polyline" in page
    assert "style=" not in page


def test_each_version_keeps_its_address_and_its_rule(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    first = adopt()
    publish({first: 100})
    publish({adopt(amends="KES-01", target="90"): 100})
    old = text(client.get("/indicators/KES-01/versions/1/"))
    assert "Anda membaca versi 1" in old
    assert "Targetnya 80 persen" in old
    assert "versi indikator 2, bobot 100 persen" in old  # what is in force is said there, too
    assert "Targetnya 90 persen" in text(client.get("/indicators/KES-01/"))
    answer = client.post("/indicators/KES-01/versions/1/score/", {"actual": "72"})
    assert "72 ÷ 80 × 100 = 90" in text(answer)
    assert client.get("/indicators/KES-01/versions/3/").status_code == 404
    assert "/indicators/KES-01/versions/1/" in text(client.get("/sets/kota/1.0.0/"))


def test_a_page_says_where_nothing_is_in_force(client: Client, adopt: Adopt) -> None:
    adopt()
    assert "tidak menilai siapa pun" in text(client.get("/indicators/KES-01/"))


def test_comments_and_votes_are_told_in_figures(client: Client, published: Publication) -> None:
    page = text(client.get("/indicators/KES-01/"))
    assert "1 tanggapan dijawab: 1 diterima, 0 tidak diterima, 0 di luar lingkup." in page
    assert "Hasil pemungutan suara" in page
