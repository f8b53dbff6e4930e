"""docs/recount.py, which shares no line with Martahi, run by itself on what Martahi gives out."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from core.canonical import canonical_bytes, digest, sha256
from people.models import Person
from tests.voting.builders import (
    REJECT,
    add_staff,
    cast,
    close_by_clock,
    open_poll,
    sealed_poll,
    voters_of,
)
from tests.voting.test_export import FIVE, mixed_poll
from voting.export import ballots_export
from voting.exported import mismatches
from voting.methods import METHODS
from voting.policy import Policy

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs" / "recount.py"
ELECTIONS = sorted((Path(__file__).parent / "data" / "elections").iterdir())


def recount(path: Path) -> "subprocess.CompletedProcess[str]":
    """The script in an interpreter that sees nothing of ours."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(path)],
        capture_output=True,
        text=True,
        cwd=path.parent,
    )


def written(tmp_path: Path, document: Any) -> Path:
    path = tmp_path / "poll.json"
    path.write_bytes(canonical_bytes(document))
    return path


def test_the_script_is_short_and_needs_nothing() -> None:
    text = SCRIPT.read_text()
    assert len(text.splitlines()) <= 200
    imported = {
        line.split()[1] for line in text.splitlines() if line.startswith(("import", "from"))
    }
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("path", ELECTIONS, ids=lambda path: path.name)
def test_every_election_is_counted_alike_to_the_byte(path: Path) -> None:
    out = StringIO()
    call_command("tally", str(path), stdout=out)
    again = recount(path)
    assert (again.returncode, again.stderr.strip()) == (0, "")
    assert again.stdout == out.getvalue()


@pytest.mark.parametrize(
    "document",
    [
        {"candidates": ["a", "b", "c"], "default_option": "c", "quorum": 2.5,
         "majority_required": {"a": "3"},
         "ballots": [[3, [[0], [2], [1]]], [2, [[1, 0]]], [1, []]]},
        {"candidates": ["a", "b", "c"], "unranked_rule": "no_opinion",
         "ballots": [[3, [[0]]], [2, [[1], [0]]], [1, [[2], [1]]]]},
        {"candidates": ["a", "b"], "pairwise": [[0, 3], [3, 0]], "ballots_cast": 8},
        {"kind": "approve", "candidates": ["a", "b"], "quorum": 3, "ballots_required": 2,
         "ballots": [[3, {"0": "approve", "1": "reject"}], [1, {"1": "abstain"}]]},
        {"kind": "approve", "candidates": ["a", "b"], "ballots_required": 20, "ballots_cast": 9,
         "columns": [{"approve": 9}, {"reject": 9}]},
        {"kind": "weights", "candidates": ["a", "b", "c"],
         "ballots": [[2, {"0": "33.3", "1": 66.7}], [1, {"2": 100}], [1, {"0": "50", "1": "50"}]]},
        {"kind": "weights", "candidates": ["a", "b", "c"], "ballots": []},
        {"kind": "weights", "candidates": ["a", "b"], "ballots_cast": 3, "void": [1],
         "columns": [{"10": 2, "20.5": 1}, None]},
    ],
    ids=lambda document: str(document.get("kind")),
)  # fmt: skip
def test_small_files_of_every_kind_are_counted_alike(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    path = tmp_path / "election.json"
    path.write_text(json.dumps(document))
    out = StringIO()
    call_command("tally", str(path), stdout=out)
    assert recount(path).stdout == out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["A", "B", "C"])
@pytest.mark.parametrize("majority", ["1/2", "2/3"])
def test_a_sealed_poll_is_counted_again(
    tmp_path: Path, head: Person, mode: str, majority: str
) -> None:
    path = written(tmp_path, ballots_export(mixed_poll(head, mode, majority)))
    out = StringIO()
    call_command("tally", str(path), stdout=out)
    again = recount(path)
    assert (again.returncode, again.stderr.strip()) == (0, "")
    assert again.stdout == out.getvalue()


@pytest.mark.django_db
def test_below_five_ballots_only_the_hashes_are_checked(tmp_path: Path, head: Person) -> None:
    poll = sealed_poll(actor=head, choices=FIVE[:3])
    again = recount(written(tmp_path, ballots_export(poll)))
    assert (again.returncode, again.stdout) == (0, "")
    assert "no ballots to count" in again.stderr


@pytest.mark.django_db
def test_a_quorum_by_share_is_worked_out_again(tmp_path: Path, head: Person) -> None:
    policy = Policy(quorum="2/3", publication_mode="B")
    poll = sealed_poll(actor=head, choices=FIVE, policy=policy)
    assert recount(written(tmp_path, ballots_export(poll))).returncode == 0


# Eight ballots over three items, by method.
BALLOTS = {
    "approve": ["approve reject abstain"] * 3 + ["reject approve approve"] * 5,
    "schulze": ["1 2 3", "1 2 3", "2 1 1", "3 2 1", "2 3 1", "1 1 1", "3 1 2", "1 3 3"],
    "weights": ["50 30 20"] * 3 + ["0 0 100", "33 33 34", "70 20 10", "10 60 30", "25 25 50"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("is_quorate", [True, False])
@pytest.mark.parametrize("mode", ["A", "B", "C"])
@pytest.mark.parametrize("method", sorted(METHODS.keys() & BALLOTS.keys()))
def test_every_method_of_a_secret_poll_is_counted_again(
    tmp_path: Path, head: Person, method: str, mode: str, is_quorate: bool
) -> None:
    add_staff(head.unit, 6 if is_quorate else 20)
    poll = open_poll(actor=head, items=3, policy=Policy(method=method, publication_mode=mode))
    for voter, text in zip(voters_of(poll), BALLOTS[method], strict=False):
        cast(poll, voter, *text.split())
    export = ballots_export(close_by_clock(poll))
    assert export["result"]["quorum_reached"] == is_quorate
    assert ("withheld" in export) == (mode == "C" and method != "approve")
    again = recount(written(tmp_path, export))
    assert again.returncode == 0, again.stderr
    assert list(mismatches(json.loads(canonical_bytes(export)))) == []


# Each of these changes one thing, as somebody would who wants another outcome.
TAMPERINGS: dict[str, Callable[[dict[str, Any]], object]] = {
    "the decision": lambda d: d["result"]["items"][0].update(passed=False),
    "a count of the result": lambda d: d["result"]["items"][0]["counts"].update(approve=9),
    "the turnout": lambda d: d["result"].update(turnout=7),
    "the quorum": lambda d: d["result"].update(quorum_needed=1),
    "the quorum of the file": lambda d: d.update(ballots_required=1),
    "the majority of the file": lambda d: d["majority_required"].update({"0": "1/2"}),
    "the rules": lambda d: d["rule"].update(majority="3/4"),
    "the electors": lambda d: d["roll"].update(electors=90),
    "the roll": lambda d: d["roll"].update(hash="sha256:0"),
    "a receipt code": lambda d: d["receipts"].pop(),
    "a receipt more": lambda d: d["receipts"].append("ffff"),
    "the nonce": lambda d: d["seal"].update(nonce="0" * 64),
    "the seal of the ballots": lambda d: d["seal"].update(ballots_hash="sha256:0"),
    "what was kept": lambda d: d["kept"]["columns"][0]["choices"].update({REJECT: 7}),
    "a void item": lambda d: d.update(void=[]),
}  # fmt: skip
OF_COLUMNS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a column": lambda d: d["columns"][0].update(approve=2, reject=3),
    "ballots added": lambda d: d.update(ballots_cast=9),
}
OF_BALLOTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a ballot changed": lambda d: d["ballots"][0].__setitem__(1, {"0": "abstain", "2": REJECT}),
    "a ballot doubled": lambda d: d["ballots"].append(deepcopy(d["ballots"][0])),
    "a ballot dropped": lambda d: d["ballots"].pop(),
    "a ballot counted twice": lambda d: d["ballots"][0].__setitem__(0, 2),
    "codes exchanged": lambda d: d["ballots"].reverse(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["A", "B"])
def test_a_tampered_export_is_told(tmp_path: Path, head: Person, mode: str) -> None:
    export = ballots_export(mixed_poll(head, mode))
    assert recount(written(tmp_path, export)).returncode == 0, "the control"
    deeds = TAMPERINGS | (OF_COLUMNS if mode == "A" else OF_BALLOTS)
    for name, deed in deeds.items():
        tampered = json.loads(canonical_bytes(export))
        deed(tampered)
        assert canonical_bytes(tampered) != canonical_bytes(export), name
        again = recount(written(tmp_path, tampered))
        assert again.returncode == 1, name
        assert " is not " in again.stderr, (name, again.stderr)


def test_the_example_of_the_documentation_was_run(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "counting.md").read_text()
    election, answer = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "example.json"
    path.write_text(election)
    assert json.loads(recount(path).stdout) == json.loads(answer)


# Rankings and points: exports written by hand, as a method that keeps them gives them out

KEPT: dict[str, dict[str, Any]] = {
    "ranked": {
        "columns": [
            {"first": 3, "over 2": 4, "over 3": 3},
            {"first": 2, "over 1": 2, "over 3": 4},
            {"first": 1, "over 1": 3, "over 2": 2},
        ],
        "items": [{"place": 1}, {"place": 2}, {"place": 3}],
        "part": {"pairwise": [[0, 4, 3], [2, 0, 4], [3, 2, 0]]},
    },
    "weights": {
        "columns": [{"50": 4, "20": 2}, {"30": 3, "40": 3}, {"20": 3, "10": 1, "40": 2}],
        "items": [
            {"median": "50", "weight_percent": "47.6191"},
            {"median": "35", "weight_percent": "33.3333"},
            {"median": "20", "weight_percent": "19.0476"},
        ],
        "part": {},
    },
}


def by_hand(kind: str) -> dict[str, Any]:
    told = KEPT[kind]
    rule = {"quorum": "half_plus_one", "majority": "1/2", "publication_mode": "A"}
    kept = {
        "columns": [{"item": str(n), "choices": held} for n, held in enumerate(told["columns"])],
        "ballots": [],
    }
    result = {
        "policy": rule, "electors": 10, "roll_hash": "sha256:r", "turnout": 6, "is_shown": True,
        "quorum_needed": 6, "quorum_reached": True,
        "items": [{"is_void": False, **item} for item in told["items"]],
    }  # fmt: skip
    receipts = ["a", "b", "c", "d", "e", "f"]
    part = told["part"] or {"columns": told["columns"]}
    return {
        "candidates": ["A", "B", "C"], "void": [], "ballots_cast": 6, "ballots_required": 6,
        "rule": rule, "roll": {"electors": 10, "hash": "sha256:r"}, "receipts": receipts,
        "result": result, "kept": kept, "kind": kind, **part,
        "seal": {
            "result_hash": digest(result), "receipts_hash": digest(receipts), "nonce": "0f",
            "roll_hash": "sha256:r", "ballots_hash": sha256(b"0f\n" + canonical_bytes(kept)),
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [("ranked", "place", 2), ("weights", "weight_percent", "47.62")],
)
def test_rankings_and_points_are_counted_from_what_was_kept(
    tmp_path: Path, kind: str, key: str, value: object
) -> None:
    export = by_hand(kind)
    path = written(tmp_path, export)
    out = StringIO()
    call_command("tally", str(path), stdout=out)
    again = recount(path)
    assert (again.returncode, again.stderr.strip()) == (0, "")
    assert again.stdout == out.getvalue()
    export["result"]["items"][0][key] = value
    export["seal"]["result_hash"] = digest(export["result"])  # sealed anew, as a whole
    again = recount(written(tmp_path, export))
    assert again.returncode == 1
    assert len(again.stderr.splitlines()) == 1, "that one thing alone"


def test_a_column_of_points_that_was_changed_is_told(tmp_path: Path) -> None:
    for kind, change in (
        ("weights", lambda d: d["columns"][0].update({"50": 5})),
        ("ranked", lambda d: d["pairwise"][0].__setitem__(1, 5)),
    ):
        export = json.loads(canonical_bytes(by_hand(kind)))
        change(export)
        assert recount(written(tmp_path, export)).returncode == 1
