"""Scores, hand-worked, and what holds for every score. Source: DOMAIN 3.1 to 3.3."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.scoring import (
    KMK,
    Measure,
    Score,
    consolidate,
    exact,
    fixed,
    score,
    show,
    status,
    total,
)

DATA = json.loads((Path(__file__).parent / "data" / "scoring_vectors.json").read_text())
SCALE = tuple((exact(ca), exact(cn)) for ca, cn in DATA["stabilize_scale"])


def scored(polarity: str, target: str | None, actual: str | None, **over: Any) -> Score:
    measure = Measure(polarity, None if target is None else exact(target), **over)
    return score(measure, None if actual is None else exact(actual))


@pytest.mark.parametrize(
    "vector", DATA["vectors"], ids=lambda v: f"{v['polarity']} {v['actual']}/{v['target']}"
)
def test_every_vector_scores_as_given(vector: dict[str, Any]) -> None:
    worst = vector.get("worst_case")
    result = scored(
        vector["polarity"],
        vector["target"],
        vector["actual"],
        worst_case=None if worst is None else exact(worst),
        target_is_max=vector["target_is_max"],
        scale=SCALE if vector["polarity"] == "stabilize" else (),
    )
    assert result.score == vector["score"]
    assert bool(result.reason) == (vector["score"] is None)


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "over", "expected"),
    [
        # negative actuals
        ("maximize", "10", "-1", {}, "0.00"),
        ("minimize", "10", "-5", {}, "120.00"),
        ("maximize", "-10", "-10", {}, "100.00"),
        ("maximize", "-10", "-20", {}, "0.00"),
        ("maximize", "-10", "0", {}, "120.00"),
        ("maximize", "-8", "-9", {}, "87.50"),
        # target 0
        ("minimize", "0", "-1", {"worst_case": 10}, "110.00"),
        ("minimize", "0", "10", {"worst_case": 10}, "0.00"),
        ("minimize", "0", "1", {"worst_case": 3}, "66.67"),
        ("minimize", "0", "0", {}, None),
        ("minimize", "0", "0", {"worst_case": 0}, None),
        ("stabilize", "0", "0", {}, None),
        # konversi 120 wins over "cannot be computed"
        ("maximize", "0", "0", {"target_is_max": True}, "120.00"),
        ("maximize", "0", "-1", {"target_is_max": True}, None),
        ("minimize", "0", "0", {"target_is_max": True}, "120.00"),
        ("minimize", "0", "1", {"target_is_max": True}, None),
        ("minimize", "14", "14", {"target_is_max": True}, "120.00"),
        ("minimize", "14", "15", {"target_is_max": True}, "92.86"),
        # konversi does not exist for two-sided targets
        ("stabilize", "80", "72", {"target_is_max": True}, "100.00"),
        # no source covers these
        ("minimize", "-5", "-4", {}, None),
        ("stabilize", "-10", "-10", {}, None),
        # what is missing
        ("maximize", None, "5", {}, None),
        ("maximize", "5", None, {}, None),
        # decimals and thirds
        ("maximize", "3", "1", {}, "33.33"),
        ("maximize", "3", "2", {}, "66.67"),
        ("maximize", "0.0003", "0.0002", {}, "66.67"),
        ("minimize", "7", "6.5", {}, "107.14"),
        # big numbers
        ("maximize", "99999999999.9999", "99999999999.9998", {}, "100.00"),
        ("maximize", "1", "100000000000000000000", {}, "120.00"),
        # half up, not half even: 94.485 and 94.475
        ("maximize", "100000", "94485", {}, "94.49"),
        ("maximize", "100000", "94475", {}, "94.48"),
    ],
)
def test_hand_worked_scores(
    polarity: str,
    target: str | None,
    actual: str | None,
    over: dict[str, Any],
    expected: str | None,
) -> None:
    if "worst_case" in over:
        over = {**over, "worst_case": Fraction(over["worst_case"])}
    assert scored(polarity, target, actual, **over).score == expected


def points(*pairs: tuple[int, int]) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple((Fraction(ca), Fraction(cn)) for ca, cn in pairs)


@pytest.mark.parametrize(
    ("scale", "actual", "expected"),
    [
        (points((0, 0), (100, 100)), "80", "100.00"),  # a scale of one's own: on target is 100
        (points((0, 0), (100, 100)), "60", "75.00"),
        (points((50, 60), (100, 120)), "60", "90.00"),
        (points((50, 60), (100, 120)), "20", "30.00"),  # below the scale its first line goes on
        (points((50, 0), (100, 120)), "20", "0.00"),  # and the floor ends it
        (points((0, 0), (90, 100)), "80", "111.11"),  # above it the last line goes on
        (points((0, 0), (50, 119)), "80", "120.00"),  # and the cap ends it
        (points((0, 0), (80, 80), (90, 100), (100, 120)), "68", "90.00"),  # Ca 85, between
        ((), "72", "100.00"),  # none of its own: the rule's example points
    ],
)
def test_a_scale_of_ones_own_is_followed(
    scale: tuple[tuple[Fraction, Fraction], ...], actual: str, expected: str
) -> None:
    assert scored("stabilize", "80", actual, scale=scale).score == expected


@pytest.mark.parametrize(
    ("polarity", "actual", "over", "expected"),
    [
        # PermenPANRB 8/2021, worked examples: R 70, range 80-90; R 6.5 and R 9, range 7-8
        ("maximize", "70", {"target": "85", "range": ("80", "90")}, "87.50"),
        ("minimize", "6.5", {"target": "7", "range": ("7", "8")}, "107.14"),
        ("minimize", "9", {"target": "8", "range": ("7", "8")}, "87.50"),
        ("maximize", "92", {"target": "85", "range": ("80", "90")}, "102.22"),
        ("maximize", "80", {"target": "85", "range": ("80", "90")}, "100.00"),
        ("minimize", "7.5", {"target": "7", "range": ("7", "8")}, "100.00"),
        # TOI: ideal 1 to 3 days; inside nobody is punished
        ("stabilize", "1", {"target": "2", "range": ("1", "3")}, "120.00"),
        ("stabilize", "3", {"target": "2", "range": ("1", "3")}, "120.00"),
        ("stabilize", "0.9", {"target": "2", "range": ("1", "3")}, "100.00"),
        ("stabilize", "3.3", {"target": "2", "range": ("1", "3")}, "100.00"),
        ("stabilize", "0", {"target": "1", "range": ("-1", "3")}, "120.00"),
    ],
)
def test_a_range_is_read_by_its_nearest_bound(
    polarity: str, actual: str, over: dict[str, Any], expected: str
) -> None:
    low, high = over["range"]
    result = scored(polarity, over["target"], actual, target_range=(exact(low), exact(high)))
    assert result.score == expected


def test_a_range_that_is_met_counts_as_met_for_konversi_120() -> None:
    result = scored(
        "maximize", "100", "95", target_range=(exact("90"), exact("100")), target_is_max=True
    )
    assert result.score == "120.00"


def test_the_status_follows_the_unrounded_score() -> None:
    result = scored("maximize", "100000", "99999")
    assert (result.score, result.unrounded, result.status) == ("100.00", "99.9990000000", "kuning")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("120", "hijau"),
        ("100", "hijau"),
        ("99.9999", "kuning"),
        ("80", "kuning"),
        ("79.99", "merah"),
    ],
)
def test_bands_begin_where_they_say(value: str, name: str) -> None:
    assert status(exact(value)) == name


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "over", "steps"),
    [
        (
            "maximize",
            "92.5",
            "90",
            {},
            [
                "Makin tinggi makin baik: realisasi ÷ target × 100 = 90 ÷ 92,5 × 100 = 97,2973.",
                "90 dari target 92,5 → 97,30; status kuning.",
            ],
        ),
        (
            "minimize",
            "14",
            "10",
            {},
            [
                "Makin rendah makin baik: (1 + (1 − realisasi ÷ target)) × 100 = "
                "(2 − 10 ÷ 14) × 100 = 128,5714.",
                "Nilai tertinggi 120, maka nilainya 120.",
                "10 dari target 14 → 120,00; status hijau.",
            ],
        ),
        (
            "minimize",
            "0",
            "12",
            {"worst_case": Fraction(10)},
            [
                "Target 0, terburuk 10: (terburuk − realisasi) ÷ terburuk × 100 = "
                "(10 − 12) ÷ 10 × 100 = -20.",
                "Nilai terendah 0, maka nilainya 0.",
                "12 dari target 0 → 0,00; status merah.",
            ],
        ),
        (
            "maximize",
            "-10",
            "-12",
            {},
            [
                "Target di bawah nol: (1 + (1 − realisasi ÷ target)) × 100 = "
                "(2 − (-12) ÷ (-10)) × 100 = 80.",
                "-12 dari target -10 → 80,00; status kuning.",
            ],
        ),
        (
            "maximize",
            "100",
            "100",
            {"target_is_max": True},
            [
                "Target sudah yang tertinggi dan tercapai: nilainya yang tertinggi, 120.",
                "100 dari target 100 → 120,00; status hijau.",
            ],
        ),
        (
            "stabilize",
            "80",
            "84",
            {},
            [
                "Di atas target: capaian = 200 − 84 ÷ 80 × 100 = 95.",
                "Mendekati target makin baik: capaian 95 (100 bila tepat pada target).",
                "Skala 90 → 100 dan 100 → 120: nilainya 110.",
                "84 dari target 80 → 110,00; status hijau.",
            ],
        ),
        (
            "maximize",
            "85",
            "70",
            {"target_range": (Fraction(80), Fraction(90))},
            [
                "Di bawah rentang 80–90: batas bawahnya menjadi target.",
                "Makin tinggi makin baik: realisasi ÷ target × 100 = 70 ÷ 80 × 100 = 87,5.",
                "70 dari target 80–90 → 87,50; status kuning.",
            ],
        ),
    ],
)
def test_every_step_is_told_with_its_figures(
    polarity: str, target: str, actual: str, over: dict[str, Any], steps: list[str]
) -> None:
    assert list(scored(polarity, target, actual, **over).steps) == steps


def test_what_cannot_be_computed_tells_how_far_it_came() -> None:
    result = scored("maximize", "5", "-1", target_range=(Fraction(0), Fraction(9)))
    assert result.reason.startswith("Target 0 tidak dapat menjadi pembagi")
    assert result.steps == ("Di bawah rentang 0–9: batas bawahnya menjadi target.",)


@pytest.mark.parametrize(
    "value",
    [
        *("NaN", "nan", "inf", "-Infinity", "1e400", "1e31", "", " ", "87,4", "1_000", "0x10"),
        *("1.2.3", "٣", "９", "--1", "9" * 31, "0." + "1" * 31, "1e-99", "1/3", "½"),
        *(True, False, None, 1.5, float("nan"), 10**30, [], {}),
        *(Decimal("NaN"), Decimal("Infinity"), Decimal("1e400"), Decimal("1e-31")),
    ],
)
def test_what_is_no_exact_figure_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        exact(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("87.4", Fraction(874, 10)),
        ("-0.5", Fraction(-1, 2)),
        ("+3", Fraction(3)),
        ("1e3", Fraction(1000)),
        (" 12 ", Fraction(12)),
        (7, Fraction(7)),
        (Decimal("92.50"), Fraction(925, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_figures_are_read_exactly(value: object, expected: Fraction) -> None:
    assert exact(value) == expected


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(2, 3), 10, "0.6666666667"),
        (Fraction(199, 2), 0, "100"),
    ],
)
def test_rounding_is_half_away_from_zero(value: Fraction, places: int, expected: str) -> None:
    assert fixed(value, places) == expected


def test_figures_are_shown_as_indonesians_write_them() -> None:
    assert show(Fraction(1234567, 100)) == "12.345,67"


@pytest.mark.parametrize("scale", [points((0, 0)), points((0, 0), (0, 1)), points((9, 0), (1, 1))])
def test_a_scale_needs_two_points_that_rise(scale: tuple[tuple[Fraction, Fraction], ...]) -> None:
    with pytest.raises(ValueError, match=r"[Ss]kala"):
        Measure("stabilize", Fraction(1), scale=scale)


def test_an_unknown_polarity_is_refused() -> None:
    with pytest.raises(ValueError, match="Polarisasi"):
        Measure("sideways", Fraction(1))


# What holds for every score

figures = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**4)
positive = st.fractions(min_value=Fraction(1, 100), max_value=10**6, max_denominator=10**4)
polarities = st.sampled_from(["maximize", "minimize", "stabilize"])


@given(polarities, figures, figures, st.none() | positive, st.booleans())
def test_a_score_lies_between_floor_and_cap(
    polarity: str, target: Fraction, actual: Fraction, worst: Fraction | None, top: bool
) -> None:
    result = score(Measure(polarity, target, worst_case=worst, target_is_max=top), actual)
    if result.exact is None:
        assert result.reason
    else:
        assert KMK.floor <= result.exact <= KMK.cap
        assert result.status == status(result.exact)


@given(figures, figures, figures, st.booleans())
def test_more_is_never_worse_where_more_is_better(
    target: Fraction, actual: Fraction, other: Fraction, top: bool
) -> None:
    low, high = sorted([actual, other])
    measure = Measure("maximize", target, target_is_max=top)
    first, second = score(measure, low), score(measure, high)
    assume(first.exact is not None and second.exact is not None)
    assert first.exact <= second.exact  # type: ignore[operator]


@given(figures, figures, figures, positive, st.booleans())
def test_less_is_never_worse_where_less_is_better(
    target: Fraction, actual: Fraction, other: Fraction, worst: Fraction, top: bool
) -> None:
    low, high = sorted([actual, other])
    measure = Measure("minimize", target, worst_case=worst, target_is_max=top)
    first, second = score(measure, low), score(measure, high)
    assume(first.exact is not None and second.exact is not None)
    assert first.exact >= second.exact  # type: ignore[operator]


@given(positive, figures)
def test_the_same_distance_on_either_side_scores_the_same(
    target: Fraction, distance: Fraction
) -> None:
    measure = Measure("stabilize", target)
    assert score(measure, target - distance) == score(measure, target + distance) or (
        score(measure, target - distance).exact == score(measure, target + distance).exact
    )


@given(polarities, positive, positive, positive)
def test_the_unit_of_measure_does_not_matter(
    polarity: str, target: Fraction, actual: Fraction, factor: Fraction
) -> None:
    plain = score(Measure(polarity, target), actual)
    scaled = score(Measure(polarity, target * factor), actual * factor)
    assert plain.exact == scaled.exact


# Periods


def by_quarter(*values: int | None) -> dict[str, Fraction]:
    return {
        f"TW{place}": Fraction(value) for place, value in enumerate(values, 1) if value is not None
    }


QUARTERS = ["TW1", "TW2", "TW3", "TW4"]


@pytest.mark.parametrize(
    ("rule", "targets", "actuals", "until", "expected"),
    [
        ("sum", (25, 25, 25, 25), (20, 30, 25, 30), 2, "100.00"),
        ("sum", (25, 25, 25, 25), (20, 30, 25, 30), 4, "105.00"),
        ("average", (80, 82, 84, 86), (78, 84, 84, 90), 4, "101.20"),
        ("take_last_known", (80, 82, 84, 86), (78, 84, 84, 90), 3, "100.00"),
        ("take_last_known", (80, 82, 84, 86), (78, 84, 84, 90), 4, "104.65"),
        # quarters without a target do not count, whatever was reported
        ("sum", (None, 50, None, 50), (99, 40, 99, 60), 4, "100.00"),
    ],
)
def test_periods_are_consolidated_before_they_are_scored(
    rule: str, targets: tuple[int, ...], actuals: tuple[int, ...], until: int, expected: str
) -> None:
    together = consolidate(
        rule, QUARTERS[:until], targets=by_quarter(*targets), actuals=by_quarter(*actuals)
    )
    assert score(Measure("maximize", together.target), together.actual).score == expected


@pytest.mark.parametrize("rule", ["sum", "average", "take_last_known"])
def test_a_quarter_with_a_target_and_no_actual_means_not_yet(rule: str) -> None:
    together = consolidate(
        rule, QUARTERS, targets=by_quarter(1, 1, 1, 1), actuals=by_quarter(1, None, 1, 1)
    )
    assert (together.actual, together.missing) == (None, ("TW2",))


def test_without_targets_by_period_what_was_reported_counts() -> None:
    together = consolidate("sum", QUARTERS, targets={}, actuals=by_quarter(20, 30))
    assert (together.target, together.actual) == (None, Fraction(50))


def test_how_periods_became_one_is_told() -> None:
    whole = consolidate(
        "average", QUARTERS, targets=by_quarter(80, 82, 84, 86), actuals=by_quarter(78, 84, 84, 90)
    )
    assert whole.steps == (
        "Realisasi TW1 78, TW2 84, TW3 84, TW4 90: rata-rata 84.",
        "Target TW1 80, TW2 82, TW3 84, TW4 86: rata-rata 83.",
    )


def test_an_unknown_consolidation_is_refused() -> None:
    with pytest.raises(ValueError, match="Konsolidasi"):
        consolidate("median", QUARTERS, targets={}, actuals={})


# Several indicators


def test_the_total_is_the_weighted_mean_of_what_was_scored() -> None:
    # DOMAIN 3.4: 95 (1.15), 800/7 (1.00), 110 (0.80), 120 (1.10) -> 109.51
    parts = [
        (exact("1.15"), Fraction(95)),
        (exact("1.00"), Fraction(800, 7)),
        (exact("0.80"), Fraction(110)),
        (exact("1.10"), Fraction(120)),
        (exact("7"), None),
    ]
    result = total(parts)
    assert result.exact is not None
    assert (fixed(result.exact, 2), result.covered) == ("109.51", exact("4.05"))


@pytest.mark.parametrize("parts", [[], [(Fraction(50), None)], [(Fraction(0), Fraction(90))]])
def test_nothing_scored_has_no_total(parts: list[tuple[Fraction, Fraction | None]]) -> None:
    assert total(parts).exact is None
