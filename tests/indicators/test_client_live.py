"""The client of the scoring module against Martahi itself, over HTTP, on both engines."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django.live_server_helper import LiveServer

from core.canonical import instant_text
from indicators.actions import key_revoke, key_rotate
from indicators.client import Client, Refused
from indicators.models import IndicatorVersion, Publication
from tests.builders import Units

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]


@pytest.fixture
def client(live_server: LiveServer, tmp_path: Path) -> Client:
    return Client(tmp_path / "sets.sqlite3", live_server.url)


def versions(client: Client, scope: str = "kota") -> list[str]:
    return [item.version for item in client.versions(scope)]


def test_what_martahi_publishes_is_what_is_kept(
    client: Client, adopt: Adopt, publish: Publish, units: Units
) -> None:
    version = adopt()
    publish({version: 100}, scope=units.agency)
    made = [publish({version: 100}), publish({version: 100, adopt("KES-02"): 0})]
    assert client.sync("kota").new == ["1.0.0", "1.1.0"]
    assert [item.content for item in client.versions("kota")] == [item.content for item in made]
    assert client.sync("dinkes").new == ["1.0.0"]
    assert client.sync("kota").new == []
    made.append(publish({adopt(amends="KES-01", target="90"): 100}))
    assert client.sync("kota").new == ["2.0.0"]
    assert client.use("kota").content == made[-1].content
    assert versions(client) == ["1.0.0", "1.1.0", "2.0.0"]


def test_a_scope_without_sets_is_empty(client: Client, adopt: Adopt, publish: Publish) -> None:
    publish({adopt(): 100})
    assert client.sync("dinkes").newest is None


def test_nothing_is_sent_twice(
    client: Client, adopt: Adopt, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish({adopt(): 100})
    client.sync("kota")
    statuses: list[int] = []
    get = client._server().__class__.get

    def watched(self: Any, path: str, *, etag: str | None = None) -> Any:
        answer = get(self, path, etag=etag)
        statuses.append(answer.status)
        return answer

    monkeypatch.setattr("indicators.client.Server.get", watched)
    client.sync("kota")
    assert statuses == [304, 304, 304]


def test_after_a_rotation_the_new_key_is_trusted_by_hand(
    client: Client, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    version = adopt()
    publish({version: 100})
    client.sync("kota")
    key = key_rotate(actor=None, now=now)
    publish({version: 100}, now=now + timedelta(minutes=1))
    with pytest.raises(Refused) as refused:
        client.sync("kota")
    assert (refused.value.fault, key.kid in str(refused.value)) == ("wrong_key", True)
    assert versions(client) == ["1.0.0"]
    client.trust(key.kid)
    assert client.sync("kota").new == ["1.0.1"]


def test_after_a_revocation_the_same_sets_are_believed_by_a_new_signature(
    client: Client, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    publication = publish({adopt(): 100})
    client.sync("kota")
    before = client.versions("kota")
    done = key_revoke(actor=None, kid=publication.key_id, reason="compromised", now=now)
    with pytest.raises(Refused):
        client.sync("kota")
    assert client.versions("kota") == before
    assert "dicabut" in client.warnings("kota")[0]
    client.trust(done.active.kid)
    client.sync("kota")
    (after,) = client.versions("kota")
    assert (after.content, after.kid) == (publication.content, done.active.kid)
    assert client.warnings("kota") == []


def test_offline_the_client_finds_the_set_that_the_server_finds(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    """Both time axes and `major`, over sets that replace and withdraw each other."""
    source = random.Random(4)
    weights: dict[IndicatorVersion, str | int] = {adopt(): 100}
    made = []
    for number in range(7):
        if number in (2, 5):
            weights = {adopt(amends="KES-01", target=str(81 + number)): 100}
        start = date(2026, source.randrange(1, 10), 1)
        withdrawn = {}
        if number == 4:
            withdrawn = {"withdraws": made[-2].version, "withdrawal_reason": "Keliru."}
        made.append(
            publish(
                weights,
                effective_on=start,
                effective_until=source.choice([None, start + timedelta(days=60)]),
                **withdrawn,
            )
        )
    client.sync("kota")
    browser = Browser()
    found: set[str | None] = set()
    for publication in made:
        for month in (1, 3, 5, 7, 9, 11):
            for major in (None, 1, 2):
                moment, day = publication.published_at, date(2026, month, 15)
                query = {"effective_on": day, "known_at": instant_text(moment)}
                answer = browser.get(
                    "/api/v1/sets/kota/current", query | ({"major": major} if major else {})
                )
                told = answer.json()["version"] if answer.status_code == 200 else None
                try:
                    ours = client.use("kota", on=day, known_at=moment, major=major).version
                except Refused as refused:
                    ours = None if refused.fault == "none" else refused.fault
                assert ours == told, (query, major)
                found.add(told)
    assert len(found) > 4
