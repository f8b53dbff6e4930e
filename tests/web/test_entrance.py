"""The pages of sign-in look like the rest and say in words what they want."""

import pytest
from django.test import Client

from people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]


def test_the_sign_in_page_explains_itself_and_offers_no_sign_up(client: Client) -> None:
    html = client.get("/accounts/login/").content.decode()
    assert 'name="login"' in html
    assert 'name="password"' in html
    assert "18 angka" in html
    assert "BKPSDM" in html
    assert "signup" not in html


def test_what_was_typed_as_nip_is_kept_beside_its_error(client: Client) -> None:
    response = client.post("/accounts/login/", {"login": "123", "password": "x"})
    assert response.status_code == 200
    html = response.content.decode()
    assert 'value="123"' in html
    assert "id_login_error" in html


def test_a_password_is_never_sent_back(client: Client) -> None:
    response = client.post("/accounts/login/", {"login": "123", "password": "rahasia-sekali"})
    assert "rahasia-sekali" not in response.content.decode()


@pytest.mark.parametrize(
    "url", ["/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/"]
)
def test_the_pages_of_ones_account_wear_our_frame(client: Client, author: Person, url: str) -> None:
    client.force_login(author)
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert 'class="m-header"' in html
    assert "m-sheet" in html
    assert html.count("<h1>") == 1


def test_turning_on_a_second_factor_asks_for_the_password_first(
    client: Client, author: Person
) -> None:
    client.force_login(author)
    response = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert response.redirect_chain[0][0].startswith("/accounts/reauthenticate/")
    assert 'class="m-header"' in response.content.decode()
