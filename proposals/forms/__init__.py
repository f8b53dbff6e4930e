"""The forms of the deliberation: they check shape, and turn texts into values."""

from proposals.forms.comments import AnswerForm, CommentForm, ReplyForm
from proposals.forms.decisions import DecisionForm, PollForm, ProtestAnswerForm, ProtestForm
from proposals.forms.evidence import EvidenceForm
from proposals.forms.proposals import ColleagueForm, FilterForm, ReasonForm, RoundForm
from proposals.forms.text import (
    PLAIN_FIELDS,
    PickForm,
    StartForm,
    TextForm,
    raw_texts,
    texts_of,
    typed_initial,
)

__all__ = [
    "AnswerForm",
    "ColleagueForm",
    "CommentForm",
    "DecisionForm",
    "EvidenceForm",
    "FilterForm",
    "PLAIN_FIELDS",
    "PickForm",
    "PollForm",
    "ProtestAnswerForm",
    "ProtestForm",
    "ReasonForm",
    "ReplyForm",
    "RoundForm",
    "StartForm",
    "TextForm",
    "raw_texts",
    "texts_of",
    "typed_initial",
]
