"""A backup that is restored says the same; one that is too old is noticed (RELIABILITY 37).

The rows are saved from the engine that the tests run on, and restored into SQLite by another
process: on PostgreSQL that is a restore into the other engine.
"""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder

from indicators.models import IndicatorVersion
from ledger.models import Head
from people.actions import appointment_create
from people.models import Appointment
from tests import worlds
from tests.indicators.builders import adopt, later, publish_set
from tests.restored import hashes

ROOT = Path(settings.BASE_DIR)
NOT_SAVED = {"contenttypes.contenttype", "auth.permission", "sessions.session"}


class Restored:
    """A database that other processes made of saved rows."""

    def __init__(self, rows: str, folder: Path) -> None:
        folder.mkdir()
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder / 'restored.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MARTAHI_DEBUG": "true",
            "MARTAHI_KEYS_DIR": str(folder / "keys"),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
        }
        file = folder / "rows.json"
        file.write_text(rows, encoding="utf-8")
        done = self._run("-m", "tests.restored", str(file))
        assert done.returncode == 0, done.stderr
        self.hashes = json.loads(done.stdout.splitlines()[-1])

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def verify(self, checkpoint: str = "") -> tuple[int, str]:
        """What `manage.py verify` ends with, and what it says."""
        kept = ["--checkpoint", checkpoint] if checkpoint else []
        done = self._run("manage.py", "verify", *kept)
        return done.returncode, done.stdout + done.stderr


class WholeMoments(DjangoJSONEncoder):
    """Keeps microseconds, which `dumpdata` drops: what is hashed would not fit any more."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def saved() -> str:
    """All rows of all tables, as JSON."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in NOT_SAVED and model._meta.managed
    ]
    rows = (row for model in models for row in model._base_manager.order_by("pk"))
    return serializers.serialize("json", rows, cls=WholeMoments)


def checkpoint() -> str:
    head = Head.objects.get()
    return f"{head.number}:{head.hash}"


@pytest.fixture
def world(db: None) -> worlds.World:
    """A sealed poll, a decision, and two published sets of a city."""
    world = worlds.build("adopted")
    version = IndicatorVersion.objects.get()
    second = adopt(actor=world.cast.head, now=world.now, code="KES-77")
    for minutes, weights in ((1, {version: 100}), (2, {version: 100, second: 0})):
        publish_set(
            facilitator=world.cast.facilitator,
            publisher=world.cast.publisher,
            scope=world.units.city,
            weights=weights,
            now=later(world.now, minutes),
        )
    return world


def test_a_restored_backup_has_the_same_hashes_and_an_old_one_is_noticed(
    world: worlds.World, tmp_path: Path
) -> None:
    old_rows, old_checkpoint = saved(), checkpoint()
    appointment_create(
        actor=world.cast.administrator,
        person=world.cast.elector,
        unit=world.units.unit,
        role=Appointment.Role.HEAD,
        standing=Appointment.Standing.PLH,
        starts_on=world.now.date(),
        ends_on=world.now.date() + timedelta(days=7),
        decree="SP 1/2026",
        now=later(world.now, 3),
    )
    kept = checkpoint()
    assert kept != old_checkpoint
    call_command("verify", checkpoint=kept)

    restored = Restored(saved(), tmp_path / "new")
    assert restored.hashes == hashes()
    assert len(restored.hashes["sets"]) == 2
    assert len(restored.hashes["seals"]) == 1
    assert restored.verify(kept)[0] == 0

    old = Restored(old_rows, tmp_path / "old")
    assert old.verify()[0] == 0  # the control: by itself an old backup looks whole
    code, told = old.verify(kept)
    assert code == 1
    assert f"ledger {kept.partition(':')[0]}: " in told


def test_a_restore_that_lost_a_row_is_noticed(world: worlds.World, tmp_path: Path) -> None:
    rows = json.loads(saved())
    entries = [row for row in rows if row["model"] == "indicators.setentry"]
    rows.remove(entries[-1])
    code, told = Restored(json.dumps(rows), tmp_path / "less").verify()
    assert code == 1
    assert "set kota" in told
