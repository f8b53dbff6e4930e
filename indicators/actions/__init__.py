"""All writes of indicators: versions are adopted, sets composed, publications made."""

from indicators.actions.actuals import ActualsReport, actuals_import
from indicators.actions.advice import AdviceSource, Advised, set_weights_take, weights_advise
from indicators.actions.aftercare import (
    objection_discuss,
    objection_file,
    objection_settle,
    rating_give,
    review_record,
)
from indicators.actions.briefings import (
    briefing_acknowledge,
    briefing_question,
    briefings_deliver,
    question_answer,
)
from indicators.actions.keys import (
    Revocation,
    key_create,
    key_revoke,
    key_rotate,
    signing_key,
)
from indicators.actions.publications import set_publish
from indicators.actions.sets import (
    SetDetails,
    Weight,
    set_change,
    set_compose,
    set_draft,
    set_return,
)
from indicators.actions.sharing import set_share_out
from indicators.actions.versions import (
    ImportReport,
    version_adopt,
    versions_import_adopted,
)

__all__ = [
    "ActualsReport",
    "AdviceSource",
    "Advised",
    "ImportReport",
    "Revocation",
    "SetDetails",
    "Weight",
    "actuals_import",
    "briefing_acknowledge",
    "briefing_question",
    "briefings_deliver",
    "key_create",
    "key_revoke",
    "key_rotate",
    "objection_discuss",
    "objection_file",
    "objection_settle",
    "rating_give",
    "review_record",
    "question_answer",
    "set_change",
    "set_compose",
    "set_draft",
    "set_publish",
    "set_return",
    "set_share_out",
    "set_weights_take",
    "signing_key",
    "version_adopt",
    "versions_import_adopted",
    "weights_advise",
]
