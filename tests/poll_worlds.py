"""Polls by every method, open and over, as states of the world: nothing is proposed in them.

Their ballots, review pages and results are asked by the matrix and looked at by the crawler.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice
from typing import TYPE_CHECKING

from tests.voting.builders import add_staff, cast, cast_open, open_poll, voters_of
from voting.actions import poll_close
from voting.policy import Policy

if TYPE_CHECKING:
    from people.models import Person
    from tests.worlds import World
    from voting.models import Poll

RANKED, SHARED = Policy(method="schulze"), Policy(method="weights")
NAMED = Policy(is_secret=False, publication_mode="N")
AGREED = Policy(method="consensus", is_secret=False, publication_mode="N")

ITEMS = 3
# A good ballot of three items by each method; of fewer items the first ones.
CHOICES = {
    "approve": ("approve", "reject", "abstain"),
    "consensus": ("agree", "agree", "object"),
    "schulze": ("1", "2", ""),
    "weights": ("100", "0", "0"),
}


def good_ballot(poll: Poll) -> dict[str, str]:
    """What a poll by its method takes, by the key of the item."""
    keys = [str(item.pk) for item in poll.items.all()]
    return dict(zip(keys, islice(cycle(CHOICES[poll.method]), len(keys)), strict=True))


def good_reasons(poll: Poll) -> dict[str, str]:
    """A reason for each objection of the good ballot; other methods take none."""
    objects = poll.counting.objecting
    said = good_ballot(poll).items()
    return {key: "Belum **terukur**." for key, choice in said if objects and choice == objects}


def vote_well(poll: Poll, person: Person) -> None:
    """A good ballot of one person."""
    if poll.is_secret:
        cast(poll, person, raw=good_ballot(poll))
    else:
        cast_open(poll, person, raw=good_ballot(poll), reasons=good_reasons(poll))


def asked(policy: Policy) -> Callable[[World], None]:
    """An open poll in which the co-author has voted."""

    def build(world: World) -> None:
        add_staff(world.units.unit, 4)
        poll = open_poll(actor=world.cast.head, items=ITEMS, policy=policy)
        world.things["poll"] = poll
        vote_well(poll, world.cast.coauthor)

    return build


def counted(policy: Policy) -> Callable[[World], None]:
    """The same when everybody has voted: sealed."""

    def build(world: World) -> None:
        asked(policy)(world)
        poll: Poll = world.things["poll"]
        for person in voters_of(poll):
            if person != world.cast.coauthor:
                vote_well(poll, person)
        world.things["poll"] = poll_close(actor=world.cast.head, poll=poll)

    return build


POLL_STATES: dict[str, Callable[[World], None]] = {
    "ranking": asked(RANKED),
    "ranked": counted(RANKED),
    "sharing": asked(SHARED),
    "shared": counted(SHARED),
    "named": asked(NAMED),
    "told": counted(NAMED),
    "objected": counted(AGREED),
}
