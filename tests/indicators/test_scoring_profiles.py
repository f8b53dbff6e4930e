"""Profiles, what documents keep of them, and quality weights. Source: DOMAIN 3.4 and 3.5."""

from fractions import Fraction
from typing import Any

import pytest

from indicators.documents import profile_json
from indicators.scoring import (
    KMK,
    LKJIP,
    PROFILES,
    QUALITY,
    LastYear,
    Measure,
    Profile,
    exact,
    fixed,
    profile_of,
    quality,
    quality_mean,
    score,
    status,
    target_quality,
)


def document(profile: Profile, **over: Any) -> dict[str, Any]:
    return {"scoring_profile": profile_json(profile) | over}


@pytest.mark.parametrize("profile", PROFILES.values(), ids=str)
def test_a_document_gives_its_profile_back(profile: Profile) -> None:
    assert profile_of(document(profile)) == profile


def test_the_parameters_are_those_of_the_document() -> None:
    told = document(
        KMK,
        cap="110",
        bands=[{"name": "tercapai", "from": "90.5"}, {"name": "belum", "from": "0"}],
    )
    profile = profile_of(told)
    result = score(Measure("maximize", Fraction(100)), Fraction(130), profile=profile)
    assert (result.score, result.status) == ("110.00", "tercapai")


@pytest.mark.parametrize(
    "over",
    [
        {"name": "KPK"},
        {"version": "9.0.0"},
        {"cap": "-1"},
        {"cap": "1e999"},
        {"floor": "-5"},  # no band for it
        {"bands": []},
        {"bands": [{"name": "hijau", "from": "100"}]},
        {"bands": [{"name": "merah", "from": "0"}, {"name": "hijau", "from": "100"}]},
    ],
)
def test_a_profile_that_cannot_be_followed_is_refused_in_words(over: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\.$|angka"):
        profile_of(document(KMK, **over))


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "over", "expected"),
    [
        ("maximize", "100", "90", {}, "90.00"),
        ("maximize", "100", "130", {}, "100.00"),  # nobody gets more than 100
        ("maximize", "100", "100", {"target_is_max": True}, "100.00"),
        ("minimize", "14", "10", {}, "100.00"),
        ("minimize", "14", "16", {}, "85.71"),
        ("minimize", "0", "3", {"worst_case": Fraction(10)}, "70.00"),
        ("minimize", "0", "0", {}, None),
        ("stabilize", "80", "80", {}, None),  # no two-sided target in local practice
    ],
)
def test_local_practice(
    polarity: str, target: str, actual: str, over: dict[str, Any], expected: str | None
) -> None:
    result = score(Measure(polarity, exact(target), **over), exact(actual), profile=LKJIP)
    assert result.score == expected


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("100", "sangat tinggi"),
        ("91", "sangat tinggi"),
        ("90.99", "tinggi"),
        ("76", "tinggi"),
        ("66", "sedang"),
        ("51", "rendah"),
        ("50.99", "sangat rendah"),
        ("0", "sangat rendah"),
    ],
)
def test_the_bands_of_local_practice(value: str, name: str) -> None:
    assert status(exact(value), profile=LKJIP) == name


# Quality


def test_the_forbidden_pairs_have_no_weight() -> None:
    pairs = {(v, c) for v in ("exact", "proxy", "activity") for c in ("low", "moderate", "high")}
    assert pairs - set(QUALITY) == {("exact", "high"), ("activity", "low")}
    told = quality(KMK, validity="exact", control="high")
    assert (told.k3, bool(told.reason)) == (None, True)


@pytest.mark.parametrize(
    ("polarity", "target", "before", "reached", "expected"),
    [
        ("maximize", 79, 80, 85, "0.8"),  # T < T1
        ("maximize", 80, 80, 85, "0.9"),  # T = T1 and R1 > T1
        ("maximize", 80, 80, 80, "1.0"),  # T = T1 otherwise
        ("maximize", 80, 80, 70, "1.0"),
        ("maximize", 83, 80, 85, "1.0"),  # T1 < T < R1
        ("maximize", 85, 80, 85, "1.1"),  # T = R1
        ("maximize", 86, 80, 85, "1.2"),  # T > T1 and T > R1
        ("maximize", 86, 80, 70, "1.2"),
        # minimize mirrors
        ("minimize", 15, 14, 12, "0.8"),
        ("minimize", 14, 14, 12, "0.9"),
        ("minimize", 14, 14, 15, "1.0"),
        ("minimize", 13, 14, 12, "1.0"),
        ("minimize", 12, 14, 12, "1.1"),
        ("minimize", 11, 14, 12, "1.2"),
        ("stabilize", 90, 80, 70, "1.0"),  # no source covers it
    ],
)
def test_a_target_is_weighed_by_last_year(
    polarity: str, target: int, before: int, reached: int, expected: str
) -> None:
    last_year = LastYear(Fraction(before), Fraction(reached))
    weight, told = target_quality(polarity, Fraction(target), last_year)
    assert fixed(weight, 1) == expected
    assert told.endswith(".")


def test_without_a_history_a_target_weighs_one() -> None:
    assert target_quality("maximize", Fraction(80), None)[0] == 1


def test_k3_is_the_mean_of_both_and_told_in_steps() -> None:
    told = quality(
        KMK,
        validity="exact",
        control="moderate",
        polarity="maximize",
        target=Fraction(86),
        last_year=LastYear(Fraction(80), Fraction(85)),
    )
    assert told.k3 == exact("1.175")
    assert told.steps == (
        "Mutu indikator exact, kendali moderate: 1,15.",
        "Target 86; tahun lalu target 80, realisasi 85: mutu target 1,2.",
        "K3 = (1,15 + 1,2) ÷ 2 = 1,175.",
    )


SCORES = [Fraction(95), Fraction(800, 7), Fraction(110), Fraction(120)]
WEIGHTS = [exact(weight) for weight in ("1.15", "1.00", "0.80", "1.10")]


def test_scores_times_weight_are_capped_and_weighed() -> None:
    """DOMAIN 3.4: 109.22. By hand (109.25 × 1.15 + 800/7 + 88 × 0.8 + 120 × 1.1) ÷ 4.05."""
    mean = quality_mean(zip(SCORES, WEIGHTS, strict=True), profile=KMK)
    assert mean is not None
    assert fixed(mean, 2) == "109.22"


def test_nothing_weighed_has_no_mean() -> None:
    assert quality_mean([], profile=KMK) is None


def test_local_practice_knows_no_quality_weights() -> None:
    assert "LKJIP" in quality(LKJIP, validity="exact", control="low").reason
