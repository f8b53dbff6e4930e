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
from proposals.actions.comments import comment_add, comment_answer
from proposals.actions.decisions import (
    proposal_decide,
    proposal_return,
    protest_add,
    protest_answer,
)
from proposals.actions.imports import drafts_import
from proposals.actions.polls import poll_open_for, proposal_freeze
from proposals.actions.proposals import (
    coauthor_add,
    proposal_create,
    proposal_submit,
    proposal_withdraw,
    round_create,
)
from proposals.actions.revisions import revision_save, working_copy_save

__all__ = [
    "Wanted",
    "bundle_create",
    "bundle_decide",
    "bundle_freeze",
    "bundle_leave",
    "bundle_poll_open",
    "bundle_return",
    "bundle_submit",
    "close_due",
    "coauthor_add",
    "comment_add",
    "comment_answer",
    "drafts_import",
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
