"""Scoring over HTTP: every vector, a unit's total, and nothing kept."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.models import IndicatorVersion, Publication
from tests.builders import Units, build_unit

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]
DATA = json.loads((Path(__file__).parent / "data" / "scoring_vectors.json").read_text())
PARAMETERS = ("polarity", "target", "worst_case", "target_is_max")


def post(client: Client, path: str, body: Any) -> Any:
    raw = body if isinstance(body, str) else json.dumps(body)
    return client.post(f"/api/v1/{path}", raw, content_type="application/json")


def numeric(value: Any) -> Any:
    """A figure as a JSON number instead of text."""
    return json.loads(value) if isinstance(value, str) else value


@pytest.mark.parametrize("written", [str, numeric], ids=["text", "number"])
@pytest.mark.parametrize(
    "vector", DATA["vectors"], ids=lambda v: f"{v['polarity']} {v['actual']}/{v['target']}"
)
def test_the_preview_gives_every_vector_exactly(
    vector: dict[str, Any], written: Callable[[Any], Any], client: Client
) -> None:
    indicator = {key: vector[key] for key in PARAMETERS if key in vector}
    for key in ("target", "worst_case"):
        if indicator.get(key) is not None:
            indicator[key] = written(indicator[key])
    if vector["polarity"] == "stabilize":
        indicator["stabilize_scale"] = DATA["stabilize_scale"]
    response = post(
        client,
        "scores/preview",
        {"indicator": indicator, "actual": written(vector["actual"])},
    )
    assert response.status_code == 200
    told = response.json()
    assert told["score"] == vector["score"]
    if vector["score"] is None:
        assert set(told) == {"score", "reason"}
    else:
        assert set(told) == {"score", "unrounded", "status", "steps"}
        assert len(told["unrounded"].partition(".")[2]) == 10


def preview(client: Client, actual: Any = "90", **indicator: Any) -> Any:
    return post(
        client,
        "scores/preview",
        {"indicator": {"polarity": "maximize", "target": "100"} | indicator, "actual": actual},
    )


def test_a_json_number_is_read_exactly(client: Client) -> None:
    body = '{"indicator": {"polarity": "maximize", "target": 3}, "actual": 0.30000000000000001}'
    assert post(client, "scores/preview", body).json()["unrounded"] == "10.0000000000"
    close = '{"indicator": {"polarity": "maximize", "target": 100}, "actual": 94.48500000000000001}'
    assert post(client, "scores/preview", close).json()["score"] == "94.49"


@pytest.mark.parametrize("missing", ["actual", "target"])
@pytest.mark.parametrize("absent", [True, False])
def test_a_missing_figure_is_a_reason_and_no_error(
    missing: str, absent: bool, client: Client
) -> None:
    body: dict[str, Any] = {"indicator": {"polarity": "maximize", "target": "100"}, "actual": "90"}
    place = body if missing == "actual" else body["indicator"]
    if absent:
        del place[missing]
    else:
        place[missing] = None
    told = post(client, "scores/preview", body).json()
    assert told["score"] is None
    assert told["reason"]


@pytest.mark.parametrize(
    ("actual", "indicator"),
    [
        *((actual, {}) for actual in ("NaN", "inf", "1e400", "sembilan", "", "87,4", True, [], {})),
        ("9" * 60, {}),
        ("90", {"polarity": "naik"}),
        ("90", {"polarity": None}),
        ("90", {"target": "x"}),
        ("90", {"worst_case": "NaN"}),
        ("90", {"target_is_max": "mungkin"}),
        ("90", {"stabilize_scale": [["0"]]}),
        ("90", {"stabilize_scale": "0,0"}),
        ("90", {"polarity": "stabilize", "stabilize_scale": [[100, 120], [0, 0]]}),
        ("90", {"stabilize_scale": [[x, x] for x in range(13)]}),
    ],
)
def test_what_cannot_be_read_is_a_problem(
    actual: Any, indicator: dict[str, Any], client: Client
) -> None:
    response = preview(client, actual, **indicator)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        *("", "bukan json", "[]", "null", "{}", '{"indicator": 3}', "NaN"),
        *('{"actual": NaN}', "[" * 100_000, '{"a": 1' + "0" * 5000 + "}"),
        '{"indicator": {"polarity": "maximize", "target": Infinity}, "actual": 1}',
    ],
)
def test_a_body_that_is_no_request_is_a_problem(body: str, client: Client) -> None:
    response = post(client, "scores/preview", body)
    assert response.status_code in (400, 422)
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_huge_body_is_refused(client: Client) -> None:
    response = post(client, "scores/preview", '{"a": "' + "x" * 3_000_000 + '"}')
    assert response.status_code in (400, 413)
    assert response.headers["Content-Type"] == "application/problem+json"


def test_scores_need_no_csrf_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert preview(strict).status_code == 200


def test_scores_are_not_cached(client: Client) -> None:
    assert preview(client).headers["Cache-Control"] == "no-store"


# A unit


@pytest.fixture
def published(adopt: Adopt, publish: Publish) -> Publication:
    """For the puskesmas: two that count (60 and 40), one that is watched."""
    nurses = [
        {"unit": "puskesmas-latihan", "include_sub_units": False, "position_family": "health"}
    ]
    return publish(
        {
            adopt("KES-01", target="80", targets={"TW1": "20", "TW2": "40"}): 60,
            adopt("KES-02", polarity="minimize", target="14", unit="Hari", applies_to=nurses): 40,
            adopt("KES-03", target="50"): 0,
        }
    )


def scores(client: Client, **over: Any) -> Any:
    body = {
        "scope": "kota",
        "version": "1.0.0",
        "unit": "puskesmas-latihan",
        "period": "2026",
        "actuals": {"KES-01": "72", "KES-02": 12, "KES-03": "50"},
    }
    return post(client, "scores", body | over)


def by_code(told: dict[str, Any]) -> dict[str, Any]:
    return {item["code"]: item for item in told["scores"]}


def test_a_unit_is_scored_by_all_that_applies_to_it(client: Client, published: Publication) -> None:
    told = scores(client).json()
    assert {code: item["score"] for code, item in by_code(told).items()} == {
        "KES-01": "90.00",
        "KES-02": "114.29",
        "KES-03": "100.00",
    }
    # (90 x 60 + 800/7 x 40) / 100
    assert (told["total"], told["total_unrounded"]) == ("99.71", "99.7142857143")
    assert (told["status"], told["missing"], told["weight_covered"]) == ("kuning", [], "100")
    assert (told["digest"], told["version"]) == (published.digest, "1.0.0")


def test_the_total_runs_over_what_was_scored(client: Client, published: Publication) -> None:
    told = scores(client, actuals={"KES-02": "14"}).json()
    assert (told["total"], told["missing"], told["weight_covered"]) == ("100.00", ["KES-01"], "40")
    assert by_code(told)["KES-01"]["reason"] == "Realisasi belum ada."


def test_what_is_watched_is_scored_and_does_not_count(
    client: Client, published: Publication
) -> None:
    told = scores(client, actuals={"KES-03": "50"}).json()
    assert by_code(told)["KES-03"]["score"] == "100.00"
    assert (told["total"], told["missing"]) == (None, ["KES-01", "KES-02"])
    assert told["weight_covered"] == "0"


def test_a_figure_that_applies_to_nothing_is_told(client: Client, published: Publication) -> None:
    told = scores(client, actuals={"KES-99": "1", "KES-01": "80"}).json()
    assert told["not_applied"] == ["KES-99"]


def test_another_unit_has_other_indicators(client: Client, published: Publication) -> None:
    told = scores(client, unit="disdik").json()
    assert (told["scores"], told["total"]) == ([], None)
    assert told["not_applied"] == ["KES-01", "KES-02", "KES-03"]


def test_a_family_has_the_indicators_of_its_people(client: Client, published: Publication) -> None:
    teachers = scores(client, position_family="teacher").json()
    assert set(by_code(teachers)) == {"KES-01", "KES-03"}
    nurses = scores(client, position_family="health").json()
    assert set(by_code(nurses)) == {"KES-01", "KES-02", "KES-03"}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        *((period, "120.00") for period in ("TW1", "tw1", "2026-TW1", "Q1", "2026-Q1")),
        ("TW2", "75.00"),
        ("S1", "100.00"),  # of TW1 and TW2, whose mean is 30
        *((period, "37.50") for period in ("2026", "tahun", "TW3", "S2", "2026-03", "B12")),
    ],
)
def test_the_target_is_the_periods_own_then_that_of_its_parts_then_the_yearly_one(
    period: str, expected: str, client: Client, published: Publication
) -> None:
    told = scores(client, period=period, actuals={"KES-01": "30"}).json()
    assert by_code(told)["KES-01"]["score"] == expected


def test_figures_by_period_are_consolidated(client: Client, published: Publication) -> None:
    actuals = {"KES-01": {"TW1": "18", "TW2": 45}}
    told = by_code(scores(client, period="TW2", actuals=actuals).json())["KES-01"]
    assert told["score"] == "105.00"  # average: (18 + 45) / (20 + 40)
    early = by_code(scores(client, period="TW1", actuals=actuals).json())["KES-01"]
    assert early["score"] == "90.00"
    lacking = by_code(scores(client, period="TW2", actuals={"KES-01": {"TW1": 1}}).json())["KES-01"]
    assert lacking["reason"] == "Realisasi TW2 belum ada."


def test_targets_of_the_parts_make_the_target_of_the_whole(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    by_quarter = {"TW1": "10", "TW2": "20", "TW3": "30", "TW4": "40"}
    publish({adopt(targets=by_quarter, target="100", period_consolidation="sum"): 100})
    half = by_code(scores(client, period="S2", actuals={"KES-01": "63"}).json())["KES-01"]
    assert half["score"] == "90.00"
    assert half["steps"][0] == "Target TW3 30, TW4 40: jumlah 70."
    year = by_code(scores(client, period="2026", actuals={"KES-01": "63"}).json())["KES-01"]
    assert year["score"] == "63.00"


def test_a_part_of_the_year_without_a_target_is_told_so(
    client: Client, published: Publication
) -> None:
    told = by_code(scores(client, period="TW3", actuals={"KES-01": "30"}).json())["KES-01"]
    assert told["steps"] == [
        "TW3 tidak punya target sendiri: dipakai target setahun, 80.",
        "Makin tinggi makin baik: realisasi ÷ target × 100 = 30 ÷ 80 × 100 = 37,5.",
        "30 dari target 80 → 37,50; status merah.",
    ]


def test_months_and_quarters_are_not_mixed(client: Client, published: Publication) -> None:
    mixed = {"KES-01": {"TW1": "18", "B05": "3"}}
    told = by_code(scores(client, period="TW2", actuals=mixed).json())["KES-01"]
    assert told["reason"].startswith("Realisasi mencampur")


def test_steps_speak_the_readers_language(client: Client, published: Publication) -> None:
    response = client.post(
        "/api/v1/scores/preview",
        json.dumps({"indicator": {"polarity": "maximize", "target": "80"}, "actual": "72"}),
        content_type="application/json",
        headers={"accept-language": "id"},
    )
    assert response.json()["steps"][-1] == "72 dari target 80 → 90,00; status kuning."


def test_a_set_is_scored_by_the_profile_that_it_names(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    publish({adopt(): 100}, scoring_profile="LKJIP 1.0.0")
    told = scores(client, actuals={"KES-01": "96"}).json()
    assert (told["total"], told["status"]) == ("100.00", "sangat tinggi")
    assert told["profile"] == {"name": "LKJIP", "version": "1.0.0"}
    assert told["quality_total"] is None


def test_quality_weighs_what_counts(client: Client, adopt: Adopt, publish: Publish) -> None:
    publish(
        {
            adopt("KES-01", validity="exact", control="moderate"): 60,  # 1.15
            adopt("KES-02", validity="proxy", control="moderate"): 40,  # 1.00
            adopt("KES-03", validity="proxy", control="low"): 0,
        }
    )
    actuals = {"KES-01": "72", "KES-02": "80", "KES-03": "8"}
    told = scores(client, actuals=actuals).json()
    quality = {code: item["quality"] for code, item in by_code(told).items()}
    assert (quality["KES-01"]["k3"], quality["KES-02"]["k3"]) == ("1.0750", "1.0000")
    # (90 × 1.075 × 1.075 + 100) ÷ 2.075; the watched one does not count
    assert (told["total"], told["quality_total"]) == ("94.00", "98.32")
    assert told["profile"] == {"name": "KMK", "version": "1.0.0"}
    raised = {"KES-01": {"target": "70", "actual": "75"}}
    told = scores(client, actuals=actuals, last_year=raised).json()
    assert by_code(told)["KES-01"]["quality"]["k3"] == "1.1750"


def test_a_forbidden_pair_has_no_quality_weight_and_a_reason(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    publish({adopt(validity="exact", control="high"): 100})
    told = scores(client).json()
    [item] = told["scores"]
    assert (item["score"], item["quality"]["k3"]) == ("90.00", None)
    assert (told["total"], told["quality_total"]) == ("90.00", None)


def test_each_score_says_where_it_is_explained(client: Client, published: Publication) -> None:
    for item in scores(client).json()["scores"]:
        assert client.get(item["explain_url"]).status_code == 200


def test_a_score_of_an_old_set_is_explained_by_the_version_that_it_used(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    old = publish({adopt(): 100})
    new = publish({adopt(amends="KES-01", target="90"): 100})
    for publication, number in ((old, 1), (new, 2)):
        [item] = scores(client, version=publication.version).json()["scores"]
        assert item["explain_url"] == f"/indicators/KES-01/versions/{number}/"


@pytest.mark.parametrize(
    ("over", "status"),
    [
        ({"version": "9.9.9"}, 404),
        ({"version": "terbaru"}, 404),
        ({"scope": "tidak-ada"}, 404),
        ({"scope": "a\x00b"}, 404),
        ({"unit": "tidak-ada"}, 422),
        ({"unit": 3}, 422),
        ({"period": "kapan-kapan"}, 422),
        ({"period": "TW5"}, 422),
        ({"period": "2025"}, 422),
        ({"period": ""}, 422),
        ({"position_family": "dokter"}, 422),
        ({"actuals": []}, 422),
        ({"actuals": {"KES-01": "NaN"}}, 422),
        ({"actuals": {"KES-01": {"TW9": 1}}}, 422),
        ({"actuals": {f"K-{place}": 1 for place in range(2001)}}, 422),
    ],
)
def test_a_request_that_cannot_be_answered_is_a_problem(
    over: dict[str, Any], status: int, client: Client, published: Publication
) -> None:
    response = scores(client, **over)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_score_stays_when_the_tree_of_units_changes(
    client: Client, published: Publication, units: Units
) -> None:
    before = scores(client).json()
    units.unit.parent = units.other_unit
    units.unit.name = "Puskesmas Pindah"
    units.unit.save()
    assert scores(client).json() == before


def test_a_unit_younger_than_the_set_can_be_scored(
    client: Client, adopt: Adopt, publish: Publish, units: Units
) -> None:
    below = [{"unit": "dinkes", "include_sub_units": True, "position_family": None}]
    publish({adopt(applies_to=below): 100})
    build_unit("puskesmas-baru", parent=units.agency)
    told = scores(client, unit="puskesmas-baru", actuals={"KES-01": "80"}).json()
    assert told["total"] == "100.00"


def test_scoring_keeps_nothing(
    client: Client, published: Publication, caplog: pytest.LogCaptureFixture
) -> None:
    def rows() -> dict[str, int]:
        return {model._meta.label: model._default_manager.count() for model in apps.get_models()}

    before = rows()
    with caplog.at_level("DEBUG"):
        scores(client, actuals={"KES-01": "71.2345"})
        scores(client, actuals={"KES-01": "71.2345x"})
        preview(client, "71.2345")
    assert rows() == before
    assert "71.2345" not in caplog.text


def test_scoring_a_unit_costs_the_same_however_many_indicators(
    client: Client, adopt: Adopt, publish: Publish, django_assert_num_queries: Any
) -> None:
    first = adopt("KES-01")
    publish({first: 100})
    with django_assert_num_queries(2):
        scores(client)
    publish({first: 100, **{adopt(f"KES-{place:02}"): 0 for place in range(2, 12)}})
    with django_assert_num_queries(2):
        scores(client, version="1.1.0")


# Whatever comes

odd_figures = st.one_of(
    st.integers(),
    st.integers(min_value=-(10**40), max_value=10**40),
    st.floats(),
    st.decimals().map(str),
    st.sampled_from(["", "0", "-0", "1e400", "1e-400", "NaN", "-Infinity", "1/3", "1,5", "=1+1"]),
    st.text(max_size=8),
    st.none() | st.booleans(),
)
json_values = st.recursive(
    odd_figures,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=6,
)
indicators = st.fixed_dictionaries(
    {"polarity": st.sampled_from(["maximize", "minimize", "stabilize", "", "naik"])},
    optional={
        "target": json_values,
        "worst_case": json_values,
        "target_is_max": json_values,
        "stabilize_scale": st.lists(st.lists(odd_figures, max_size=3), max_size=4) | json_values,
        "target_range": st.lists(odd_figures, max_size=3) | json_values,
    },
)


def answered_or_refused(response: Any) -> None:
    assert response.status_code in (200, 400, 422), response.content
    told = response.json()
    if response.status_code != 200:
        assert response.headers["Content-Type"] == "application/problem+json"
        return
    for item in told.get("scores", [told]):
        assert item["reason"] if item["score"] is None else Decimal(item["score"]) >= 0


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(indicators, json_values)
def test_any_preview_is_a_score_or_a_sentence(indicator: Any, actual: Any) -> None:
    answered_or_refused(
        post(Client(), "scores/preview", {"indicator": indicator, "actual": actual})
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from(["KES-01", "KES-02", "KES-03", "X", ""]),
        odd_figures
        | st.dictionaries(st.sampled_from(["TW1", "TW2", "B01", "S1", "TW9", ""]), odd_figures),
    ),
    st.sampled_from(["2026", "TW1", "S1", "B12", "TW0", "\u0662\u0660\u0662\u0666", "", "TW\x00"]),
    st.none() | st.dictionaries(st.sampled_from(["KES-01", "X"]), json_values, max_size=2),
)
def test_any_figures_of_a_unit_are_scores_or_a_sentence(
    published: Publication, actuals: Any, period: str, last_year: Any
) -> None:
    answered_or_refused(scores(Client(), actuals=actuals, period=period, last_year=last_year))


def test_a_set_that_only_watches_scores_its_indicators_and_gives_no_total(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    publish({adopt(): 0})
    body = {
        "scope": "kota",
        "version": "1.0.0",
        "unit": "puskesmas-latihan",
        "period": "2026",
        "actuals": {"KES-01": "80"},
    }
    told = post(client, "scores", body).json()
    assert (told["total"], told["weight_covered"]) == (None, "0")
