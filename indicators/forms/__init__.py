"""Forms of indicators and sets: they read texts into dates, weights and figures."""

from indicators.forms.actuals import ActualsConfirmForm, ActualsFileForm, ImpactForm
from indicators.forms.aftercare import RatingForm, ReviewForm
from indicators.forms.briefings import AnswerForm, QuestionForm
from indicators.forms.figures import OwnFigureForm, SearchForm
from indicators.forms.sets import (
    DetailsForm,
    DraftForm,
    FollowsForm,
    PublishForm,
    ReturnForm,
    ShareOutForm,
    TakeWeightsForm,
    WeightsForm,
)

__all__ = [
    "ActualsConfirmForm",
    "ActualsFileForm",
    "AnswerForm",
    "DetailsForm",
    "DraftForm",
    "FollowsForm",
    "ImpactForm",
    "OwnFigureForm",
    "PublishForm",
    "QuestionForm",
    "RatingForm",
    "ReturnForm",
    "ReviewForm",
    "SearchForm",
    "ShareOutForm",
    "TakeWeightsForm",
    "WeightsForm",
]
