"""Signing keys: one active at a time, secrets outside the database, old signatures stay valid."""

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from core.verdict import Refused
from indicators import signing
from indicators.actions import key_create, key_revoke, key_rotate, signing_key
from indicators.models import IndicatorVersion, Publication, PublicKey, ReplacementSignature
from indicators.verify import mismatches
from ledger.immutability import maintenance
from ledger.models import Event
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


# Revocation


def revoke(publication: Publication, now: datetime, reason: str = "compromised") -> PublicKey:
    return key_revoke(actor=None, kid=publication.key_id, reason=reason, now=now).key


def test_what_a_revoked_key_signed_is_signed_again_over_the_same_bytes(
    adopt: Adopt, publish: Publish, now: datetime
) -> None:
    version = adopt()
    made = [publish({version: 100}), publish({version: 100, adopt("KES-02"): 0})]
    done = key_revoke(actor=None, kid=made[0].key_id, reason="compromised", now=now)
    assert done.signed_again == 2
    for before in made:
        after = Publication.objects.with_signatures().get(pk=before.pk)
        assert (after.content, after.digest, after.signature) == (
            before.content,
            before.digest,
            before.signature,
        )
        key, signature = after.believed_signature
        assert key == done.active != before.key
        assert signing.is_signed(key.x, signature, after.content)
    assert list(mismatches()) == []
    assert set(Event.objects.values_list("action", flat=True)) >= {
        "signing_key_revoked",
        "sets_signed_again",
    }


def test_revoking_again_changes_nothing(adopt: Adopt, publish: Publish, now: datetime) -> None:
    publication = publish({adopt(): 100})
    first = key_revoke(actor=None, kid=publication.key_id, reason="compromised", now=now)
    again = key_revoke(actor=None, kid=publication.key_id, reason="superseded", now=now)
    assert (again.active, again.signed_again) == (first.active, 0)
    assert again.key.revocation_reason == "compromised"
    assert ReplacementSignature.objects.count() == 1


def test_a_second_revocation_signs_a_third_time(
    adopt: Adopt, publish: Publish, now: datetime
) -> None:
    publication = publish({adopt(): 100})
    second = key_revoke(actor=None, kid=publication.key_id, reason="compromised", now=now).active
    third = key_revoke(actor=None, kid=second.kid, reason="compromised", now=now)
    assert third.signed_again == 1
    key, _signature = Publication.objects.with_signatures().get().believed_signature
    assert key == third.active


def test_revoking_a_retired_key_leaves_the_active_one(
    adopt: Adopt, publish: Publish, now: datetime
) -> None:
    publication = publish({adopt(): 100})
    active = key_rotate(actor=None, now=now)
    done = key_revoke(actor=None, kid=publication.key_id, reason="superseded", now=now)
    assert (done.active, done.signed_again) == (active, 1)


def test_bytes_that_changed_are_not_signed_again(
    adopt: Adopt, publish: Publish, now: datetime
) -> None:
    publication = publish({adopt(): 100})
    with maintenance():
        Publication.objects.update(document=publication.content + b" ")
    with pytest.raises(Refused, match="bukan lagi"):
        revoke(publication, now)
    assert PublicKey.objects.get().revoked_at is None
    assert not ReplacementSignature.objects.exists()


def test_an_unknown_key_is_not_revoked(db: None, now: datetime) -> None:
    with pytest.raises(Refused, match="tidak ada"):
        key_revoke(actor=None, kid="x" * 43, reason="compromised", now=now)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["rotate", "revoke"])
def test_a_secret_that_signs_nothing_more_is_destroyed_after_the_commit(
    how: str,
    now: datetime,
    keys_dir: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    key = key_create(actor=None, now=now)
    (old,) = keys_dir.iterdir()
    with django_capture_on_commit_callbacks() as callbacks:
        if how == "rotate":
            key_rotate(actor=None, now=now)
        else:
            key_revoke(actor=None, kid=key.kid, reason="compromised", now=now)
        assert old.exists()
    for callback in callbacks:
        callback()
    assert not old.exists()
    assert len(list(keys_dir.iterdir())) == 1


def test_a_publication_that_only_a_revoked_key_signed_does_not_verify(
    adopt: Adopt, publish: Publish, now: datetime
) -> None:
    revoke(publish({adopt(): 100}), now)
    with maintenance():
        ReplacementSignature.objects.all().delete()
    assert [item.what for item in mismatches()] == [
        "hanya ditandatangani dengan kunci yang dicabut; jalankan signing_key revoke lagi"
    ]


# The command


def signing_key_command(*arguments: str) -> str:
    out = StringIO()
    call_command("signing_key", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_revokes_and_says_what_it_did(adopt: Adopt, publish: Publish) -> None:
    publication = publish({adopt(): 100})
    told = signing_key_command("revoke", publication.key_id, "--reason", "compromised")
    assert f"dicabut: {publication.key_id} (compromised)" in told
    assert "ditandatangani ulang: 1" in told
    assert f"{publication.key_id} dicabut (compromised)" in signing_key_command()


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["revoke"], ["rotate", "x"], ["revoke", "x"]])
def test_the_command_refuses_what_names_no_key(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        signing_key_command(*arguments)


@pytest.mark.django_db
def test_the_command_makes_shows_and_rotates() -> None:
    assert "belum ada" in signing_key_command()
    created = signing_key_command("create")
    kid = PublicKey.objects.get().kid
    assert kid in created
    assert kid in signing_key_command()
    assert kid in signing_key_command("create")  # safe to repeat
    assert PublicKey.objects.count() == 1
    assert kid not in signing_key_command("rotate").splitlines()[0]
    assert PublicKey.objects.count() == 2
