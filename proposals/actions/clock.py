"""What falls due by the clock."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError

from indicators.actions import briefings_deliver
from proposals.actions.origins import objections_offer, reviews_tell
from proposals.actions.reminders import reminders_send
from proposals.actions.settling import objection_finish, polls_settle
from proposals.actions.weights import weights_hand_over
from proposals.models import Proposal
from voting.actions import poll_scrub, polls_close_due

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """How much was due: polls closed, proposals moved on, windows ended, and who was told what.

    `people_briefed` were told what a publication changed for them.
    """

    polls_closed: int
    proposals_settled: int
    objections_ended: int
    polls_reminded: int
    weights_handed_over: int
    reviews_told: int
    objections_offered: int
    people_briefed: int


def close_due(*, now: datetime) -> Due:
    """Close the polls whose time is over, and pass their proposals on. Idempotent.

    Polls close by the database's clock; `now` decides the objection windows.
    """
    closed = len(polls_close_due())
    settled = polls_settle(now=now)
    ended = sum(
        objection_finish(proposal, now=now) for proposal in Proposal.objects.objection_over(now)
    )
    handed_over = weights_hand_over(now=now)
    return Due(
        closed,
        settled,
        ended,
        reminders_send(now=now),
        handed_over,
        reviews_tell(now=now),
        objections_offer(now=now),
        briefings_deliver(now=now),
    )


def remains_scrub() -> int:
    """How many ended polls' remains were scrubbed from the database's files; 0 where it is busy.

    What a busy moment left is taken at the next call: seal or cancelled poll keep if it was done.
    Raises RuntimeError inside a transaction.
    """
    try:
        return len(poll_scrub())
    except OperationalError as busy:
        logger.warning("the remains of ended polls wait for the next call: %s", busy)
        return 0
