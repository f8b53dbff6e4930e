"""A page that fails says what happened, what was kept, and where to go."""

import pytest
from django.template.loader import get_template
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]

PLAIN = ["400.html", "403_csrf.html", "500.html"]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_problem_page_needs_neither_request_nor_database(
    name: str, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        html = get_template(name).render()
    assert "<h1>" in html
    assert 'href="/"' in html


def test_an_unknown_page_is_a_404_in_our_look(client: Client) -> None:
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "Halaman tidak ditemukan" in html
    assert 'class="m-header"' in html


def test_a_failing_page_says_so_without_details() -> None:
    response = Client(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    html = response.content.decode()
    assert "Terjadi kesalahan di pihak kami" in html
    assert "this page always fails" not in html


def test_a_form_without_its_token_is_refused_with_advice() -> None:
    response = Client(enforce_csrf_checks=True).post("/form/", {})
    assert response.status_code == 403
    assert "Formulir ini sudah kedaluwarsa" in response.content.decode()


def test_a_refusal_without_reason_is_still_a_sentence() -> None:
    assert "tidak berwenang" in get_template("403.html").render({"reason": ""})


def test_the_reason_of_a_refusal_is_escaped() -> None:
    assert "<b>" not in get_template("403.html").render({"reason": "<b>"})
