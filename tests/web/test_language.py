import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]


def test_a_page_is_indonesian_whatever_the_browser_prefers(client: Client) -> None:
    response = client.get("/pieces/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert response.headers["Content-Language"] == "id"
    assert '<html lang="id"' in response.content.decode()


def test_a_visitor_switches_to_english_by_a_form_and_stays(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/pieces/?page=2"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/pieces/?page=2"
    page = client.get("/pieces/")
    assert page.headers["Content-Language"] == "en"
    assert '<html lang="en"' in page.content.decode()


def test_one_switches_back_to_indonesian(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en"})
    client.post("/i18n/setlang/", {"language": "id"})
    assert client.get("/pieces/").headers["Content-Language"] == "id"


def test_an_unknown_language_leaves_indonesian(client: Client) -> None:
    client.cookies["django_language"] = "xx"
    assert client.get("/pieces/").headers["Content-Language"] == "id"


def test_switching_leads_nowhere_else(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "https://evil.example/"})
    assert "evil" not in response.headers["Location"]


def test_the_switch_is_a_form_that_names_each_language_by_itself(client: Client) -> None:
    html = client.get("/pieces/").content.decode()
    assert 'action="/i18n/setlang/"' in html
    assert ">Bahasa Indonesia</button>" in html
    assert ">English</button>" in html


def test_one_answer_does_not_leave_its_language_to_the_next(client: Client) -> None:
    client.cookies["django_language"] = "en"
    client.get("/pieces/")
    assert Client().get("/pieces/").headers["Content-Language"] == "id"
