"""The published document: its canonical bytes, and a schema that lets nothing else through."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from core.canonical import sha256
from indicators.documents import (
    Decision,
    Entry,
    Heading,
    InvalidDocument,
    build,
    document_bytes,
    listed_in,
    read,
    require_valid,
    schema,
)
from indicators.scoring import KMK
from indicators.versioning import Listed
from tests.indicators.builders import provenance, record_content

# Whoever changes these bytes changes what every consumer pinned.
GOLDEN = "sha256:a036a2445bf8292bbd47b21e7c2adaea7478331282f1d8114561c02a8e7f2256"


def heading(**over: Any) -> Heading:
    fields: dict[str, Any] = {
        "scope_code": "kota",
        "scope_name": "Kota Contoh",
        "year": 2026,
        "period_from": date(2026, 1, 1),
        "period_until": date(2026, 12, 31),
        "version": "1.0.0",
        "previous": None,
        "replaces": None,
        "withdrawn": [],
        "published_at": datetime(2026, 11, 24, 7, 30, tzinfo=UTC),
        "effective_on": date(2026, 1, 1),
        "effective_until": None,
        "decision": Decision("700/14/2026", date(2026, 11, 23), "Wali Kota"),
        "transition_note": None,
        "profile": KMK,
    }
    return Heading(**(fields | over))


def entry(code: str = "KES-01", **over: Any) -> Entry:
    told = {**provenance(), "adopted_at": "2026-11-20T01:00:00.000000Z"}
    return Entry(Listed(record_content(code, **over), 1, Decimal("100.0000")), told)


def document(**over: Any) -> dict[str, Any]:
    return build(heading(**over), [entry()], [])


def test_the_bytes_of_a_known_document_stay() -> None:
    assert sha256(document_bytes(document())) == GOLDEN


def test_the_schema_is_a_schema_of_2020_12() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"].endswith("2020-12/schema")


def test_every_object_of_the_schema_is_closed() -> None:
    def objects(node: Any) -> Any:
        if isinstance(node, dict):
            if node.get("type") == "object":
                yield node
            for value in node.values():
                yield from objects(value)
        elif isinstance(node, list):
            for value in node:
                yield from objects(value)

    found = list(objects(schema()))
    assert len(found) > 10
    assert [node for node in found if "additionalProperties" not in node] == []


@pytest.mark.parametrize(
    "over",
    [
        {"previous": ("1.0.0", "sha256:" + "a" * 64), "replaces": "1.0.0", "version": "1.0.1"},
        {"withdrawn": [("1.0.0", "Salah lampiran.")]},
        {"effective_until": date(2026, 12, 31)},
        {"transition_note": (date(2026, 11, 24), "Dihitung ulang.")},
        {"decision": Decision("1", date(2026, 1, 1), "Wali Kota", "sha256:" + "b" * 64)},
    ],
)
def test_each_part_that_may_be_there_fits(over: dict[str, Any]) -> None:
    require_valid(document(**over))


def spoilt(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    copy = deepcopy(document())
    change(copy)
    return copy


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("previous"),
        lambda d: d.update(author="Nama Orang"),
        lambda d: d.update(version="1.0"),
        lambda d: d.update(version="01.0.0"),
        lambda d: d.update(published_at="2026-11-24"),
        lambda d: d.update(indicators=[]),
        lambda d: d["scope"].update(code="kota contoh"),
        lambda d: d["decision"].update(number=""),
        lambda d: d["decision"].update(name="Nama Orang"),
        lambda d: d["scoring_profile"].update(cap=120),
        lambda d: d["indicators"][0].update(target=80),
        lambda d: d["indicators"][0].update(target="80.0"),
        lambda d: d["indicators"][0].update(target="1e2"),
        lambda d: d["indicators"][0].update(weight_percent="-1"),
        lambda d: d["indicators"][0].update(level="iku"),
        lambda d: d["indicators"][0].update(proposer="Nama Orang"),
        lambda d: d["indicators"][0].pop("definition"),
        lambda d: d["indicators"][0]["provenance"].update(by="Nama Orang"),
        lambda d: d["indicators"][0]["provenance"]["poll"].update(turnout=3),
        lambda d: d["indicators"][0]["applies_to"].append({"unit": "x"}),
        lambda d: d["indicators"][0].update(ms_ind={"lain": "x"}),
        lambda d: d["changes"].append({"code": "KES-01"}),
    ],
)
def test_any_other_document_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(InvalidDocument):
        document_bytes(spoilt(change))


def test_a_refusal_names_the_place() -> None:
    wrong = spoilt(lambda d: d["indicators"][0].update(target=80))
    with pytest.raises(InvalidDocument, match=r"\$\.indicators\[0\]\.target"):
        document_bytes(wrong)


def test_what_was_published_is_read_back_as_it_was_listed() -> None:
    content = document_bytes(document())
    assert listed_in(read(content))["KES-01"] == Listed(record_content(), 1, Decimal(100))
