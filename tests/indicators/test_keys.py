"""Signing keys: one active at a time, secrets outside the database, old signatures stay valid."""

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from core.verdict import Refused
from indicators import signing
from indicators.actions import key_create, key_rotate, signing_key
from indicators.models import IndicatorVersion, Publication, PublicKey
from tests.builders import Cast

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]


def test_the_thumbprint_is_that_of_the_standard() -> None:
    # RFC 8037, appendix A.3
    x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert signing.thumbprint(x) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_a_signature_verifies_and_nothing_else_does() -> None:
    pair = signing.new_key()
    signature = signing.sign(pair.secret, b"isi")
    assert signing.is_signed(pair.x, signature, b"isi")
    assert not signing.is_signed(pair.x, signature, b"isi lain")
    assert not signing.is_signed(signing.new_key().x, signature, b"isi")
    assert not signing.is_signed(pair.x, signature[:-4], b"isi")
    assert not signing.is_signed("bukan kunci", signature, b"isi")


def test_the_known_signature_of_the_standard_comes_out() -> None:
    # RFC 8032, section 7.1, test 2
    secret = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    expected = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert signing._bytes(signing.sign(secret, b"\x72")).hex() == expected


@pytest.mark.django_db
def test_the_secret_lies_in_the_key_store_and_not_in_the_database(
    now: datetime, keys_dir: Path
) -> None:
    key = key_create(actor=None, now=now)
    (file,) = keys_dir.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    secret = file.read_bytes()
    assert signing.is_signed(key.x, signing.sign(secret, b"isi"), b"isi")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM indicators_publickey")
        assert secret.hex() not in repr(cursor.fetchall())


@pytest.mark.django_db
def test_there_is_one_active_key(now: datetime) -> None:
    key_create(actor=None, now=now)
    with pytest.raises(Refused, match="Sudah ada"):
        key_create(actor=None, now=now)


def test_the_first_key_is_made_at_its_first_use(cast: Cast, now: datetime) -> None:
    first, secret = signing_key(actor=cast.publisher, now=now)
    again, same = signing_key(actor=cast.publisher, now=now)
    assert (first, secret) == (again, same)


def test_a_lost_secret_is_told_and_not_replaced_silently(
    cast: Cast, now: datetime, keys_dir: Path
) -> None:
    key_create(actor=None, now=now)
    next(keys_dir.iterdir()).unlink()
    with pytest.raises(Refused, match="tidak terbaca"):
        signing_key(actor=cast.publisher, now=now)
    assert PublicKey.objects.count() == 1


def test_a_key_that_others_may_read_signs_nothing(
    cast: Cast, now: datetime, keys_dir: Path
) -> None:
    key_create(actor=None, now=now)
    next(keys_dir.iterdir()).chmod(0o644)
    with pytest.raises(Refused, match="tidak terbaca"):
        signing_key(actor=cast.publisher, now=now)


def test_old_signatures_verify_after_a_rotation(
    adopt: Adopt, publish: Publish, now: datetime
) -> None:
    version = adopt()
    first = publish({version: 100})
    key_rotate(actor=None, now=now)
    second = publish({version: 100, adopt("KES-02"): 0})
    assert first.key_id != second.key_id
    for publication in Publication.objects.select_related("key"):
        assert signing.is_signed(publication.key.x, publication.signature, publication.content)


@pytest.mark.django_db
def test_the_command_makes_shows_and_rotates() -> None:
    def signing_key_command(*arguments: str) -> str:
        out = StringIO()
        call_command("signing_key", *arguments, stdout=out)
        return out.getvalue()

    assert "belum ada" in signing_key_command()
    created = signing_key_command("create")
    kid = PublicKey.objects.get().kid
    assert kid in created
    assert kid in signing_key_command()
    assert kid in signing_key_command("create")  # safe to repeat
    assert PublicKey.objects.count() == 1
    assert kid not in signing_key_command("rotate").splitlines()[0]
    assert PublicKey.objects.count() == 2
