"""The deliberation: rounds, proposals, their texts and revisions, and what people said of them."""

from proposals.models.comments import Comment, Disposition
from proposals.models.decisions import Decision, PollEntry, Protest
from proposals.models.evidence import Evidence
from proposals.models.invitations import Invitation
from proposals.models.proposals import (
    Proposal,
    ProposalRecord,
    Revision,
    SetAside,
    StageChange,
    WorkingCopy,
)
from proposals.models.rounds import Round

__all__ = [
    "Comment",
    "Decision",
    "Disposition",
    "Evidence",
    "Invitation",
    "PollEntry",
    "Proposal",
    "ProposalRecord",
    "Protest",
    "Revision",
    "Round",
    "SetAside",
    "StageChange",
    "WorkingCopy",
]
