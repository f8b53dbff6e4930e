"""The pages of the facilitator and the publisher, from draft to publication."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from indicators.actions import set_compose
from indicators.models import IndicatorSet, IndicatorVersion, Publication
from people.models import Person
from tests.builders import Cast, Units
from tests.indicators.builders import YEAR

Adopt = Callable[..., IndicatorVersion]
Draft = Callable[..., IndicatorSet]
Publish = Callable[..., Publication]
ClientOf = Callable[[Person], Client]

DETAILS = {
    "year": str(YEAR),
    "period_from": f"{YEAR}-01-01",
    "period_until": f"{YEAR}-12-31",
    "effective_on": f"{YEAR}-01-01",
    "scoring_profile": "KMK 1.0.0",
}
DECISION = {
    "number": "700/14/2026",
    "dated_on": f"{YEAR}-11-23",
    "by_office": "Wali Kota",
    "expected_version": "1.0.0",
}


@pytest.fixture
def facilitator(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.facilitator)


@pytest.fixture
def publisher(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.publisher)


@pytest.fixture
def composed(adopt: Adopt, draft: Draft, cast: Cast, now: datetime) -> IndicatorSet:
    return set_compose(actor=cast.facilitator, indicator_set=draft({adopt(): 100}), now=now)


def page(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def compose_url(indicator_set: IndicatorSet, verb: str = "") -> str:
    return f"/sets/drafts/{indicator_set.pk}/{verb}"


def test_a_facilitator_begins_a_draft(facilitator: Client, units: Units) -> None:
    form = {**DETAILS, "scope": str(units.city.pk), "submission": str(uuid4())}
    for _ in range(2):  # the second click finds the first draft
        response = facilitator.post("/sets/drafts/new/", form)
        assert response.status_code == 302
    made = IndicatorSet.objects.get()
    assert response.headers["Location"] == compose_url(made)


def test_what_is_typed_wrong_is_told_and_kept(facilitator: Client, units: Units) -> None:
    form = {**DETAILS, "scope": str(units.city.pk), "submission": str(uuid4())}
    answer = page(facilitator.post("/sets/drafts/new/", form | {"period_until": "2025-01-01"}))
    assert "Akhir periode harus sesudah awalnya." in answer
    assert 'value="2025-01-01"' in answer
    assert not IndicatorSet.objects.exists()


def test_the_form_offers_every_indicator_in_use(
    facilitator: Client, adopt: Adopt, draft: Draft
) -> None:
    adopt("KES-03")
    adopt("KES-03", amends="KES-03", retires=True)
    indicator_set = draft({adopt("KES-01"): 100})
    adopt("KES-02")
    answer = page(facilitator.get(compose_url(indicator_set)))
    assert "KES-01" in answer
    assert "KES-02" in answer
    assert "KES-03" not in answer
    assert 'value="100"' in answer


def test_weights_are_saved_as_they_are_typed(
    facilitator: Client, adopt: Adopt, draft: Draft
) -> None:
    first, second, third = adopt("KES-01"), adopt("KES-02"), adopt("KES-03")
    indicator_set = draft({third: 100})
    form = {**DETAILS, f"weight-{first.pk}": "62,5", f"weight-{second.pk}": "0"}
    assert facilitator.post(compose_url(indicator_set), form).status_code == 302
    weights = {entry.version.code: entry.weight_percent for entry in indicator_set.entries.all()}
    assert weights == {"KES-01": pytest.approx(62.5), "KES-02": 0}


@pytest.mark.parametrize("weight", ["-1", "100,1", "banyak", "1e9", "0,00001"])
def test_a_wrong_weight_is_told_and_nothing_saved(
    weight: str, facilitator: Client, adopt: Adopt, draft: Draft
) -> None:
    version = adopt()
    indicator_set = draft({version: 100})
    form = {**DETAILS, f"weight-{version.pk}": weight}
    answer = page(facilitator.post(compose_url(indicator_set), form))
    assert "Belum tersimpan" in answer
    assert f'value="{weight}"' in answer
    assert indicator_set.entries.get().weight_percent == 100


def test_the_checks_say_what_is_lacking_and_the_button_is_not_there(
    facilitator: Client, adopt: Adopt, draft: Draft
) -> None:
    answer = page(facilitator.get(compose_url(draft({adopt(): 90}))))
    assert "Bobot bagi Puskesmas Latihan berjumlah 90, seharusnya tepat 100." in answer
    assert "Akan terbit sebagai 1.0.0" in answer
    assert "Serahkan kepada penerbit" not in answer


def test_htmx_gets_the_checks_alone_and_saves(
    facilitator: Client, adopt: Adopt, draft: Draft
) -> None:
    version = adopt()
    indicator_set = draft({version: 90})
    form = {**DETAILS, f"weight-{version.pk}": "100"}
    response = facilitator.post(compose_url(indicator_set), form, headers={"HX-Request": "true"})
    answer = page(response)
    assert answer.strip().startswith('<section class="m-stack" id="set-checks"')
    assert "Serahkan kepada penerbit" in answer
    assert indicator_set.entries.get().weight_percent == 100


def test_a_complete_set_is_handed_over_and_seen_by_the_publisher(
    facilitator: Client, publisher: Client, adopt: Adopt, draft: Draft
) -> None:
    indicator_set = draft({adopt(): 100})
    assert facilitator.post(compose_url(indicator_set, "hand-over/")).status_code == 302
    indicator_set.refresh_from_db()
    assert indicator_set.state == "composed"
    assert compose_url(indicator_set, "publish/") in page(publisher.get("/sets/drafts/"))


def test_an_incomplete_set_is_not_handed_over(
    facilitator: Client, adopt: Adopt, draft: Draft
) -> None:
    response = facilitator.post(compose_url(draft({adopt(): 90}), "hand-over/"))
    assert response.status_code == 403
    assert "seharusnya tepat 100" in response.content.decode()


def test_a_set_that_was_handed_over_is_read_only(
    facilitator: Client, composed: IndicatorSet
) -> None:
    assert "Tarik kembali" in page(facilitator.get(compose_url(composed)))
    assert facilitator.post(compose_url(composed), DETAILS).status_code == 403


def test_the_publisher_sends_a_set_back_with_a_reason(
    publisher: Client, facilitator: Client, composed: IndicatorSet
) -> None:
    answer = page(publisher.post(compose_url(composed, "return/"), {"reason": ""}))
    assert "aria-invalid" in answer
    form = {"reason": "Bobot KES-01 belum dibahas."}
    assert publisher.post(compose_url(composed, "return/"), form).status_code == 302
    assert "Bobot KES-01 belum dibahas." in page(facilitator.get(compose_url(composed)))


def test_the_publisher_reviews_and_publishes(publisher: Client, composed: IndicatorSet) -> None:
    review = page(publisher.get(compose_url(composed, "publish/")))
    assert "Tinjau Kota Contoh 2026, versi 1.0.0" in review
    for _ in range(2):  # a double click publishes once
        response = publisher.post(compose_url(composed, "publish/"), DECISION)
        assert response.status_code == 302
        assert response.headers["Location"] == "/sets/kota/1.0.0/"
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    "over",
    [
        {"number": ""},
        {"dated_on": "kemarin"},
        {"by_office": ""},
        {"decree_digest": "bukan sidik"},
        {"raised_bump": "patch"},
    ],
)
def test_an_incomplete_decision_publishes_nothing(
    over: dict[str, str], publisher: Client, composed: IndicatorSet
) -> None:
    answer = page(publisher.post(compose_url(composed, "publish/"), DECISION | over))
    assert "aria-invalid" in answer
    assert "700/14/2026" in answer or "number" in over
    assert not Publication.objects.exists()


def test_a_persons_name_in_the_decision_is_told_beside_the_form(
    publisher: Client, composed: IndicatorSet, cast: Cast
) -> None:
    form = DECISION | {"by_office": f"Wali Kota {cast.head.name}"}
    answer = page(publisher.post(compose_url(composed, "publish/"), form))
    assert "bukan nama orang" in answer
    assert not Publication.objects.exists()


def test_the_facilitator_reads_why_there_is_no_button(
    facilitator: Client, composed: IndicatorSet
) -> None:
    answer = page(facilitator.get(compose_url(composed, "publish/")))
    assert "Set indikator diterbitkan oleh penerbit" in answer
    assert facilitator.post(compose_url(composed, "publish/"), DECISION).status_code == 403


@pytest.mark.parametrize("who", ["author", "head", "administrator", "outsider"])
@pytest.mark.parametrize("verb", ["", "publish/"])
def test_others_do_not_find_a_draft(
    who: str, verb: str, composed: IndicatorSet, client_of: ClientOf, cast: Cast
) -> None:
    assert client_of(getattr(cast, who)).get(compose_url(composed, verb)).status_code == 404
    assert client_of(getattr(cast, who)).get("/sets/drafts/").status_code == 403


def test_an_auditor_reads_and_changes_nothing(
    composed: IndicatorSet, client_of: ClientOf, cast: Cast
) -> None:
    auditor = client_of(cast.auditor)
    page(auditor.get(compose_url(composed, "publish/")))
    for verb in ("", "hand-over/", "return/", "publish/"):
        assert auditor.post(compose_url(composed, verb), DECISION).status_code == 403
    composed.refresh_from_db()
    assert composed.state == "composed"


def test_a_raised_step_publishes_under_the_larger_number(
    publisher: Client, adopt: Adopt, draft: Draft, publish: Publish, cast: Cast, now: datetime
) -> None:
    version = adopt()
    publish({version: 100})
    watched = set_compose(
        actor=cast.facilitator, indicator_set=draft({version: 100, adopt("KES-02"): 0}), now=now
    )
    form = DECISION | {"expected_version": "1.1.0", "raised_bump": "major"}
    response = publisher.post(compose_url(watched, "publish/"), form)
    assert response.headers["Location"] == "/sets/kota/2.0.0/"


@pytest.mark.parametrize("verb", ["", "publish/"])
def test_a_draft_costs_the_same_queries_however_large(
    verb: str, facilitator: Client, adopt: Adopt, draft: Draft, publish: Publish,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    first = adopt("KES-01")
    publish({first: 100})

    def cost(indicator_set: IndicatorSet) -> int:
        with django_assert_max_num_queries(40) as captured:
            page(facilitator.get(compose_url(indicator_set, verb)))
        return len(captured)

    small = cost(draft({first: 100}))
    many = {adopt(f"KES-{place:02}"): 0 for place in range(2, 14)}
    assert cost(draft({first: 100, **many})) == small


def test_a_new_draft_is_offered_for_this_year(facilitator: Client, now: datetime) -> None:
    answer = page(facilitator.get("/sets/drafts/new/"))
    assert f'value="{date(now.year, 1, 1):%Y-%m-%d}"' in answer
