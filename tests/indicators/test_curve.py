"""The curve from figure to score: hand-worked places, and what the table says of them."""

from fractions import Fraction
from typing import Any

import pytest

from indicators.curve import BOTTOM, LEFT, RIGHT, TOP, Curve, curve_of
from indicators.scoring import KMK, LKJIP, Measure, Profile


def measure(polarity: str = "maximize", target: int | None = 80, **over: Any) -> Measure:
    return Measure(polarity, None if target is None else Fraction(target), **over)


def drawn(given: Measure, profile: Profile = KMK, **over: Any) -> Curve:
    curve = curve_of(given, profile, **over)
    assert curve is not None
    return curve


def scores(curve: Curve) -> dict[str, str | None]:
    return {row.figure: row.result.score for row in curve.rows}


def test_the_line_begins_at_the_floor_and_ends_at_the_cap() -> None:
    curve = drawn(measure())
    places = [tuple(map(float, point.split(","))) for point in curve.line.split()]
    assert places[0] == (LEFT, BOTTOM)
    assert places[-1] == (RIGHT, TOP)
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (measure(), {"0": "0.00", "64": "80.00", "80": "100.00", "96": "120.00"}),
        # 2 − 16/20 = 1.2; 2 − 24/20 = 0.8; 2 − 40/20 = 0
        (
            measure("minimize", 20),
            {"16": "120.00", "20": "100.00", "24": "80.00", "40": "0.00"},
        ),
        (
            measure("minimize", 0, worst_case=Fraction(10)),
            {"0": "100.00", "5": "50.00", "10": "0.00"},
        ),
        # achievement 80 lies between 0 → 0 and 90 → 100
        (measure("stabilize", 50), {"40": "88.89", "50": "120.00", "60": "88.89"}),
        (
            measure(target_is_max=True),
            {"0": "0.00", "64": "80.00", "80": "120.00"},
        ),
    ],
)
def test_the_table_tells_the_figures_that_matter(given: Measure, told: dict[str, str]) -> None:
    assert scores(drawn(given)) == told


def test_a_range_is_marked_by_both_bounds() -> None:
    curve = drawn(measure("maximize", 80, target_range=(Fraction(70), Fraction(90))))
    assert [mark.text for mark in curve.uprights] == ["target 70–90", ""]
    assert scores(curve)["70"] == scores(curve)["90"] == "100.00"


def test_worst_case_cap_and_floor_are_marked() -> None:
    curve = drawn(measure("minimize", 0, worst_case=Fraction(12)))
    assert [(mark.kind, mark.text) for mark in curve.uprights] == [
        ("target", "target 0"),
        ("worst", "terburuk 12"),
    ]
    assert [(mark.kind, mark.text) for mark in curve.levels] == [("cap", "120"), ("floor", "0")]
    assert drawn(measure(), LKJIP).levels[0].text == "100"


def test_a_figure_of_ones_own_stands_on_the_line_and_in_the_table() -> None:
    curve = drawn(measure(), actual=Fraction(48), actual_label="angka Anda", unit="persen")
    assert curve.own == ("177.5", f"{BOTTOM - (BOTTOM - TOP) / 2:.1f}")  # 60 of 120; 48 of 107.52
    [row] = [row for row in curve.rows if row.is_shown]
    assert (row.label, row.figure, row.result.score) == ("angka Anda", "48 persen", "60.00")


def test_a_figure_beyond_the_picture_is_told_in_the_table_alone() -> None:
    curve = drawn(measure(), actual=Fraction(500), actual_label="angka Anda")
    assert curve.own is None
    assert scores(curve)["500"] == "120.00"


@pytest.mark.parametrize(
    "given",
    [
        measure(target=None),
        measure(target=0),
        measure("minimize", 0),
    ],
)
def test_what_cannot_be_scored_has_no_curve(given: Measure) -> None:
    assert curve_of(given, KMK) is None


def test_a_profile_without_two_sided_targets_draws_none() -> None:
    assert curve_of(measure("stabilize", 50), LKJIP) is None


@pytest.mark.parametrize("target", [1, 3, 80, 97, 1200, 45_000_000])
def test_the_slider_moves_in_round_steps(target: int) -> None:
    curve = drawn(measure(target=target))
    assert 200 <= (curve.most - curve.least) / curve.step <= 500
    assert curve.start % curve.step == 0
    assert curve.least < curve.start < target


def test_a_negative_target_has_its_curve() -> None:
    curve = drawn(measure(target=-10))
    assert scores(curve)["-10"] == "100.00"
    assert curve.least == -22
