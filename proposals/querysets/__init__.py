"""Reads of the deliberation, in its own words."""

from proposals.querysets.comments import (
    WHOLE,
    CommentQuerySet,
    GateCount,
    PseudonymAuthorQuerySet,
    ReactionQuerySet,
    UnsealingQuerySet,
    VisitQuerySet,
)
from proposals.querysets.proposals import (
    MOST_ALIKE,
    MOST_WORDS,
    ORDERS,
    BundleQuerySet,
    ProposalQuerySet,
    RoundQuerySet,
)
from proposals.querysets.votes import (
    DecisionQuerySet,
    DissentQuerySet,
    PollEntryQuerySet,
    RoundPollEntryQuerySet,
    RoundPollQuerySet,
)
from proposals.querysets.writing import EvidenceQuerySet, InvitationQuerySet, ReviewQuerySet

__all__ = [
    "BundleQuerySet",
    "CommentQuerySet",
    "DecisionQuerySet",
    "DissentQuerySet",
    "EvidenceQuerySet",
    "GateCount",
    "InvitationQuerySet",
    "MOST_ALIKE",
    "MOST_WORDS",
    "ORDERS",
    "PollEntryQuerySet",
    "ProposalQuerySet",
    "PseudonymAuthorQuerySet",
    "ReactionQuerySet",
    "ReviewQuerySet",
    "RoundPollEntryQuerySet",
    "RoundPollQuerySet",
    "RoundQuerySet",
    "UnsealingQuerySet",
    "VisitQuerySet",
    "WHOLE",
]
