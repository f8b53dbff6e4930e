"""Read an election file (DESIGN 4.4, docs/counting.md), strictly: a ballot is never guessed at.

Every refusal is a ValueError with one sentence that names the place, as `ballots[3][1]`.
Unknown keys are passed over, and so is whatever follows the two parts of a ballot.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from voting.election import numbers
from voting.election.numbers import shown
from voting.tally import approve
from voting.tally.schulze import UnrankedRule

KINDS = ("ranked", "approve", "approval", "score", "weights")
BY_ITEM = ("approve", "weights")  # the options do not compete
MOST_BYTES = 32 * 2**20
MOST_OPTIONS = 500

_INDEX = re.compile(r"0|[1-9][0-9]{0,3}", re.ASCII)

# One ballot: ranking groups (ranked), choice by option (approve), options (approval), points by
# option (score, weights). Which of them, the kind of the file says.
type Ballot = Any
type Column = Mapping[Any, int]


@dataclass(frozen=True)
class Election:
    """What an election file says.

    Either `ballots` are given, as (number of equal ballots, ballot), or, where whole ballots are
    not published, what was kept of them: `columns` (one for each option, answer → number of
    ballots) or `table` (pairwise, as `voting.tally.schulze` makes it) with the number of ballots.
    `quorums` and `ratios` have one entry for each option. `void` options are not counted.
    """

    kind: str
    options: tuple[str, ...]
    ballots: tuple[tuple[int, Ballot], ...] | None
    cast: int
    columns: tuple[Column, ...] | None = None
    table: tuple[tuple[int, ...], ...] | None = None
    unranked_rule: UnrankedRule = "last"
    default: int | None = None
    quorums: tuple[Fraction, ...] = ()
    ratios: tuple[Fraction, ...] = ()
    ballots_required: int = 0
    void: frozenset[int] = frozenset()

    @property
    def among(self) -> tuple[int, ...]:
        """The options that are counted."""
        return tuple(option for option in range(len(self.options)) if option not in self.void)


def read(content: bytes) -> Election:
    """The election of a JSON file.

    Raises ValueError with a sentence for a file that is none.
    """
    document = numbers.loads(_text(content))
    if not isinstance(document, dict):
        raise ValueError("an election file is one JSON object")
    kind = _given(document, "kind", "ranked")
    if kind not in KINDS:
        raise ValueError(f"kind: {shown(kind)} is none of {', '.join(KINDS)}")
    options = _candidates(document.get("candidates"))
    default = _default(document.get("default_option"), options, of=kind)
    is_measured = kind == "approve" or default is not None
    held = _Held(kind, options)
    return Election(
        kind=kind,
        options=options,
        unranked_rule=_unranked_rule(_given(document, "unranked_rule", "last")),
        default=default,
        quorums=_quorums(document.get("quorum"), options, is_measured=is_measured),
        ratios=_ratios(document.get("majority_required"), options, is_measured=is_measured),
        ballots_required=numbers.ballots(
            _given(document, "ballots_required", 0), "ballots_required"
        ),
        void=_void(_given(document, "void", []), options, default),
        **held.of(document),
    )


def read_lines(content: bytes) -> Election:
    """The election of JSON lines that each tell the counts of one item, asked by itself.

    Keys of a line: `option`, `approve`, `reject`, `abstain`, and if there are any `quorum`,
    `majority_ratio_required` and `vote`, whose lines share their ballots.
    Raises ValueError with a sentence for lines that are no such thing.
    """
    options: list[str] = []
    columns: list[Column] = []
    quorums: list[Fraction] = []
    ratios: list[Fraction] = []
    cast: dict[object, int] = {}
    for number, line in enumerate(_text(content).splitlines(), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        row = numbers.loads(line)
        if not isinstance(row, dict) or not isinstance(row.get("option"), str):
            raise ValueError(f"{place}: this is no object with an option")
        column = {
            choice: numbers.ballots(row.get(choice), f"{place}: {choice}")
            for choice in approve.CHOICES
        }
        options.append(row["option"])
        columns.append(column)
        quorums.append(_quorum(row.get("quorum"), f"{place}: quorum"))
        ratio = row.get("majority_ratio_required")
        ratios.append(numbers.ratio(ratio, f"{place}: majority_ratio_required"))
        vote = row.get("vote")
        cast[vote if isinstance(vote, str) else number] = sum(column.values())
    return Election(
        kind="approve",
        options=_candidates(options),
        ballots=None,
        cast=sum(cast.values()),
        columns=tuple(columns),
        quorums=tuple(quorums),
        ratios=tuple(ratios),
    )


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise ValueError(f"the file has more than {MOST_BYTES // 2**20} MiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start} is no UTF-8") from error


def _given(document: Mapping[str, object], key: str, otherwise: object) -> Any:
    """The value of a key; null and a key that is not there are the same."""
    value = document.get(key)
    return otherwise if value is None else value


# The parts of the file


def _candidates(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("candidates: name at least one")
    if len(value) > MOST_OPTIONS:
        raise ValueError(f"candidates: more than {MOST_OPTIONS} are not counted")
    for place, name in enumerate(value):
        if not isinstance(name, str):
            raise ValueError(f"candidates[{place}]: {shown(name)} is no text")
    return tuple(value)


def _unranked_rule(value: object) -> UnrankedRule:
    if value == "last" or value == "no_opinion":
        return value
    raise ValueError(f"unranked_rule: {shown(value)} is neither last nor no_opinion")


def _default(value: object, options: Sequence[str], *, of: str) -> int | None:
    if value is None:
        return None
    if of in BY_ITEM:
        raise ValueError(f"default_option: {of} asks about each option by itself")
    return _option(value, options, "default_option")


def _void(value: object, options: Sequence[str], default: int | None) -> frozenset[int]:
    void = frozenset(_indices(value, len(options), "void"))
    if default in void:
        raise ValueError("void: the default_option cannot be void")
    return void


def _option(value: object, options: Sequence[str], place: str) -> int:
    """The option that an index, its text, or a name stands for, if there is exactly one."""
    found: set[int] = set()
    if numbers.is_integer(value) and 0 <= cast(int, value) < len(options):
        found.add(cast(int, value))
    if isinstance(value, str):
        found.update(option for option, name in enumerate(options) if name == value)
        if _INDEX.fullmatch(value) and int(value) < len(options):
            found.add(int(value))
    if len(found) != 1:
        many = "more than one option" if found else "no option"
        raise ValueError(f"{place}: {shown(value)} is {many}")
    return found.pop()


def _quorums(value: object, options: Sequence[str], *, is_measured: bool) -> tuple[Fraction, ...]:
    quorum = _quorum(value, "quorum")
    if quorum and not is_measured:
        raise ValueError("quorum: it is measured against a default_option, and there is none")
    return (quorum,) * len(options)


def _quorum(value: object, place: str) -> Fraction:
    quorum = Fraction(0) if value is None else numbers.decimal(value, place)
    if quorum < 0:
        raise ValueError(f"{place}: {shown(value)} is less than 0")
    return quorum


def _ratios(value: object, options: Sequence[str], *, is_measured: bool) -> tuple[Fraction, ...]:
    ratios = [Fraction(1)] * len(options)
    if value is None:
        return tuple(ratios)
    if not isinstance(value, dict):
        raise ValueError("majority_required: this is no object of ratios by candidate")
    if value and not is_measured:
        raise ValueError("majority_required: without a default_option there is nothing to beat")
    seen: set[int] = set()
    for key, ratio in value.items():
        option = _option(key, options, "majority_required")
        if option in seen:
            raise ValueError(f"majority_required: {shown(key)} is named twice")
        seen.add(option)
        ratios[option] = numbers.ratio(ratio, f"majority_required[{shown(key)}]")
    return tuple(ratios)


def _indices(value: object, options: int, place: str) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{place}: {shown(value)} is no list of options")
    for option in value:
        if not numbers.is_integer(option) or not 0 <= option < options:
            raise ValueError(f"{place}: {shown(option)} is no option (0 to {options - 1})")
    if len(set(value)) != len(value):
        raise ValueError(f"{place}: an option stands here twice")
    return tuple(value)


class _Held:
    """What a file holds of the ballots of one kind: the ballots, or what was kept of them."""

    def __init__(self, kind: str, options: Sequence[str]) -> None:
        self.options = len(options)
        self.kind = kind
        readers: dict[str, Callable[[object, str], Ballot]] = {
            "ranked": self._ranking,
            "approve": self._choices,
            "approval": lambda value, place: _indices(value, self.options, place),
            "score": self._points,
            "weights": self._shares,
        }
        self.reader = readers[kind]

    def of(self, document: Mapping[str, object]) -> dict[str, Any]:
        """The fields of `Election` that hold ballots or what was kept of them."""
        if document.get("ballots") is not None:
            ballots = tuple(self._ballots(document["ballots"]))
            return {"ballots": ballots, "cast": sum(number for number, _ballot in ballots)}
        held: dict[str, Any] = {"ballots": None}
        if document.get("columns") is not None and self.kind in BY_ITEM:
            held["columns"] = self._columns(document["columns"])
        elif document.get("pairwise") is not None and self.kind == "ranked":
            held["table"] = self._table(document["pairwise"])
        else:
            raise ValueError("ballots: the file holds none")
        return held | {"cast": numbers.ballots(document.get("ballots_cast"), "ballots_cast")}

    def _ballots(self, value: object) -> Iterator[tuple[int, Ballot]]:
        if not isinstance(value, list):
            raise ValueError(f"ballots: {shown(value)} is no list")
        for number, row in enumerate(value):
            if not isinstance(row, list) or len(row) < 2:
                raise ValueError(f"ballots[{number}]: a ballot is [number of ballots, ballot]")
            count = numbers.ballots(row[0], f"ballots[{number}][0]")
            yield count, self.reader(row[1], f"ballots[{number}][1]")

    def _ranking(self, value: object, place: str) -> tuple[tuple[int, ...], ...]:
        if not isinstance(value, list):
            raise ValueError(f"{place}: {shown(value)} is no list of ranks")
        groups = tuple(
            _indices(group, self.options, f"{place}[{rank}]") for rank, group in enumerate(value)
        )
        ranked = [option for group in groups for option in group]
        if len(set(ranked)) != len(ranked):
            raise ValueError(f"{place}: an option stands at two ranks")
        return groups

    def _by_option(self, value: object, place: str) -> dict[int, object]:
        if not isinstance(value, dict):
            raise ValueError(f"{place}: {shown(value)} is no object by option")
        found = {}
        for key, answer in value.items():
            if not _INDEX.fullmatch(key) or int(key) >= self.options:
                raise ValueError(f"{place}: {shown(key)} is no option (0 to {self.options - 1})")
            found[int(key)] = answer
        return found

    def _choices(self, value: object, place: str) -> dict[int, str]:
        found = self._by_option(value, place)
        for option, choice in found.items():
            if choice not in approve.CHOICES:
                words = ", ".join(approve.CHOICES)
                raise ValueError(f"{place}[{option}]: {shown(choice)} is none of {words}")
        return cast(dict[int, str], found)

    def _points(self, value: object, place: str) -> dict[int, Fraction]:
        return {
            option: numbers.decimal(points, f"{place}[{option}]")
            for option, points in self._by_option(value, place).items()
        }

    def _shares(self, value: object, place: str) -> dict[int, Fraction]:
        points = self._points(value, place)
        if any(share < 0 for share in points.values()):
            raise ValueError(f"{place}: points are never less than 0")
        if sum(points.values()) != 100:
            raise ValueError(f"{place}: the points do not sum to 100")
        return points

    def _columns(self, value: object) -> tuple[Column, ...]:
        """For each option how many ballots give each answer; null or {} for a void one."""
        if not isinstance(value, list) or len(value) != self.options:
            raise ValueError(f"columns: give one for each of the {self.options} candidates")
        return tuple(self._column(column, f"columns[{n}]") for n, column in enumerate(value))

    def _column(self, value: object, place: str) -> Column:
        if not isinstance(value, dict | None):
            raise ValueError(f"{place}: {shown(value)} is no object of answers")
        column: dict[Any, int] = {}
        for key, number in (value or {}).items():
            if self.kind == "approve" and key not in approve.CHOICES:
                raise ValueError(f"{place}: {shown(key)} is none of {', '.join(approve.CHOICES)}")
            answer = key if self.kind == "approve" else numbers.decimal(key, place)
            if answer in column:
                raise ValueError(f"{place}: {shown(key)} stands here twice")
            column[answer] = numbers.ballots(number, f"{place}[{shown(key)}]")
        return column

    def _table(self, value: object) -> tuple[tuple[int, ...], ...]:
        rows = value if isinstance(value, list) else []
        if len(rows) != self.options or any(
            not isinstance(row, list) or len(row) != self.options for row in rows
        ):
            raise ValueError(f"pairwise: this is no table of {self.options} by {self.options}")
        return tuple(
            tuple(numbers.ballots(cell, f"pairwise[{n}][{m}]") for m, cell in enumerate(row))
            for n, row in enumerate(rows)
        )
