"""Opening a poll: policy copied, items copied, roll frozen, electors dealt into boxes."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.canonical import digest
from ledger.actions import event_record
from people.models import Person, Unit
from people.roles import roles_of
from voting import boxes
from voting.methods import METHODS
from voting.models import Box, Elector, Item, Poll
from voting.policy import Policy
from voting.roll import electors_of, roll_hash
from voting.rules import lineage_of, may_open
from web.markdown import render


@dataclass(frozen=True)
class ItemSpec:
    """One question as it is asked: what voters read, and the digest of what it stands for.

    `text` is Markdown. `effect_url` is where a POST of `actual` is answered with what the item
    does to that figure, in an element `score-answer`; empty for none.
    """

    title: str
    text: str
    digest: str
    url: str
    effect_url: str = ""


@transaction.atomic
def poll_open(
    *,
    actor: Person,
    scope: Unit,
    title: str,
    subject_url: str,
    items: Sequence[ItemSpec],
    policy: Policy,
    closes_at: datetime,
    decider: Person,
    families: Collection[str] = (),
    measured: Collection[UUID] = (),
    previous: Poll | None = None,
    now: datetime,
) -> Poll:
    """A new open poll over `items`, whose roll is everyone active in `scope` now.

    From here on nothing of it changes but its state. `measured` are the keys of the people whom
    what is asked measures, for the turnout of both groups. `previous` names the poll that this one
    repeats. The key of its boxes, which a secret poll has, is made before the poll is committed,
    so that none can be without; a key whose poll never came to be locks nothing and is left alone,
    because it may as well belong to a newer database than the one at hand.
    Raises Refused by `rules.may_open`, ValidationError for bad values or an unfinished `previous`.
    """
    _check(items, families, previous)
    voters = list(
        electors_of(scope, decider=decider, families=families).values_list("pk", "presence")
    )
    roles = roles_of(actor, on=timezone.localdate(now))
    decides = METHODS[policy.method].decides
    may_open(roles, lineage_of(scope), electors=len(voters), decides=decides).require()
    poll = Poll(
        scope=scope,
        title=title,
        subject_url=subject_url,
        families=sorted(families),
        opened_by=actor,
        decider=decider,
        opened_at=now,
        closes_at=closes_at,
        previous=previous,
        roll_size=len(voters),
        **policy.as_dict(),
    )
    poll.full_clean()
    poll.save(force_insert=True)
    asked = _items_create(poll, items)
    _electors_create(poll, voters, frozenset(measured))
    poll.roll_hash = roll_hash(key for key, _presence in voters)
    poll.save(update_fields=["roll_hash"])
    event_record(
        actor=actor.pk,
        action="poll.opened",
        subject=f"voting.poll:{poll.pk}",
        content=opened_content(poll, asked),
        now=now,
    )
    return poll


def opened_content(poll: Poll, items: Sequence[Item]) -> dict[str, object]:
    """What the ledger keeps of an opening: everything that may not change, and no name."""
    measured = list(poll.electors.measured().values_list("person_id", flat=True))
    return {
        "scope": poll.scope.code,
        "title": poll.title,
        "subject_url": poll.subject_url,
        "policy": poll.policy.as_dict(),
        "families": poll.families,
        "decider": poll.decider_id,
        "closes_at": poll.closes_at,
        "previous": poll.previous_id,
        "roll_size": poll.roll_size,
        "roll_hash": poll.roll_hash,
        **({"measured_hash": roll_hash(measured)} if measured else {}),
        "items": [
            {
                "item": item.pk,
                "position": item.position,
                "digest": item.digest,
                "shown": digest(
                    {
                        "title": item.title,
                        "text": item.text,
                        "html": item.text_html,
                        "url": item.url,
                        **({"effect_url": item.effect_url} if item.effect_url else {}),
                    }
                ),
            }
            for item in items
        ],
    }


def _check(items: Sequence[ItemSpec], families: Collection[str], previous: Poll | None) -> None:
    if not items:
        raise ValidationError(_("Pemungutan suara memerlukan sekurang-kurangnya satu butir."))
    if set(families) - set(Person.Family.values):
        raise ValidationError(_("Rumpun jabatan tidak dikenal."))
    if previous is not None and previous.state not in (Poll.State.SEALED, Poll.State.DISPUTED):
        raise ValidationError(_("Pemungutan suara sebelumnya belum selesai."))


def _items_create(poll: Poll, items: Sequence[ItemSpec]) -> list[Item]:
    asked = []
    for position, spec in enumerate(items, start=1):
        html = render(spec.text)
        item = Item(poll=poll, position=position, text_html=html, **asdict(spec))
        item.full_clean()
        asked.append(item)
    return Item.objects.bulk_create(asked)


def _electors_create(
    poll: Poll, voters: Sequence[tuple[UUID, str]], measured: frozenset[UUID]
) -> None:
    # An open ballot does not lie in its box: that is but the lock which makes closing a barrier.
    key = boxes.key_create(poll.pk) if poll.is_secret else None
    hands = boxes.deal(voters, boxes.box_count(len(voters)))
    empty = boxes.BoxContent()
    placed = Box.objects.bulk_create(
        Box(poll=poll, number=number, content=empty.lock(key) if key else b"")
        for number in range(1, len(hands) + 1)
    )
    electors = [
        Elector(
            poll=poll,
            person_id=person,
            presence=presence,
            box=box,
            is_measured=person in measured,
        )
        for box, hand in zip(placed, hands, strict=True)
        for person, presence in hand
    ]
    # In the order of their random keys: the rows tell neither name nor box nor moment.
    electors.sort(key=lambda elector: str(elector.person_id))
    Elector.objects.bulk_create(electors, batch_size=2000)
