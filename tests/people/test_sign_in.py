"""Sign-in with the NIP: what opens, what stays shut, and what is not given away."""

from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from people.actions import password_issue
from people.models import Person
from tests.builders import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client: Client, nip: str, password: str = PASSWORD, **others: Any) -> Any:
    return client.post(LOGIN, {"login": nip, "password": password}, **others)


def is_signed_in(client: Client) -> bool:
    return client.get("/people/profile/").status_code == 200


@pytest.mark.parametrize("typed", ["{}", " {} ", "199012312023 21 1 993", "19901231\t2023 211993"])
def test_a_nip_opens_with_or_without_spaces(client: Client, elector: Person, typed: str) -> None:
    answer = sign_in(client, typed.format(elector.nip))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_sign_in_leads_to_the_page_that_was_asked_for(client: Client, elector: Person) -> None:
    asked = client.get("/people/profile/")
    assert asked["Location"] == f"{LOGIN}?next=/people/profile/"
    answer = client.post(asked["Location"], {"login": elector.nip, "password": PASSWORD})
    assert answer["Location"] == "/people/profile/"


def test_sign_in_leads_to_no_other_site(client: Client, elector: Person) -> None:
    answer = client.post(
        f"{LOGIN}?next=https://example.org/", {"login": elector.nip, "password": PASSWORD}
    )
    assert answer["Location"] == "/"


def sentences(answer: Any) -> list[str]:
    form = answer.context["form"]
    return [str(text) for texts in form.errors.values() for text in texts]


def test_a_wrong_password_and_an_unknown_nip_hear_the_same_sentence(
    client: Client, elector: Person, deactivated: Person
) -> None:
    answers = [
        sign_in(client, elector.nip, "salah sekali"),
        sign_in(client, "200001012024032990", "salah sekali"),
        sign_in(client, deactivated.nip, "salah sekali"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {tuple(sentences(answer)) for answer in answers} == {
        ("NIP dan kata sandi tidak cocok. Periksa keduanya.",)
    }
    assert not is_signed_in(client)


@pytest.mark.parametrize("typed", ["12345", "19901231202321199X", "nama.saya", "1.99E+17"])
def test_what_is_no_nip_is_told_beside_the_field_and_kept(
    client: Client, db: None, typed: str
) -> None:
    answer = sign_in(client, typed)
    assert answer.context["form"].errors == {"login": ["NIP terdiri atas 18 angka."]}
    assert typed in answer.content.decode()


def test_empty_fields_are_told_beside_each(client: Client, db: None) -> None:
    answer = sign_in(client, "", "")
    assert answer.context["form"].errors == {
        "login": ["Isi NIP Anda."],
        "password": ["Isi kata sandi Anda."],
    }


def test_the_page_never_shows_the_password_again(client: Client, elector: Person) -> None:
    assert "salah sekali" not in sign_in(client, elector.nip, "salah sekali").content.decode()


def test_who_left_the_service_does_not_get_in(client: Client, deactivated: Person) -> None:
    answer = sign_in(client, deactivated.nip)
    assert answer["Location"] == "/accounts/inactive/"
    assert not is_signed_in(client)


def test_after_five_failures_even_the_right_password_waits(
    client: Client, elector: Person, settings: Settings
) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "100/m/ip,5/5m/key"}
    for _ in range(5):
        sign_in(client, elector.nip, "salah sekali")
    assert sentences(sign_in(client, elector.nip)) == [
        "Terlalu banyak percobaan masuk yang gagal. Tunggu lima menit, lalu coba lagi."
    ]
    assert not is_signed_in(client)
    cache.clear()
    sign_in(client, elector.nip)
    assert is_signed_in(client)


def test_failures_lock_the_nip_and_nobody_else(
    client: Client, elector: Person, author: Person, settings: Settings
) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "100/m/ip,5/5m/key"}
    for _ in range(6):
        sign_in(client, elector.nip, "salah sekali")
    sign_in(client, author.nip)
    assert is_signed_in(client)


def test_failures_are_counted_where_all_processes_see_them() -> None:
    assert project.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_passwords_are_kept_by_argon2() -> None:
    from config import settings as production

    hashers = production.PASSWORD_HASHERS
    assert hashers == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    kept = make_password("rahasia", hasher=Argon2PasswordHasher())  # type: ignore[arg-type]
    assert kept.startswith("argon2")
    with pytest.raises(ValueError, match="Unknown"):
        identify_hasher(kept)  # the tests themselves hash quickly


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_confirm_email",
        "account_set_password",
        "account_request_login_code",
        "socialaccount_connections",
    ],
)
def test_pages_that_make_no_sense_here_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/", "/accounts/"]
)
def test_their_usual_addresses_are_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


# Temporary passwords


@pytest.fixture
def newcomer(client: Client, administrator: Person, elector: Person, now: Any) -> Client:
    """A browser of someone who signed in with a temporary password."""
    password = password_issue(actor=administrator, person=elector, now=now)
    sign_in(client, elector.nip, password)
    return client


@pytest.mark.parametrize("path", ["/", "/sets/", "/people/profile/", "/notices/"])
def test_a_temporary_password_opens_only_the_page_that_changes_it(
    newcomer: Client, path: str
) -> None:
    answer = newcomer.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/change/")


def test_htmx_is_led_there_as_a_page(newcomer: Client) -> None:
    answer = newcomer.get("/people/units/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/accounts/password/change/")


def test_a_post_with_a_temporary_password_changes_nothing(newcomer: Client) -> None:
    answer = newcomer.post("/notices/read-all/")
    assert answer["Location"] == "/accounts/password/change/"


def test_the_newcomer_can_sign_out(newcomer: Client) -> None:
    newcomer.post("/accounts/logout/")
    assert newcomer.get("/people/profile/")["Location"].startswith(LOGIN)


def test_once_it_is_changed_everything_opens(newcomer: Client, elector: Person, now: Any) -> None:
    temporary = password_issue(actor=None, person=elector, now=now)
    client = Client()
    sign_in(client, elector.nip, temporary)
    chosen = {"password1": "rahasia saya sendiri", "password2": "rahasia saya sendiri"}
    answer = client.post("/accounts/password/change/", {"oldpassword": temporary} | chosen)
    assert answer["Location"] == "/people/profile/"
    assert is_signed_in(client)
    assert not is_signed_in(newcomer)  # an issue signs out whoever was signed in before


@pytest.mark.parametrize("password", ["pendek", "password123", "12345678901234"])
def test_a_weak_password_is_refused_with_a_sentence(
    client: Client, elector: Person, password: str
) -> None:
    sign_in(client, elector.nip)
    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert answer.status_code == 200
    assert "password1" in answer.context["form"].errors
    elector.refresh_from_db()
    assert elector.check_password(PASSWORD)
