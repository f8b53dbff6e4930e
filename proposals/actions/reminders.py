"""Reminding the electors of a poll: everyone on the roll, never those who have not voted."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.dates import format_moment
from notices.actions import told
from people.models import Person
from people.roles import roles_of
from proposals.actions.polls import electors_tell
from proposals.models import Reminder
from proposals.rules import may_remind, may_run_poll
from voting.models import Poll
from voting.rules import heads_any, lineage_of

BEFORE_CLOSING = timedelta(days=1)


@transaction.atomic
def electors_remind(*, actor: Person | None, poll: Poll, now: datetime) -> Reminder:
    """Remind everyone on the roll, whoever has voted; `actor` None is the clock. Raises Refused."""
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    today = timezone.localdate(now)
    is_due = not poll.reminders.filter(sent_on=today).exists()
    if actor is not None:
        roles = roles_of(actor, on=today)
        may_run_poll(roles, is_head=heads_any(roles, lineage_of(poll.scope))).require()
    may_remind(poll, is_due=is_due, now=now).require()
    reminder = Reminder(poll=poll, sent_on=today, sent_by=actor)
    reminder.full_clean()
    reminder.save(force_insert=True)
    electors_tell(
        poll,
        told(
            "Pengingat bagi semua pemilih: %(title)s dibuka sampai %(until)s. Bila sudah "
            "memberikan suara, abaikan pesan ini.",
            title=poll.title,
            until=format_moment(poll.closes_at),
        ),
        now=now,
    )
    return reminder


def reminders_send(*, now: datetime) -> int:
    """Remind once, by the clock, in the last day of each poll of two days or more. Idempotent.

    Returns how many polls. A head who reminded everyone that day has done it already.
    """
    today, sent = timezone.localdate(now), 0
    for poll in Poll.objects.open().filter(closes_at__gt=now, closes_at__lte=now + BEFORE_CLOSING):
        by_clock = Q(sent_by__isnull=True) | Q(sent_on=today)
        is_long = poll.closes_at - poll.opened_at >= 2 * BEFORE_CLOSING
        if is_long and not poll.reminders.filter(by_clock).exists():
            electors_remind(actor=None, poll=poll, now=now)
            sent += 1
    return sent
