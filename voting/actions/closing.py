"""Closing: by the clock, or by a head once all have voted; and voiding an item before that."""

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
from voting.actions.sealing import poll_seal
from voting.models import Box, Item, Poll
from voting.rules import lineage_of, may_close, may_end, may_void


def poll_close(*, actor: Person | None, poll: Poll) -> Poll:
    """The poll, closed by the database's clock and then sealed; `actor` None is the clock itself.

    Taking the lock of every box and shutting it is the barrier: a vote is in before, or refused.
    A poll that is over already is returned as it is, sealed if it had only been closed. Two
    transactions, so that none may be around it.
    Raises Refused by `rules.may_end` and `rules.may_close`, RuntimeError inside a transaction.
    """
    _close(actor, poll)
    return poll_seal(poll=poll)


@transaction.atomic(durable=True)
def _close(actor: Person | None, poll: Poll) -> None:
    current = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    shut = list(Box.objects.select_for_update().filter(poll=current).order_by("number"))
    now = clock.database_now()
    if actor is not None:
        roles = roles_of(actor, on=timezone.localdate(now))
        may_end(roles, lineage_of(current.scope)).require()
    if current.state != Poll.State.OPEN:
        return
    may_close(current, everyone_voted=current.everyone_voted, now=now).require()
    Box.objects.filter(pk__in=[box.pk for box in shut]).update(is_open=False)
    marks, ballots = current.electors.voted().count(), sum(box.n for box in shut)
    current.state = Poll.State.CLOSED if marks == ballots else Poll.State.DISPUTED
    current.closed_at = now
    current.full_clean()
    current.save(update_fields=["state", "closed_at"])
    event_record(
        actor=actor.pk if actor else None,
        action=f"poll.{current.state}",
        subject=f"voting.poll:{current.pk}",
        content={"marks": marks, "ballots": ballots},
        now=now,
    )


def polls_close_due() -> list[Poll]:
    """The polls that this call brought to their end, by the database's clock.

    For a timer: it closes what is due, seals what a crash left closed, and destroys keys that a
    crash left behind a seal; repeating it does nothing. One poll that fails does not keep the
    others open.
    Raises ExceptionGroup of what failed, after the rest.
    """
    ended, failures = [], []
    for poll in Poll.objects.due(clock.database_now()):
        try:
            after = poll_close(actor=None, poll=poll)
        except Exception as error:  # noqa: BLE001 (raised below, all together)
            failures.append(error)
        else:
            ended.append(after)
    over = (Poll.State.SEALED, Poll.State.VOID)
    for poll in Poll.objects.filter(pk__in=boxes.keys_kept(), state__in=over):
        boxes.key_destroy(poll.pk)
    if failures:
        raise ExceptionGroup("polls that could not be closed or sealed", failures)
    return ended


@transaction.atomic
def item_void(*, actor: Person, item: Item, reason: str, now: datetime) -> Item:
    """The item, void: it is asked and counted no more, visibly; the others go on.

    Raises Refused by `rules.may_void`, ValidationError without a reason.
    """
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=item.poll_id)
    current = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    roles = roles_of(actor, on=timezone.localdate(now))
    may_void(poll, current, roles, lineage_of(poll.scope)).require()
    if not reason.strip():
        raise ValidationError({"void_reason": _("Tuliskan alasan pembatalan.")})
    current.voided_at, current.void_reason = now, reason.strip()
    current.full_clean()
    current.save(update_fields=["voided_at", "void_reason"])
    event_record(
        actor=actor.pk,
        action="item.voided",
        subject=f"voting.item:{current.pk}",
        content={"poll": poll.pk, "reason": digest({"reason": current.void_reason})},
        now=now,
    )
    return current
