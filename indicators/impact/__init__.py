"""What a draft of a set would do to the units of its scope, on figures that they reported.

Plain values, no database and no clock. `sides` scores each side, `hiding` says which units are left
out, `effects` compares before and after, `sensitivity` moves the weights. `indicators.previews`
brings the figures and the words.
"""

from indicators.impact.effects import (
    MOST_MOVERS,
    Band,
    Covered,
    Impact,
    Moved,
    Part,
    Step,
    UnitEffect,
    UnitParts,
    histogram,
    impact_of,
    mean,
    moved_most,
    moves,
    total_of,
)
from indicators.impact.hiding import LEAST_PEOPLE, hidden_units
from indicators.impact.sensitivity import POINTS, Sensitivity, Shift, ranking, sensitivity
from indicators.impact.sides import Figures, Rules, Staff, parts_of, people_of

__all__ = [
    "LEAST_PEOPLE",
    "MOST_MOVERS",
    "POINTS",
    "Band",
    "Covered",
    "Figures",
    "Impact",
    "Moved",
    "Part",
    "Rules",
    "Sensitivity",
    "Shift",
    "Staff",
    "Step",
    "UnitEffect",
    "UnitParts",
    "hidden_units",
    "histogram",
    "impact_of",
    "mean",
    "moved_most",
    "moves",
    "parts_of",
    "people_of",
    "ranking",
    "sensitivity",
    "total_of",
]
