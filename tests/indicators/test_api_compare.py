"""What changed between two published versions, over HTTP (DESIGN 4.2)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from indicators.documents import read
from indicators.models import IndicatorVersion, Publication
from people.models import Unit
from tests.builders import Units

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]


def compared(client: Client, old: str, new: str, scope: str = "kota") -> dict[str, Any]:
    response = client.get(f"/api/v1/sets/{scope}/compare?from={old}&to={new}")
    assert response.status_code == 200, response.content
    told: dict[str, Any] = response.json()
    return told


@pytest.fixture
def line(adopt: Adopt, publish: Publish) -> list[Publication]:
    """1.0.0, then a target, then a wording that is confirmed as editorial, then an addition."""
    return [
        publish({adopt(): 100}),
        publish({(target := adopt(amends="KES-01", target="90")): 100}),
        publish({(worded := reworded(adopt, target)): 100}, editorial_confirmed=["KES-01"]),
        publish({worded: 100, adopt("KES-02"): 0}),
    ]


def reworded(adopt: Adopt, target: IndicatorVersion) -> IndicatorVersion:
    return adopt(
        amends="KES-01",
        target="90",
        definition="Balita sasaran yang ditimbang di posyandu atau di puskesmas tiap bulan.",
        editorial=["definition"],
    )


def test_the_versions_are_as_the_story_says(line: list[Publication]) -> None:
    assert [item.version for item in line] == ["1.0.0", "2.0.0", "2.0.1", "2.1.0"]


def test_neighbours_differ_as_the_newer_document_tells(
    client: Client, line: list[Publication]
) -> None:
    for old, new in zip(line, line[1:], strict=False):
        told = compared(client, old.version, new.version)
        assert [{k: v for k, v in item.items() if k != "name"} for item in told["changes"]] == (
            read(new.content)["changes"]
        )


def test_a_change_is_told_by_indicator_and_field_in_words(
    client: Client, line: list[Publication]
) -> None:
    told = compared(client, "1.0.0", "2.0.0")
    assert told == {
        "scope": "kota",
        "from": {"version": "1.0.0", "digest": line[0].digest},
        "to": {"version": "2.0.0", "digest": line[1].digest},
        "effect": "major",
        "changes": [
            {
                "code": "KES-01",
                "name": "Persentase balita yang ditimbang setiap bulan",
                "kind": "field",
                "field": "target",
                "effect": "major",
                "editorial": False,
                "from": "80 persen",
                "to": "90 persen",
                "sentence": "target 80 → 90 persen",
            }
        ],
    }


def test_editorial_marks_are_kept_over_several_versions(
    client: Client, line: list[Publication]
) -> None:
    told = compared(client, "2.0.0", "2.1.0")
    assert told["effect"] == "minor"
    assert [(c["kind"], c["field"], c["editorial"]) for c in told["changes"]] == [
        ("field", "definition", True),
        ("added", None, False),
    ]
    whole = compared(client, "1.0.0", "2.1.0")
    assert (whole["effect"], len(whole["changes"])) == ("major", 3)


def test_a_wording_that_nobody_confirmed_is_no_wording(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    first = adopt()
    publish({first: 100})
    publish({reworded(adopt, first): 100})
    told = compared(client, "1.0.0", "2.0.0")
    assert [(c["field"], c["effect"]) for c in told["changes"] if c["field"] == "definition"] == [
        ("definition", "major")
    ]


def test_backwards_it_is_the_same_story(client: Client, line: list[Publication]) -> None:
    told = compared(client, "2.1.0", "2.0.0")
    assert [(c["kind"], c["editorial"]) for c in told["changes"]] == [
        ("field", True),
        ("removed", False),
    ]


def test_a_version_does_not_differ_from_itself(client: Client, line: list[Publication]) -> None:
    told = compared(client, "2.0.0", "2.0.0")
    assert (told["effect"], told["changes"]) == (None, [])


def test_years_that_do_not_replace_each_other_compare_too(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    publish({adopt(): 100})
    publish(
        {adopt(amends="KES-01", target="95"): 100},
        year=2027,
        period_from=date(2027, 1, 1),
        period_until=date(2027, 12, 31),
        effective_on=date(2027, 1, 1),
    )
    told = compared(client, "1.0.0", "2.0.0")
    assert [c["sentence"] for c in told["changes"]] == ["target 80 → 95 persen"]


def test_units_have_the_names_of_their_time(
    client: Client, adopt: Adopt, publish: Publish, units: Units
) -> None:
    publish({adopt(): 100})
    publish({adopt(amends="KES-01", owner_unit="dinkes"): 100})
    Unit.objects.filter(code="puskesmas-latihan").update(name="Nama Baru")
    (change,) = compared(client, "1.0.0", "1.0.1")["changes"]
    assert change["from"] == "Puskesmas Latihan"


def test_it_speaks_indonesian_whatever_the_reader_reads(
    client: Client, line: list[Publication]
) -> None:
    client.cookies["django_language"] = "en"
    response = client.get("/api/v1/sets/kota/compare?from=1.0.0&to=2.0.0")
    assert response.json()["changes"][0]["sentence"] == "target 80 → 90 persen"
    assert response.headers["Content-Language"] == "id"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=1.0.0&to=9.9.9", 404),
        ("from=9.9.9&to=1.0.0", 404),
        ("from=1.0.0", 422),
        ("", 422),
        ("from=satu&to=dua", 422),
        ("from=1.0.0&to=1.0", 422),
    ],
)
def test_what_cannot_be_compared_is_a_problem(
    query: str, status: int, client: Client, line: list[Publication]
) -> None:
    response = client.get(f"/api/v1/sets/kota/compare?{query}")
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
