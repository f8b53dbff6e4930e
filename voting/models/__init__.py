"""A poll and its items; the roll and its boxes while it is open; what is kept for ever after."""

from voting.models.meeting import Attendance, Meeting
from voting.models.open import OpenBallot, OpenChoice
from voting.models.poll import Item, Poll
from voting.models.roll import Box, Elector
from voting.models.seal import Ballot, ChoiceCount, ReceiptCode, Seal

__all__ = [
    "Attendance",
    "Ballot",
    "Box",
    "ChoiceCount",
    "Elector",
    "Item",
    "Meeting",
    "OpenBallot",
    "OpenChoice",
    "Poll",
    "ReceiptCode",
    "Seal",
]
