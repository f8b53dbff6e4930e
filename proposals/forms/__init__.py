"""The forms of the deliberation: they check shape, and turn texts into values."""

from proposals.forms.bundles import BundlePollForm, CarryOverForm
from proposals.forms.comments import (
    AnswerForm,
    CommentForm,
    EditForm,
    HideForm,
    PaperForm,
    ReplyForm,
)
from proposals.forms.decisions import (
    DecisionForm,
    DissentForm,
    DissentReadForm,
    PollForm,
    ProtestAnswerForm,
    ProtestForm,
    RoundPollForm,
)
from proposals.forms.effects import TryFigureForm
from proposals.forms.evidence import EvidenceForm
from proposals.forms.history import RestoreForm
from proposals.forms.imports import DraftConfirmForm, DraftFileForm
from proposals.forms.origins import BringForm, ObjectionForm
from proposals.forms.proposals import ColleagueForm, FilterForm, ReasonForm, RoundForm
from proposals.forms.reviews import ReviewForm
from proposals.forms.suggestions import AdoptWordingForm, AnswerReplyForm, SuggestionForm
from proposals.forms.supports import ScopeForm
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
    "BringForm",
    "ObjectionForm",
    "AdoptWordingForm",
    "AnswerForm",
    "AnswerReplyForm",
    "BundlePollForm",
    "CarryOverForm",
    "ColleagueForm",
    "CommentForm",
    "DecisionForm",
    "DissentForm",
    "DissentReadForm",
    "DraftConfirmForm",
    "DraftFileForm",
    "EditForm",
    "EvidenceForm",
    "FilterForm",
    "HideForm",
    "PLAIN_FIELDS",
    "PaperForm",
    "PickForm",
    "PollForm",
    "RoundPollForm",
    "ProtestAnswerForm",
    "ProtestForm",
    "ReasonForm",
    "ReplyForm",
    "RestoreForm",
    "ReviewForm",
    "RoundForm",
    "ScopeForm",
    "StartForm",
    "SuggestionForm",
    "TextForm",
    "TryFigureForm",
    "raw_texts",
    "texts_of",
    "typed_initial",
]
