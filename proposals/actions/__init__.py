"""All that can happen to a proposal: one function each, the only doors to its rows."""

from proposals.actions.clock import close_due, remains_scrub
from proposals.actions.comments import comment_add, comment_answer
from proposals.actions.decisions import (
    proposal_decide,
    proposal_return,
    protest_add,
    protest_answer,
)
from proposals.actions.evidence import evidence_add, evidence_remove
from proposals.actions.invitations import (
    coauthor_leave,
    invitation_accept,
    invitation_decline,
    invitation_send,
    invitation_withdraw,
)
from proposals.actions.polls import poll_open_for, proposal_freeze
from proposals.actions.proposals import (
    proposal_create,
    proposal_submit,
    proposal_withdraw,
    round_create,
)
from proposals.actions.revisions import Overtaken, revision_save, working_copy_save

__all__ = [
    "Overtaken",
    "close_due",
    "coauthor_leave",
    "comment_add",
    "comment_answer",
    "evidence_add",
    "evidence_remove",
    "invitation_accept",
    "invitation_decline",
    "invitation_send",
    "invitation_withdraw",
    "poll_open_for",
    "proposal_create",
    "proposal_decide",
    "proposal_freeze",
    "proposal_return",
    "proposal_submit",
    "proposal_withdraw",
    "protest_add",
    "protest_answer",
    "remains_scrub",
    "revision_save",
    "round_create",
    "working_copy_save",
]
