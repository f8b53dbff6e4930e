"""Several processes publish at the same moment: one publication a set, one chain a scope."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from indicators.actions import set_compose
from indicators.models import IndicatorSet
from tests.builders import build_cast, build_units
from tests.indicators.builders import adopt, draft_set, later, publish_set

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def composed(transactional_db: None, now: datetime) -> list[IndicatorSet]:
    """Four composed sets of one scope that has one publication."""
    units = build_units()
    cast = build_cast(units, today=now.date())
    version = adopt(actor=cast.head, now=now)
    publish_set(
        facilitator=cast.facilitator,
        publisher=cast.publisher,
        scope=units.city,
        weights={version: 100},
        now=later(now, -5),
    )
    return [
        set_compose(
            actor=cast.facilitator,
            indicator_set=draft_set(
                facilitator=cast.facilitator, scope=units.city, weights={version: 100}, now=now
            ),
            now=now,
        )
        for _ in range(4)
    ]


@pytest.fixture
def database(composed: list[IndicatorSet], tmp_path: Path) -> str:
    """The address of a database with those sets that other processes see."""
    if connection.vendor != "sqlite":
        where = connection.settings_dict
        server = f"{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}"
        return f"postgres://{server}/{where['NAME']}"
    file = tmp_path / "shared.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{file}"


def at_once(work: Sequence[tuple[IndicatorSet, int]], database: str, keys: Path) -> list[str]:
    """What each process answered, all let go at the same moment."""
    environment = os.environ | {
        "DATABASE_URL": database,
        "MARTAHI_KEYS_DIR": str(keys),
        "DJANGO_SETTINGS_MODULE": "tests.indicators.publisher_settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.indicators.publisher", str(item.pk), str(minutes)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for item, minutes in work
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = []
    for process in processes:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        answers.append(output.strip())
    return answers


def rows(database: str, sql: str) -> list[tuple[object, ...]]:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as shared:
            return list(shared.execute(sql))
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_one_set_published_by_four_processes_is_published_once(
    composed: list[IndicatorSet], database: str, keys_dir: Path
) -> None:
    answers = at_once([(composed[0], minutes) for minutes in range(4)], database, keys_dir)
    assert len(set(answers)) == 1
    assert answers[0].startswith("1.0.1 sha256:")
    told = rows(database, "SELECT count(*) FROM ledger_event WHERE action = 'set_published'")
    assert told == [(2,)]


def test_four_sets_of_a_scope_published_at_once_make_one_chain(
    composed: list[IndicatorSet], database: str, keys_dir: Path
) -> None:
    answers = at_once([(item, place) for place, item in enumerate(composed)], database, keys_dir)
    published = [answer for answer in answers if not answer.startswith("refused")]
    assert published
    for refusal in set(answers) - set(published):
        assert "Jam server mundur" in refusal  # a later moment was published first
    links = rows(database, "SELECT previous_id FROM indicators_publication")
    assert len(links) == len(set(links)) == len(published) + 1
