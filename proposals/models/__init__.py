"""The deliberation: rounds, proposals, their texts and revisions, and what people said of them."""

from proposals.models.comments import Comment, Disposition
from proposals.models.decisions import Decision, PollEntry, Protest
from proposals.models.proposals import Proposal, ProposalRecord, Revision, StageChange, WorkingCopy
from proposals.models.rounds import Round
from proposals.models.search import FoundBy

__all__ = [
    "Comment",
    "Decision",
    "Disposition",
    "FoundBy",
    "PollEntry",
    "Proposal",
    "ProposalRecord",
    "Protest",
    "Revision",
    "Round",
    "StageChange",
    "WorkingCopy",
]
