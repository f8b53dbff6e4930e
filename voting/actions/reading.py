"""Reading a ballot over before it is cast. Nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from voting.actions.open_casting import chosen
from voting.models import Item, Poll


@dataclass(frozen=True)
class ReadLine:
    """One item, and what was chosen for it in words; a void item has no words."""

    item: Item
    words: str
    reason: str


@sensitive_variables()
def ballot_read(
    *, poll: Poll, choices: Mapping[str, str], reasons: Mapping[str, str]
) -> list[ReadLine]:
    """What a ballot says, item by item in words; `choices` and `reasons` by the key of the item.

    Raises InvalidBallot with a sentence for each item at fault.
    """
    items = list(poll.items.all())
    found = chosen(poll, items, choices, reasons)
    lines = []
    for item in items:
        choice, reason = found.get(str(item.pk), ("", ""))
        lines.append(ReadLine(item, "" if item.is_void else poll.counting.words(choice), reason))
    return lines
