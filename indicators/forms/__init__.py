"""Forms of indicators and sets: they read texts into dates, weights and figures."""

from indicators.forms.sets import (
    DetailsForm,
    DraftForm,
    FollowsForm,
    OwnFigureForm,
    PublishForm,
    ReturnForm,
    SearchForm,
    ShareOutForm,
    TakeWeightsForm,
    WeightsForm,
)

__all__ = [
    "DetailsForm",
    "DraftForm",
    "FollowsForm",
    "OwnFigureForm",
    "PublishForm",
    "ReturnForm",
    "SearchForm",
    "ShareOutForm",
    "TakeWeightsForm",
    "WeightsForm",
]
