"""The deliberation: rounds, proposals, their texts and revisions, and what people said of them."""

from proposals.models.bundles import Bundle
from proposals.models.comments import Comment, Disposition
from proposals.models.decisions import Decision, PollEntry, Protest
from proposals.models.dissents import Dissent
from proposals.models.evidence import Evidence
from proposals.models.invitations import Invitation
from proposals.models.origins import ObjectionOffer, Origin, ReviewReminder
from proposals.models.proposals import (
    Proposal,
    ProposalRecord,
    Revision,
    SetAside,
    StageChange,
    WorkingCopy,
)
from proposals.models.pseudonyms import Pseudonym, PseudonymAuthor, Unsealing
from proposals.models.reminders import Reminder
from proposals.models.reviews import Review, ReviewAnswer
from proposals.models.round_polls import RoundPoll, RoundPollEntry
from proposals.models.rounds import Round
from proposals.models.search import FoundBy
from proposals.models.threads import CommentVersion, Hiding, Mention, Reaction, Visit

__all__ = [
    "ReviewReminder",
    "Origin",
    "ObjectionOffer",
    "Bundle",
    "Comment",
    "CommentVersion",
    "Decision",
    "Disposition",
    "Dissent",
    "Evidence",
    "FoundBy",
    "Hiding",
    "Invitation",
    "Mention",
    "PollEntry",
    "Proposal",
    "ProposalRecord",
    "Protest",
    "Pseudonym",
    "PseudonymAuthor",
    "Reaction",
    "Reminder",
    "Review",
    "ReviewAnswer",
    "Revision",
    "Round",
    "RoundPoll",
    "RoundPollEntry",
    "SetAside",
    "StageChange",
    "Unsealing",
    "Visit",
    "WorkingCopy",
]
