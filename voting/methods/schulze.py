"""Method *schulze* as voters meet it: a rank for each item, equal ranks and gaps allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from voting.methods.base import Choices, Column, Counted, InvalidBallot, ItemOutcome, Method
from voting.tally import schulze
from web.forms import NumberInput

if TYPE_CHECKING:
    from voting.policy import Policy

FIRST = "first"  # ballots on which nothing stands above the item
OVER = "over "  # and the number of the item below it

_UNRANKED = 10**6  # below every rank that can be written

_RANK = re.compile(r"[1-9][0-9]{0,2}")
_CELL = re.compile(rf"{OVER}([1-9][0-9]*)")


class Schulze(Method):
    name = "schulze"
    width = 3
    is_secret = True
    decides = False  # the best one still needs its vote
    has_ranks = True

    @property
    def label(self) -> str:
        return _("Beri peringkat (metode Schulze)")

    @property
    def how_to(self) -> str:
        return _(
            "Beri 1 kepada yang terbaik, 2 kepada yang berikutnya, dan seterusnya. Peringkat boleh "
            "sama. Yang Anda kosongkan dianggap di bawah semua yang Anda beri peringkat, dan sama "
            "di antara sesamanya."
        )

    def rule_words(self, policy: Policy) -> str:
        return _(
            "Setiap dua butir dibandingkan: yang lebih sering ditempatkan di atas mengalahkan yang "
            "lain. Yang tidak dikalahkan siapa pun unggul; bila kemenangan berputar, jalur yang "
            "paling kuat menentukan (metode Schulze). Yang berimbang dilaporkan berimbang."
        )

    @property
    def columns_words(self) -> str:
        return _("perbandingan setiap dua butir, dan berapa kali masing-masing paling atas")

    @property
    def totals_words(self) -> str:
        return _("urutan butir")

    def outcome_words(self, *, passed: bool, is_tie: bool, more: Mapping[str, Any]) -> str:
        if passed:
            return _("unggul")
        if is_tie:
            return _("berimbang di tempat teratas")
        if "place" in more:
            return _("tempat %(place)s") % {"place": more["place"]}
        return _("tidak unggul")

    def question(self, number: int) -> str:
        return _("Peringkat Anda untuk butir %(number)s") % {"number": number}

    def field(self, title: str) -> forms.Field:
        widget = NumberInput({"inputmode": "numeric", "data-rank": ""})
        return forms.CharField(label=title, required=False, widget=widget)

    def words(self, choice: str) -> str:
        if not choice:
            return _("Tanpa peringkat, di bawah semua yang diberi peringkat")
        return _("Peringkat %(rank)s") % {"rank": choice}

    def choice(self, text: str) -> str:
        text = text.strip()
        if text and not _RANK.fullmatch(text):
            raise ValueError(_("Tulis bilangan bulat mulai dari 1, atau kosongkan."))
        return text

    def check_whole(self, choices: Choices) -> None:
        if not any(choices):
            raise InvalidBallot(
                {
                    "": _(
                        "Beri peringkat kepada sekurang-kurangnya satu butir. Untuk abstain, beri "
                        "peringkat yang sama kepada semua butir."
                    )
                }
            )

    def rearranged(self, choices: Mapping[str, str], move: str) -> dict[str, str]:
        """Up: past the rank above, or from no rank to the last one. Down: past the rank below."""
        key, _colon, direction = move.rpartition(":")
        ranks = {
            name: int(text.strip())
            for name, text in choices.items()
            if _RANK.fullmatch(text.strip())
        }
        moved = dict(choices)
        if key not in choices or direction not in ("up", "down"):
            return moved
        rank, last = ranks.get(key), max(ranks.values(), default=0)
        if rank is None:
            moved[key] = str(last + 1) if direction == "up" else ""
            return moved
        if list(ranks.values()).count(rank) > 1:  # out of a tie: above the others, or below them
            for name, other in ranks.items():
                behind = other > rank or (other == rank and direction == "up")
                if behind and name != key:
                    moved[name] = str(other + 1)
            moved[key] = str(rank if direction == "up" else rank + 1)
            return moved
        above = max((other for other in ranks.values() if other < rank), default=rank)
        below = min((other for other in ranks.values() if other > rank), default=0)
        aim = above if direction == "up" else below
        if not aim:
            moved[key] = ""  # below the last rank: without one
            return moved
        moved |= {name: str(rank) for name, other in ranks.items() if other == aim}
        moved[key] = str(aim)
        return moved

    def columns(self, ballots: Counted) -> Iterator[tuple[int, str, int]]:
        cells: list[list[int]] = []  # of each item: over whom, by place, and at the end: first
        for choices, number in ballots:
            cells = cells or [[0] * (len(choices) + 1) for _choice in choices]
            ranks = [
                (place, int(choice) if choice else _UNRANKED)
                for place, choice in enumerate(choices)
                if choice is not None
            ]
            best = min((rank for _place, rank in ranks), default=0)
            for place, rank in ranks:
                row = cells[place]
                if rank == best:
                    row[-1] += number
                for other, rank_of_other in ranks:
                    if rank < rank_of_other:
                        row[other] += number
        for place, row in enumerate(cells):
            names = [f"{OVER}{other + 1}" for other in range(len(cells))] + [FIRST]
            for cell, number in sorted(zip(names, row, strict=True)):
                if number:
                    yield place, cell, number

    def ballots_in(self, column: Column) -> int | None:
        return None  # cells overlap

    def outcomes(
        self,
        columns: Iterable[Column | None],
        *,
        ballots: int,
        quorum_reached: bool,
        policy: Policy,
    ) -> list[ItemOutcome]:
        held = list(columns)
        table = pairwise_of(held)
        standing = [place for place, column in enumerate(held) if column is not None]
        found = schulze.rank([[table[a][b] for b in standing] for a in standing])
        place_of = {
            standing[option]: number
            for number, group in enumerate(found.ranking, start=1)
            for option in group
        }
        is_tie = len(found.winners) > 1
        outcomes = []
        for place, column in enumerate(held):
            wins = place_of.get(place) == 1
            passed = quorum_reached and wins and not is_tie
            outcomes.append(
                ItemOutcome(
                    counts=dict(column or {}),
                    passed=passed,
                    passed_of_present=passed,
                    is_tie=wins and is_tie,
                    is_unanimous=ballots > 0 and ballots in table[place],
                    more={"place": place_of[place]} if column is not None else {},
                )
            )
        return outcomes

    def file_part(
        self,
        policy: Policy,
        columns: Sequence[Column | None],
        ballots: Sequence[tuple[str, Sequence[str | None]]],
    ) -> dict[str, Any]:
        part: dict[str, Any] = {"kind": "ranked", "unranked_rule": "last"}
        if not ballots:
            return part | {"pairwise": pairwise_of(columns)}
        return part | {"ballots": [[1, _groups(choices), code] for code, choices in ballots]}


def pairwise_of(columns: Sequence[Column | None]) -> list[list[int]]:
    """How many ballots rank the item of the row above that of the column; 0 for void ones.

    Raises ValueError for a cell that no ranking makes.
    """
    size = len(columns)
    table = [[0] * size for _row in range(size)]
    for place, column in enumerate(columns):
        for cell, number in (column or {}).items():
            if cell == FIRST:
                continue
            found = _CELL.fullmatch(cell)
            other = int(found[1]) - 1 if found else size
            if other >= size or other == place:
                raise ValueError(f"not a cell of a ranking: {cell!r}")
            table[place][other] = number
    return table


def _groups(choices: Sequence[str | None]) -> list[list[int]]:
    ranked: dict[int, list[int]] = {}
    for place, choice in enumerate(choices):
        if choice:
            ranked.setdefault(int(choice), []).append(place)
    return [ranked[rank] for rank in sorted(ranked)]
