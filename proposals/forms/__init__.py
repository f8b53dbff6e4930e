"""The forms of the deliberation: they check shape, and turn texts into values."""

from proposals.forms.comments import AnswerForm, CommentForm, ReplyForm
from proposals.forms.decisions import DecisionForm, PollForm, ProtestAnswerForm, ProtestForm
from proposals.forms.history import RestoreForm
from proposals.forms.proposals import ColleagueForm, FilterForm, ReasonForm, RoundForm
from proposals.forms.reviews import ReviewForm
from proposals.forms.text import PLAIN_FIELDS, ProposeForm, TextForm, raw_texts

__all__ = [
    "AnswerForm",
    "ColleagueForm",
    "CommentForm",
    "DecisionForm",
    "FilterForm",
    "PLAIN_FIELDS",
    "PollForm",
    "ProposeForm",
    "ProtestAnswerForm",
    "ProtestForm",
    "ReasonForm",
    "ReplyForm",
    "RestoreForm",
    "ReviewForm",
    "RoundForm",
    "TextForm",
    "raw_texts",
]
