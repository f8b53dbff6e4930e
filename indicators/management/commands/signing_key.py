"""`manage.py signing_key [create|rotate]`: the key that published sets are signed with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from indicators.actions import key_create, key_rotate
from indicators.models import PublicKey


class Command(BaseCommand):
    help = "Show, create or rotate the key that published sets are signed with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "verb",
            nargs="?",
            default="show",
            choices=["show", "create", "rotate"],
            help="create: unless one is active; rotate: retire the active one and make a new one",
        )

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb == "rotate":
            key = key_rotate(actor=None, now=timezone.now())
            self.stdout.write(f"kunci baru: {key.kid}")
        elif verb == "create" and not PublicKey.objects.active().exists():
            self.stdout.write(f"kunci baru: {key_create(actor=None, now=timezone.now()).kid}")
        else:
            keys = list(PublicKey.objects.all())
            for key in keys:
                state = "pensiun" if key.retired_at else "aktif"
                self.stdout.write(f"{key.kid} {state}")
            if not keys:
                self.stdout.write("belum ada kunci penanda tangan")
