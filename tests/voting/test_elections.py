"""`manage.py tally` on real elections: what it says is what was officially announced."""

import json
import random
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from voting.election import answer, read, read_lines

ELECTIONS = Path(__file__).parent / "data" / "elections"
DEBIAN = sorted(ELECTIONS.glob("debian_*.json"))
MINNEAPOLIS = ELECTIONS / "minneapolis_2013_mayor.json"
LINES = ELECTIONS / "approve_reject_abstain.jsonl"


def tally(path: Path, *options: str) -> Any:
    out = StringIO()
    call_command("tally", str(path), *options, stdout=out)
    (line,) = out.getvalue().splitlines()
    return json.loads(line)


def file_of(path: Path) -> Any:
    return json.loads(path.read_text())


def test_all_files_are_here() -> None:
    assert len(DEBIAN) == 22
    assert len(list(ELECTIONS.iterdir())) == 25


@pytest.mark.parametrize("path", DEBIAN, ids=lambda path: path.stem)
def test_debian_vote_ends_as_announced(path: Path) -> None:
    official, found = file_of(path), tally(path)
    assert found["winners"] == official["official_winner"]
    assert found["dropped"] == {
        "quorum": official["official_dropped_quorum"],
        "majority": official["official_dropped_majority"],
    }
    if official["official_pairwise"] is not None:  # one vote was published without its table
        assert found["pairwise"] == official["official_pairwise"]
    assert found["ballots"] == official["n_ballots"]
    assert found["method"] == "schulze"


def test_nearly_every_debian_vote_was_published_with_its_table() -> None:
    assert sum(file_of(path)["official_pairwise"] is not None for path in DEBIAN) == 21


def test_worked_example_of_schulze_is_ranked_as_published() -> None:
    path = ELECTIONS / "schulze_example_45.json"
    official, found = file_of(path), tally(path)
    assert found["winners"] == official["official_winner"]
    ranked = [[official["candidates"][option] for option in place] for place in found["ranking"]]
    assert ranked == [[name] for name in official["official_order"]]


def test_minneapolis_ends_with_the_official_totals() -> None:
    official, found = file_of(MINNEAPOLIS), tally(MINNEAPOLIS, "--method", "irv")
    names = official["candidates"]
    assert found["winners"] == official["official_winner"]
    assert {names[int(key)]: votes for key, votes in found["rounds"][-1]["tally"].items()} == {
        "BETSY HODGES": 38_852,
        "MARK ANDREW": 24_942,
    }
    assert found["ballots"] == official["n_ballots"]
    assert all(
        sum(step["tally"].values()) + step["exhausted"] == official["n_ballots"]
        for step in found["rounds"]
    )


def test_minneapolis_has_the_reported_votes_wherever_the_same_candidates_are_left() -> None:
    """The city eliminated undeclared write-ins first, and several at once near the end."""
    official, found = file_of(MINNEAPOLIS), tally(MINNEAPOLIS, "--method", "irv")
    names = [name.replace("write-ins", "Write-ins") for name in official["candidates"]]
    reported = {frozenset(step["tally"]): step["tally"] for step in official["reference_rounds"]}
    ours = [
        {names[int(key)]: votes for key, votes in step["tally"].items()} for step in found["rounds"]
    ]
    same = [votes for votes in ours if frozenset(votes) in reported]
    assert len(same) == 25
    assert all(votes == reported[frozenset(votes)] for votes in same)


def test_lines_of_approvals_pass_as_announced() -> None:
    rows = [json.loads(line) for line in LINES.read_text().splitlines()]
    found = tally(LINES)
    for number, row in enumerate(rows):
        assert (number in found["winners"]) == row["computed_passed"]
        if row["official_passed"] is not None:
            assert (number in found["winners"]) == row["official_passed"]
    assert found["method"] == "approve"
    assert found["ballots"] == sum(file_of(path)["n_ballots"] for path in DEBIAN)


@pytest.mark.parametrize("path", DEBIAN, ids=lambda path: path.stem)
def test_the_same_votes_as_approvals_drop_the_same_options(path: Path) -> None:
    """Above, below or level with the default option, counted as approve: a second way there."""
    official = file_of(path)
    default = official["default_option"]
    ballots = []
    for number, groups, *_why in official["ballots"]:
        level = {option: place for place, group in enumerate(groups) for option in group}
        of_default = level.get(default, len(groups))
        ballots.append([number, {
            str(option): "approve" if level.get(option, len(groups)) < of_default
            else "reject" if level.get(option, len(groups)) > of_default else "abstain"
            for option in range(len(official["candidates"])) if option != default
        }])  # fmt: skip
    as_approvals = official | {"kind": "approve", "ballots": ballots, "default_option": None,
                               "void": [default]}  # fmt: skip
    found = answer(read(json.dumps(as_approvals).encode()))
    assert found["dropped"] == answer(read(path.read_bytes()))["dropped"]


def test_order_of_ballots_never_matters() -> None:
    chance = random.Random(4)
    checked = 0
    for path in [*DEBIAN, ELECTIONS / "schulze_example_45.json"]:
        document = file_of(path)
        for method in ("schulze", "irv"):
            expected = answer(read(json.dumps(document).encode()), method)
            for _ in range(23):
                chance.shuffle(document["ballots"])
                assert answer(read(json.dumps(document).encode()), method) == expected
                checked += 1
    assert checked > 1000


def test_a_split_count_is_the_same_count() -> None:
    document = file_of(ELECTIONS / "debian_2012_vote_001.json")
    expected = answer(read(json.dumps(document).encode()))
    document["ballots"] = [[1, ballot] for n, ballot in document["ballots"] for _ in range(n)]
    assert answer(read(json.dumps(document).encode())) == expected


# The filters, at their borders


def vote(above: int, below: int, **rules: object) -> dict[str, list[int]]:
    """What falls where so many ballots rank option 0 above the default option 1, or below."""
    ballots = [[above, [[0], [1]]], [below, [[1], [0]]], [3, [[0, 1]]], [2, []]]
    document = {"candidates": ["a", "b"], "default_option": 1, "ballots": ballots, **rules}
    dropped: dict[str, list[int]] = answer(read(json.dumps(document).encode()))["dropped"]
    return dropped


@pytest.mark.parametrize("quorum", [10, 10.0, "10", "9.5", 9.00000001])
def test_quorum_is_reached_at_its_number(quorum: object) -> None:
    assert vote(10, 1, quorum=quorum)["quorum"] == []
    assert vote(9, 1, quorum=quorum)["quorum"] == [0]


@pytest.mark.parametrize("ratio", [3, 3.0, "3", "3:1", "6/2"])
def test_majority_is_more_than_its_ratio(ratio: object) -> None:
    rules = {"majority_required": {"0": ratio}}
    assert vote(9, 3, **rules)["majority"] == [0]
    assert vote(10, 3, **rules)["majority"] == []


@pytest.mark.parametrize("rules", [{}, {"majority_required": None}, {"majority_required": {}},
                                   {"majority_required": {"a": None}}], ids=str)  # fmt: skip
def test_without_a_ratio_the_default_option_must_be_beaten(rules: dict[str, object]) -> None:
    assert vote(4, 4, **rules)["majority"] == [0]
    assert vote(5, 4, **rules)["majority"] == []


def test_every_border_of_filters_against_whole_numbers() -> None:
    """Counts up to 40 and four ratios, by other steps: q·above > p·below, 4·above >= quorum·4."""
    for above in range(0, 41, 2):
        for below in range(41 - above):
            for p, q in ((1, 1), (3, 2), (2, 1), (3, 1)):
                found = vote(
                    above, below, quorum="12.25", majority_required={"0": str(Fraction(p, q))}
                )
                is_short = 4 * above < 49
                expected = {
                    "quorum": [0] if is_short else [],
                    "majority": [0] if not is_short and not q * above > p * below else [],
                }
                assert found == expected


def test_default_option_may_be_named() -> None:
    for default in (1, "1", "b"):
        assert vote(1, 4, default_option=default)["majority"] == [0]


def test_rule_for_unranked_options_decides_the_winner() -> None:
    ballots = [[3, [[0]]], [2, [[1], [2]]], [2, [[2], [1]]], [1, [[1], [0]]]]
    document = {"candidates": ["a", "b", "c"], "ballots": ballots}
    assert answer(read(json.dumps(document).encode()))["winners"] == [1]
    document["ballots"] = [[4, [[0]]], [3, [[1], [0]]]]
    assert answer(read(json.dumps(document).encode()))["winners"] == [0]
    document["unranked_rule"] = "no_opinion"
    assert answer(read(json.dumps(document).encode()))["winners"] == [1, 2]


# The other kinds


def test_approval_counts_how_often_an_option_is_named() -> None:
    document = {
        "kind": "approval", "candidates": ["a", "b", "c"],
        "ballots": [[3, [0]], [2, [1, 2]], [1, [0, 1]], [4, []]],
    }  # fmt: skip
    assert answer(read(json.dumps(document).encode())) == {
        "method": "approval",
        "winners": [0],
        "ranking": [[0], [1], [2]],
        "pairwise": [[0, 3, 4], [2, 0, 1], [2, 0, 0]],
        "dropped": {"quorum": [], "majority": []},
        "ballots": 10,
        "counts": [4, 3, 2],
    }


def test_score_adds_points_exactly() -> None:
    text = """{"kind": "score", "candidates": ["a", "b", "c"],
               "ballots": [[1, {"0": "0.1", "1": 0.3}], [1, {"0": 0.2, "2": 1}]]}"""
    found = answer(read(text.encode()))
    assert found["sums"] == ["0.3", "0.3", "1"]
    assert found["ranking"] == [[2], [0, 1]]


def test_weights_are_medians_that_sum_to_one_hundred() -> None:
    ballots = [
        [2, {"0": "50", "1": "25", "2": "25"}],
        [1, {"0": "0", "1": "100"}],
        [1, {"1": "33.3", "2": "66.7"}],
    ]
    document = {"kind": "weights", "candidates": ["a", "b", "c"], "ballots": ballots}
    found = answer(read(json.dumps(document).encode()))
    assert found["medians"] == ["25", "29.15", "25"]
    assert found["weights"] == ["31.5856", "36.8288", "31.5856"]
    assert sum(map(Fraction, found["weights"])) == 100
    assert found["ranking"] == [[1], [0, 2]]


def test_without_ballots_everything_is_level() -> None:
    for kind, extra in (
        ("ranked", {}),
        ("approval", {"counts": [0, 0]}),
        ("score", {"sums": ["0", "0"]}),
        ("weights", {"medians": [None, None], "weights": [None, None]}),
    ):
        document = {"kind": kind, "candidates": ["a", "b"], "ballots": []}
        found = answer(read(json.dumps(document).encode()))
        assert (found["winners"], found["ballots"]) == ([0, 1], 0)
        assert found.items() >= extra.items()
    document = {"kind": "approve", "candidates": ["a", "b"], "ballots": []}
    assert answer(read(json.dumps(document).encode()))["winners"] == []


def test_columns_stand_for_ballots_that_are_not_published() -> None:
    document = {
        "kind": "approve", "candidates": ["a", "b", "c"], "void": [1], "ballots_cast": 7,
        "columns": [{"approve": 4, "reject": 3}, None, {"approve": 2, "reject": 2, "abstain": 3}],
    }  # fmt: skip
    found = answer(read(json.dumps(document).encode()))
    assert found["winners"] == [0]
    assert found["dropped"] == {"quorum": [], "majority": [2]}
    assert found["counts"][1] is None
    document["ballots_required"] = 8
    assert answer(read(json.dumps(document).encode()))["dropped"]["quorum"] == [0, 2]
    table = answer(read((ELECTIONS / "schulze_example_45.json").read_bytes()))
    kept = {"candidates": list("ABCDE"), "pairwise": table["pairwise"], "ballots_cast": 45}
    assert answer(read(json.dumps(kept).encode())) == table


# The command


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"candidates": ["a"]}'])
def test_bad_file_ends_with_one_and_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("tally", str(path))
    assert refused.value.returncode == 1
    assert str(path) in str(refused.value)


def test_missing_file_and_wrong_method_end_with_one(tmp_path: Path) -> None:
    for arguments in ([str(tmp_path / "none.json")], [str(tmp_path)], [str(LINES), "--method=irv"]):
        with pytest.raises(CommandError) as refused:
            call_command("tally", *arguments)
        assert refused.value.returncode == 1


def test_lines_are_read_by_their_own_reader() -> None:
    assert read_lines(LINES.read_bytes()).kind == "approve"
    with pytest.raises(ValueError, match="no JSON"):
        read(LINES.read_bytes())
