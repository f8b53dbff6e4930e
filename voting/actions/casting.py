"""Casting a ballot: the one write of Martahi that leaves no event, no time and no message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core.verdict import Refused
from people.models import Person
from voting import boxes, receipts, urn
from voting.models import Box, Elector, Poll
from voting.rules import may_cast, second_vote


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
    token) is answered with its receipt again, however many arrive at the same moment.
    Raises Refused by `rules.may_cast`, InvalidBallot with a sentence for each item at fault.
    """
    if not poll.is_secret:
        raise Refused(_("Pemungutan suara ini terbuka."))
    code = receipts.token_read(receipt_token, poll=poll.pk, person=actor.pk)
    if not actor.is_active:
        raise Refused(_("Akun Anda tidak aktif."))
    with transaction.atomic():
        elector, box = urn.place_locked(poll, actor)
        questions, now = urn.questions_now(poll)
        if elector is not None and elector.has_voted:
            return _received(poll, box, code)
        may_cast(poll, elector, box_is_open=box is not None and box.is_open, now=now).require()
        elector, box = cast(Elector, elector), cast(Box, box)  # may_cast refuses without
        void = [key for key, is_void in questions.items() if is_void]
        ballot = poll.counting.read(list(questions), void, choices)
        if not urn.mark(elector):
            return _received(poll, box, code)
        key = boxes.key_read(poll.pk)
        content = boxes.BoxContent.unlock(box.content, key)
        beside = code if poll.publication_mode == Poll.Mode.BALLOTS else ""
        content.put(boxes.ballot_pack(poll.counting, ballot, beside), code)
        urn.fill(box, content.lock(key))
    return Receipt(code, is_repeated=False)


def _received(poll: Poll, box: Box | None, code: str) -> Receipt:
    """The receipt of a form that was received before; any other is a second vote, and Refused."""
    if code not in _codes(poll, box):
        second_vote().require()
    return Receipt(code, is_repeated=True)


def _codes(poll: Poll, box: Box | None) -> list[str]:
    """The receipt codes among which a repeated one must be: of the box, or of the sealed poll."""
    if box is not None:
        return boxes.BoxContent.unlock(box.content, boxes.key_read(poll.pk)).receipts
    return [
        *poll.receipt_codes.values_list("code", flat=True),
        *poll.ballots.values_list("code", flat=True),
    ]
