"""The pages of the deliberation."""

from proposals.views.comments import comment_add, comment_answer, comment_reply
from proposals.views.evidence import evidence_add, evidence_file, evidence_remove
from proposals.views.home import home
from proposals.views.invitations import (
    coauthor_leave,
    invitation_accept,
    invitation_decline,
    invitation_send,
    invitation_withdraw,
)
from proposals.views.polls import (
    poll_open,
    poll_settle,
    proposal_decide,
    proposal_freeze,
    proposal_return,
    protest_add,
    protest_answer,
)
from proposals.views.proposals import (
    proposal_create,
    proposal_detail,
    proposal_follow,
    proposal_history,
    proposal_list,
    proposal_share,
    proposal_submit,
    proposal_withdraw,
)
from proposals.views.rounds import round_create, round_detail, round_indicators, round_list
from proposals.views.writing import proposal_edit, text_compare, text_join, working_copy

__all__ = [
    "coauthor_leave",
    "comment_add",
    "comment_answer",
    "comment_reply",
    "evidence_add",
    "evidence_file",
    "evidence_remove",
    "home",
    "invitation_accept",
    "invitation_decline",
    "invitation_send",
    "invitation_withdraw",
    "poll_open",
    "poll_settle",
    "proposal_create",
    "proposal_decide",
    "proposal_detail",
    "proposal_edit",
    "proposal_follow",
    "proposal_freeze",
    "proposal_history",
    "proposal_list",
    "proposal_return",
    "proposal_share",
    "proposal_submit",
    "proposal_withdraw",
    "protest_add",
    "protest_answer",
    "round_create",
    "round_detail",
    "round_indicators",
    "round_list",
    "text_compare",
    "text_join",
    "working_copy",
]
