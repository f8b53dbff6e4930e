"""Load the demo city once, and serve it on this machine."""

import io
import logging
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from ledger.models import Event
from people.models import Person, Unit
from proposals import demo
from proposals.actions import close_due, remains_scrub
from proposals.demo import Found

logger = logging.getLogger(__name__)

DUE_EVERY = 60  # seconds
PAGES = (
    ("", "home: what is asked of you"),
    ("accounts/login/", "sign in with a NIP below"),
    ("sets/", "published sets, for everyone"),
    ("sets/kota/2.0.0/", "the set in force, for everyone"),
    ("api/v1/docs", "the API"),
)


class Command(BaseCommand):
    help = (
        "Loads the demo city into an empty database, once, and serves it on 127.0.0.1. "
        "Refuses a database that holds anything else, and a server where MARTAHI_DEBUG is off."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="load and print only")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--people", type=int, default=160, help=f"size of the city, at least {demo.SMALLEST}"
        )

    def handle(self, *, no_serve: bool, port: int, people: int, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo makes accounts whose password everyone knows, so it runs only where "
                "MARTAHI_DEBUG=true."
            )
        if people < demo.SMALLEST:
            raise CommandError(f"--people: the city needs at least {demo.SMALLEST} people.")
        found = _look()
        if found not in (Found.NOTHING, Found.DEMO):
            raise CommandError(
                f"This database holds {found.value}; the demo needs an empty one. Name another "
                "by DATABASE_URL or MARTAHI_VAR_DIR, or delete this one if it is only a demo."
            )
        call_command("migrate", verbosity=0)
        if found is Found.NOTHING:
            self.stdout.write("Loading the demo city …")
            started = time.monotonic()
            demo.demo_load(size=people, now=timezone.now())
            self.stdout.write(f"Loaded in {time.monotonic() - started:.1f} s.")
        else:
            self.stdout.write("The demo city is here already.")
        self._tell(port)
        if not no_serve:
            _serve(port)

    def _tell(self, port: int) -> None:
        self.stdout.write(f"\nAccounts, password {demo.PASSWORD}:")
        for account in demo.accounts():
            self.stdout.write(f"  {account.nip}  {account.name}, {account.office}")
        site = f"http://localhost:{port}"
        self.stdout.write("\nAddresses:")
        for path, what in PAGES:
            self.stdout.write(f"  {site}/{path}  {what}")
        self.stdout.write(f"\n{site}  (stop with Ctrl+C)")
        self.stdout.flush()


def _look() -> Found:
    """What the database holds, before anything is changed in it."""
    tables = set(connection.introspection.table_names())
    ours = {model._meta.db_table for model in (Event, Person, Unit)}
    if ours <= tables:
        return demo.look()
    begun = MigrationRecorder.Migration._meta.db_table in tables
    return Found.NOTHING if begun or not tables else Found.SOMETHING_ELSE


def _serve(port: int) -> None:
    # A line per request would tell when somebody voted (RELIABILITY, invariant 14).
    logging.getLogger("django.server").setLevel(logging.WARNING)
    stopped = threading.Event()
    threading.Thread(target=_watch_the_clock, args=(stopped,), daemon=True).start()
    try:
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, stdout=io.StringIO())
    finally:
        stopped.set()


def _watch_the_clock(stopped: threading.Event) -> None:
    """Do what falls due, once a minute, until the server stops."""
    while not stopped.wait(DUE_EVERY):
        try:
            close_due(now=timezone.now())
            remains_scrub()
        except Exception:
            # The next minute tries again; nobody else would hear of it in this thread.
            logger.exception("what falls due by the clock failed")
        finally:
            connection.close()
