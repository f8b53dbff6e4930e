"""Two independent implementations of the scoring rules agree on whatever they are given."""

from fractions import Fraction
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicators.scoring import (
    KMK,
    LKJIP,
    Measure,
    consolidate,
    score,
)
from tests.indicators import naive_scoring as naive

# Targets cluster where the rules turn: 0, 1, the range of percents, and far away.
near = st.sampled_from([Fraction(n) for n in (-100, -10, -1, 0, 1, 2, 10, 80, 90, 99, 100, 120)])
far = st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**6)
figures = near | far
polarities = st.sampled_from(["maximize", "minimize", "stabilize"])


@st.composite
def scales(draw: st.DrawFn) -> tuple[tuple[Fraction, Fraction], ...]:
    achievements = sorted(draw(st.sets(figures, min_size=2, max_size=12)))
    return tuple((achievement, draw(figures)) for achievement in achievements)


@st.composite
def measures(draw: st.DrawFn) -> dict[str, Any]:
    low_high = sorted(draw(st.sets(figures, min_size=2, max_size=2)))
    return {
        "polarity": draw(polarities),
        "target": draw(figures),
        "worst_case": draw(st.none() | figures),
        "target_is_max": draw(st.booleans()),
        "scale": draw(st.just(()) | scales()),
        "target_range": draw(st.none() | st.just(tuple(low_high))),
    }


def naively(rule: Any, told: dict[str, Any], actual: Fraction) -> Fraction | None:
    found: Fraction | None = rule(
        told["polarity"],
        told["target"],
        actual,
        told["worst_case"],
        told["target_is_max"],
        told["scale"],
        told["target_range"],
    )
    return found


def measured(**over: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "polarity": "minimize",
        "target": Fraction(0),
        "worst_case": None,
        "target_is_max": False,
        "scale": (),
        "target_range": None,
    }
    return plain | over


@settings(max_examples=1500, deadline=None)
@given(measures(), figures)
@example(measured(target_is_max=True), Fraction(0))
@example(measured(worst_case=Fraction(0)), Fraction(1))
@example(measured(polarity="stabilize", target_range=(Fraction(-1), Fraction(3))), Fraction(0))
def test_both_give_the_same_fraction(told: dict[str, Any], actual: Fraction) -> None:
    for profile, rule in ((KMK, naive.kmk), (LKJIP, naive.lkjip)):
        result = score(Measure(**told), actual, profile=profile)
        assert result.exact == naively(rule, told, actual)
        # Whatever comes: a score with its band and steps, or a reason in words.
        if result.exact is None:
            assert result.reason.endswith(".")
        else:
            assert profile.floor <= result.exact <= profile.cap
            assert result.status in dict(profile.bands)
            assert result.steps
            assert result.score == naive.half_up(result.exact, 2)
            assert result.unrounded == naive.half_up(result.exact, 10)


keys = ["TW1", "TW2", "TW3", "TW4"]
by_period = st.dictionaries(st.sampled_from(keys), figures)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(["sum", "average", "take_last_known"]), by_period, by_period)
def test_both_consolidate_alike(
    rule: str, targets: dict[str, Fraction], actuals: dict[str, Fraction]
) -> None:
    together = consolidate(rule, keys, targets=targets, actuals=actuals)
    counted = {key: targets[key] for key in keys if key in targets}
    if not counted:
        assert together.target is None
        return
    target, actual = naive.consolidated(rule, counted, actuals)
    assert together.actual == actual
    if actual is not None:
        assert together.target == target
    assert bool(together.missing) == (actual is None)
