"""The minority report after a vote: filed by electors, read for names, then published."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.verdict import Refused
from ledger.actions import event_record
from people.models import Person
from people.names import names_in
from proposals.actions.moves import proposal_locked, standing_in
from proposals.models import Dissent, PollEntry, Proposal
from proposals.rules import may_file_dissent, may_read_dissents_for_names


@transaction.atomic
def dissent_file(
    *,
    actor: Person,
    proposal: Proposal,
    body: str,
    is_unnamed: bool,
    submission: UUID,
    now: datetime,
) -> Dissent:
    """Object in writing to what the vote said. The same `submission` again is the same report.

    Without a name no trace leads back: no author, no hour, no event and no notice.
    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(proposal.pk)
    if existing := Dissent.objects.filter(submission=submission).first():
        return existing
    entry = PollEntry.objects.current_of(proposal)
    may_file_dissent(
        standing_in(proposal, actor, now=now),
        is_elector=entry is not None and entry.has_elector(actor),
        now=now,
    ).require()
    if entry is None:
        raise RuntimeError("a dissent follows a poll")
    if is_unnamed and entry.dissents.unnamed().count() >= entry.poll.roll_size:
        raise Refused(_("Catatan keberatan tanpa nama sudah sebanyak pemilihnya."))
    _refuse_names(body)
    dissent = Dissent(
        submission=submission,
        entry=entry,
        author=None if is_unnamed else actor,
        body=body.strip(),
        written_on=timezone.localdate(now),
    )
    dissent.full_clean()
    dissent.save(force_insert=True)
    if not is_unnamed:
        event_record(
            actor=actor.pk,
            action="dissent.filed",
            subject=proposal.topic,
            content={"dissent": dissent.pk},
            now=now,
        )
    return dissent


@transaction.atomic
def dissent_read(
    *, actor: Person, dissent: Dissent, is_published: bool, reason: str = "", now: datetime
) -> Dissent:
    """Publish a report that names nobody, or withhold it with a reason. Nobody changes its words.

    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(dissent.entry.proposal_id)
    current = Dissent.objects.select_for_update(of=("self",)).get(pk=dissent.pk)
    may_read_dissents_for_names(standing_in(proposal, actor, now=now), current).require()
    if is_published:
        _refuse_names(current.body)
    current.state = Dissent.State.PUBLISHED if is_published else Dissent.State.WITHHELD
    current.read_by, current.read_at = actor, now
    current.reason = "" if is_published else reason.strip()
    current.full_clean(exclude=["entry", "author", "read_by"])
    current.save(update_fields=["state", "read_by", "read_at", "reason"])
    event_record(
        actor=actor.pk,
        action=f"dissent.{current.state}",
        subject=proposal.topic,
        content={"dissent": current.pk, "reason": current.reason},
        now=now,
    )
    return current


def _refuse_names(body: str) -> None:
    if names := names_in(body):
        raise ValidationError(
            {
                "body": _("Catatan ini diterbitkan; sebut jabatannya, bukan nama orang (%s).")
                % ", ".join(names)
            }
        )
