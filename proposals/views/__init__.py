"""The pages of the deliberation."""

from proposals.views.comments import comment_add, comment_answer, comment_reply
from proposals.views.exports import debate_json, debate_xlsx, proposal_print
from proposals.views.gate import proposal_gate
from proposals.views.history import proposal_history, revision_restore
from proposals.views.home import home
from proposals.views.overview import proposal_overview
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
    coauthor_add,
    proposal_create,
    proposal_detail,
    proposal_edit,
    proposal_follow,
    proposal_list,
    proposal_submit,
    proposal_withdraw,
    working_copy,
)
from proposals.views.reviews import proposal_review
from proposals.views.rounds import round_create, round_detail, round_list

__all__ = [
    "coauthor_add",
    "comment_add",
    "comment_answer",
    "comment_reply",
    "debate_json",
    "debate_xlsx",
    "home",
    "poll_open",
    "poll_settle",
    "proposal_create",
    "proposal_decide",
    "proposal_detail",
    "proposal_edit",
    "proposal_follow",
    "proposal_freeze",
    "proposal_gate",
    "proposal_history",
    "proposal_list",
    "proposal_overview",
    "proposal_print",
    "proposal_return",
    "proposal_review",
    "proposal_submit",
    "proposal_withdraw",
    "protest_add",
    "protest_answer",
    "revision_restore",
    "round_create",
    "round_detail",
    "round_list",
    "working_copy",
]
