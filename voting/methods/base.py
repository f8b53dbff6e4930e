"""What a method of voting has to say about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from voting.policy import Policy

# One filled-in ballot: a choice for each item in the order of the items, None for a void one.
type Choices = tuple[str | None, ...]

# What is kept of one item: how many ballots hold each distinct choice. The order of a column says
# nothing, so none is kept. A method that looks at several items at once keeps cells instead
# (`Method.columns`).
type Column = Mapping[str, int]

# Ballots as they are counted: each distinct one, and how many are like it.
type Counted = Iterable[tuple[Choices, int]]


class InvalidBallot(ValueError):
    """A ballot that cannot be counted; `sentences` says why, by the key of the item.

    A sentence under the key "" is about the ballot as a whole.
    """

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__("; ".join(sentences.values()))
        self.sentences = dict(sentences)


@dataclass(frozen=True)
class ItemOutcome:
    """What the counting says about one item: `counts` by kind of choice, and what they mean.

    `more` is what only this method has to say; as JSON, and like the counts hidden below k.
    """

    counts: Mapping[str, int]
    passed: bool
    passed_of_present: bool
    is_tie: bool
    is_unanimous: bool
    more: Mapping[str, object] = field(default_factory=dict)


def columns_apart(ballots: Counted) -> Iterator[tuple[int, str, int]]:
    """The columns of a method whose items are looked at one by one (see `Method.columns`)."""
    sums: list[defaultdict[str | None, int]] = []
    for ballot, number in ballots:
        sums = sums or [defaultdict(int) for _choice in ballot]
        for column, choice in zip(sums, ballot, strict=True):
            column[choice] += number
    for index, column in enumerate(sums):
        for choice in sorted(choice for choice in column if choice is not None):
            yield index, choice, column[choice]


def columns_or_ballots(
    columns: Sequence[Column | None], ballots: Sequence[tuple[str, Sequence[str | None]]]
) -> dict[str, Any]:
    """The ballots of an election file whose options are answered one by one (`Method.file_part`).

    A whole ballot is followed by its receipt code, which whoever counts passes over.
    """
    if not ballots:
        return {"columns": [column and dict(column) for column in columns]}
    return {
        "ballots": [
            [1, {str(place): choice for place, choice in enumerate(choices) if choice}, code]
            for code, choices in ballots
        ]
    }


class Method(ABC):
    """A method: its ballot, what is kept of the ballots, and the reading of what is kept."""

    name: str
    kinds: tuple[str, ...] = ()  # of choices that are counted, in the order of the pages
    favour = against = abstained = ""  # the kinds that papers call so; empty for none
    width: int  # characters of the longest packed choice: in a box all ballots have one length
    is_secret: bool | None = None  # always so, never so, or as the policy wants it
    answers_items_apart = True  # or each answer has its meaning from the others: none can be void
    has_ranks = False  # the ballot has buttons that move an item up and down
    objecting: str = ""  # the choice that goes with a reason in words; open ballots alone have it
    decides = True  # or what comes out is advice: a facilitator may open such a poll, too
    is_repeated_once = False  # whether a poll that said nothing (no quorum, a tie) is held again

    @property
    @abstractmethod
    def label(self) -> str:
        """The method's name for voters."""

    @property
    def how_to(self) -> str:
        """What one does with this ballot, in a sentence or two above it; empty for nothing."""
        return ""

    @abstractmethod
    def rule_words(self, policy: Policy) -> str:
        """When an item is approved, or what else comes out, as a sentence for voters."""

    @abstractmethod
    def outcome_words(self, *, passed: bool, is_tie: bool, more: Mapping[str, Any]) -> str:
        """What came out for one item, as papers say it behind its title.

        `more` is what only this method says; empty where it is hidden.
        """

    @property
    def columns_words(self) -> str:
        """What publication mode A tells of the ballots, in words."""
        return _("jumlah suara per butir")

    @property
    def totals_words(self) -> str:
        """What publication mode C tells of them, in words."""
        return self.columns_words

    def check(self, policy: Policy) -> None:
        """Raise ValueError with a sentence for a policy that does not go with the method."""
        if self.is_secret is not None and policy.is_secret != self.is_secret:
            raise ValueError(
                _("Mufakat selalu terbuka; pembagian bobot dan pemeringkatan selalu tertutup.")
            )

    def question(self, number: int) -> str:
        """What the ballot asks about the item of this number: the label of its field."""
        return _("Pilihan Anda untuk butir %(number)s") % {"number": number}

    @abstractmethod
    def field(self, title: str) -> forms.Field:
        """The form field in which one item is voted on; nothing is chosen beforehand."""

    @abstractmethod
    def words(self, choice: str) -> str:
        """A choice as voters read it."""

    @abstractmethod
    def choice(self, text: str) -> str:
        """The choice that a text stands for.

        Raises ValueError with a sentence for a text that is no choice.
        """

    def pack(self, choice: str) -> str:
        """A choice as a box keeps it: ASCII, at most `width` characters, never `-`."""
        return choice

    def unpack(self, packed: str) -> str:
        """The choice again. Raises ValueError for what is none."""
        return packed

    def check_whole(self, choices: Choices) -> None:
        """Raise InvalidBallot where single choices are good and the ballot as a whole is not."""
        return

    def rearranged(self, choices: Mapping[str, str], move: str) -> dict[str, str]:
        """What stands on the ballot after a button of it was pressed (`key:up`, `key:down`)."""
        return dict(choices)

    @abstractmethod
    def columns(self, ballots: Counted) -> Iterator[tuple[int, str, int]]:
        """What publication mode A keeps: (index of the item, choice, number of ballots).

        The ballots are read once, one after the other, so that they need not lie in memory. A
        ranking keeps its pairwise cells and first choices here, never a ballot.
        """

    def ballots_in(self, column: Column) -> int | None:
        """How many ballots a column accounts for; None where it cannot tell."""
        return sum(column.values())

    @abstractmethod
    def outcomes(
        self,
        columns: Iterable[Column | None],
        *,
        ballots: int,
        quorum_reached: bool,
        policy: Policy,
    ) -> list[ItemOutcome]:
        """What the columns of all items mean, in the order of the items; None for a void one."""

    def read(self, keys: Sequence[str], void: Iterable[str], choices: Mapping[str, str]) -> Choices:
        """The ballot that was filled in: one choice for each of `keys` that is not in `void`.

        Raises InvalidBallot with a sentence for each item; nothing is ever guessed.
        """
        sentences: dict[str, str] = {}
        if choices.keys() - set(keys):
            sentences[""] = _(
                "Surat suara ini memuat butir yang bukan bagian pemungutan suara ini."
            )
        voided = set(void)
        ballot: list[str | None] = []
        for key in keys:
            if key in voided:
                ballot.append(None)
                continue
            try:
                ballot.append(self.choice(choices.get(key, "")))
            except ValueError as error:
                sentences[key] = str(error)
        if sentences:
            raise InvalidBallot(sentences)
        filled = tuple(ballot)
        self.check_whole(filled)
        return filled

    # The election file (docs/counting.md), by which strangers count again.

    totals_are_columns = False  # whether the totals of publication mode C are whole columns

    def file_part(
        self,
        policy: Policy,
        columns: Sequence[Column | None],
        ballots: Sequence[tuple[str, Sequence[str | None]]],
    ) -> dict[str, Any]:
        """What an election file says of the ballots: `kind`, the ballots, and the method's rules.

        `columns` are those that were kept, None for a void item; `ballots` (code and choices) are
        there in publication mode B alone, and then are what the file holds. A method of which the
        file knows nothing says nothing: its hashes can be checked, its count cannot.
        """
        return {}


class OneOfKinds(Method):
    """A method that answers each item with one of a few kinds of choice, by radio buttons."""

    width = 1

    @property
    @abstractmethod
    def nothing_chosen(self) -> str:
        """The sentence for an item that was left empty."""

    def field(self, title: str) -> forms.Field:
        return forms.ChoiceField(
            label=title,
            choices=[(choice, self.words(choice)) for choice in self.kinds],
            widget=forms.RadioSelect,
            required=False,  # the ballot says itself what is missing
        )

    def choice(self, text: str) -> str:
        if not text:
            raise ValueError(self.nothing_chosen)
        if text not in self.kinds:
            raise ValueError(_("Pilihan ini tidak tersedia."))
        return text

    def pack(self, choice: str) -> str:
        return str(self.kinds.index(choice))

    def unpack(self, packed: str) -> str:
        if packed not in {str(place) for place in range(len(self.kinds))}:
            raise ValueError(f"no choice: {packed!r}")
        return self.kinds[int(packed)]

    def columns(self, ballots: Counted) -> Iterator[tuple[int, str, int]]:
        return columns_apart(ballots)
