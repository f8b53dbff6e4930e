"""The way of one proposal: its stages, and the one table of moves between them.

Source: DESIGN 2 (docs/architecture.md); labels as the office writes them.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a proposal stands. *Terbit* is no stage: a published set tells it."""

    DRAFT = "draft", _("Draf")
    DISCUSSION = "discussion", _("Masa Tanggapan")
    FROZEN = "frozen", _("Siap Divoting")
    VOTING = "voting", _("Pemungutan Suara")
    OBJECTION = "objection", _("Masa Sanggah")
    DECISION = "decision", _("Menunggu Keputusan")
    ADOPTED = "adopted", _("Ditetapkan")
    RETURNED = "returned", _("Dikembalikan")
    REJECTED = "rejected", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik")


class Move(StrEnum):
    """What can happen to a proposal's stage."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    FREEZE = "freeze"
    OPEN_POLL = "open_poll"
    CLOSE_TO_OBJECTION = "close_to_objection"
    CLOSE_TO_DECISION = "close_to_decision"
    CANCEL_POLL = "cancel_poll"
    CLOSE_TO_VOTE = "close_to_vote"
    VOTE_AGAIN = "vote_again"
    REPEAT_VOTE = "repeat_vote"
    END_OBJECTION = "end_objection"
    ADOPT = "adopt"
    REJECT = "reject"
    RETURN = "return"


@dataclass(frozen=True)
class Step:
    """A move: from which stages it may start, and where it leads."""

    sources: frozenset[Stage]
    target: Stage


def _step(*sources: Stage, to: Stage) -> Step:
    return Step(frozenset(sources), to)


MOVES: dict[Move, Step] = {
    Move.SUBMIT: _step(Stage.DRAFT, Stage.RETURNED, to=Stage.DISCUSSION),
    Move.WITHDRAW: _step(Stage.DRAFT, Stage.DISCUSSION, Stage.RETURNED, to=Stage.WITHDRAWN),
    Move.FREEZE: _step(Stage.DISCUSSION, to=Stage.FROZEN),
    Move.OPEN_POLL: _step(Stage.FROZEN, to=Stage.VOTING),
    Move.CLOSE_TO_OBJECTION: _step(Stage.VOTING, to=Stage.OBJECTION),
    Move.CLOSE_TO_DECISION: _step(Stage.VOTING, to=Stage.DECISION),
    Move.CANCEL_POLL: _step(Stage.VOTING, to=Stage.FROZEN),
    Move.REPEAT_VOTE: _step(Stage.DECISION, to=Stage.FROZEN),
    Move.CLOSE_TO_VOTE: _step(Stage.VOTING, to=Stage.FROZEN),  # no consensus: a vote follows
    Move.VOTE_AGAIN: _step(Stage.OBJECTION, to=Stage.FROZEN),
    Move.END_OBJECTION: _step(Stage.OBJECTION, to=Stage.DECISION),
    Move.ADOPT: _step(Stage.DECISION, to=Stage.ADOPTED),
    Move.REJECT: _step(Stage.DECISION, to=Stage.REJECTED),
    Move.RETURN: _step(
        Stage.FROZEN, Stage.VOTING, Stage.OBJECTION, Stage.DECISION, to=Stage.RETURNED
    ),
}

# The stages in which the text may change, and the straight way that pages draw as a timeline.
WRITABLE = frozenset({Stage.DRAFT, Stage.DISCUSSION, Stage.RETURNED})
# At which stage voters are asked about several proposals at once, by method.
ASKED_AT = {"weights": Stage.ADOPTED, "schulze": Stage.FROZEN}
FINAL = frozenset({Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN})
STRAIGHT_WAY = (
    Stage.DRAFT,
    Stage.DISCUSSION,
    Stage.FROZEN,
    Stage.VOTING,
    Stage.OBJECTION,
    Stage.DECISION,
    Stage.ADOPTED,
)


def allows(move: Move, stage: str) -> bool:
    """Whether a move may start from a stage."""
    return stage in MOVES[move].sources
