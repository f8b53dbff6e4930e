"""What a draft does to the scores of units, against the same worked out by the slow way."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.impact import (
    Part,
    UnitParts,
    histogram,
    impact_of,
    mean,
    moved_most,
    moves,
    ranking,
    sensitivity,
    total_of,
)
from indicators.scoring import KMK, LKJIP, status

CODES = ("KES-01", "KES-02", "KES-03", "KES-04")


def part(code: str, weight: int | str, score: int | str | None) -> Part:
    return Part(code, Fraction(weight), None if score is None else Fraction(score))


def unit(name: str, before: list[Part] | None = None, after: list[Part] | None = None) -> UnitParts:
    return UnitParts(
        name, None if before is None else tuple(before), None if after is None else tuple(after)
    )


figures = st.fractions(0, 120, max_denominator=60)
weights = st.fractions(1, 100, max_denominator=4)
sides = st.dictionaries(
    st.sampled_from(CODES), st.tuples(weights, st.none() | figures), max_size=4
).map(lambda rows: tuple(Part(code, weight, score) for code, (weight, score) in rows.items()))
units = st.lists(st.tuples(st.none() | sides, st.none() | sides), max_size=8).map(
    lambda rows: [UnitParts(f"u{n}", before, after) for n, (before, after) in enumerate(rows)]
)


# Worked by hand


def test_a_unit_that_rises_is_told_with_the_indicator_that_lifted_it() -> None:
    clinic = unit(
        "latihan",
        [part("KES-01", 60, 90), part("KES-02", 40, 70)],
        [part("KES-01", 60, 95), part("KES-02", 40, 69)],
    )
    (effect,) = impact_of([clinic], hidden=set(), before=KMK, after=KMK).effects
    assert (effect.before, effect.after, effect.difference) == (
        82,
        Fraction(423, 5),
        Fraction(13, 5),
    )
    assert [(moved.code, moved.by) for moved in moves(clinic)] == [
        ("KES-01", Fraction(3)),
        ("KES-02", Fraction(-2, 5)),
    ]
    assert effect.moved_by is not None
    assert effect.moved_by.code == "KES-01"


def test_an_indicator_that_comes_in_below_the_total_is_what_lowers_it() -> None:
    clinic = unit(
        "latihan",
        [part("KES-01", 100, 90)],
        [part("KES-01", 80, 90), part("KES-02", 20, 50)],
    )
    moved = moved_most(clinic)
    assert moved is not None
    assert (moved.code, moved.by, moved.before) == ("KES-02", -8, None)


def test_a_total_rests_on_what_was_reported() -> None:
    clinic = unit("latihan", None, [part("KES-01", 60, 90), part("KES-02", 40, None)])
    impact = impact_of([clinic], hidden=set(), before=None, after=KMK)
    (effect,) = impact.effects
    assert (effect.after, effect.covered, effect.weight) == (90, 60, 100)
    assert (effect.before, effect.difference, effect.band_before) == (None, None, "")
    assert not impact.is_compared
    assert impact.mean_after == 90


def test_what_moves_less_than_is_shown_counts_as_the_same() -> None:
    clinic = unit("latihan", [part("KES-01", 100, "90.001")], [part("KES-01", 100, "90.002")])
    impact = impact_of([clinic], hidden=set(), before=KMK, after=KMK)
    assert (len(impact.up), len(impact.down), impact.same) == (0, 0, 1)


def test_bands_are_compared_only_where_both_rules_have_the_same() -> None:
    clinic = unit("latihan", [part("KES-01", 100, 79)], [part("KES-01", 100, 81)])
    assert impact_of([clinic], hidden=set(), before=KMK, after=KMK).band_changes == 1
    assert impact_of([clinic], hidden=set(), before=KMK, after=LKJIP).band_changes == 0


def test_the_histogram_has_narrow_steps_where_the_totals_lie_together() -> None:
    near = histogram([Fraction(82), Fraction("84.99")], [Fraction(120)], cap=Fraction(120))
    assert [(step.start, step.end) for step in near][:2] == [(80, 85), (85, 90)]
    assert (near[0].before, near[-1].start, near[-1].after) == (2, 115, 1)
    far = histogram([Fraction(0)], [Fraction(100)], cap=Fraction(100))
    assert (far[0].start, far[0].end, far[-1].start, far[-1].end) == (0, 10, 90, 100)
    assert histogram([], [], cap=Fraction(100)) == []


def test_a_heavier_weight_is_paid_by_the_others_in_proportion() -> None:
    """50/30/20 with 100, 80, 60; 5 points more for the first: 55/27/18, so 87.4 instead of 86."""
    scores = [part("KES-01", 50, 100), part("KES-02", 30, 80), part("KES-03", 20, 60)]
    found = {each.code: each for each in sensitivity({"latihan": scores}, profile=KMK)}
    assert found["KES-01"].heavier.mean == Fraction("1.4")
    assert found["KES-01"].lighter.mean == Fraction("-1.4")
    assert next(iter(found)) == "KES-03"  # the largest effect first: 60 lies furthest from the rest


def test_a_single_indicator_cannot_give_way_to_anything() -> None:
    (only,) = sensitivity({"latihan": [part("KES-01", 100, 90)]}, profile=KMK)
    assert (only.lighter.mean, only.heavier.mean, only.units) == (0, 0, 1)


# Properties


@given(units, st.sampled_from((None, KMK, LKJIP)), st.sampled_from((KMK, LKJIP)))
def test_it_answers_for_everything(rows: list[UnitParts], before: object, after: object) -> None:
    impact = impact_of(rows, hidden=set(), before=before, after=after)  # type: ignore[arg-type]
    assert len(impact.up) + len(impact.down) + impact.same == len(impact.compared)
    steps, bands = impact.steps(), impact.bands(after)  # type: ignore[arg-type]
    assert sum(step.before for step in steps) == sum(e.before is not None for e in impact.effects)
    assert sum(step.after for step in steps) == impact.scored == sum(band.after for band in bands)
    assert [row.measured >= row.scored for row in impact.covered].count(False) == 0


@given(units)
def test_what_each_indicator_moved_is_together_the_whole_difference(rows: list[UnitParts]) -> None:
    for row in rows:
        old, new = total_of(row.before).exact, total_of(row.after).exact
        if old is not None and new is not None:
            assert sum((moved.by for moved in moves(row)), Fraction(0)) == new - old
            most = moved_most(row)
            assert (most is None) == (old == new)
            assert most is None or most.by * (new - old) > 0


@given(units, st.data())
def test_nothing_of_what_is_hidden_reaches_the_answer(
    rows: list[UnitParts], data: st.DataObject
) -> None:
    hidden = data.draw(st.sets(st.sampled_from([row.unit for row in rows]))) if rows else set()
    other = [
        UnitParts(row.unit, data.draw(st.none() | sides), data.draw(st.none() | sides))
        if row.unit in hidden
        else row
        for row in rows
    ]
    asked = {"hidden": hidden, "before": KMK, "after": KMK}
    assert impact_of(rows, **asked) == impact_of(other, **asked)  # type: ignore[arg-type]


def moved_by_hand(parts: tuple[Part, ...], code: str, by: int) -> list[Part]:
    """All weights written anew as shares of 100, one moved, the others in proportion."""
    whole = sum(each.weight for each in parts)
    shares = {each.code: each.weight / whole * 100 for each in parts}
    if code not in shares or shares[code] == 100:
        return list(parts)
    asked = min(max(shares[code] + by, Fraction(0)), Fraction(100))
    left, others = 100 - asked, 100 - shares[code]
    new = {each: asked if each == code else share * left / others for each, share in shares.items()}
    assert sum(new.values()) == 100
    return [Part(each.code, new[each.code], each.score) for each in parts]


@given(st.lists(sides, max_size=6), st.sampled_from((1, 5, 30, 100)))
def test_sensitivity_is_what_computing_everything_anew_gives(
    rows: list[tuple[Part, ...]], points: int
) -> None:
    units = {f"u{number}": row for number, row in enumerate(rows)}
    base = {name: total_of(row).exact for name, row in units.items()}
    scored = {name: whole for name, whole in base.items() if whole is not None}
    found = {each.code: each for each in sensitivity(units, profile=KMK, points=points)}
    assert set(found) == {
        each.code for name in scored for each in units[name] if each.score is not None
    }
    for code, each in found.items():
        for by, shift in ((-points, each.lighter), (points, each.heavier)):
            anew = {
                name: whole
                if (moved := total_of(moved_by_hand(units[name], code, by)).exact) is None
                else moved
                for name, whole in scored.items()
            }
            assert shift.mean == (mean(anew.values()) or 0) - (mean(scored.values()) or 0)
            assert shift.band_changes == sum(
                status(anew[name]) != status(scored[name]) for name in scored
            )
            old, new = ranking(scored), ranking(anew)
            assert shift.rank_changes == sum(old[name] != new[name] for name in scored)


@given(st.dictionaries(st.text(max_size=3), figures, max_size=8))
def test_a_rank_counts_who_stands_above(totals: dict[str, Fraction]) -> None:
    for name, rank in ranking(totals).items():
        assert rank == 1 + sum(other > totals[name] for other in totals.values())


@pytest.mark.parametrize("points", [0, 5])
def test_no_units_have_no_sensitivity(points: int) -> None:
    assert sensitivity({}, profile=KMK, points=points) == []
