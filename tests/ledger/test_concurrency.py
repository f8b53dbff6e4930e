"""One chain, however many processes write to it (RELIABILITY 31)."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
WRITERS, EVENTS = 8, 25


@pytest.fixture
def environment(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """The environment of other processes that see a database with the same tables."""
    if connection.vendor == "sqlite":
        file = tmp_path / "shared.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        url = f"sqlite:///{file}"
    else:
        where = connection.settings_dict
        url = f"postgres://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}"
        url = f"{url}/{where['NAME']}"
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }


def program(argument: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.writer", argument],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_eight_writers_make_one_gapless_chain(environment: dict[str, str]) -> None:
    writers = [program(str(EVENTS), environment) for _ in range(WRITERS)]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
    output, errors = program("verify", environment).communicate(timeout=60)
    state = json.loads(output)
    assert state["numbers"] == list(range(1, WRITERS * EVENTS + 1)), errors
    assert state["heads"] == 1
    assert state["mismatches"] == []
