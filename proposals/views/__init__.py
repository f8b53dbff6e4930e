"""The pages of the deliberation."""

from proposals.views.bundles import (
    bundle_decide,
    bundle_detail,
    bundle_freeze,
    bundle_leave,
    bundle_open_poll,
    bundle_return,
    bundle_submit,
    carry_over,
)
from proposals.views.comments import comment_add, comment_answer, comment_reply
from proposals.views.home import home
from proposals.views.imports import draft_import, draft_template
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
    proposal_history,
    proposal_list,
    proposal_submit,
    proposal_withdraw,
    working_copy,
)
from proposals.views.rounds import round_create, round_detail, round_list
from proposals.views.supports import support_tree

__all__ = [
    "bundle_decide",
    "bundle_detail",
    "bundle_freeze",
    "bundle_leave",
    "bundle_open_poll",
    "bundle_return",
    "bundle_submit",
    "carry_over",
    "coauthor_add",
    "comment_add",
    "comment_answer",
    "comment_reply",
    "draft_import",
    "draft_template",
    "home",
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
    "proposal_submit",
    "proposal_withdraw",
    "protest_add",
    "protest_answer",
    "round_create",
    "round_detail",
    "round_list",
    "support_tree",
    "working_copy",
]
