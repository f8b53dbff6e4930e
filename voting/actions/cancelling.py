"""Cancelling an open poll: nothing of it is counted, and nothing of it can be counted later."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.canonical import digest
from ledger.actions import event_record
from people.models import Person
from people.roles import roles_of
from voting import boxes, clock
from voting.models import Box, Elector, Poll
from voting.rules import lineage_of, may_cancel


@transaction.atomic
def poll_cancel(*, actor: Person, poll: Poll, reason: str, now: datetime) -> Poll:
    """The poll, cancelled with a reason that everyone reads; its boxes are gone, uncounted.

    Shutting every box under its lock is the same barrier as closing. Every row of the roll is
    written anew, so that none tells by its transaction when its elector voted. The key is destroyed
    once this is committed: what copies of the boxes remain in files cannot be read any more; and
    they go with the next scrub (`sealing.poll_scrub`).
    Raises Refused by `rules.may_cancel`, ValidationError without a reason.
    """
    current = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    shut = list(Box.objects.select_for_update().filter(poll=current).order_by("number"))
    roles = roles_of(actor, on=timezone.localdate(now))
    at = clock.database_now()
    may_cancel(current, roles, lineage_of(current.scope), now=at).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Tuliskan alasan pembatalan.")})
    current.state, current.closed_at = Poll.State.VOID, at
    current.void_reason = reason.strip()
    current.full_clean()
    Box.objects.filter(pk__in=[box.pk for box in shut]).update(is_open=False)
    Elector.objects.filter(poll=current).update(box=None)
    Box.objects.filter(poll=current).delete()
    current.save(update_fields=["state", "closed_at", "void_reason"])
    event_record(
        actor=actor.pk,
        action="poll.voided",
        subject=f"voting.poll:{current.pk}",
        content=voided_content(current),
        now=at,
    )
    transaction.on_commit(lambda: boxes.key_destroy(current.pk))
    return current


def voided_content(poll: Poll) -> dict[str, object]:
    """What the ledger keeps of a cancelling: the hash of its reason, and no number of votes."""
    return {"reason": digest({"reason": poll.void_reason})}
