"""Casting a ballot: the one write of Martahi that leaves no event, no time and no message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core.verdict import Refused
from people.models import Person
from voting import boxes, clock, receipts
from voting.models import Box, Elector, Poll
from voting.rules import may_cast


@dataclass(frozen=True)
class Receipt:
    """That a ballot is recorded. `is_repeated`: this very form had been received before."""

    code: str
    is_repeated: bool


@sensitive_variables()
def ballot_cast(
    *, actor: Person, poll: Poll, choices: Mapping[str, str], receipt_token: str
) -> Receipt:
    """The receipt of a ballot that now lies in the actor's box; `choices` by the key of the item.

    Locks that box and nothing else, then asks the database's clock. The ballot is read before the
    roll is marked, so that a bad one changes nothing. The form that was already received (same
    token) is answered with its receipt again.
    Raises Refused by `rules.may_cast`, InvalidBallot with a sentence for each item at fault.
    """
    if not poll.is_secret:
        raise Refused(_("Pemungutan suara ini terbuka."))
    code = receipts.token_read(receipt_token, poll=poll.pk, person=actor.pk)
    if not actor.is_active:
        raise Refused(_("Akun Anda tidak aktif."))
    with transaction.atomic():
        elector = poll.elector_of(actor)
        box = box_locked(elector)
        now = clock.database_now()
        if elector is not None:
            elector.refresh_from_db(fields=["has_voted"])
            if elector.has_voted and code in _codes(poll, box):
                return Receipt(code, is_repeated=True)
        may_cast(poll, elector, box_is_open=box is not None and box.is_open, now=now).require()
        elector, box = cast(Elector, elector), cast(Box, box)  # may_cast refuses without
        items = list(poll.items.all())
        ballot = poll.counting.read(
            [str(item.pk) for item in items],
            [str(item.pk) for item in items if item.is_void],
            choices,
        )
        elector_mark(elector)
        key = boxes.key_read(poll.pk)
        content = boxes.BoxContent.unlock(box.content, key)
        beside = code if poll.publication_mode == Poll.Mode.BALLOTS else ""
        content.put(boxes.ballot_text(poll.counting, ballot, beside), code)
        box.content, box.n = content.lock(key), box.n + 1
        box.save(update_fields=["content", "n"])
    return Receipt(code, is_repeated=False)


def box_locked(elector: Elector | None) -> Box | None:
    """The elector's box under lock; None for no elector, and when the box is sealed and gone."""
    if elector is None or elector.box_id is None:
        return None
    return Box.objects.select_for_update().filter(pk=elector.box_id).first()


def elector_mark(elector: Elector) -> None:
    """Mark the roll, where the mark is not yet: exactly one row, or this vote is not the first."""
    marked = Elector.objects.filter(pk=elector.pk, has_voted=False).update(has_voted=True)
    if marked != 1:
        raise Refused(_("Suara Anda sudah tercatat. Setiap pemilih memberikan suara satu kali."))


def _codes(poll: Poll, box: Box | None) -> list[str]:
    """The receipt codes among which a repeated one must be: of the box, or of the sealed poll."""
    if box is not None:
        return boxes.BoxContent.unlock(box.content, boxes.key_read(poll.pk)).codes
    return [
        *poll.receipt_codes.values_list("code", flat=True),
        *poll.ballots.values_list("code", flat=True),
    ]
