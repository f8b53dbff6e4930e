"""The meeting of a poll: kept while the poll runs and until it is locked for the papers."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.canonical import digest
from ledger.actions import event_record
from people.models import Person
from people.roles import roles_of
from voting.models import Attendance, Elector, Meeting, Poll
from voting.rules import lineage_of, may_keep_meeting
from web.markdown import render


@transaction.atomic
def meeting_keep(
    *,
    actor: Person,
    poll: Poll,
    place: str,
    chair: Person,
    notulis: Person,
    held_from: datetime,
    held_until: datetime,
    agenda: str,
    notes: str,
    present: Collection[Elector] = (),
    is_final: bool = False,
    now: datetime,
) -> Meeting:
    """The meeting of a poll as it is kept from now on, for ever if `is_final`.

    `present` are electors of this poll: of an open one everyone on the roll has a line of
    attendance, also who was not there; of a secret one nobody has, because a list of those who
    came would come near to one of those who voted.
    Raises Refused by `rules.may_keep_meeting`, ValidationError.
    """
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    kept = Meeting.objects.select_for_update(of=("self",)).filter(poll=poll).first()
    roles = roles_of(actor, on=timezone.localdate(now))
    may_keep_meeting(poll, kept, roles, lineage_of(poll.scope)).require()
    if present and poll.is_secret:
        raise ValidationError(_("Pemungutan suara tertutup tidak mempunyai daftar hadir."))
    meeting = kept or Meeting(poll=poll)
    meeting.place, meeting.chair, meeting.notulis = place.strip(), chair, notulis
    meeting.held_from, meeting.held_until = held_from, held_until
    meeting.agenda, meeting.notes = agenda.strip(), notes.strip()
    meeting.notes_html = render(meeting.notes)
    meeting.full_clean()
    meeting.save()
    there = {elector.pk for elector in present}
    if not poll.is_secret:
        _attendance_keep(meeting, there)
    if is_final:  # last: from now on the database refuses every change of it
        meeting.papers_made_at = now
        meeting.save(update_fields=["papers_made_at"])
    event_record(
        actor=actor.pk,
        action="poll.meeting_kept",
        subject=f"voting.poll:{poll.pk}",
        content={
            "meeting": digest(
                {
                    "place": meeting.place,
                    "chair": chair.pk,
                    "notulis": notulis.pk,
                    "held_from": held_from,
                    "held_until": held_until,
                    "agenda": meeting.agenda,
                    "notes": meeting.notes,
                    "present": sorted(there),
                }
            ),
            "is_final": is_final,
        },
        now=now,
    )
    return meeting


def _attendance_keep(meeting: Meeting, there: Collection[int]) -> None:
    lines = {line.elector_id: line for line in meeting.attendance.all()}
    for key in meeting.poll.electors.values_list("pk", flat=True):
        line = lines.setdefault(key, Attendance(meeting=meeting, elector_id=key))
        line.is_present = key in there
    Attendance.objects.bulk_create([line for line in lines.values() if line.pk is None])
    Attendance.objects.bulk_update(
        [line for line in lines.values() if line.pk is not None], ["is_present"], batch_size=500
    )
