"""What falls due by the clock."""

from dataclasses import dataclass
from datetime import datetime

from proposals.actions.polls import objection_finish, polls_settle
from proposals.models import Proposal
from voting.actions import polls_close_due


@dataclass(frozen=True)
class Due:
    """How much was due: polls closed, proposals moved on, objection windows ended."""

    polls_closed: int
    proposals_settled: int
    objections_ended: int


def close_due(*, now: datetime) -> Due:
    """Close the polls whose time is over, and pass their proposals on. Idempotent.

    Polls close by the database's clock; `now` decides the objection windows.
    """
    closed = len(polls_close_due())
    settled = polls_settle(now=now)
    ended = sum(
        objection_finish(proposal, now=now) for proposal in Proposal.objects.objection_over(now)
    )
    return Due(closed, settled, ended)
