"""How Martahi bends django-allauth: people come from BKPSDM, nobody signs up."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.actions import password_change
from people.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in alone: no sign-up, and one sentence for every wrong pair of NIP and password."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("NIP dan kata sandi tidak cocok. Periksa keduanya."),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan masuk yang gagal. Tunggu lima menit, lalu coba lagi."
        ),
        "enter_current_password": _("Kata sandi yang sekarang tidak cocok."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "incorrect_code": _("Kode tidak cocok."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Person, password: str) -> None:
        password_change(person=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:profile")


def display_name(person: Person) -> str:
    return person.name
