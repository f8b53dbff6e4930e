"""Bad election files: always one sentence that names the place, never anything else."""

import json
import random
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest

from voting.election import METHODS_OF_KIND, answer, read, read_lines

RANKED: dict[str, Any] = {
    "name": "Contoh",
    "candidates": ["a", "b", "c"],
    "default_option": 2,
    "quorum": 1.5,
    "majority_required": {"0": 3.0, "b": None},
    "ballots": [[3, [[0], [1], [2]]], [2, [[1, 2], [0]], "why it ended"], [1, []]],
}
TWO = {"candidates": ["a", "b"]}
VALID: list[dict[str, Any]] = [
    RANKED,
    TWO | {"kind": "approve", "ballots": [[2, {"0": "approve", "1": "reject"}]]},
    TWO | {"kind": "approval", "ballots": [[2, [0, 1]], [1, []]]},
    TWO | {"kind": "score", "ballots": [[2, {"0": "80", "1": -3.5}]]},
    TWO | {"kind": "weights", "ballots": [[2, {"0": "80", "1": 20}]]},
    TWO | {"kind": "approve", "ballots_cast": 5, "ballots_required": 3,
     "columns": [{"approve": 3, "reject": 2}, None], "void": [1]},
    TWO | {"kind": "weights", "ballots_cast": 1, "columns": [{"60": 1}, {"40": 1}]},
    TWO | {"ballots_cast": 3, "pairwise": [[0, 2], [1, 0]]},
]  # fmt: skip


WORDS = "approve, reject, abstain"


def text_of(document: object) -> bytes:
    return json.dumps(document).encode()


def refusal(content: bytes | str) -> str:
    with pytest.raises(ValueError, match=".") as refused:
        answer(read(content if isinstance(content, bytes) else content.encode()))
    return str(refused.value)


@pytest.mark.parametrize("document", VALID, ids=lambda document: str(document.get("kind")))
def test_valid_files_are_counted(document: dict[str, Any]) -> None:
    assert answer(read(text_of(document)))["ballots"] > 0
    assert answer(read(text_of(document | {"source": "elsewhere", "official": [[1e9]]})))


def test_numbers_are_exact_and_huge_ones_cost_nothing() -> None:
    document = text_of(RANKED).decode()
    exact = read(document.replace("1.5", "0.1000000000000000055511151231257827").encode())
    assert (
        str(exact.quorums[0])
        == "1000000000000000055511151231257827/10000000000000000000000000000000000"
    )
    for huge in (
        "1e400",
        "1e999999999",
        "NaN",
        "Infinity",
        "-Infinity",
        "9" * 5000,
        "0." + "1" * 99,
    ):
        assert "quorum: " in refusal(document.replace("1.5", huge))
        assert read(document.replace('"Contoh"', f'{{"ignored": {huge}}}').encode()) == read(
            text_of(RANKED)
        )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"candidates": []}, "candidates: name at least one"),
        ({"candidates": None}, "candidates: name at least one"),
        ({"candidates": ["a", 1]}, "candidates[1]: 1 is no text"),
        ({"candidates": ["a"] * 501}, "candidates: more than 500 are not counted"),
        ({"kind": "borda"}, "kind: 'borda' is none of ranked, approve, approval, score, weights"),
        ({"kind": ["ranked"]}, "kind: a list is none of ranked, approve, approval, score, weights"),
        ({"default_option": 3}, "default_option: 3 is no option"),
        ({"default_option": -1}, "default_option: -1 is no option"),
        ({"default_option": True}, "default_option: true is no option"),
        ({"default_option": "nobody"}, "default_option: 'nobody' is no option"),
        (
            {"candidates": ["c", "c", "c"], "default_option": "c"},
            "default_option: 'c' is more than one option",
        ),
        ({"quorum": -1}, "quorum: -1 is less than 0"),
        ({"quorum": "many"}, "quorum: 'many' is no number"),
        ({"quorum": True}, "quorum: true is no number"),
        ({"quorum": [45]}, "quorum: a list is no number"),
        ({"default_option": None, "majority_required": None},
         "quorum: it is measured against a default_option, and there is none"),
        ({"default_option": None, "quorum": None},
         "majority_required: without a default_option there is nothing to beat"),
        ({"majority_required": {"7": 1}}, "majority_required: '7' is no option"),
        ({"majority_required": {"0": 1, "a": 1}}, "majority_required: 'a' is named twice"),
        ({"majority_required": {"0": 0}}, "majority_required['0']: a ratio is more than 0, not 0"),
        ({"majority_required": {"0": "3:0"}}, "majority_required['0']: '3:0' is no ratio"),
        ({"majority_required": {"0": "x"}}, "majority_required['0']: 'x' is no ratio"),
        ({"majority_required": 3}, "majority_required: this is no object of ratios by candidate"),
        ({"unranked_rule": "first"}, "unranked_rule: 'first' is neither last nor no_opinion"),
        ({"ballots": None}, "ballots: the file holds none"),
        ({"ballots": {}}, "ballots: an object is no list"),
        ({"ballots": [[1]]}, "ballots[0]: a ballot is [number of ballots, ballot]"),
        ({"ballots": ["x"]}, "ballots[0]: a ballot is [number of ballots, ballot]"),
        ({"ballots": [[-1, []]]}, "ballots[0][0]: -1 is no number of ballots"),
        ({"ballots": [[1.5, []]]}, "ballots[0][0]: 3/2 is no number of ballots"),
        ({"ballots": [["1", []]]}, "ballots[0][0]: '1' is no number of ballots"),
        ({"ballots": [[True, []]]}, "ballots[0][0]: true is no number of ballots"),
        ({"ballots": [[None, []]]}, "ballots[0][0]: null is no number of ballots"),
        ({"ballots": [[1, None]]}, "ballots[0][1]: null is no list of ranks"),
        ({"ballots": [[1, {"0": "approve"}]]}, "ballots[0][1]: an object is no list of ranks"),
        ({"ballots": [[1, [0, 1]]]}, "ballots[0][1][0]: 0 is no list of options"),
        ({"ballots": [[1, [[0], [3]]]]}, "ballots[0][1][1]: 3 is no option (0 to 2)"),
        ({"ballots": [[1, [[-1]]]]}, "ballots[0][1][0]: -1 is no option (0 to 2)"),
        ({"ballots": [[1, [["0"]]]]}, "ballots[0][1][0]: '0' is no option (0 to 2)"),
        ({"ballots": [[1, [[0, 0]]]]}, "ballots[0][1][0]: an option stands here twice"),
        ({"ballots": [[1, [[0], [1], [0]]]]}, "ballots[0][1]: an option stands at two ranks"),
        ({"void": [2]}, "void: the default_option cannot be void"),
        ({"void": [9]}, "void: 9 is no option (0 to 2)"),
        ({"ballots_required": -1}, "ballots_required: -1 is no number of ballots"),
    ],
    ids=str,
)  # fmt: skip
def test_ranked_file_is_refused_with_the_place(changes: dict[str, Any], sentence: str) -> None:
    assert refusal(text_of(RANKED | changes)) == sentence


@pytest.mark.parametrize(
    ("number", "changes", "sentence"),
    [
        (1, {"ballots": [[1, {"0": "yes"}]]}, f"ballots[0][1][0]: 'yes' is none of {WORDS}"),
        (1, {"ballots": [[1, {"2": "approve"}]]}, "ballots[0][1]: '2' is no option (0 to 1)"),
        (1, {"ballots": [[1, {"00": "approve"}]]}, "ballots[0][1]: '00' is no option (0 to 1)"),
        (1, {"ballots": [[1, ["approve"]]]}, "ballots[0][1]: a list is no object by option"),
        (1, {"default_option": 0}, "default_option: approve asks about each option by itself"),
        (2, {"ballots": [[1, [0, 0]]]}, "ballots[0][1]: an option stands here twice"),
        (2, {"ballots": [[1, [[0]]]]}, "ballots[0][1]: a list is no option (0 to 1)"),
        (3, {"ballots": [[1, {"0": "1e5"}]]}, "ballots[0][1][0]: '1e5' is no number"),
        (3, {"ballots": [[1, {"0": None}]]}, "ballots[0][1][0]: null is no number"),
        (4, {"ballots": [[1, {"0": 99}]]}, "ballots[0][1]: the points do not sum to 100"),
        (4, {"ballots": [[1, {"0": 120, "1": -20}]]},
         "ballots[0][1]: points are never less than 0"),
        (5, {"columns": [{}]}, "columns: give one for each of the 2 candidates"),
        (5, {"columns": [{"yes": 1}, None]}, f"columns[0]: 'yes' is none of {WORDS}"),
        (5, {"columns": [{"approve": 0.5}, None]},
         "columns[0]['approve']: 1/2 is no number of ballots"),
        (5, {"ballots_cast": None}, "ballots_cast: null is no number of ballots"),
        (6, {"columns": [{"60": 1, "60.0": 1}, {}]}, "columns[0]: '60.0' stands here twice"),
        (7, {"pairwise": [[0, 1]]}, "pairwise: this is no table of 2 by 2"),
        (7, {"pairwise": [[0, -1], [1, 0]]}, "pairwise[0][1]: -1 is no number of ballots"),
    ],
    ids=str,
)  # fmt: skip
def test_files_of_other_kinds_are_refused_with_the_place(
    number: int, changes: dict[str, Any], sentence: str
) -> None:
    assert refusal(text_of(VALID[number] | changes)) == sentence


def test_text_that_is_no_such_file_is_refused() -> None:
    assert refusal(b"") == "this is no JSON: Expecting value at line 1, column 1"
    assert refusal(b"\xff\xfe") == "byte 0 is no UTF-8"
    assert refusal(b"[]") == "an election file is one JSON object"
    assert refusal("[" * 100_000) == "this JSON is nested too deep"
    assert refusal('{"a":' * 100_000) == "this JSON is nested too deep"
    assert refusal('{"kind": "ranked", "kind": "score"}') == "an object says the key 'kind' twice"
    assert refusal(b" " * (32 * 2**20 + 1)) == "the file has more than 32 MiB"
    assert read(b"\xef\xbb\xbf" + text_of(RANKED)) == read(text_of(RANKED))


def test_kept_table_holds_no_ballots_for_a_runoff() -> None:
    with pytest.raises(ValueError, match="irv needs whole ballots"):
        answer(read(text_of(VALID[7])), "irv")
    with pytest.raises(ValueError, match="are counted by approve, not by schulze"):
        answer(read(text_of(VALID[1])), "schulze")


def test_lines_are_refused_with_their_number() -> None:
    for line in (
        "[1]",
        "{}",
        '{"option": "a"}',
        '{"option": "a", "approve": 1, "reject": -1, "abstain": 0}',
    ):
        with pytest.raises(ValueError, match=r"^line 2"):
            read_lines(f"\n{line}\n".encode())
    with pytest.raises(ValueError, match="candidates"):
        read_lines(b"\n")


# Fuzzing

STRANGE: list[Any] = [
    None, True, False, 0, -1, 1, 2.5, 10**30, 1e308, "", "0", "x", "1e5", "9" * 60, "\ud800", "\0",
    "ranked", "score", ["approve"], [], {}, [[]], [[0], [0]], {"0": []}, {"0": "80"},
]  # fmt: skip


def mutated(document: Any, chance: random.Random) -> Any:
    """A document in which something, somewhere, is strange, missing, doubled or moved."""
    copy = deepcopy(document)
    for _ in range(1 + chance.randrange(3)):
        place: Any = copy
        while isinstance(place, dict | list) and place:
            key = chance.choice(list(place) if isinstance(place, dict) else list(range(len(place))))
            inner = place[key]
            if isinstance(inner, dict | list) and inner and chance.random() < 0.7:
                place = inner
                continue
            deed = chance.randrange(4)
            if deed == 0:
                del place[key]
            elif deed == 1 and isinstance(place, list):
                place.append(deepcopy(inner))
            else:
                place[key] = deepcopy(chance.choice(STRANGE))
            break
    return copy


def test_six_thousand_fuzzed_files_are_counted_or_refused() -> None:
    chance = random.Random(20)
    outcomes = {"counted": 0, "refused": 0}
    for number in range(6000):
        document = mutated(VALID[number % len(VALID)], chance)
        try:
            election = read(text_of(document))
            for method in METHODS_OF_KIND[election.kind]:
                if election.ballots is not None or method != "irv":
                    json.dumps(answer(election, method), allow_nan=False)
            outcomes["counted"] += 1
        except ValueError as error:
            sentence = str(error)
            assert 0 < len(sentence) < 200, document
            assert sentence.isascii(), document
            assert sentence.isprintable(), document
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 400


def test_two_thousand_files_with_broken_bytes_are_counted_or_refused() -> None:
    chance = random.Random(21)
    for number in range(2000):
        content = bytearray(text_of(VALID[number % len(VALID)]))
        for _ in range(1 + chance.randrange(4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        for reader in (read, read_lines):
            with suppress(ValueError):
                answer(reader(bytes(content)))
