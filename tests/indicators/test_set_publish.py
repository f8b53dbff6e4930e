"""Drafting, composing and publishing: two people, one chain, one publication a set."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.canonical import canonical_bytes, sha256
from core.verdict import Refused
from indicators import signing
from indicators.actions import (
    Weight,
    set_change,
    set_compose,
    set_draft,
    set_publish,
    set_return,
)
from indicators.documents import read, require_valid
from indicators.models import IndicatorSet, IndicatorVersion, Publication
from ledger.models import Event
from tests.builders import Cast, Units, build_appointment
from tests.indicators.builders import (
    decision,
    details,
    draft_set,
    later,
)

Adopt = Callable[..., IndicatorVersion]
Draft = Callable[..., IndicatorSet]
Publish = Callable[..., Publication]


@pytest.fixture
def composed(adopt: Adopt, draft: Draft, cast: Cast, now: datetime) -> IndicatorSet:
    return set_compose(actor=cast.facilitator, indicator_set=draft({adopt(): 100}), now=now)


# The document


def test_the_document_holds_exactly_the_keys_of_the_design(adopt: Adopt, publish: Publish) -> None:
    document = read(publish({adopt(): 100}).content)
    assert set(document) == {
        *("schema", "scope", "period", "version", "previous", "replaces", "withdrawn"),
        *("published_at", "effective_on", "effective_until", "decision", "transition_note"),
        *("scoring_profile", "indicators", "changes"),
    }
    require_valid(document)


def test_the_stored_bytes_are_canonical_digested_and_signed(adopt: Adopt, publish: Publish) -> None:
    publication = Publication.objects.select_related("key").get(pk=publish({adopt(): 100}).pk)
    assert canonical_bytes(read(publication.content)) == publication.content
    assert publication.digest == sha256(publication.content)
    assert signing.is_signed(publication.key.x, publication.signature, publication.content)


def test_indicators_are_sorted_by_code(adopt: Adopt, publish: Publish) -> None:
    versions = {adopt(code): weight for code, weight in [("UMU-01", 0), ("DIK-01", 0)]}
    document = read(publish({**versions, adopt("KES-01"): 100}).content)
    assert [item["code"] for item in document["indicators"]] == ["DIK-01", "KES-01", "UMU-01"]


def test_no_person_is_named(adopt: Adopt, publish: Publish, cast: Cast) -> None:
    text = publish({adopt(): 100}).content.decode()
    for person in cast.everyone().values():
        assert person.name not in text
        assert person.nip not in text
        assert str(person.pk) not in text


def test_a_name_in_what_was_typed_is_refused(
    composed: IndicatorSet, cast: Cast, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="bukan nama orang"):
        set_publish(
            actor=cast.publisher,
            indicator_set=composed,
            decision=decision(by_office=f"Wali Kota {cast.head.name}"),
            now=now,
        )
    assert not Publication.objects.exists()


def test_each_publication_names_the_one_before(adopt: Adopt, publish: Publish) -> None:
    version = adopt()
    first = publish({version: 100})
    second = publish({version: 100, adopt("KES-02"): 0})
    assert read(first.content)["previous"] is None
    assert read(second.content)["previous"] == {"version": "1.0.0", "digest": first.digest}
    assert (second.replaces, second.version) == (first, "1.1.0")


def test_the_chain_runs_on_over_a_new_period(adopt: Adopt, publish: Publish) -> None:
    version = adopt()
    first = publish({version: 100})
    following = publish(
        {version: 100},
        year=2027,
        period_from=date(2027, 1, 1),
        period_until=date(2027, 12, 31),
        effective_on=date(2027, 1, 1),
    )
    document = read(following.content)
    assert (document["version"], document["replaces"], document["changes"]) == ("2.0.0", None, [])
    assert document["previous"]["digest"] == first.digest


def test_each_scope_has_a_chain_of_its_own(adopt: Adopt, publish: Publish, units: Units) -> None:
    version = adopt()
    assert publish({version: 100}).version == "1.0.0"
    agency = publish({version: 100}, scope=units.agency)
    assert (agency.version, agency.previous) == ("1.0.0", None)


def test_changes_are_told_in_indonesian_to_an_english_reader(
    adopt: Adopt, publish: Publish, settings: Any
) -> None:
    from django.utils import translation

    publish({adopt(): 100})
    with translation.override("en"):
        second = publish({adopt(amends="KES-01", target="90"): 100})
    assert read(second.content)["changes"][0]["sentence"] == "target 80 → 90 persen"


def test_a_withdrawal_is_told_with_its_reason(adopt: Adopt, publish: Publish) -> None:
    version = adopt()
    publish({version: 100})
    second = publish({version: 100}, withdraws="1.0.0", withdrawal_reason="Salah lampiran.")
    told = [{"version": "1.0.0", "reason": "Salah lampiran."}]
    assert read(second.content)["withdrawn"] == told


def test_publication_is_told_in_the_ledger(adopt: Adopt, publish: Publish, cast: Cast) -> None:
    publication = publish({adopt(): 100})
    event = Event.objects.get(action="set_published")
    assert event.actor == cast.publisher.pk
    assert publication.digest in event.content.body


def test_the_units_are_kept_as_they_were(adopt: Adopt, publish: Publish, units: Units) -> None:
    publication = publish({adopt(): 100})
    units.unit.name = "Puskesmas Lain"
    units.unit.save()
    kept = Publication.objects.get(pk=publication.pk).units
    assert kept["puskesmas-latihan"]["name"] == "Puskesmas Latihan"


# Who


@pytest.mark.parametrize(
    "who", ["facilitator", "author", "head", "auditor", "administrator", "outsider"]
)
def test_only_the_publisher_publishes(
    who: str, composed: IndicatorSet, cast: Cast, now: datetime
) -> None:
    with pytest.raises(Refused):
        set_publish(actor=getattr(cast, who), indicator_set=composed, decision=decision(), now=now)
    assert not Publication.objects.exists()


def test_who_composed_does_not_publish(
    adopt: Adopt, cast: Cast, units: Units, now: datetime
) -> None:
    build_appointment(cast.facilitator, "publisher")
    drafted = draft_set(
        facilitator=cast.facilitator, scope=units.city, weights={adopt(): 100}, now=now
    )
    composed = set_compose(actor=cast.facilitator, indicator_set=drafted, now=now)
    with pytest.raises(Refused, match="orang lain yang harus"):
        set_publish(actor=cast.facilitator, indicator_set=composed, decision=decision(), now=now)


@pytest.mark.parametrize("who", ["publisher", "author", "head", "auditor", "administrator"])
def test_only_a_facilitator_drafts(who: str, cast: Cast, units: Units, now: datetime) -> None:
    with pytest.raises(Refused):
        set_draft(
            actor=getattr(cast, who),
            scope=units.city,
            details=details(),
            submission=uuid.uuid4(),
            now=now,
        )


def test_a_draft_is_not_published(adopt: Adopt, draft: Draft, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="belum menyerahkan"):
        set_publish(
            actor=cast.publisher, indicator_set=draft({adopt(): 100}), decision=decision(), now=now
        )


def test_a_composed_set_is_not_changed(composed: IndicatorSet, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="sudah diserahkan"):
        set_change(
            actor=cast.facilitator,
            indicator_set=composed,
            details=details(),
            entries={},
            now=now,
        )
    assert composed.entries.count() == 1


def test_an_incomplete_set_is_not_handed_over(
    adopt: Adopt, draft: Draft, cast: Cast, now: datetime
) -> None:
    indicator_set = draft({adopt(): 90})
    with pytest.raises(Refused, match="seharusnya tepat 100"):
        set_compose(actor=cast.facilitator, indicator_set=indicator_set, now=now)
    indicator_set.refresh_from_db()
    assert indicator_set.state == "draft"


def test_a_set_that_became_incomplete_is_not_published(
    adopt: Adopt, composed: IndicatorSet, cast: Cast, now: datetime
) -> None:
    adopt(amends="KES-01", retires=True)
    with pytest.raises(Refused, match="sudah dicabut"):
        set_publish(actor=cast.publisher, indicator_set=composed, decision=decision(), now=now)


@pytest.mark.parametrize("who", ["publisher", "facilitator"])
def test_a_composed_set_may_go_back(
    who: str, composed: IndicatorSet, cast: Cast, now: datetime
) -> None:
    returned = set_return(
        actor=getattr(cast, who), indicator_set=composed, reason="Bobot KES-01.", now=now
    )
    assert (returned.state, returned.return_reason) == ("draft", "Bobot KES-01.")


def test_a_published_set_does_not_go_back(
    adopt: Adopt, publish: Publish, cast: Cast, now: datetime
) -> None:
    publication = publish({adopt(): 100})
    with pytest.raises(Refused):
        set_return(actor=cast.publisher, indicator_set=publication.set, reason="Maaf.", now=now)


# Drafting


def test_a_repeated_submission_makes_one_draft(cast: Cast, units: Units, now: datetime) -> None:
    submission = uuid.uuid4()
    made = {
        set_draft(
            actor=cast.facilitator,
            scope=units.city,
            details=details(),
            submission=submission,
            now=now,
        ).pk
        for _ in range(2)
    }
    assert len(made) == IndicatorSet.objects.count() == 1


def test_a_draft_begins_with_the_newest_set_of_the_scope(
    adopt: Adopt, publish: Publish, cast: Cast, units: Units, now: datetime
) -> None:
    publish({adopt("KES-01"): 100, adopt("KES-02"): 0, adopt("KES-03"): 0})
    newer = adopt("KES-02", amends="KES-02", target="90")
    adopt("KES-03", amends="KES-03", retires=True)
    begun = set_draft(
        actor=cast.facilitator,
        scope=units.city,
        details=details(),
        submission=uuid.uuid4(),
        now=now,
    )
    weights = {entry.version: entry.weight_percent for entry in begun.entries.all()}
    assert {version.code: weight for version, weight in weights.items()} == {
        "KES-01": Decimal(100),
        "KES-02": Decimal(0),
    }
    assert newer in weights


@pytest.mark.parametrize("percent", ["-1", "100.0001", "1000"])
def test_a_weight_lies_between_0_and_100(
    percent: str, adopt: Adopt, draft: Draft, cast: Cast, now: datetime
) -> None:
    version = adopt()
    indicator_set = draft({version: 100})
    with pytest.raises(ValidationError):
        set_change(
            actor=cast.facilitator,
            indicator_set=indicator_set,
            details=details(),
            entries={version.pk: Weight(Decimal(percent))},
            now=now,
        )
    assert indicator_set.entries.get().weight_percent == 100


@pytest.mark.parametrize(
    "over",
    [
        {"period_until": date(2025, 1, 1)},
        {"effective_until": date(2025, 1, 1)},
        {"transition_note": "x", "transition_on": None},
        {"withdraws": "1.0.0", "withdrawal_reason": ""},
        {"year": 1999},
    ],
)
def test_dates_out_of_order_are_refused(over: dict[str, Any], draft: Draft) -> None:
    with pytest.raises(ValidationError):
        draft({}, **over)


# Publishing twice


def test_publishing_twice_returns_the_first_publication(
    composed: IndicatorSet, cast: Cast, now: datetime
) -> None:
    made = {
        set_publish(
            actor=cast.publisher,
            indicator_set=composed,
            decision=decision(),
            now=later(now, minutes),
        ).pk
        for minutes in range(2)
    }
    assert len(made) == Publication.objects.count() == 1
    assert Event.objects.filter(action="set_published").count() == 1


def test_publication_stops_if_another_version_would_come_out(
    composed: IndicatorSet, cast: Cast, now: datetime
) -> None:
    with pytest.raises(Refused, match="kini 1.0.0, bukan 2.0.0"):
        set_publish(
            actor=cast.publisher,
            indicator_set=composed,
            decision=decision(),
            expected_version="2.0.0",
            now=now,
        )


def test_a_clock_that_went_back_publishes_nothing(
    adopt: Adopt, publish: Publish, now: datetime
) -> None:
    version = adopt()
    publish({version: 100}, now=now)
    with pytest.raises(Refused, match="Jam server mundur"):
        publish({version: 100}, now=later(now, -5))
