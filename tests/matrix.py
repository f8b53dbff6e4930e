"""Reads permissions.toml: which answer each person gets from each address in each state."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "permissions.toml"
METHODS = ("GET", "POST")
SIGN_IN = "in"


@dataclass(frozen=True)
class Row:
    """The answers of one route, asked by one method in one state, by actor."""

    route: str
    method: str
    state: str
    answers: dict[str, str]


@dataclass(frozen=True)
class Entry:
    """What the file says of one route; `url` tells which thing of a world fills which argument."""

    name: str
    path: str
    url: dict[str, str]
    is_public: bool
    rows: tuple[Row, ...]

    @property
    def states(self) -> list[str]:
        """The states in which the route is asked, in the order of the file."""
        return list(dict.fromkeys(row.state for row in self.rows))

    def rows_in(self, state: str) -> Iterator[Row]:
        """The rows of a state, one for each method.

        A method that the file does not give the route at all is refused: 405, or the sign-in.
        """
        given = {row.method for row in self.rows}
        yield from (row for row in self.rows if row.state == state)
        for method in METHODS:
            if method not in given and state == self.states[0]:
                yield Row(self.name, method, state, spread("405", is_public=self.is_public))


class Matrix:
    """The whole file. Raises ValueError where it contradicts itself."""

    def __init__(self, text: str) -> None:
        content = tomllib.loads(text)
        if content["actors"] != list(ACTORS):
            raise ValueError(f"the columns are {' '.join(ACTORS)}")
        self.entries = {name: _entry(name, table) for name, table in content["routes"].items()}

    def states(self) -> list[str]:
        """Every state that some route is asked in."""
        return sorted({state for entry in self.entries.values() for state in entry.states})


# The columns. A visitor is not signed in; who left the service (`deactivated`) always gets what a
# visitor gets, and has no column.
ACTORS = (
    "visitor",
    "outsider",
    "author",
    "coauthor",
    "elector",
    "head",
    "former_acting_head",
    "superior_head",
    "facilitator",
    "publisher",
    "auditor",
    "administrator",
    "moved",
)
ANSWERS = {"200", "204", "302", "304", "400", "401", "403", "404", "405", "409", "422", SIGN_IN}


def spread(text: str, *, is_public: bool) -> dict[str, str]:
    """A row of the file as answers by actor.

    One word: everyone who is signed in; visitors are sent to the sign-in, unless the route is
    public. Two words: visitors, everyone else. Else one word for each column.
    """
    words = text.split()
    if len(words) == 1:
        words.insert(0, words[0] if is_public else SIGN_IN)
    if len(words) == 2:
        words = words[:1] + words[1:] * (len(ACTORS) - 1)
    if len(words) != len(ACTORS) or not set(words) <= ANSWERS:
        raise ValueError(f"not a row of {len(ACTORS)} answers: {text!r}")
    return dict(zip(ACTORS, words, strict=True))


def _entry(name: str, table: dict[str, object]) -> Entry:
    known = {"path", "url", "public", *METHODS}
    if set(table) - known:
        raise ValueError(f"{name}: what is {sorted(set(table) - known)}?")
    is_public = bool(table.get("public"))
    rows = [
        Row(name, method, state, spread(answers, is_public=is_public))
        for method in METHODS
        for states, answers in dict(table.get(method, {})).items()  # type: ignore[call-overload]
        for state in states.split()
    ]
    if not rows or len({(row.method, row.state) for row in rows}) < len(rows):
        raise ValueError(f"{name}: no row, or a state twice")
    url = dict(table.get("url", {}))  # type: ignore[call-overload]
    return Entry(name, str(table["path"]), url, is_public, tuple(rows))


def read() -> Matrix:
    """The matrix of the project."""
    return Matrix(FILE.read_text())
