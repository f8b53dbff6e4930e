"""The forms of the deliberation: they check shape, and turn texts into values."""

from proposals.forms.bundles import BundlePollForm, CarryOverForm
from proposals.forms.comments import AnswerForm, CommentForm, ReplyForm
from proposals.forms.decisions import DecisionForm, PollForm, ProtestAnswerForm, ProtestForm
from proposals.forms.imports import DraftConfirmForm, DraftFileForm
from proposals.forms.proposals import ColleagueForm, FilterForm, ReasonForm, RoundForm
from proposals.forms.supports import ScopeForm
from proposals.forms.text import PLAIN_FIELDS, ProposeForm, TextForm, raw_texts

__all__ = [
    "AnswerForm",
    "BundlePollForm",
    "CarryOverForm",
    "ColleagueForm",
    "CommentForm",
    "DecisionForm",
    "DraftConfirmForm",
    "DraftFileForm",
    "FilterForm",
    "PLAIN_FIELDS",
    "PollForm",
    "ProposeForm",
    "ProtestAnswerForm",
    "ProtestForm",
    "ReasonForm",
    "ReplyForm",
    "RoundForm",
    "ScopeForm",
    "TextForm",
    "raw_texts",
]
