"""Weights by voters: handed in, taken into a draft, kept beside what is set, and published."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from core.verdict import Refused
from indicators.actions import (
    AdviceSource,
    Advised,
    Weight,
    set_change,
    set_compose,
    set_draft,
    set_publish,
    set_weights_take,
    weights_advise,
)
from indicators.documents import read
from indicators.models import (
    AdvisedWeight,
    IndicatorSet,
    IndicatorVersion,
    Publication,
    SetEntry,
    WeightAdvice,
)
from indicators.verify import mismatches
from people.models import Person, Unit
from tests.builders import Cast, Units
from tests.indicators.builders import decision, details, later

Adopt = Callable[..., IndicatorVersion]
Draft = Callable[..., IndicatorSet]
ClientOf = Callable[[Person], Client]

HASH = "sha256:" + "ab" * 32
SHARES = {"KES-01": ("50", "62.5"), "KES-02": ("30", "37.5")}


def advise(
    scope: Unit, weights: dict[IndicatorVersion, tuple[str, str]], now: datetime, **over: Any
) -> WeightAdvice:
    source = {
        "key": uuid4(),
        "scope": scope,
        "title": "Bobot indikator Puskesmas Latihan",
        "url": "/polls/1/",
        "result_hash": HASH,
        "sealed_at": now,
        **over,
    }
    told = [
        Advised(version, Decimal(median), Decimal(weight))
        for version, (median, weight) in weights.items()
    ]
    return weights_advise(actor=None, source=AdviceSource(**source), weights=told, now=now)


@pytest.fixture
def versions(adopt: Adopt) -> list[IndicatorVersion]:
    return [adopt(code) for code in SHARES]


@pytest.fixture
def advice(versions: list[IndicatorVersion], units: Units, now: datetime) -> WeightAdvice:
    return advise(units.unit, {each: SHARES[each.code] for each in versions}, now)


@pytest.fixture
def taken(
    draft: Draft,
    adopt: Adopt,
    versions: list[IndicatorVersion],
    advice: WeightAdvice,
    cast: Cast,
    now: datetime,
) -> IndicatorSet:
    """A draft that took the weights; a watched indicator stands beside them."""
    indicator_set = draft({versions[0]: 100, adopt("KES-09"): 0})
    return set_weights_take(
        actor=cast.facilitator, indicator_set=indicator_set, advice=advice, now=now
    )


def change(
    indicator_set: IndicatorSet, cast: Cast, now: datetime, weights: dict[str, Weight]
) -> IndicatorSet:
    versions = {version.code: version.pk for version in IndicatorVersion.objects.in_use()}
    return set_change(
        actor=cast.facilitator,
        indicator_set=indicator_set,
        details=details(),
        entries={versions[code]: weight for code, weight in weights.items()},
        now=now,
    )


def weights_of(indicator_set: IndicatorSet) -> dict[str, Decimal]:
    return {
        entry.version.code: entry.weight_percent
        for entry in indicator_set.entries.select_related("version")
    }


# Handed in


def test_the_same_poll_advises_once(
    advice: WeightAdvice, versions: list[IndicatorVersion], units: Units, now: datetime
) -> None:
    again = advise(units.unit, {versions[0]: ("1", "100")}, now, key=advice.pk)
    assert again == advice
    assert AdvisedWeight.objects.count() == 2


@pytest.mark.parametrize("second", ["37.4999", "38", "0"])
def test_what_does_not_sum_to_100_is_no_advice(
    second: str, versions: list[IndicatorVersion], units: Units, now: datetime
) -> None:
    shares = {versions[0]: ("50", "62.5"), versions[1]: ("30", second)}
    with pytest.raises(ValidationError, match="tepat 100"):
        advise(units.unit, shares, now)
    assert not WeightAdvice.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE indicators_advisedweight SET weight_percent = 1",
        "DELETE FROM indicators_advisedweight",
        "UPDATE indicators_weightadvice SET result_hash = 'sha256:0'",
        "DELETE FROM indicators_weightadvice",
    ],
)
def test_what_voters_gave_is_written_once(statement: str, advice: WeightAdvice) -> None:
    with (
        pytest.raises(DatabaseError, match="refused"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


# Taken


def test_taking_puts_the_weights_in_and_leaves_the_others(taken: IndicatorSet) -> None:
    assert weights_of(taken) == {"KES-01": Decimal("62.5"), "KES-02": Decimal("37.5"), "KES-09": 0}
    assert taken.entries.filter(advised__advice__result_hash=HASH).count() == 2


def test_an_amended_indicator_comes_in_its_newest_version(
    adopt: Adopt, draft: Draft, advice: WeightAdvice, cast: Cast, now: datetime
) -> None:
    amended = adopt(amends="KES-01", target="90")
    indicator_set = set_weights_take(
        actor=cast.facilitator, indicator_set=draft({}), advice=advice, now=now
    )
    assert amended.pk in set(indicator_set.entries.values_list("version", flat=True))


def test_weights_of_a_retired_indicator_are_not_taken(
    adopt: Adopt, draft: Draft, advice: WeightAdvice, cast: Cast, now: datetime
) -> None:
    indicator_set = draft({})
    adopt("KES-02", amends="KES-02", retires=True)
    with pytest.raises(Refused, match="sudah dicabut"):
        set_weights_take(
            actor=cast.facilitator, indicator_set=indicator_set, advice=advice, now=now
        )
    assert not indicator_set.entries.exists()


def test_weights_of_another_scope_are_not_taken(
    draft: Draft, advice: WeightAdvice, units: Units, cast: Cast, now: datetime
) -> None:
    elsewhere = draft({}, scope=units.other_unit)
    with pytest.raises(Refused, match="di luar lingkup"):
        set_weights_take(actor=cast.facilitator, indicator_set=elsewhere, advice=advice, now=now)


@pytest.mark.parametrize("who", ["publisher", "auditor", "head", "author"])
def test_only_a_facilitator_takes_them(
    who: str, draft: Draft, advice: WeightAdvice, cast: Cast, now: datetime
) -> None:
    indicator_set = draft({})
    with pytest.raises(Refused):
        set_weights_take(
            actor=getattr(cast, who), indicator_set=indicator_set, advice=advice, now=now
        )
    assert not indicator_set.entries.exists()


def test_a_set_that_is_handed_over_takes_nothing(
    taken: IndicatorSet, advice: WeightAdvice, cast: Cast, now: datetime
) -> None:
    set_compose(actor=cast.facilitator, indicator_set=taken, now=now)
    with pytest.raises(Refused, match="sudah diserahkan"):
        set_weights_take(actor=cast.facilitator, indicator_set=taken, advice=advice, now=now)


# Departed from


DEPARTED = {"KES-01": "60", "KES-02": "40"}


def test_a_weight_that_departs_asks_for_its_reason(
    taken: IndicatorSet, cast: Cast, now: datetime
) -> None:
    bare = {code: Weight(Decimal(weight)) for code, weight in DEPARTED.items()}
    with pytest.raises(ValidationError, match="harus beralasan"):
        change(taken, cast, now, bare)
    assert weights_of(taken)["KES-01"] == Decimal("62.5")


def test_the_reason_is_kept_and_goes_with_the_departure(
    taken: IndicatorSet, cast: Cast, now: datetime
) -> None:
    reason = "Angka KES-01 baru terkumpul separuh tahun."
    told = {code: Weight(Decimal(weight), False, reason) for code, weight in DEPARTED.items()}
    change(taken, cast, now, told)
    assert set(taken.entries.values_list("deviation_reason", flat=True)) == {reason}
    back = {code: Weight(Decimal(SHARES[code][1]), False, reason) for code in SHARES}
    change(taken, cast, now, back)
    assert set(taken.entries.values_list("deviation_reason", flat=True)) == {""}
    assert taken.entries.filter(advised__isnull=False).count() == 2


def test_the_database_itself_asks_for_the_reason(taken: IndicatorSet) -> None:
    entry = taken.entries.get(version__code="KES-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        SetEntry.objects.filter(pk=entry.pk).update(weight_percent=Decimal(60))
    with pytest.raises(IntegrityError), transaction.atomic():
        SetEntry.objects.filter(pk=entry.pk).update(advised_percent=None)


def test_a_reason_that_names_somebody_keeps_the_set_back(
    taken: IndicatorSet, cast: Cast, now: datetime
) -> None:
    name = cast.author.name
    told = {code: Weight(Decimal(weight), False, name) for code, weight in DEPARTED.items()}
    change(taken, cast, now, told)
    with pytest.raises(Refused, match="sebut jabatan, bukan nama orang"):
        set_compose(actor=cast.facilitator, indicator_set=taken, now=now)


# On the pages


def compose_url(indicator_set: IndicatorSet, verb: str = "") -> str:
    return f"/sets/drafts/{indicator_set.pk}/{verb}"


def test_the_page_names_the_poll_and_takes_its_weights_by_one_button(
    client_of: ClientOf,
    draft: Draft,
    versions: list[IndicatorVersion],
    advice: WeightAdvice,
    cast: Cast,
) -> None:
    indicator_set, client = draft({}), client_of(cast.facilitator)
    page = client.get(compose_url(indicator_set)).content.decode()
    assert "Pakai bobot “Bobot indikator Puskesmas Latihan”" in page
    assert HASH in page
    assert "Nilai tengah suara 50, disesuaikan menjadi 62,5" in page
    url = compose_url(indicator_set, "take-weights/")
    page = client.post(url, {"advice": str(advice.pk)}, follow=True).content.decode()
    assert "Bobot ini sudah dipakai dalam set." in page
    assert 'value="62,5"' in page
    assert "Semua sudah lengkap." in page


def test_an_advice_that_is_not_offered_changes_nothing(
    client_of: ClientOf, draft: Draft, cast: Cast
) -> None:
    indicator_set, client = draft({}), client_of(cast.facilitator)
    for advice in (str(uuid4()), "bukan kunci", ""):
        url = compose_url(indicator_set, "take-weights/")
        page = client.post(url, {"advice": advice}, follow=True).content.decode()
        assert "tidak ditawarkan" in page
    assert not indicator_set.entries.exists()


def typed(indicator_set: IndicatorSet, weights: dict[str, str], reason: str = "") -> dict[str, str]:
    form = {
        "year": "2026",
        "period_from": "2026-01-01",
        "period_until": "2026-12-31",
        "effective_on": "2026-01-01",
        "scoring_profile": "KMK 1.0.0",
    }
    for version in IndicatorVersion.objects.in_use().filter(code__in=weights):
        form[f"weight-{version.pk}"] = weights[version.code]
        form[f"reason-{version.pk}"] = reason
    return form


def test_the_form_asks_for_the_reason_beside_the_weight(
    client_of: ClientOf, taken: IndicatorSet, cast: Cast
) -> None:
    client, url = client_of(cast.facilitator), compose_url(taken)
    weights = {"KES-01": "60", "KES-02": "37,5"}
    page = client.post(url, typed(taken, weights)).content.decode()
    assert "Pemilih memberi 62,5, Anda menetapkan 60: tulis alasannya." in page
    assert weights_of(taken)["KES-01"] == Decimal("62.5")
    answer = client.post(url, typed(taken, weights, "Angkanya baru separuh tahun."))
    assert answer.status_code == 302
    assert weights_of(taken)["KES-01"] == 60


# Published


@pytest.fixture
def published(taken: IndicatorSet, cast: Cast, now: datetime) -> Publication:
    reason = "Angkanya baru terkumpul separuh tahun."
    weights = {
        "KES-01": Weight(Decimal(60), False, reason),
        "KES-02": Weight(Decimal(40), False, reason),
    }
    change(taken, cast, now, weights)
    set_compose(actor=cast.facilitator, indicator_set=taken, now=now)
    return set_publish(
        actor=cast.publisher, indicator_set=taken, decision=decision(), now=later(now)
    )


def test_the_document_tells_where_the_weights_come_from(
    published: Publication, advice: WeightAdvice
) -> None:
    first = read(published.content)["indicators"][0]
    assert first["weight_percent"] == "60"
    assert first["weight_advice"] == {
        "poll": str(advice.pk),
        "result_hash": HASH,
        "median_points": "50",
        "weight_percent": "62.5",
        "reason": "Angkanya baru terkumpul separuh tahun.",
    }
    assert list(mismatches()) == []


def test_the_published_page_tells_median_weight_and_reason(
    client: Client, published: Publication
) -> None:
    page = client.get(f"/sets/kota/{published.version}/").content.decode()
    assert (
        "Nilai tengah suara 50, disesuaikan menjadi 62,5, ditetapkan 60. Alasan: "
        "Angkanya baru terkumpul separuh tahun."
    ) in page


def test_the_next_draft_remembers_the_voters_of_the_same_version(
    adopt: Adopt, published: Publication, units: Units, cast: Cast, now: datetime
) -> None:
    adopt("KES-02", amends="KES-02", target="90")
    drafted = set_draft(
        actor=cast.facilitator,
        scope=units.city,
        details=details(),
        submission=uuid4(),
        now=later(now, 2),
    )
    told = {entry.version.code: entry.advised_id for entry in drafted.entries.all()}
    assert told["KES-01"] is not None
    assert told["KES-02"] is None
