"""All that can happen to a proposal: one function each, the only doors to its rows."""

from proposals.actions.bundles import (
    Wanted,
    bundle_create,
    bundle_decide,
    bundle_freeze,
    bundle_leave,
    bundle_poll_open,
    bundle_return,
    bundle_submit,
)
from proposals.actions.clock import close_due, remains_scrub
from proposals.actions.comments import (
    comment_add,
    comment_answer,
    comment_edit,
    disposition_reply,
    paper_add,
)
from proposals.actions.decisions import (
    proposal_decide,
    proposal_return,
    protest_add,
    protest_answer,
)
from proposals.actions.dissents import dissent_file, dissent_read
from proposals.actions.evidence import evidence_add, evidence_remove
from proposals.actions.imports import drafts_import
from proposals.actions.invitations import (
    coauthor_leave,
    invitation_accept,
    invitation_decline,
    invitation_send,
    invitation_withdraw,
)
from proposals.actions.origins import (
    finding_propose,
    objection_bring,
    objection_make,
    objection_withdraw,
)
from proposals.actions.polls import poll_cancel_for, poll_open_for, proposal_freeze
from proposals.actions.proposals import (
    proposal_create,
    proposal_submit,
    proposal_withdraw,
    round_create,
)
from proposals.actions.pseudonyms import unsealing_confirm, unsealing_request
from proposals.actions.reminders import electors_remind
from proposals.actions.reviews import Answered, review_give
from proposals.actions.revisions import (
    Overtaken,
    revision_restore,
    revision_save,
    working_copy_save,
)
from proposals.actions.round_polls import LEAST as LEAST_ASKED
from proposals.actions.round_polls import round_poll_open
from proposals.actions.settling import vote_repeat
from proposals.actions.suggestions import suggestion_add, suggestion_adopt
from proposals.actions.threads import comment_hide, comment_show, reaction_set, visit_keep

__all__ = [
    "objection_withdraw",
    "objection_make",
    "objection_bring",
    "finding_propose",
    "Answered",
    "LEAST_ASKED",
    "Overtaken",
    "Wanted",
    "bundle_create",
    "bundle_decide",
    "bundle_freeze",
    "bundle_leave",
    "bundle_poll_open",
    "bundle_return",
    "bundle_submit",
    "close_due",
    "coauthor_leave",
    "comment_add",
    "comment_answer",
    "comment_edit",
    "comment_hide",
    "comment_show",
    "disposition_reply",
    "electors_remind",
    "poll_cancel_for",
    "vote_repeat",
    "dissent_file",
    "dissent_read",
    "drafts_import",
    "evidence_add",
    "evidence_remove",
    "invitation_accept",
    "invitation_decline",
    "invitation_send",
    "invitation_withdraw",
    "paper_add",
    "poll_open_for",
    "proposal_create",
    "proposal_decide",
    "proposal_freeze",
    "proposal_return",
    "proposal_submit",
    "proposal_withdraw",
    "protest_add",
    "protest_answer",
    "reaction_set",
    "remains_scrub",
    "review_give",
    "revision_restore",
    "revision_save",
    "round_create",
    "round_poll_open",
    "suggestion_add",
    "suggestion_adopt",
    "unsealing_confirm",
    "unsealing_request",
    "visit_keep",
    "working_copy_save",
]
