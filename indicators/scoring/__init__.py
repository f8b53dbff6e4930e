"""How an indicator is scored: named, versioned profiles, exact fractions, every step in words.

Source: DOMAIN 3.1 to 3.5. Nothing here reads a database or a clock.
"""

from indicators.scoring.figures import SCORE_PLACES, UNROUNDED_PLACES, exact, fixed, show
from indicators.scoring.formula import Score, score, show_score, status
from indicators.scoring.measures import MAXIMIZE, MINIMIZE, STABILIZE, Measure, measure_of
from indicators.scoring.periods import (
    AVERAGE,
    SUM,
    TAKE_LAST_KNOWN,
    Consolidated,
    consolidate,
    together,
    told,
)
from indicators.scoring.profiles import KMK, LKJIP, PROFILES, Profile, profile_of
from indicators.scoring.quality import (
    QUALITY,
    LastYear,
    Quality,
    quality,
    quality_mean,
    target_quality,
)
from indicators.scoring.totals import Total, total

__all__ = [
    "AVERAGE",
    "KMK",
    "LKJIP",
    "MAXIMIZE",
    "MINIMIZE",
    "PROFILES",
    "QUALITY",
    "SCORE_PLACES",
    "STABILIZE",
    "SUM",
    "TAKE_LAST_KNOWN",
    "UNROUNDED_PLACES",
    "Consolidated",
    "LastYear",
    "Measure",
    "Profile",
    "Quality",
    "Score",
    "Total",
    "consolidate",
    "exact",
    "fixed",
    "measure_of",
    "profile_of",
    "quality",
    "quality_mean",
    "score",
    "show",
    "show_score",
    "status",
    "target_quality",
    "together",
    "told",
    "total",
]
