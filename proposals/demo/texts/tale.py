"""The form in which the demo's tales are written; all days are days before today.

People are named by their part (`author`) or by unit and place there (`dinkes/1`; 0 is the head).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Reply:
    """An answer in a thread."""

    day: int
    who: str
    body: str


@dataclass(frozen=True)
class Answer:
    """A disposition: `adopted` in a revision, `not_adopted` or `out_of_scope` with a reason.

    A suggestion that is adopted without naming a revision makes one.
    """

    day: int
    outcome: Literal["adopted", "not_adopted", "out_of_scope"]
    reason: str = ""
    revision: int = 0
    who: str = ""  # the writer, unless said
    reply: str = ""  # what the commenter finds unsolved


@dataclass(frozen=True)
class Said:
    """A comment, what was replied, and what became of it."""

    day: int
    who: str
    kind: Literal["question", "support", "objection", "suggestion", "gaming_risk"]
    body: str
    field: str = ""
    wording: str = ""  # what a suggestion asks for
    is_unnamed: bool = False  # under a pseudonym
    origin: str = ""  # whose paper the facilitator copied
    replies: tuple[Reply, ...] = ()
    answer: Answer | None = None


@dataclass(frozen=True)
class Reviewed:
    """A review: yes to the whole checklist, but for the criteria that are named with a reason."""

    day: int
    who: str
    no: Mapping[str, str] = field(default_factory=dict)
    not_sure: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rewrite:
    """A later revision: what changes, and why."""

    day: int
    reason: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Vote:
    """A poll of three days, and how many of its roll say what; the rest stays away."""

    day: int
    approve: int
    reject: int
    abstain: int


@dataclass(frozen=True)
class Consensus:
    """Consensus sought over three days, and how many agree to all that nobody objects to."""

    day: int
    agree: int


@dataclass(frozen=True)
class Keberatan:
    """Who objected where consensus was sought, and why: a vote follows."""

    who: str
    reason: str


@dataclass(frozen=True)
class Asked:
    """A poll of three days over several proposals of one unit, by its head.

    `ballots` has a row for each one cast and in it an answer for each code.
    """

    method: Literal["weights", "schulze"]
    day: int
    codes: tuple[str, ...]
    ballots: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Objected:
    """A *sanggah* against the procedure of the vote, and the facilitator's answer if any yet."""

    day: int
    who: str
    body: str
    answered_on: int = 0
    answer: str = ""


@dataclass(frozen=True)
class Ruling:
    """The head's decision."""

    day: int
    kind: Literal["adopt", "return", "reject"]
    reason: str


@dataclass(frozen=True)
class Tale:
    """What happens to one proposal. What is not said does not happen: a day 0 means never."""

    code: str
    who: str
    starts: int
    submitted: int = 0
    coauthor: str = ""
    asked: str = ""  # who was asked to write, too, and has not answered yet
    evidence: str = ""  # what the file beside the text shows
    kind: Literal["new", "amend", "retire"] = "new"
    is_training: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)  # against the indicator as filled in
    said: tuple[Said, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    frozen: int = 0
    beside: str = ""  # the code of the tale whose poll also asks about this one
    consensus: Consensus | None = None
    objection: Keberatan | None = None  # where it, or the tale that it is beside, seeks consensus
    vote: Vote | None = None
    objected: Objected | None = None
    ruling: Ruling | None = None
    withdrawn: int = 0
    reason: str = ""  # of the withdrawal
