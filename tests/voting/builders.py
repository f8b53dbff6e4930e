"""Polls for tests: opened, voted in and closed through the actions, in the words of the tests."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from core.canonical import digest
from people.models import Person, Unit
from tests.builders import build_person
from voting import boxes, clock, receipts
from voting.actions import ItemSpec, Receipt, ballot_cast, open_ballot_cast, poll_close, poll_open
from voting.methods.base import Choices
from voting.models import Elector, Item, OpenBallot, Poll
from voting.policy import Policy

APPROVE, REJECT, ABSTAIN = "approve", "reject", "abstain"


def build_item(number: int = 1) -> ItemSpec:
    text = f"Definisi butir {number}.\n\nTarget: {80 + number} persen."
    return ItemSpec(
        title=f"Butir {number}",
        text=text,
        digest=digest({"text": text}),
        url=f"/proposals/{number}/",
    )


def open_poll(
    *,
    actor: Person,
    scope: Unit | None = None,
    items: int | Sequence[ItemSpec] = 1,
    policy: Policy | None = None,
    decider: Person | None = None,
    title: str = "Indikator triwulan ini",
    opens_at: datetime | None = None,
    lasts: timedelta = timedelta(days=3),
    previous: Poll | None = None,
    families: Sequence[str] = (),
    measured: Sequence[Person] = (),
) -> Poll:
    """An open poll in the actor's unit, whose roll is all others who work there."""
    now = opens_at or timezone.now()
    specs = [build_item(n) for n in range(1, items + 1)] if isinstance(items, int) else items
    return poll_open(
        actor=actor,
        scope=scope or actor.unit,
        title=title,
        subject_url="/proposals/",
        items=specs,
        policy=policy or Policy(),
        closes_at=now + lasts,
        decider=decider or actor,
        families=families,
        measured=[person.pk for person in measured],
        previous=previous,
        now=now,
    )


def add_staff(unit: Unit, count: int) -> list[Person]:
    """More people of a unit, so that polls have enough ballots to show."""
    return [build_person(unit=unit) for _number in range(count)]


def voters_of(poll: Poll) -> list[Person]:
    """The people on a poll's roll, in a fixed order."""
    return [elector.person for elector in Elector.objects.filter(poll=poll).by_name()]


def ballot(poll: Poll, *choices: str) -> dict[str, str]:
    """The choices for a poll's items in their order; one choice stands for all items."""
    items = list(Item.objects.filter(poll=poll))
    if len(choices) == 1:
        choices *= len(items)
    return {str(item.pk): choice for item, choice in zip(items, choices, strict=True)}


def token(poll: Poll, person: Person) -> str:
    return receipts.token_make(poll=poll.pk, person=person.pk)


def cast(
    poll: Poll,
    person: Person,
    *choices: str,
    receipt_token: str = "",
    raw: Mapping[str, str] | None = None,
) -> Receipt:
    """A person's ballot in a poll: `cast(poll, person, "approve", "reject")`."""
    return ballot_cast(
        actor=person,
        poll=poll,
        choices=ballot(poll, *choices) if raw is None else raw,
        receipt_token=receipt_token or token(poll, person),
    )


def cast_open(
    poll: Poll,
    person: Person,
    *choices: str,
    reasons: Mapping[str, str] | None = None,
    raw: Mapping[str, str] | None = None,
) -> OpenBallot:
    """A person's open ballot: `cast_open(poll, person, "approve", "reject")`."""
    return open_ballot_cast(
        actor=person,
        poll=poll,
        choices=ballot(poll, *choices) if raw is None else raw,
        reasons=reasons or {},
    )


def cast_all(poll: Poll, choices: Iterable[str]) -> list[Receipt]:
    """One ballot for each choice, by the first people on the roll; the others do not vote."""
    return [
        cast(poll, person, choice) for person, choice in zip(voters_of(poll), choices, strict=False)
    ]


def ballots_in(poll: Poll) -> list[tuple[Choices, str]]:
    """What lies in the boxes of an open poll: choices, and in mode B the code beside them."""
    key = boxes.key_read(poll.pk)
    return [
        boxes.ballot_read(poll.counting, packed, has_code=poll.publication_mode == "B")
        for box in poll.boxes.all()
        for packed in boxes.BoxContent.unlock(box.content, key).ballots
    ]


def close_by_clock(poll: Poll) -> Poll:
    """The poll, closed and sealed as if its time were over."""
    with clock.staged_at(poll.closes_at):
        return poll_close(actor=None, poll=poll)


def held_poll(
    actor: Person,
    policy: Policy,
    ballots: Sequence[Sequence[str]],
    *,
    items: int = 3,
    staff: int = 6,
) -> Poll:
    """A poll by any secret policy that is over: one ballot for each row, by the first voters."""
    add_staff(actor.unit, staff)
    poll = open_poll(actor=actor, items=items, policy=policy)
    for person, choices in zip(voters_of(poll), ballots, strict=False):
        cast(poll, person, *choices)
    return close_by_clock(poll)


def sealed_poll(*, actor: Person, choices: Sequence[str], **others: object) -> Poll:
    """A poll that is over, in which these choices were cast."""
    poll = open_poll(actor=actor, **others)  # type: ignore[arg-type]
    cast_all(poll, choices)
    return close_by_clock(poll)
