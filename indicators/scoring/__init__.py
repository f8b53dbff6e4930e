"""How an indicator is scored: named, versioned profiles, exact fractions, every step in words.

Source: DOMAIN 3.1 to 3.5. Nothing here reads a database or a clock.
"""

from indicators.scoring.figures import SCORE_PLACES, UNROUNDED_PLACES, exact, fixed, show
from indicators.scoring.formula import Score, score, status
from indicators.scoring.measures import MAXIMIZE, MINIMIZE, STABILIZE, Measure, measure_of
from indicators.scoring.periods import (
    AVERAGE,
    SUM,
    TAKE_LAST_KNOWN,
    Consolidated,
    consolidate,
)
from indicators.scoring.profiles import KMK, PROFILES, Profile
from indicators.scoring.totals import Total, total

__all__ = [
    "AVERAGE",
    "KMK",
    "MAXIMIZE",
    "MINIMIZE",
    "PROFILES",
    "SCORE_PLACES",
    "STABILIZE",
    "SUM",
    "TAKE_LAST_KNOWN",
    "UNROUNDED_PLACES",
    "Consolidated",
    "Measure",
    "Profile",
    "Score",
    "Total",
    "consolidate",
    "exact",
    "fixed",
    "measure_of",
    "score",
    "show",
    "status",
    "total",
]
