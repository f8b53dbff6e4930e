"""`manage.py signing_key [create|rotate|revoke KID]`: the key that signs published sets."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.verdict import Refused
from indicators.actions import key_create, key_revoke, key_rotate
from indicators.models import PublicKey


class Command(BaseCommand):
    help = (
        "Show, create, rotate or revoke the key that published sets are signed with. Rotate at "
        "times of your choice: old signatures stay valid. Revoke a key whose secret may have come "
        "into other hands: nothing that it signed is believed any more, and what was published is "
        "signed again with a new key, after its bytes were compared with their digest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "verb",
            nargs="?",
            default="show",
            choices=["show", "create", "rotate", "revoke"],
            help="create: unless one is active; rotate: retire the active one and make a new one",
        )
        parser.add_argument(
            "kid", nargs="?", default="", help="the key to revoke, as show names it"
        )
        parser.add_argument(
            "--reason",
            choices=PublicKey.Reason.values,
            default=PublicKey.Reason.UNSPECIFIED.value,
            help="why it is revoked; consumers of the API read it",
        )

    def handle(self, *args: Any, verb: str, kid: str, reason: str, **options: Any) -> None:
        if (verb == "revoke") != bool(kid):
            raise CommandError("A key is named for revoke, and for nothing else.")
        if verb == "rotate":
            key = key_rotate(actor=None, now=timezone.now())
            self.stdout.write(f"kunci baru: {key.kid}")
        elif verb == "revoke":
            self._revoke(kid, reason)
        elif verb == "create" and not PublicKey.objects.active().exists():
            self.stdout.write(f"kunci baru: {key_create(actor=None, now=timezone.now()).kid}")
        else:
            self._show()

    def _revoke(self, kid: str, reason: str) -> None:
        try:
            done = key_revoke(actor=None, kid=kid, reason=reason, now=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"dicabut: {done.key.kid} ({done.key.revocation_reason})")
        self.stdout.write(f"kunci aktif: {done.active.kid}")
        self.stdout.write(f"terbitan yang ditandatangani ulang: {done.signed_again}")

    def _show(self) -> None:
        keys = list(PublicKey.objects.all())
        for key in keys:
            if key.revoked_at:
                state = f"dicabut ({key.revocation_reason})"
            else:
                state = "pensiun" if key.retired_at else "aktif"
            self.stdout.write(f"{key.kid} {state}")
        if not keys:
            self.stdout.write("belum ada kunci penanda tangan")
