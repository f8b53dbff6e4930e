"""All that can happen to a poll: opened, voted in, an item voided, closed, sealed, scrubbed."""

from voting.actions.cancelling import poll_cancel
from voting.actions.casting import Receipt, ballot_cast
from voting.actions.closing import item_void, poll_close, polls_close_due
from voting.actions.meetings import meeting_keep
from voting.actions.open_casting import open_ballot_cast
from voting.actions.opening import ItemSpec, poll_open
from voting.actions.reading import ReadLine, ballot_read
from voting.actions.sealing import poll_scrub, poll_seal

__all__ = [
    "ItemSpec",
    "ReadLine",
    "Receipt",
    "ballot_cast",
    "ballot_read",
    "item_void",
    "meeting_keep",
    "open_ballot_cast",
    "poll_cancel",
    "poll_close",
    "poll_open",
    "poll_scrub",
    "poll_seal",
    "polls_close_due",
]
