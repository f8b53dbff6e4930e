"""Weights by perspective: a percent for each, shared out exactly to what measures a unit."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from core.verdict import Refused
from indicators.actions import set_share_out
from indicators.composition import composition_of
from indicators.models import IndicatorSet, IndicatorVersion, Publication
from people.models import Person
from tests.builders import Cast
from tests.files import PDF_BYTES
from tests.indicators.builders import YEAR

Adopt = Callable[..., IndicatorVersion]
Draft = Callable[..., IndicatorSet]
Publish = Callable[..., Publication]
ClientOf = Callable[[Person], Client]
CLINIC = "puskesmas-latihan"
SERVED, INNER = "penerima_layanan", "proses_bisnis"


@pytest.fixture
def drafted(adopt: Adopt, draft: Draft) -> IndicatorSet:
    """Three that serve, weighing 30, 30 and 0, one of the inner work, and one of another unit."""
    other = {"applies_to": [{"unit": "disdik", "include_sub_units": True, "position_family": None}]}
    return draft(
        {
            adopt("KES-01", perspective=SERVED): 30,
            adopt("KES-02", perspective=SERVED): 30,
            adopt("KES-03", perspective=SERVED): 0,
            adopt("KES-04", perspective=INNER): 0,
            adopt("DIK-01", perspective=SERVED, **other): 100,
        }
    )


def share(indicator_set: IndicatorSet, cast: Cast, now: datetime, **shares: str) -> dict[str, Any]:
    set_share_out(
        actor=cast.facilitator,
        indicator_set=indicator_set,
        unit=CLINIC,
        shares={name: Decimal(percent) for name, percent in shares.items()},
        now=now,
    )
    return weights_of(indicator_set)


def weights_of(indicator_set: IndicatorSet) -> dict[str, Any]:
    entries = indicator_set.entries.select_related("version").order_by("version__code")
    return {entry.version.code: entry.weight_percent for entry in entries}


def test_each_perspective_keeps_its_proportions(
    drafted: IndicatorSet, cast: Cast, now: datetime
) -> None:
    """What is watched stays watched, an only one takes all, another unit is left alone."""
    weights = share(drafted, cast, now, penerima_layanan="75", proses_bisnis="25")
    assert weights == {
        "DIK-01": 100,
        "KES-01": Decimal("37.5"),
        "KES-02": Decimal("37.5"),
        "KES-03": 0,
        "KES-04": 25,
    }


def test_what_cannot_be_divided_still_sums_to_100(
    adopt: Adopt, draft: Draft, cast: Cast, now: datetime
) -> None:
    drafted = draft({adopt(f"KES-0{place}", perspective=SERVED): 0 for place in (1, 2, 3)})
    weights = share(drafted, cast, now, penerima_layanan="100")
    assert sorted(weights.values()) == [
        Decimal("33.3333"),
        Decimal("33.3333"),
        Decimal("33.3334"),
    ]


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ({SERVED: "75"}, "tepat 100"),
        ({SERVED: "75", INNER: "25.0001"}, "tepat 100"),
        ({SERVED: "75", "anggaran": "25"}, "tanpa indikator"),
    ],
)
def test_wrong_shares_change_nothing(
    shares: dict[str, str], sentence: str, drafted: IndicatorSet, cast: Cast, now: datetime
) -> None:
    before = weights_of(drafted)
    with pytest.raises(ValidationError, match=sentence):
        share(drafted, cast, now, **shares)
    assert weights_of(drafted) == before


@pytest.mark.parametrize("who", ["publisher", "auditor", "head"])
def test_only_a_facilitator_shares_out(
    who: str, drafted: IndicatorSet, cast: Cast, now: datetime
) -> None:
    with pytest.raises(Refused):
        set_share_out(
            actor=getattr(cast, who),
            indicator_set=drafted,
            unit=CLINIC,
            shares={SERVED: Decimal(100)},
            now=now,
        )


def test_the_page_shares_out_and_tells_the_sums(
    drafted: IndicatorSet, client_of: ClientOf, cast: Cast
) -> None:
    client, url = client_of(cast.facilitator), f"/sets/drafts/{drafted.pk}/"
    form = {"unit": CLINIC, f"share-{SERVED}": "60", f"share-{INNER}": "39,5"}
    page = client.post(f"{url}share-out/", form).content.decode()
    assert "Bagian semua perspektif berjumlah 99,5, seharusnya tepat 100." in page
    assert 'value="39,5"' in page
    answer = client.post(f"{url}share-out/", form | {f"share-{INNER}": "40"}, follow=True)
    page = " ".join(answer.content.decode().split())
    assert "Penerima layanan 60 · Proses bisnis 40" in page
    assert "3 indikator dinilai" in page


# What is to be considered, and what follows


def test_too_few_indicators_and_old_texts_are_told_and_keep_nothing_back(
    adopt: Adopt, draft: Draft, now: datetime
) -> None:
    later = {
        "year": YEAR + 3,
        "period_from": date(YEAR + 3, 1, 1),
        "period_until": date(YEAR + 3, 12, 31),
        "effective_on": date(YEAR + 3, 1, 1),
    }
    found = composition_of(draft({adopt(): 100}, **later), today=now.date())
    assert found.problems == []
    assert "dinilai dengan 1 indikator; yang wajar 3 sampai 12." in found.cautions[0]
    assert found.cautions[1].startswith("KES-01 terakhir ditinjau dan ditetapkan ")
    enough = {adopt(f"KES-1{place}"): 25 for place in range(4)}
    assert composition_of(draft(enough), today=now.date()).cautions == []


def test_the_composing_page_tells_what_changes(
    client_of: ClientOf, adopt: Adopt, draft: Draft, publish: Publish, cast: Cast
) -> None:
    publish({adopt(): 100})
    indicator_set = draft({adopt(amends="KES-01", target="90"): 100})
    client = client_of(cast.facilitator)
    page = client.get(f"/sets/drafts/{indicator_set.pk}/").content.decode()
    assert "target 80 → 90 persen" in page


def test_a_published_set_leads_its_facilitator_to_the_next_version(
    client: Client, client_of: ClientOf, adopt: Adopt, publish: Publish, cast: Cast
) -> None:
    publication = publish({adopt(): 100}, decree=PDF_BYTES, year=YEAR - 1)
    url = f"/sets/kota/{publication.version}/"
    assert "Susun versi berikutnya" not in client.get(url).content.decode()
    facilitator = client_of(cast.facilitator)
    door = f"/sets/drafts/new/?follows={publication.pk}"
    assert door in facilitator.get(url).content.decode()
    page = facilitator.get(door).content.decode()
    assert f'value="{YEAR - 1}"' in page
    for nonsense in ("x", "0b54dd62-9d3e-4b1f-8a43-6f6f1a2f6d10"):
        assert facilitator.get(f"/sets/drafts/new/?follows={nonsense}").status_code == 200
