"""An attacker with everything that is shown solves for the unit that is not.

The attacker knows the tree, whom each indicator measures, and that a unit above reports a weighted
sum of what those below it report (DOMAIN 3.3). Gaussian elimination in fractions tells whether what
is shown leaves one value only for a hidden figure. Each attack succeeds on a naive page (control).
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.impact import (
    LEAST_PEOPLE,
    Part,
    UnitParts,
    hidden_units,
    impact_of,
    mean,
    total_of,
)
from indicators.scoring import KMK

type Row = tuple[dict[str, Fraction], Fraction]
"""An equation: what stands before each unknown, and their sum."""

# A district office above five offices; one of them has four people.
PATHS = {
    "kota": ("kota",),
    "kec": ("kec", "kota"),
    **{name: (name, "kec", "kota") for name in ("a", "b", "c", "d", "e")},
}
PEOPLE = {"kec": 20, "a": 4, "b": 6, "c": 7, "d": 9, "e": 30}


def known(equations: Iterable[Row]) -> set[str]:
    """The unknowns that a system of linear equations leaves one value only."""
    pivots: list[tuple[str, dict[str, Fraction]]] = []
    for row, _value in equations:
        left = {name: factor for name, factor in row.items() if factor}
        for name, pivot in pivots:
            left = _without(left, name, pivot)
        if left:
            name = min(left)
            left = {other: factor / left[name] for other, factor in left.items()}
            pivots = [(seen, _without(pivot, name, left)) for seen, pivot in pivots]
            pivots.append((name, left))
    return {name for name, pivot in pivots if set(pivot) == {name}}


def _without(
    row: Mapping[str, Fraction], name: str, pivot: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    factor = row.get(name, Fraction(0))
    left = {
        other: row.get(other, Fraction(0)) - factor * pivot.get(other, Fraction(0))
        for other in {*row, *pivot}
    }
    return {other: value for other, value in left.items() if value}


def test_the_attacker_can_solve() -> None:
    one, two = Fraction(1), Fraction(2)
    assert known([({"x": one, "y": one}, two), ({"y": one}, one)]) == {"x", "y"}
    assert known([({"x": one, "y": one}, two)]) == set()
    assert known([({"x": one, "y": one}, two), ({"x": two, "y": two}, two)]) == set()


def sums(people: Mapping[str, int], paths: Mapping[str, Sequence[str]]) -> list[Row]:
    """What the attacker knows of how figures are put together: those above sum those below."""
    below: dict[str, list[str]] = {}
    for unit in people:
        above = next((code for code in paths[unit][1:] if code in people), None)
        if above is not None:
            below.setdefault(above, []).append(unit)
    return [
        ({above: Fraction(-1), **{unit: Fraction(1, n + 1) for n, unit in enumerate(units)}}, zero)
        for above, units in below.items()
        for zero in [Fraction(0)]
    ]


def shown(people: Mapping[str, int], hidden: Iterable[str]) -> list[Row]:
    return [({unit: Fraction(1)}, Fraction(0)) for unit in sorted(set(people) - set(hidden))]


def small(people: Mapping[str, int]) -> set[str]:
    """What a naive page hides: units of few people, and no other."""
    return {unit for unit, count in people.items() if count < LEAST_PEOPLE}


# The unit above tells


def test_a_naive_page_is_solved_through_the_unit_above() -> None:
    assert "a" in known([*sums(PEOPLE, PATHS), *shown(PEOPLE, small(PEOPLE))])


def test_a_second_unit_is_hidden_the_smallest_of_the_others() -> None:
    hidden = hidden_units([PEOPLE], PATHS)
    assert hidden == {"a", "b"}
    assert "a" not in known([*sums(PEOPLE, PATHS), *shown(PEOPLE, hidden)])


def test_two_small_units_of_less_than_five_people_take_a_third_with_them() -> None:
    assert hidden_units([{"kec": 20, "a": 1, "b": 2, "c": 7, "d": 9}], PATHS) == {"a", "b", "c"}
    assert hidden_units([{"kec": 20, "a": 3, "b": 2, "c": 7, "d": 9}], PATHS) == {"a", "b"}


def test_a_unit_alone_below_another_takes_that_with_it() -> None:
    """The figure of the one above would be that of the one below."""
    paths = PATHS | {"kec2": ("kec2", "kota"), "kec3": ("kec3", "kota")}
    assert hidden_units([{"kec": 20, "a": 4}], paths) == {"a", "kec"}
    people = {"kec": 20, "a": 4, "kec2": 8, "kec3": 9}
    assert hidden_units([people], paths) == {"a", "kec", "kec2"}


def test_nothing_is_hidden_where_everybody_is_many() -> None:
    assert hidden_units([{unit: count + 5 for unit, count in PEOPLE.items()}], PATHS) == set()
    assert hidden_units([], PATHS) == set()


def test_a_few_people_of_one_position_family_hide_a_large_unit() -> None:
    """Of `e` with its thirty people an indicator for nurses measures two."""
    assert "e" in hidden_units([PEOPLE, {"d": 9, "e": 2}], PATHS)


# Trees, numbers of people and indicators as they come


@st.composite
def cities(draw: st.DrawFn) -> tuple[dict[str, tuple[str, ...]], list[dict[str, int]]]:
    """A tree of units, and for each indicator how many people it measures where."""
    paths: dict[str, tuple[str, ...]] = {}
    for number in range(draw(st.integers(1, 14))):
        above = draw(st.sampled_from([None, *paths]))
        paths[f"u{number:02}"] = (f"u{number:02}", *(paths[above] if above else ()))
    staff = {unit: draw(st.integers(0, 12)) for unit in paths}
    return paths, [
        {unit: max(staff[unit] - draw(st.integers(0, 2)), 0) for unit in units}
        for units in draw(
            st.lists(st.sets(st.sampled_from(sorted(paths)), min_size=1), min_size=1, max_size=4)
        )
    ]


def solved(
    people: Mapping[str, int], paths: Mapping[str, Sequence[str]], hidden: Iterable[str]
) -> set[str]:
    """The small units that an attacker solves, but those that only sum what is shown below."""
    found = known([*sums(people, paths), *shown(people, hidden)])
    leaves = {
        unit
        for unit in people
        if not any(unit in paths[other][1:] for other in people if other != unit)
    }
    return found & small(people) & leaves


@settings(max_examples=400)
@given(cities())
def test_no_small_unit_is_solved(
    city: tuple[dict[str, tuple[str, ...]], list[dict[str, int]]],
) -> None:
    paths, measured = city
    hidden = hidden_units(measured, paths)
    for people in measured:
        assert small(people) <= hidden
        assert not solved(people, paths, hidden)


@settings(max_examples=400)
@given(cities())
def test_no_small_unit_is_solved_from_two_drafts_that_differ_by_one_indicator(
    city: tuple[dict[str, tuple[str, ...]], list[dict[str, int]]],
) -> None:
    paths, measured = city
    both = hidden_units(measured, paths) & hidden_units(measured[:-1], paths)
    for people in measured[:-1]:
        assert not solved(people, paths, both)


def test_a_page_that_chooses_anew_for_each_draft_is_solved_from_two() -> None:
    """The control: who is hidden already for another indicator serves as the second one here."""
    naive_first = {"a", "b"}  # the draft of this one indicator
    naive_second = {"a", "e"}  # with a second, for nurses, `e` is hidden already: two are hidden
    assert "a" in known([*sums(PEOPLE, PATHS), *shown(PEOPLE, naive_first & naive_second)])
    nurses = {"d": 9, "e": 2}
    for order in ([PEOPLE, nurses], [nurses, PEOPLE]):
        ours = hidden_units([PEOPLE], PATHS) & hidden_units(order, PATHS)
        assert "a" not in known([*sums(PEOPLE, PATHS), *shown(PEOPLE, ours)])


def test_who_is_hidden_does_not_depend_on_the_order_of_indicators() -> None:
    other = {"kec": 20, "c": 3, "d": 9, "e": 30}
    assert hidden_units([PEOPLE, other], PATHS) == hidden_units([other, PEOPLE], PATHS)


# Totals, counts and charts


def page(scores: Mapping[str, Fraction], hidden: Iterable[str]) -> object:
    """All that the page computes of one indicator's scores."""
    units = [
        UnitParts(unit, (Part("A", Fraction(100), Fraction(90)),), (Part("A", Fraction(100), s),))
        for unit, s in scores.items()
    ]
    impact = impact_of(units, hidden=set(hidden), before=KMK, after=KMK)
    return (
        impact,
        impact.mean_after,
        impact.steps(),
        impact.bands(KMK),
        impact.covered,
        len(impact.up),
        impact.band_changes,
    )


SCORES = {unit: Fraction(70 + 7 * number) for number, unit in enumerate(PEOPLE)}


def test_a_mean_over_everybody_gives_the_hidden_one_away_and_ours_does_not() -> None:
    """The naive page leaves the unit out of the table alone."""
    rest = [score for unit, score in SCORES.items() if unit != "a"]
    naive = (mean(SCORES.values()) or 0) * len(SCORES) - sum(rest)
    assert naive == SCORES["a"]
    ours = impact_of(
        [UnitParts(u, None, (Part("A", Fraction(100), s),)) for u, s in SCORES.items()],
        hidden=hidden_units([PEOPLE], PATHS),
        before=None,
        after=KMK,
    )
    visible = [total_of(None).exact or effect.after for effect in ours.effects]
    assert (ours.mean_after or 0) * len(visible) == sum(score or 0 for score in visible)


def test_a_chart_over_everybody_gives_the_hidden_one_away_and_ours_does_not() -> None:
    def left(hidden_in_chart: Iterable[str]) -> int:
        """Units in the chart that are not in the table."""
        units = [UnitParts(u, None, (Part("A", Fraction(100), s),)) for u, s in SCORES.items()]
        chart = impact_of(units, hidden=set(hidden_in_chart), before=None, after=KMK)
        return sum(step.after for step in chart.steps()) - (len(SCORES) - len(hidden))

    hidden = hidden_units([PEOPLE], PATHS)
    assert left(set()) == 2
    assert left(hidden) == 0


def test_over_time_a_hidden_unit_that_reports_anew_changes_nothing_of_the_page() -> None:
    hidden = hidden_units([PEOPLE], PATHS)
    for later in (Fraction(0), Fraction(120)):
        assert page(SCORES | {"a": later}, hidden) == page(SCORES, hidden)
        assert page(SCORES | {"a": later}, ()) != page(SCORES, ())  # the control
