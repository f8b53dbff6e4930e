"""What the database itself refuses once a poll is open, and once it is sealed.

Invariants 6, 7, 9 and 25 of RELIABILITY, held against raw SQL on both engines: each call below is
one sentence about a table. A poll is frozen by its `roll_hash`, which is written last.
"""

from django.db import models

from ledger.immutability import protect
from voting.models import (
    Attendance,
    Ballot,
    Box,
    ChoiceCount,
    Elector,
    Item,
    Meeting,
    OpenBallot,
    OpenChoice,
    Poll,
    ReceiptCode,
    Seal,
)

_FROZEN = "EXISTS (SELECT 1 FROM voting_poll WHERE id = NEW.poll_id AND roll_hash <> '')"
_SEALED = "EXISTS (SELECT 1 FROM voting_seal WHERE poll_id = NEW.poll_id)"
_ITEM_SEALED = (
    "EXISTS (SELECT 1 FROM voting_seal JOIN voting_item ON voting_item.poll_id = "
    "voting_seal.poll_id WHERE voting_item.id = NEW.item_id)"
)
_NOT_CLOSED = "NOT EXISTS (SELECT 1 FROM voting_poll WHERE id = NEW.poll_id AND state = 'closed')"
# Open ballots belong to an open ballot box of a poll that is not secret, or nowhere.
_TAKES_OPEN = "NOT voting_poll.is_secret AND voting_poll.state = 'open'"
_NO_OPEN_BALLOT = (
    "NOT EXISTS (SELECT 1 FROM voting_elector JOIN voting_poll ON voting_poll.id = "  # noqa: S608
    f"voting_elector.poll_id WHERE voting_elector.id = NEW.elector_id AND {_TAKES_OPEN})"
)
_NO_OPEN_CHOICE = (
    "NOT EXISTS (SELECT 1 FROM voting_openballot "  # noqa: S608, no text of users
    "JOIN voting_elector ON voting_elector.id = voting_openballot.elector_id "
    "JOIN voting_poll ON voting_poll.id = voting_elector.poll_id "
    "JOIN voting_item ON voting_item.poll_id = voting_poll.id "
    "WHERE voting_openballot.id = NEW.ballot_id AND voting_item.id = NEW.item_id "
    f"AND {_TAKES_OPEN})"
)
_NO_ATTENDANCE = (
    "NOT EXISTS (SELECT 1 FROM voting_meeting JOIN voting_poll ON voting_poll.id = "
    "voting_meeting.poll_id WHERE voting_meeting.poll_id = NEW.meeting_id "
    "AND NOT voting_poll.is_secret AND voting_meeting.papers_made_at IS NULL)"
)
_IS_LOCKED = (
    "EXISTS (SELECT 1 FROM voting_meeting WHERE poll_id = OLD.meeting_id "
    "AND papers_made_at IS NOT NULL)"
)


def columns_but(model: type[models.Model], *names: str) -> tuple[str, ...]:
    """The columns of a model except those of the named fields."""
    fields = model._meta.concrete_fields
    return tuple(str(field.column) for field in fields if field.name not in names)


def protect_all() -> None:
    """Name every protection of this app's tables to the ledger, which makes the triggers."""
    # A poll: nothing changes but its state, which never goes back, and when it was closed, once;
    # it is cancelled while it is open, or never, and what it left is scrubbed once.
    protect(
        Poll,
        columns=columns_but(Poll, "state", "closed_at", "void_reason", "scrubbed_at"),
        when="OLD.roll_hash <> ''",
    )
    protect(
        Poll,
        columns=("state",),
        delete=False,
        when="OLD.state IN ('sealed', 'disputed', 'void') "
        "OR (OLD.state = 'closed' AND NEW.state IN ('open', 'void'))",
    )
    protect(
        Poll,
        columns=("void_reason",),
        delete=False,
        when="OLD.void_reason <> '' OR NEW.state <> 'void'",
    )
    protect(Poll, columns=("closed_at",), delete=False, when="OLD.closed_at IS NOT NULL")
    protect(
        Poll,
        columns=("scrubbed_at",),
        delete=False,
        when="OLD.scrubbed_at IS NOT NULL OR OLD.state <> 'void'",
    )

    # An item: fixed, except that it may be declared void, once.
    protect(Item, columns=columns_but(Item, "voided_at", "void_reason"), insert=_FROZEN)
    protect(
        Item,
        columns=("voided_at", "void_reason"),
        delete=False,
        when="OLD.voided_at IS NOT NULL",
    )

    # The roll: no name comes, goes or changes; "has voted" is said once, while there is a box.
    protect(Elector, columns=columns_but(Elector, "box", "has_voted"), insert=_FROZEN)
    protect(Elector, columns=("box_id",), delete=False, when="NEW.box_id IS NOT NULL")
    protect(
        Elector, columns=("has_voted",), delete=False, when="OLD.has_voted OR OLD.box_id IS NULL"
    )

    # A box: filled while open, then closed for good, then emptied into the result and deleted.
    protect(Box, columns=("id", "poll_id", "number"), delete=False, insert=_FROZEN)
    protect(Box, delete=False, when="NOT OLD.is_open")
    protect(Box, update=False, when="OLD.is_open")

    # The seal and what it seals: for ever. Only that the remains were scrubbed comes later, once.
    protect(Seal, columns=columns_but(Seal, "scrubbed_at"), insert=_NOT_CLOSED)
    protect(Seal, columns=("scrubbed_at",), delete=False, when="OLD.scrubbed_at IS NOT NULL")
    protect(ChoiceCount, insert=_ITEM_SEALED)
    protect(ReceiptCode, insert=_SEALED)
    protect(Ballot, insert=_SEALED)

    # An open ballot: kept as it was cast; a change of mind is another one, and only until closing.
    protect(OpenBallot, insert=_NO_OPEN_BALLOT)
    protect(OpenChoice, insert=_NO_OPEN_CHOICE)

    # A meeting: written until it is locked for the papers; who was there, of open polls alone.
    protect(Meeting, when="OLD.papers_made_at IS NOT NULL")
    protect(Attendance, insert=_NO_ATTENDANCE, when=_IS_LOCKED)
