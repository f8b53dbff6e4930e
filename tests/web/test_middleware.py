import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]


def test_a_refusal_is_a_403_page_with_its_reason(client: Client) -> None:
    response = client.get("/refused/")
    assert response.status_code == 403
    assert "Masa tanggapan berakhir pada 20 November 2026." in response.content.decode()


def test_what_was_typed_into_a_refused_form_is_shown_to_be_copied(client: Client) -> None:
    written = "Target ini terlalu tinggi </textarea><script>alert(1)</script>"
    response = client.post("/refused/", {"body": written, "kind": "objection", "target": "80"})
    page = response.content.decode()
    assert "Target ini terlalu tinggi &lt;/textarea&gt;&lt;script&gt;" in page
    assert page.count("<textarea") == 1, "neither a key nor a number is worth copying"
    assert "no-store" in response.headers["Cache-Control"]


def test_nothing_of_a_sensitive_form_is_shown(client: Client) -> None:
    response = client.post("/refused/sensitive/", {"body": "Pilihan saya adalah rahasia saya."})
    assert response.status_code == 403
    assert "rahasia" not in response.content.decode()


def test_a_lost_session_sends_a_browser_to_sign_in(client: Client) -> None:
    response = client.get("/members/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=/members/"


def test_a_lost_session_tells_htmx_to_go_to_sign_in(client: Client) -> None:
    response = client.get("/members/", headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=/members/"
    assert "Location" not in response.headers


def test_another_redirect_reaches_htmx_unchanged(client: Client) -> None:
    response = client.post(
        "/i18n/setlang/",
        {"language": "en", "next": "/pieces/"},
        headers={"HX-Request": "true", "Accept": "text/html"},
    )
    assert response.status_code == 302
    assert "HX-Redirect" not in response.headers
