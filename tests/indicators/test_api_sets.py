"""Published sets over HTTP, header by header (DESIGN 4.2)."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from core.canonical import instant_text
from indicators import signing
from indicators.actions import key_revoke, key_rotate
from indicators.models import IndicatorVersion, Publication
from tests.builders import Units

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]
PROBLEM = "application/problem+json"


@pytest.fixture
def published(adopt: Adopt, publish: Publish) -> Publication:
    return publish({adopt(): 100})


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["Content-Type"] == PROBLEM
    told: dict[str, Any] = json.loads(response.content)
    assert told["status"] == status
    assert {"type", "title", "detail"} <= set(told)
    return told


# The list


def test_the_list_tells_each_set_as_the_design_says(client: Client, published: Publication) -> None:
    response = client.get("/api/v1/sets")
    assert response.json() == {
        "items": [
            {
                "scope": "kota",
                "scope_name": "Kota Contoh",
                "version": "1.0.0",
                "digest": published.digest,
                "published_at": instant_text(published.published_at),
                "effective_on": "2026-01-01",
                "effective_until": None,
                "url": "/api/v1/sets/kota/1.0.0",
            }
        ],
        "count": 1,
    }
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_the_url_of_a_set_leads_to_its_bytes(client: Client, published: Publication) -> None:
    url = client.get("/api/v1/sets").json()["items"][0]["url"]
    assert client.get(url).content == published.content


def test_the_list_is_newest_first_and_can_be_narrowed(
    client: Client, adopt: Adopt, publish: Publish, units: Units
) -> None:
    version = adopt()
    publish({version: 100})
    publish({version: 100}, scope=units.agency)
    publish({version: 100, adopt("KES-02"): 0})
    found = [
        (item["scope"], item["version"]) for item in client.get("/api/v1/sets").json()["items"]
    ]
    assert found == [("kota", "1.1.0"), ("dinkes", "1.0.0"), ("kota", "1.0.0")]
    narrowed = client.get("/api/v1/sets?scope=dinkes").json()
    assert (narrowed["count"], narrowed["items"][0]["scope"]) == (1, "dinkes")
    assert client.get("/api/v1/sets?scope=tidak-ada").json() == {"items": [], "count": 0}


def test_the_whole_list_costs_the_same_queries_however_long(
    client: Client, adopt: Adopt, publish: Publish, django_assert_num_queries: Any
) -> None:
    version = adopt()
    for _ in range(4):
        publish({version: 100})
        with django_assert_num_queries(1):
            client.get("/api/v1/sets")


# One version


def test_a_pinned_version_is_served_byte_for_byte_with_its_headers(
    client: Client, published: Publication
) -> None:
    response = client.get("/api/v1/sets/kota/1.0.0")
    digest = hashlib.sha256(response.content)
    assert response.status_code == 200
    assert response.content == published.content
    assert published.digest == f"sha256:{digest.hexdigest()}"
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["ETag"] == f'"sha256:{digest.hexdigest()}"'
    encoded = base64.b64encode(digest.digest()).decode()
    assert response.headers["Repr-Digest"] == f"sha-256=:{encoded}:"
    cached = "public, max-age=31536000, immutable, no-transform"
    assert response.headers["Cache-Control"] == cached
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Location" not in response.headers
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("tag", ["{}", "*", '"lain", {}', "W/{}"])
def test_a_known_version_is_answered_304(tag: str, client: Client, published: Publication) -> None:
    wanted = tag.format(f'"{published.digest}"')
    response = client.get("/api/v1/sets/kota/1.0.0", headers={"If-None-Match": wanted})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == f'"{published.digest}"'
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_another_tag_gets_the_bytes(client: Client, published: Publication) -> None:
    response = client.get("/api/v1/sets/kota/1.0.0", headers={"If-None-Match": '"sha256:lain"'})
    assert response.status_code == 200


def test_a_head_has_the_headers_of_a_get(client: Client, published: Publication) -> None:
    response = client.head("/api/v1/sets/kota/1.0.0")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == str(len(published.content))
    assert response.headers["ETag"] == f'"{published.digest}"'


def test_the_signature_verifies_with_the_published_key(
    client: Client, published: Publication
) -> None:
    told = client.get("/api/v1/sets/kota/1.0.0/signature").json()
    assert told["alg"] == "EdDSA"
    keys = client.get("/.well-known/martahi-keys.json").json()["keys"]
    (key,) = [key for key in keys if key["kid"] == told["kid"]]
    assert (key["kty"], key["crv"]) == ("OKP", "Ed25519")
    body = client.get("/api/v1/sets/kota/1.0.0").content
    assert signing.is_signed(key["x"], told["signature"], body)
    assert not signing.is_signed(key["x"], told["signature"], body + b" ")


def test_retired_keys_stay_published(client: Client, published: Publication, now: datetime) -> None:
    key_rotate(actor=None, now=now)
    response = client.get("/.well-known/martahi-keys.json")
    assert len(response.json()["keys"]) == 2
    assert "d" not in response.json()["keys"][0]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_the_signature_of_a_revoked_key_is_replaced(
    client: Client, published: Publication, now: datetime
) -> None:
    url = "/api/v1/sets/kota/1.0.0/signature"
    tag = client.get(url).headers["ETag"]
    done = key_revoke(actor=None, kid=published.key_id, reason="compromised", now=now)
    response = client.get(url, headers={"If-None-Match": tag})
    assert response.json()["kid"] == done.active.kid
    assert "immutable" not in response.headers["Cache-Control"]
    keys = {k["kid"]: k for k in client.get("/.well-known/martahi-keys.json").json()["keys"]}
    assert keys[published.key_id]["revoked"] == {
        "revoked_at": int(now.timestamp()),
        "reason": "compromised",
    }
    assert "revoked" not in keys[done.active.kid]
    assert "exp" not in keys[done.active.kid]
    assert keys[published.key_id]["exp"] >= now.timestamp()


OPEN_READS = [
    *("/api/v1/sets", "/api/v1/sets/kota/current", "/api/v1/sets/kota/1.0.0"),
    *("/api/v1/sets/kota/1.0.0/signature", "/api/v1/sets/kota/compare?from=1.0.0&to=1.0.0"),
    *("/api/v1/schema/indicator-set", "/.well-known/martahi-keys.json", "/feeds/sets.atom"),
]


@pytest.mark.parametrize("url", OPEN_READS)
def test_each_open_read_knows_its_etag(url: str, client: Client, published: Publication) -> None:
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(url, headers={"If-None-Match": '"lain"'}).content == first.content


@pytest.mark.parametrize("url", OPEN_READS)
def test_a_browser_may_read_from_every_origin_and_only_read(
    url: str, client: Client, published: Publication
) -> None:
    asking = {"Origin": "https://lain.example", "Access-Control-Request-Method": "GET"}
    response = client.options(url, headers=asking)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert client.options(url).status_code == 405


def test_the_schema_is_served_and_every_document_fits(
    client: Client, published: Publication
) -> None:
    response = client.get("/api/v1/schema/indicator-set")
    assert response.headers["Content-Type"] == "application/schema+json"
    Draft202012Validator(response.json()).validate(client.get("/api/v1/sets/kota/1.0.0").json())


# The set in force


def current(client: Client, **query: object) -> Any:
    return client.get(f"/api/v1/sets/kota/current?{urlencode(query)}")


def test_the_set_in_force_is_the_same_bytes_under_a_short_cache(
    client: Client, published: Publication
) -> None:
    response = current(client, effective_on="2026-06-30")
    assert response.content == published.content
    assert response.headers["Content-Location"] == "/api/v1/sets/kota/1.0.0"
    assert response.headers["ETag"] == f'"{published.digest}"'
    assert response.headers["Cache-Control"] == "public, max-age=60, no-transform"


def test_without_a_date_it_is_the_set_of_today(client: Client, published: Publication) -> None:
    assert client.get("/api/v1/sets/kota/current").status_code == 200


@pytest.mark.parametrize("day", ["2025-12-31", "2000-01-01"])
def test_before_a_set_takes_effect_there_is_none(
    day: str, client: Client, published: Publication
) -> None:
    problem(current(client, effective_on=day), 404)


def test_the_last_day_still_counts(client: Client, adopt: Adopt, publish: Publish) -> None:
    publish({adopt(): 100}, effective_until=date(2026, 6, 30))
    assert current(client, effective_on="2026-06-30").status_code == 200
    problem(current(client, effective_on="2026-07-01"), 404)


def test_what_was_not_published_yet_was_not_known(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    version = adopt()
    first = publish({version: 100})
    second = publish({version: 100, adopt("KES-02"): 0})
    before = second.published_at - timedelta(seconds=1)
    assert current(client, known_at=second.published_at.isoformat()).json()["version"] == "1.1.0"
    assert current(client, known_at=before.isoformat()).json()["version"] == "1.0.0"
    early = first.published_at - timedelta(seconds=1)
    problem(current(client, known_at=early.isoformat()), 404)


def test_a_replacement_counts_from_the_day_it_takes_effect(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    version = adopt()
    publish({version: 100})
    publish({version: 100, adopt("KES-02"): 0}, effective_on=date(2026, 7, 1))
    assert current(client, effective_on="2026-06-30").json()["version"] == "1.0.0"
    assert current(client, effective_on="2026-07-01").json()["version"] == "1.1.0"


def test_a_withdrawn_set_is_not_in_force(client: Client, adopt: Adopt, publish: Publish) -> None:
    version = adopt()
    publish({version: 100})
    publish({version: 100, adopt("KES-02"): 0})
    publish({version: 100}, withdraws="1.1.0", withdrawal_reason="Salah.", year=2027,
            period_from=date(2026, 1, 1))  # fmt: skip
    assert current(client, effective_on="2026-06-30").json()["version"] != "1.1.0"


def test_a_major_can_be_asked_for(client: Client, adopt: Adopt, publish: Publish) -> None:
    version = adopt()
    publish({version: 100})
    publish({version: 100, adopt("KES-02"): 0})
    publish({adopt(amends="KES-01", target="90"): 100})
    assert current(client).json()["version"] == "2.0.0"
    assert current(client, major=1).json()["version"] == "1.1.0"
    problem(current(client, major=3), 404)


def test_an_unescaped_plus_in_a_time_is_understood(client: Client, published: Publication) -> None:
    url = "/api/v1/sets/kota/current?known_at=2099-01-01T00:00:00+07:00"
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"effective_on": "kemarin"},
        {"effective_on": "2026-02-30"},
        {"effective_on": "20260101"},
        {"known_at": "2026-01-01T00:00:00"},  # no zone
        {"known_at": "1767225600"},
        {"known_at": "0001-01-01T00:00:00+23:59"},
        {"major": "0"},
        {"major": "satu"},
        {"major": str(10**30)},
    ],
)
def test_what_cannot_be_read_is_a_problem_that_names_its_place(
    query: dict[str, str], client: Client, published: Publication
) -> None:
    told = problem(current(client, **query), 422)
    assert told["errors"][0]["place"] == f"query.{next(iter(query))}"


# What is not there


@pytest.mark.parametrize(
    "path",
    [
        *("sets/kota/9.9.9", "sets/tidak-ada/1.0.0", "sets/tidak-ada/current"),
        *("sets/kota/9.9.9/signature", "apa-saja", "", "sets/", "sets/kota", "sets/kota/1.0.0/"),
    ],
)
def test_what_is_not_there_is_a_problem(path: str, client: Client, published: Publication) -> None:
    response = client.get(f"/api/v1/{path}")
    problem(response, 404)
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        *("sets/kota/satu", "sets/kota/01.0.0.0", "sets/%00/1.0.0", "sets/%0A/1.0.0"),
        *("polls/%06%0A/ballots", "%0A", "a%0Ab/", "sets/kota/1.0.0%0A", "%ff%0d%0a"),
    ],
)
def test_an_address_that_cannot_be_read_is_a_problem(path: str, client: Client, db: None) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code in (404, 422)
    assert response.headers["Content-Type"] == PROBLEM


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_another_method_is_a_problem_that_says_which_is_allowed(
    method: str, client: Client, published: Publication
) -> None:
    response = getattr(client, method)("/api/v1/sets/kota/1.0.0")
    problem(response, 405)
    assert "GET" in response.headers["Allow"]


def test_a_failure_is_a_problem_too(client: Client, db: None, monkeypatch: Any) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("rusak")

    monkeypatch.setattr("indicators.models.Publication.objects.light", broken)
    told = problem(client.get("/api/v1/sets"), 500)
    assert "rusak" not in told["detail"]


# The description


def test_the_description_is_openapi_3_1(client: Client, db: None) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        *("/api/v1/sets", "/api/v1/sets/{scope}/{version}", "/api/v1/sets/{scope}/current"),
        *("/api/v1/sets/{scope}/{version}/signature", "/api/v1/schema/indicator-set"),
        "/api/v1/sets/{scope}/compare",
        *("/api/v1/scores", "/api/v1/scores/preview"),
        *("/api/v1/polls/{poll}", "/api/v1/polls/{poll}/ballots"),
    }


def test_the_page_needs_no_script_and_nothing_from_elsewhere(client: Client, db: None) -> None:
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert b"/api/v1/scores/preview" in page.content
    assert b"cdn" not in page.content
    assert b"<script>" not in page.content


# What a process keeps


def test_a_pinned_set_is_served_again_without_a_query(
    client: Client, published: Publication, django_assert_num_queries: Any
) -> None:
    first = client.get("/api/v1/sets/kota/1.0.0")
    with django_assert_num_queries(0):
        again = client.get("/api/v1/sets/kota/1.0.0")
        unchanged = client.get(
            "/api/v1/sets/kota/1.0.0", headers={"If-None-Match": first.headers["ETag"]}
        )
    assert again.content == first.content == published.content
    assert again.headers == first.headers
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_a_version_that_is_not_there_is_asked_for_again(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    indicator = adopt()
    assert client.get("/api/v1/sets/kota/1.0.0").status_code == 404
    published = publish({indicator: 100})
    assert client.get("/api/v1/sets/kota/1.0.0").content == published.content


def test_the_set_in_force_is_looked_up_without_its_bytes(
    client: Client, published: Publication, django_assert_num_queries: Any
) -> None:
    client.get("/api/v1/sets/kota/1.0.0")
    with django_assert_num_queries(1) as asked:
        assert client.get("/api/v1/sets/kota/current").content == published.content
    assert '"document"' not in asked.captured_queries[0]["sql"]
