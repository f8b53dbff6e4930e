"""Signing keys: the secret half in the key store, the public half in the database."""

from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core.canonical import sha256
from core.keystore import KeyStore
from core.verdict import Refused
from indicators.models import Publication, PublicKey, ReplacementSignature
from indicators.signing import is_signed, new_key, sign
from ledger.actions import event_record
from people.models import Person


def _store() -> KeyStore:
    return KeyStore(settings.KEYS_DIR)


def _name(kid: str) -> str:
    """The key's file: `set-` and the thumbprint in hex, for names there are in lower case."""
    return f"set-{urlsafe_b64decode(kid + '=').hex()}"


def _destroy_when_committed(kid: str) -> None:
    """Not before: a transaction that is taken back must leave a key to sign with."""
    transaction.on_commit(lambda: _store().destroy(_name(kid)))


@transaction.atomic
def key_create(*, actor: Person | None, now: datetime) -> PublicKey:
    """Make the key that signs from now on. Raises Refused if one is active.

    `actor` is None on the server's command line. The secret is durable before its public half is
    in the database; a secret without one is harmless.
    """
    if PublicKey.objects.active().exists():
        raise Refused(_("Sudah ada kunci penanda tangan yang aktif."))
    pair = new_key()
    _store().create(_name(pair.kid), pair.secret)
    key = PublicKey(kid=pair.kid, x=pair.x, created_at=now)
    key.full_clean()
    key.save(force_insert=True)
    event_record(
        actor=actor.pk if actor else None,
        action="signing_key_created",
        subject=f"indicators.publickey:{key.kid}",
        content={"kid": key.kid, "x": key.x},
        now=now,
    )
    return key


@transaction.atomic
def key_rotate(*, actor: Person | None, now: datetime) -> PublicKey:
    """Retire the active key, whose signatures stay valid, and make a new one.

    Its secret is destroyed: it has nothing more to sign, and could only be stolen.
    """
    active = PublicKey.objects.select_for_update().active().first()
    if active is not None:
        active.retired_at = now
        active.full_clean()
        active.save(update_fields=["retired_at"])
        event_record(
            actor=actor.pk if actor else None,
            action="signing_key_retired",
            subject=f"indicators.publickey:{active.kid}",
            content={"kid": active.kid},
            now=now,
        )
        _destroy_when_committed(active.kid)
    return key_create(actor=actor, now=now)


@dataclass(frozen=True)
class Revocation:
    """A revoked key, the key that signs now, and how many publications that one signed again."""

    key: PublicKey
    active: PublicKey
    signed_again: int


@transaction.atomic
def key_revoke(*, actor: Person | None, kid: str, reason: str, now: datetime) -> Revocation:
    """Revoke a key for ever: what only it had signed is signed again by the active key.

    The bytes, digests and chain of what was published stay. The active key is a new one if the
    revoked key was active; the revoked secret is destroyed. Revoking again changes nothing but
    signs what still lacks a signature to believe.
    Raises Refused for an unknown key, and where a publication's bytes are no longer those that
    were published: then `verify` says what happened, and nothing is signed.
    """
    key = PublicKey.objects.select_for_update().filter(pk=kid).first()
    if key is None:
        raise Refused(_("Kunci penanda tangan ini tidak ada: %s.") % kid)
    if key.revoked_at is None:
        written = ["revoked_at", "revocation_reason"]
        if key.retired_at is None:
            key.retired_at = now
            written.append("retired_at")
        key.revoked_at, key.revocation_reason = now, reason
        key.full_clean()
        key.save(update_fields=written)
        event_record(
            actor=actor.pk if actor else None,
            action="signing_key_revoked",
            subject=f"indicators.publickey:{key.kid}",
            content={"kid": key.kid, "reason": reason},
            now=now,
        )
    active, secret = signing_key(actor=actor, now=now)
    publications = list(Publication.objects.without_believed_signature().select_related("key"))
    for publication in publications:
        _sign_again(publication, active, secret, now)
    if publications:
        event_record(
            actor=actor.pk if actor else None,
            action="sets_signed_again",
            subject=f"indicators.publickey:{active.kid}",
            content={"kid": active.kid, "digests": [item.digest for item in publications]},
            now=now,
        )
    _destroy_when_committed(kid)
    return Revocation(key, active, len(publications))


def _sign_again(publication: Publication, key: PublicKey, secret: bytes, now: datetime) -> None:
    content = publication.content
    if sha256(content) != publication.digest or not is_signed(
        publication.key.x, publication.signature, content
    ):
        raise Refused(
            _("Isi %s bukan lagi yang dahulu terbit; jalankan verify sebelum mencabut kunci.")
            % publication
        )
    signed = ReplacementSignature(
        publication=publication, key=key, signature=sign(secret, content), signed_at=now
    )
    signed.full_clean()
    signed.save(force_insert=True)


def signing_key(*, actor: Person | None, now: datetime) -> tuple[PublicKey, bytes]:
    """The active key with its secret; the first is made at its first use.

    The key stays locked until the transaction ends, so that nobody revokes it in between.
    Raises Refused where this server does not hold the secret of the active key.
    """
    # Twice: who waited for a rotation finds the old key retired and the new one at a second look.
    active = PublicKey.objects.select_for_update(no_key=True).active()
    key = active.first() or active.all().first() or key_create(actor=actor, now=now)
    try:
        return key, _store().read(_name(key.kid))
    except (FileNotFoundError, PermissionError) as error:
        raise Refused(
            _("Kunci penanda tangan tidak terbaca di server ini; hubungi administrator.")
        ) from error
