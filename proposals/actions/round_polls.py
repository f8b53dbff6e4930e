"""Asking the voters of a unit about several proposals: how much each weighs, which is first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from people.models import Person
from proposals.actions.moves import proposal_locked, standing_in
from proposals.actions.polls import electors_tell_opened, item_spec, policy_of
from proposals.leadership import leadership_of
from proposals.models import Proposal, Round, RoundPoll, RoundPollEntry
from proposals.rules import may_ask_round
from voting.actions import item_void, poll_open
from voting.models import Poll

LEAST = 2


@transaction.atomic
def round_poll_open(
    *,
    actor: Person,
    round_: Round,
    method: str,
    proposals: Sequence[Proposal],
    minutes: int,
    now: datetime,
) -> Poll:
    """Open a secret poll: `weights` over adopted proposals, `schulze` over frozen rivals.

    All of one unit and of this round. No proposal moves on by it. The roll leaves out the head who
    leads the first of them, whoever opens it: what voters are asked does not depend on who asks.
    Raises Refused by `rules.may_ask_round`, ValidationError.
    """
    locked = [proposal_locked(key) for key in sorted(proposal.pk for proposal in proposals)]
    if len(locked) < LEAST:
        raise ValidationError({"proposals": _("Pilih sedikitnya dua usulan.")})
    if minutes < round_.voting_minutes:
        raise ValidationError({"minutes": _("Lebih singkat daripada aturan putaran ini.")})
    keys = [proposal.pk for proposal in locked]
    is_asked = Proposal.objects.filter(pk__in=keys).being_asked(method).exists()
    for proposal in locked:
        may_ask_round(standing_in(proposal, actor, now=now), method, is_asked=is_asked).require()
    first = locked[0]
    if any((item.unit_id, item.round_id) != (first.unit_id, round_.pk) for item in locked):
        raise ValidationError(
            {"proposals": _("Satu pemungutan suara memuat usulan dari satu unit dan satu putaran.")}
        )
    revisions = {item.pk: item.revisions.latest("number") for item in locked}
    # What is frozen for everybody is Indonesian, in whatever language its opener reads.
    with translation.override("id"):
        titles = {
            "weights": _("Bobot indikator %(unit)s"),
            "schulze": _("Peringkat usulan indikator %(unit)s"),
        }
        title = titles[method] % {"unit": first.unit}
        specs = [item_spec(item, revisions[item.pk]) for item in locked]
    poll = poll_open(
        actor=actor,
        scope=first.unit,
        title=title,
        subject_url=reverse("proposals:round", args=[round_.pk]),
        items=specs,
        policy=policy_of(round_, method),
        closes_at=now + timedelta(minutes=minutes),
        decider=decider_of(first, actor, now=now),
        now=now,
    )
    asked = RoundPoll.objects.create(poll=poll, round=round_)
    RoundPollEntry.objects.bulk_create(
        RoundPollEntry(
            item=item, round_poll=asked, proposal=proposal, revision=revisions[proposal.pk]
        )
        for item, proposal in zip(poll.items.order_by("position"), locked, strict=True)
    )
    electors_tell_opened(poll, now=now)
    return poll


def decider_of(first: Proposal, actor: Person, *, now: datetime) -> Person:
    """The head in whose name voters are asked: the actor, or who leads where a facilitator asks."""
    heads = leadership_of(first, now=now).heads
    return actor if actor in heads or not heads else heads[0]


def round_items_void(*, actor: Person, proposal: Proposal, reason: str, now: datetime) -> None:
    """Make a returned text void on every ballot that still asks to rank it. Needs a transaction."""
    entries = proposal.round_poll_entries.filter(
        item__poll__state=Poll.State.OPEN, item__voided_at__isnull=True
    )
    for entry in entries.select_related("item"):
        item_void(actor=actor, item=entry.item, reason=reason, now=now)
