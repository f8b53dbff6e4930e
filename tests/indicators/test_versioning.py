"""The bump table of DESIGN 4.3 and 4.5, row by row."""

from decimal import Decimal
from typing import Any

import pytest

from indicators.record import FIELDS, Effect, empty_content
from indicators.versioning import (
    Bump,
    Listed,
    bump_of,
    differences,
    editorial_between,
    next_number,
)
from tests.indicators.builders import record_content

# Another value for each field of the record.
OTHER: dict[str, Any] = {
    "name": "Nama lain",
    "purpose": "Tujuan lain",
    "objective": "Sasaran lain",
    "perspective": "anggaran",
    "level": "SPM",
    "kind": "output",
    "basis": "Dasar lain",
    "definition": "Definisi lain",
    "formula": "Rumus lain",
    "numerator": "Pembilang lain",
    "denominator": "Penyebut lain",
    "unit": "Kasus",
    "aspect": "biaya",
    "polarity": "minimize",
    "target": "81",
    "targets": {"TW1": "20"},
    "target_range": ["70", "90"],
    "target_is_max": True,
    "worst_case": "5",
    "stabilize_scale": [["0", "0"], ["100", "120"]],
    "baseline": "70",
    "reporting_period": "tahunan",
    "period_consolidation": "sum",
    "location_consolidation": "sum",
    "validity": "exact",
    "control": "low",
    "cascading": "cascading_peta",
    "supports": "KES-02",
    "owner_unit": "dinkes",
    "data_provider": "Penyedia lain",
    "data_source": "Sumber lain",
    "applies_to": [{"unit": "dinkes", "include_sub_units": True, "position_family": None}],
    "ms_ind": {"konsep": "Gizi"},
}


def listed(weight: str = "100", editorial: tuple[str, ...] = (), **over: Any) -> Listed:
    return Listed(record_content(**over), 1, Decimal(weight), frozenset(editorial))


def another(weight: str) -> Listed:
    return listed(weight, code="KES-02")


def bump(old: dict[str, Listed], new: dict[str, Listed]) -> Bump:
    return bump_of(differences(old, new))


def test_every_field_of_the_record_but_the_code_is_tried() -> None:
    assert set(OTHER) == set(FIELDS) - {"code"}


@pytest.mark.parametrize("field", OTHER)
def test_a_changed_field_bumps_by_its_effect(field: str) -> None:
    before = {field: empty_content()[field]} if field == "ms_ind" else {}
    if field in ("supports", "ms_ind"):
        before = {field: {"konsep": "Lama"} if field == "ms_ind" else "KES-09"}
    found = bump({"KES-01": listed(**before)}, {"KES-01": listed(**{field: OTHER[field]})})
    expected = Bump.PATCH if FIELDS[field].effect is Effect.PATCH else Bump.MAJOR
    assert found is expected


@pytest.mark.parametrize(
    "field", [name for name, field in FIELDS.items() if field.effect is Effect.WORDING]
)
def test_wording_that_is_confirmed_as_editorial_is_a_patch_and_shown(field: str) -> None:
    new = {"KES-01": listed(editorial=(field,), **{field: OTHER[field]})}
    found = differences({"KES-01": listed()}, new)
    change = next(change for change in found if change.field == field)
    assert (change.effect, change.editorial) == (Bump.PATCH, True)
    assert "hanya redaksi" in change.sentence


@pytest.mark.parametrize(
    "field", [name for name, field in FIELDS.items() if field.effect is Effect.MAJOR]
)
def test_what_changes_a_score_cannot_pass_as_editorial(field: str) -> None:
    new = {"KES-01": listed(editorial=(field,), **{field: OTHER[field]})}
    assert bump({"KES-01": listed()}, new) is Bump.MAJOR


@pytest.mark.parametrize("field", ["baseline", "supports", "ms_ind"])
def test_information_that_was_not_there_is_an_addition(field: str) -> None:
    old = {"KES-01": listed(**{field: empty_content()[field]})}
    assert bump(old, {"KES-01": listed(**{field: OTHER[field]})}) is Bump.MINOR


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # an indicator comes
        ({}, {"KES-02": another("0")}, Bump.MINOR),
        ({}, {"KES-02": another("10")}, Bump.MAJOR),
        # an indicator goes
        ({"KES-02": another("0")}, {}, Bump.MINOR),
        ({"KES-02": another("10")}, {}, Bump.MAJOR),
        # a weight moves
        ({"KES-02": another("10")}, {"KES-02": another("15")}, Bump.MAJOR),
        ({"KES-02": another("0")}, {"KES-02": another("5")}, Bump.MAJOR),
        ({"KES-02": another("5")}, {"KES-02": another("0")}, Bump.MAJOR),
        # nothing moves
        ({"KES-02": another("5")}, {"KES-02": another("5.0")}, Bump.PATCH),
    ],
)
def test_indicators_and_weights_bump_by_their_effect_on_scores(
    old: dict[str, Listed], new: dict[str, Listed], expected: Bump
) -> None:
    base = {"KES-01": listed()}
    assert bump(base | old, base | new) is expected


def test_the_largest_effect_decides() -> None:
    new = {"KES-01": listed(basis="Lain", target="90"), "KES-02": another("0")}
    assert bump({"KES-01": listed()}, new) is Bump.MAJOR


def test_a_weight_is_told_with_both_figures() -> None:
    (change,) = differences({"KES-01": listed("10")}, {"KES-01": listed("12.5")})
    assert change.sentence == "bobot 10 → 12,5"
    assert (change.old_text, change.new_text) == ("10", "12.5")


@pytest.mark.parametrize(
    ("published", "replaces", "step", "expected"),
    [
        ([], None, Bump.MAJOR, (1, 0, 0)),
        ([(1, 0, 0)], (1, 0, 0), Bump.PATCH, (1, 0, 1)),
        ([(1, 0, 0)], (1, 0, 0), Bump.MINOR, (1, 1, 0)),
        ([(1, 0, 0), (1, 1, 0)], (1, 1, 0), Bump.MAJOR, (2, 0, 0)),
        ([(1, 2, 3)], (1, 2, 3), Bump.MINOR, (1, 3, 0)),
        # a new period takes the next MAJOR, whatever the change
        ([(1, 4, 0)], None, Bump.PATCH, (2, 0, 0)),
        # one line per scope: 2026 is amended after 2027 took 2.0.0
        ([(1, 0, 0), (2, 0, 0)], (1, 0, 0), Bump.PATCH, (1, 0, 1)),
        ([(1, 0, 0), (2, 0, 0)], (1, 0, 0), Bump.MAJOR, (3, 0, 0)),
        # 1.1.0 was withdrawn: its number is not given twice
        ([(1, 0, 0), (1, 1, 0)], (1, 0, 0), Bump.MINOR, (1, 2, 0)),
        ([(1, 0, 0), (1, 0, 1)], (1, 0, 0), Bump.PATCH, (1, 0, 2)),
    ],
)
def test_the_next_number_follows_the_line_of_the_scope(
    published: list[tuple[int, int, int]],
    replaces: tuple[int, int, int] | None,
    step: Bump,
    expected: tuple[int, int, int],
) -> None:
    assert next_number(published, replaces, step) == expected


def test_a_field_is_editorial_only_if_each_of_its_changes_was() -> None:
    versions = [
        (1, record_content(definition="a", formula="a"), []),
        (2, record_content(definition="b", formula="b"), ["definition", "formula"]),
        (3, record_content(definition="c", formula="b"), []),
    ]
    assert editorial_between(versions, 1, 3) == {"formula"}
    assert editorial_between(versions, 1, 2) == {"definition", "formula"}
    assert editorial_between(versions, 2, 3) == set()
