"""Indicators: the record, its adopted versions, the sets, and what is published."""

from indicators.models.actuals import Actual
from indicators.models.advice import AdvisedWeight, WeightAdvice
from indicators.models.aftercare import IndicatorReview, Objection, Rating, RatingSummary
from indicators.models.briefings import Briefing, BriefingQuestion, Delivery
from indicators.models.decrees import Decree
from indicators.models.publications import Publication, PublicKey, ReplacementSignature
from indicators.models.record import IndicatorRecord
from indicators.models.sets import IndicatorSet, SetEntry
from indicators.models.versions import Indicator, IndicatorVersion

__all__ = [
    "Actual",
    "AdvisedWeight",
    "Briefing",
    "BriefingQuestion",
    "Decree",
    "Delivery",
    "Indicator",
    "IndicatorRecord",
    "IndicatorReview",
    "IndicatorSet",
    "IndicatorVersion",
    "Objection",
    "PublicKey",
    "Publication",
    "Rating",
    "RatingSummary",
    "ReplacementSignature",
    "SetEntry",
    "WeightAdvice",
]
