"""All windows and deadlines that a reader may see: for the calendar page and for calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from core.dates import WIB
from people.models import Holiday, Person
from people.roles import Roles
from proposals.models import Proposal, Round
from proposals.stages import Stage
from voting.models import Poll


@dataclass(frozen=True)
class Deadline:
    """Something that begins or ends at a moment, or concerns a whole day."""

    key: str
    """The same for the same window, however its time or title change."""
    at: datetime | date
    kind: str
    title: str
    url: str

    @property
    def day(self) -> date:
        """The day in the city."""
        return timezone.localtime(self.at).date() if isinstance(self.at, datetime) else self.at

    @property
    def is_moment(self) -> bool:
        """Whether it has a time of day."""
        return isinstance(self.at, datetime)


def deadlines_between(
    person: Person, roles: Roles, first: date, last: date | None = None
) -> list[Deadline]:
    """The deadlines from a day to another, both included, in the order of time. Four queries."""
    visible = Proposal.objects.visible_to(person, roles).select_related("record")
    found = [
        *_of_rounds(Round.objects.all()),
        *_of_polls(Poll.objects.all()),
        *_of_proposals(visible.in_stage(Stage.DISCUSSION, Stage.OBJECTION)),
        *_of_holidays(Holiday.objects.all()),
    ]
    within = (one for one in found if first <= one.day and (last is None or one.day <= last))
    return sorted(within, key=lambda one: (one.day, _time(one), one.title, one.key))


def _time(deadline: Deadline) -> time:
    at = deadline.at
    return timezone.localtime(at, WIB).time() if isinstance(at, datetime) else time.min


def _of_rounds(rounds: Iterable[Round]) -> Iterable[Deadline]:
    for one in rounds:
        url = reverse("proposals:round", args=[one.pk])
        yield Deadline(f"round-opens-{one.pk}", one.opens_at, _("Usulan dibuka"), one.title, url)
        yield Deadline(
            f"round-comments-{one.pk}",
            one.comments_until,
            _("Masa tanggapan berakhir"),
            one.title,
            url,
        )
        yield Deadline(
            f"round-closes-{one.pk}", one.closes_at, _("Putaran ditutup"), one.title, url
        )


def _of_polls(polls: Iterable[Poll]) -> Iterable[Deadline]:
    for one in polls:
        url = reverse("voting:detail", args=[one.pk])
        yield Deadline(
            f"poll-closes-{one.pk}",
            one.closes_at,
            _("Pemungutan suara ditutup"),
            one.title,
            url,
        )


def _of_proposals(proposals: Iterable[Proposal]) -> Iterable[Deadline]:
    for one in proposals:
        url = reverse("proposals:detail", args=[one.pk])
        if one.stage == Stage.OBJECTION and one.objection_until is not None:
            yield Deadline(
                f"objection-{one.pk}",
                one.objection_until,
                _("Masa sanggah berakhir"),
                one.record.name,
                url,
            )
        if one.stage == Stage.DISCUSSION and one.freezable_on is not None:
            yield Deadline(
                f"freezable-{one.pk}",
                one.freezable_on,
                _("Paling cepat dibekukan"),
                one.record.name,
                url,
            )


def _of_holidays(holidays: Iterable[Holiday]) -> Iterable[Deadline]:
    for one in holidays:
        url = f"{reverse('people:holidays')}?year={one.day.year}"
        yield Deadline(f"holiday-{one.pk}", one.day, one.get_kind_display(), one.name, url)


def calendar_file(deadlines: Iterable[Deadline], *, site: str, now: datetime) -> bytes:
    """The deadlines as iCalendar; `site` is what stands before the path of an address.

    Source: RFC 5545. Moments are in UTC, whole days are dates.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Martahi//Kalender//ID")
    calendar.add("version", "2.0")
    for one in deadlines:
        event = Event()
        event.add("uid", f"{one.key}@martahi")
        event.add("dtstamp", now.astimezone(UTC))
        at = one.at
        event.add("dtstart", at.astimezone(UTC) if isinstance(at, datetime) else at)
        event.add("summary", f"{one.kind}: {one.title}")
        event.add("url", f"{site}{one.url}")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
