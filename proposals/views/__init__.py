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
from proposals.views.calendars import calendar, calendar_download
from proposals.views.comments import comment_add, comment_answer, comment_reply
from proposals.views.dissents import dissent_file, dissent_read
from proposals.views.effects import proposal_score
from proposals.views.evidence import evidence_add, evidence_file, evidence_remove
from proposals.views.exports import debate_json, debate_xlsx, proposal_print
from proposals.views.gate import proposal_gate
from proposals.views.history import proposal_history, revision_restore
from proposals.views.home import home
from proposals.views.imports import draft_import, draft_template
from proposals.views.invitations import (
    coauthor_leave,
    invitation_accept,
    invitation_decline,
    invitation_send,
    invitation_withdraw,
)
from proposals.views.origins import (
    aftercare,
    indicator_object,
    indicator_propose,
    objection_bring,
    objection_detail,
    objection_withdraw,
    set_object,
)
from proposals.views.overview import proposal_overview
from proposals.views.overviews import dashboard, health
from proposals.views.papers import (
    attendance,
    attendance_pdf,
    decree_download,
    minutes,
    minutes_pdf,
    notes,
    notes_pdf,
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
    followed_list,
    proposal_create,
    proposal_detail,
    proposal_follow,
    proposal_list,
    proposal_share,
    proposal_submit,
    proposal_withdraw,
)
from proposals.views.pseudonyms import pseudonym_detail, pseudonym_list
from proposals.views.reviews import proposal_review
from proposals.views.round_polls import round_poll_open
from proposals.views.rounds import round_create, round_detail, round_indicators, round_list
from proposals.views.suggestions import (
    disposition_reply,
    said_by_me,
    said_list,
    suggestion_adopt,
    suggestion_create,
)
from proposals.views.supports import support_tree
from proposals.views.threads import (
    comment_edit,
    comment_hide,
    comment_react,
    comment_show,
    comment_thread,
    comment_versions,
    mention_names,
    paper_add,
)
from proposals.views.votes import vote_cancel, vote_detail, vote_remind, vote_repeat
from proposals.views.writing import proposal_edit, text_compare, text_join, working_copy

__all__ = [
    "set_object",
    "objection_withdraw",
    "objection_detail",
    "objection_bring",
    "indicator_propose",
    "indicator_object",
    "aftercare",
    "attendance",
    "attendance_pdf",
    "bundle_decide",
    "bundle_detail",
    "bundle_freeze",
    "bundle_leave",
    "bundle_open_poll",
    "bundle_return",
    "bundle_submit",
    "calendar",
    "calendar_download",
    "carry_over",
    "coauthor_leave",
    "comment_add",
    "comment_answer",
    "comment_edit",
    "comment_hide",
    "comment_react",
    "comment_reply",
    "comment_show",
    "comment_thread",
    "comment_versions",
    "dashboard",
    "debate_json",
    "debate_xlsx",
    "decree_download",
    "disposition_reply",
    "dissent_file",
    "dissent_read",
    "draft_import",
    "draft_template",
    "evidence_add",
    "evidence_file",
    "evidence_remove",
    "followed_list",
    "health",
    "home",
    "invitation_accept",
    "invitation_decline",
    "invitation_send",
    "invitation_withdraw",
    "mention_names",
    "minutes",
    "minutes_pdf",
    "notes",
    "notes_pdf",
    "paper_add",
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
    "proposal_score",
    "proposal_share",
    "proposal_submit",
    "proposal_withdraw",
    "protest_add",
    "protest_answer",
    "pseudonym_detail",
    "pseudonym_list",
    "revision_restore",
    "round_create",
    "round_detail",
    "round_indicators",
    "round_list",
    "round_poll_open",
    "said_by_me",
    "said_list",
    "suggestion_adopt",
    "suggestion_create",
    "support_tree",
    "text_compare",
    "text_join",
    "vote_cancel",
    "vote_detail",
    "vote_remind",
    "vote_repeat",
    "working_copy",
]
