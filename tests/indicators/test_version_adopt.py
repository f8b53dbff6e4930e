"""Adoption: a code is one indicator for ever, its versions count up, its provenance is whole."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.verdict import Refused
from indicators.actions import version_adopt, versions_import_adopted
from indicators.documents import InvalidDocument
from indicators.models import Indicator, IndicatorVersion
from indicators.record import content_of
from ledger.models import Event
from tests.builders import Cast
from tests.indicators.builders import provenance, record_content

Adopt = Callable[..., IndicatorVersion]


def test_an_adopted_version_keeps_the_content_and_its_digest(adopt: Adopt) -> None:
    version = adopt()
    stored = IndicatorVersion.objects.get(pk=version.pk)
    assert content_of(stored) == record_content()
    assert (stored.number, stored.digest, stored.code) == (1, version.digest, "KES-01")


def test_adoption_is_told_in_the_ledger(adopt: Adopt, cast: Cast) -> None:
    version = adopt()
    event = Event.objects.get(action="indicator_adopted")
    assert event.actor == cast.head.pk
    assert event.subject == f"indicators.indicatorversion:{version.pk}"


def test_the_provenance_tells_when_it_was_adopted(adopt: Adopt) -> None:
    assert adopt().provenance["adopted_at"].endswith("Z")


def test_an_amendment_is_the_next_version_of_the_same_indicator(adopt: Adopt) -> None:
    first, second = adopt(), adopt(amends="KES-01", target="90")
    assert (second.number, second.indicator) == (2, first.indicator)


def test_a_code_is_never_given_to_another_indicator(adopt: Adopt) -> None:
    adopt()
    with pytest.raises(Refused, match="KES-01 sudah dipakai"):
        adopt(name="Indikator lain")
    assert IndicatorVersion.objects.count() == 1


def test_a_retired_code_is_not_given_again_either(adopt: Adopt) -> None:
    adopt()
    adopt(amends="KES-01", retires=True)
    for amends in ("", "KES-01"):
        with pytest.raises(Refused):
            adopt(amends=amends)


def test_an_amendment_cannot_change_the_code(cast: Cast, adopt: Adopt, now: datetime) -> None:
    adopt()
    with pytest.raises(Refused, match="tidak berubah"):
        version_adopt(
            actor=cast.head,
            content=record_content("KES-02"),
            provenance=provenance(),
            amends="KES-01",
            now=now,
        )


def test_what_is_amended_must_be_there(adopt: Adopt) -> None:
    with pytest.raises(Refused, match="tidak ada"):
        adopt(amends="KES-01")


def test_retiring_names_its_indicator(adopt: Adopt) -> None:
    with pytest.raises(Refused, match="menyebut kode"):
        adopt(retires=True)


@pytest.mark.parametrize("who", ["author", "outsider", "former_acting_head", "auditor"])
def test_only_a_head_or_an_importer_adopts(who: str, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused):
        version_adopt(
            actor=getattr(cast, who), content=record_content(), provenance=provenance(), now=now
        )
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(
    "over",
    [
        {"target": "-1", "polarity": "minimize"},
        {"worst_case": "0"},
        {"level": "XYZ"},
        {"code": "kes 01"},
        {"name": ""},
        {"targets": {"TW9": "1"}},
        {"definition": "\x00"},
        {"applies_to": [{"unit": "dinkes"}]},
    ],
)
def test_a_content_that_breaks_the_record_is_refused(over: dict[str, Any], adopt: Adopt) -> None:
    with pytest.raises(ValidationError):
        adopt(**over)
    assert not IndicatorVersion.objects.exists()


@pytest.mark.parametrize(
    "over",
    [
        {"decision": {"kind": "adopted"}},
        {"decision": {"kind": "adopted", "reason": "", "by": "Nama Orang"}},
        {"poll": {**provenance()["poll"], "voters": ["x"]}},
        {"poll": {**provenance()["poll"], "turnout": 4}},  # counts below five ballots
        {"dispositions": [{"kind": "objection"}]},
        {"author": "Nama Orang"},
    ],
)
def test_a_provenance_outside_its_schema_is_refused(
    over: dict[str, Any], cast: Cast, now: datetime
) -> None:
    with pytest.raises(InvalidDocument):
        version_adopt(
            actor=cast.head, content=record_content(), provenance=provenance(**over), now=now
        )


def test_counts_below_five_ballots_are_null(cast: Cast, now: datetime) -> None:
    counts = {"turnout": 4, "in_favour": None, "against": None, "abstained": None}
    told = provenance(poll=provenance()["poll"] | counts)
    assert version_adopt(
        actor=cast.head, content=record_content(), provenance=told, now=now
    ).provenance["poll"]["in_favour"] is None  # fmt: skip


def test_only_wording_can_be_marked_as_editorial(adopt: Adopt) -> None:
    adopt()
    assert adopt(amends="KES-01", definition="b", editorial=["definition"]).editorial_fields == [
        "definition"
    ]
    with pytest.raises(Refused, match="redaksi"):
        adopt(amends="KES-01", target="90", editorial=["target"])


# Import of what is in force already


def test_an_import_creates_amends_and_leaves_alone(cast: Cast, adopt: Adopt, now: datetime) -> None:
    adopt("KES-01")
    adopt("KES-02")
    report = versions_import_adopted(
        actor=cast.facilitator,
        contents=[
            record_content("KES-01"),
            record_content("KES-02", target="85"),
            record_content("KES-03"),
        ],
        decision_number="440/1/2026",
        now=now,
    )
    assert (report.unchanged, report.amended, report.created) == (
        ["KES-01"],
        ["KES-02"],
        ["KES-03"],
    )


def test_an_import_repeated_changes_nothing(cast: Cast, now: datetime) -> None:
    for _ in range(2):
        report = versions_import_adopted(
            actor=cast.facilitator,
            contents=[record_content("KES-01"), record_content("KES-02")],
            decision_number="440/1/2026",
            now=now,
        )
    assert report.unchanged == ["KES-01", "KES-02"]
    assert IndicatorVersion.objects.count() == 2


def test_an_import_names_its_decision(cast: Cast, now: datetime) -> None:
    versions_import_adopted(
        actor=cast.facilitator, contents=[record_content()], decision_number="440/1/2026", now=now
    )
    told = IndicatorVersion.objects.get().provenance
    assert told["decision"]["kind"] == "imported"
    assert "440/1/2026" in told["decision"]["reason"]
    assert told["poll"] is None


def test_an_import_is_all_or_nothing(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError):
        versions_import_adopted(
            actor=cast.facilitator,
            contents=[record_content("KES-01"), record_content("KES-02", level="XYZ")],
            decision_number="1",
            now=now,
        )
    assert not Indicator.objects.exists()
