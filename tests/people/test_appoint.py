"""`manage.py appoint`: the operator of the server names the first administrator."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ledger.models import Event
from people.models import Person, Unit
from people.roles import Role, roles_of


def run(*arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("appoint", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_first_administrator_comes_in_with_a_password(elector: Person, unit: Unit) -> None:
    told = run(elector.nip, "administrator", unit.code, password=True)
    elector.refresh_from_db()
    assert roles_of(elector, on=timezone.localdate()).has(Role.ADMINISTRATOR)
    assert elector.check_password(told.splitlines()[0])
    assert Event.objects.filter(actor=None, action="appointment.appointed").exists()


@pytest.mark.parametrize(
    ("nip", "unit", "sentence"),
    [
        ("199901012023211990", "puskesmas-latihan", "Tidak ada pegawai"),
        ("199012312023211993", "atlantis", "Tidak ada unit"),
        ("196801011990031995", "puskesmas-latihan", "tidak aktif"),
        ("198109092006042996", "inspektorat", "sudah memegang"),
    ],
)
def test_what_cannot_be_is_told(cast: object, nip: str, unit: str, sentence: str) -> None:
    role = "auditor" if unit == "inspektorat" else "administrator"
    with pytest.raises(CommandError, match=sentence):
        run(nip, role, unit)
    assert not Event.objects.exists()
