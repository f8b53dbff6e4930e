"""A score names the set that it used, and stays the same for ever (RELIABILITY 28)."""

import json
import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from indicators.models import IndicatorVersion, Publication
from indicators.scoring import exact, fixed, profile_of, total
from indicators.unit_scores import period_of, score_item

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]

ASKED = 200
SCALE = [["0", "0"], ["90", "100"], ["100", "120"]]
KINDS: dict[str, dict[str, Any]] = {
    "KES-01": {},
    "KES-02": {"target": "100", "target_is_max": True},
    "KES-03": {"polarity": "minimize", "target": "4"},
    "KES-04": {"polarity": "minimize", "target": "0", "worst_case": "12"},
    "KES-05": {"polarity": "stabilize", "target": "90", "stabilize_scale": SCALE},
    "KES-06": {
        **{"polarity": "stabilize", "target": "70", "target_range": ["60", "80"]},
        "stabilize_scale": SCALE,
    },
    "KES-07": {"period_consolidation": "sum", "targets": {"TW1": "20", "TW2": "25"}},
}
LATER: dict[str, dict[str, Any]] = {
    "KES-01": {"target": "95"},
    "KES-02": {"target": "97", "target_is_max": False},
    "KES-03": {"target": "2"},
    "KES-04": {"worst_case": "6"},
    "KES-05": {"target": "85", "stabilize_scale": [["0", "0"], ["90", "80"], ["100", "100"]]},
    "KES-06": {"target_range": ["64", "72"]},
    "KES-07": {"targets": {"TW1": "30", "TW2": "35"}, "period_consolidation": "average"},
}
WEIGHTS = dict(zip(KINDS, ["20", "15.5", "14.5", "10", "10", "10", "20"], strict=True))


@pytest.fixture
def asked() -> list[dict[str, Any]]:
    """Two hundred requests: some figures missing, some by quarter, in several periods."""
    source = random.Random(28)

    def figure() -> str:
        return str(Decimal(source.randrange(0, 1_400_000)).scaleb(-source.choice([2, 4])))

    def actuals() -> dict[str, Any]:
        told: dict[str, Any] = {code: figure() for code in KINDS if source.random() < 0.9}
        if source.random() < 0.5:
            told["KES-07"] = {"TW1": figure(), "TW2": figure()}
        return told

    return [
        {
            "scope": "kota",
            "unit": "puskesmas-latihan",
            "period": source.choice(["2026", "TW1", "TW2", "S1"]),
            "actuals": actuals(),
        }
        for _each in range(ASKED)
    ]


def scores(client: Client, asked: list[dict[str, Any]], version: str) -> list[dict[str, Any]]:
    answers = [
        client.post(
            "/api/v1/scores", {**one, "version": version}, content_type="application/json"
        ).json()
        for one in asked
    ]
    assert {answer["version"] for answer in answers} == {version}
    return answers


def test_old_scores_recompute_to_the_same_digits(
    asked: list[dict[str, Any]],
    client: Client,
    adopt: Adopt,
    publish: Publish,
    django_assert_num_queries: Any,
) -> None:
    first = publish({adopt(code, **over): WEIGHTS[code] for code, over in KINDS.items()})
    before = scores(client, asked, "1.0.0")
    assert {answer["digest"] for answer in before} == {first.digest}
    archived = first.content
    amended = {
        adopt(code, amends=code, **{**KINDS[code], **over}): WEIGHTS[code]
        for code, over in LATER.items()
    }
    second = publish(amended)
    assert scores(client, asked, "1.0.0") == before
    after = scores(client, asked, "2.0.0")
    assert {answer["digest"] for answer in after} == {second.digest}
    moved = [old for old, new in zip(before, after, strict=True) if old["total"] != new["total"]]
    assert len(moved) > ASKED * 0.8  # the control: by the new set they are others
    with django_assert_num_queries(0):
        for one, answer in zip(asked, before, strict=True):
            assert alone(archived, one) == {
                "scores": {item["code"]: item.get("unrounded") for item in answer["scores"]},
                "total": answer["total_unrounded"],
            }


def alone(archived: bytes, one: dict[str, Any]) -> dict[str, Any]:
    """The scores from the bytes of the set and nothing else: no database, no tree of units."""
    document = json.loads(archived)
    profile = profile_of(document)
    period = period_of(one["period"], year=document["period"]["year"])
    told: dict[str, Fraction | None] = {}
    for item in document["indicators"]:
        given = one["actuals"].get(item["code"])
        if isinstance(given, dict):
            actual: Any = {key: exact(value) for key, value in given.items()}
        else:
            actual = None if given is None else exact(given)
        told[item["code"]] = score_item(item, actual, period, profile=profile).exact
    weights = {item["code"]: exact(item["weight_percent"]) for item in document["indicators"]}
    mean = total((weights[code], score) for code, score in told.items()).exact
    return {
        "scores": {code: None if one is None else fixed(one, 10) for code, one in told.items()},
        "total": None if mean is None else fixed(mean, 10),
    }
