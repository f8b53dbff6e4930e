"""The pages of the deliberation."""

from proposals.views.calendars import calendar, calendar_download
from proposals.views.comments import comment_add, comment_answer, comment_reply
from proposals.views.home import home
from proposals.views.overviews import dashboard, health
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
    followed_list,
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

__all__ = [
    "calendar",
    "calendar_download",
    "coauthor_add",
    "comment_add",
    "comment_answer",
    "comment_reply",
    "dashboard",
    "followed_list",
    "health",
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
    "working_copy",
]
