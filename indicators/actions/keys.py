"""Signing keys: the secret half in the key store, the public half in the database."""

from base64 import urlsafe_b64decode
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core.keystore import KeyStore
from core.verdict import Refused
from indicators.models import PublicKey
from indicators.signing import new_key
from ledger.actions import event_record
from people.models import Person


def _store() -> KeyStore:
    return KeyStore(settings.KEYS_DIR)


def _name(kid: str) -> str:
    """The key's file: `set-` and the thumbprint in hex, for names there are in lower case."""
    return f"set-{urlsafe_b64decode(kid + '=').hex()}"


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
    """Retire the active key, whose signatures stay valid, and make a new one."""
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
    return key_create(actor=actor, now=now)


def signing_key(*, actor: Person, now: datetime) -> tuple[PublicKey, bytes]:
    """The active key with its secret; the first is made at its first use.

    Raises Refused where this server does not hold the secret of the active key.
    """
    key = PublicKey.objects.active().first() or key_create(actor=actor, now=now)
    try:
        return key, _store().read(_name(key.kid))
    except (FileNotFoundError, PermissionError) as error:
        raise Refused(
            _("Kunci penanda tangan tidak terbaca di server ini; hubungi administrator.")
        ) from error
