"""The meeting of a poll: by head or facilitator, until the papers are made from it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.verdict import Refused
from ledger.models import Event
from people.models import Person
from tests.voting.builders import open_poll, sealed_poll, voters_of
from voting.actions import meeting_keep
from voting.models import Attendance, Meeting, Poll

pytestmark = pytest.mark.django_db


def keep(actor: Person, poll: Poll, **over: Any) -> Meeting:
    now = timezone.now()
    fields: dict[str, Any] = {
        "place": "Aula",
        "chair": poll.decider,
        "notulis": voters_of(poll)[0],
        "held_from": now,
        "held_until": now + timedelta(hours=2),
        "agenda": "Pembahasan",
        "notes": "Semua **sepakat**.",
        "present": [],
        "now": now,
    }
    return meeting_keep(actor=actor, poll=poll, **fields | over)


@pytest.mark.parametrize("who", ["head", "superior_head", "facilitator"])
def test_head_and_facilitator_keep_it(
    request: pytest.FixtureRequest, head: Person, who: str
) -> None:
    poll = open_poll(actor=head)
    meeting = keep(request.getfixturevalue(who), poll)
    assert poll.meeting == meeting
    assert "<strong>sepakat</strong>" in meeting.notes_shown


@pytest.mark.parametrize("who", ["elector", "author", "former_acting_head", "outsider", "auditor"])
def test_nobody_else_keeps_it(request: pytest.FixtureRequest, head: Person, who: str) -> None:
    poll = open_poll(actor=head)
    before = Event.objects.count()
    with pytest.raises(Refused, match="kepala unit kerja atau fasilitator"):
        keep(request.getfixturevalue(who), poll)
    assert not Meeting.objects.exists()
    assert Event.objects.count() == before


def test_everyone_on_the_roll_has_a_line_and_it_can_be_mended(head: Person) -> None:
    poll = open_poll(actor=head)
    lines = list(poll.electors.by_name())
    keep(head, poll, present=lines[:2])
    keep(head, poll, present=lines[1:3], place="Ruang rapat")
    there = Attendance.objects.filter(meeting__poll=poll, is_present=True)
    assert {line.elector for line in there} == set(lines[1:3])
    assert Attendance.objects.count() == len(lines)
    assert Meeting.objects.get().place == "Ruang rapat"


def test_attendance_says_nothing_of_who_voted(head: Person) -> None:
    poll = open_poll(actor=head)
    keep(head, poll, present=list(poll.electors.all()))
    assert not poll.electors.voted().exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": " "},
        {"held_until": timezone.now() - timedelta(days=1)},
        {"notes": "[" * 500},
    ],
    ids=["no place", "times", "markdown"],
)
def test_a_bad_meeting_is_refused(head: Person, wrong: dict[str, Any]) -> None:
    poll = open_poll(actor=head)
    with pytest.raises(ValidationError):
        keep(head, poll, **wrong)
    assert not Meeting.objects.exists()


def test_chair_and_notulis_are_two_people(head: Person) -> None:
    with pytest.raises(ValidationError, match="dua orang"):
        keep(head, open_poll(actor=head), notulis=head)


def test_it_may_be_kept_after_the_end_until_the_papers_are_made(head: Person) -> None:
    poll = sealed_poll(actor=head, choices=["approve"])
    keep(head, poll)
    Meeting.objects.update(papers_made_at=timezone.now())
    with pytest.raises(Refused, match="Berita acara sudah dibuat"):
        keep(head, poll, place="Lain")
    with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
        Meeting.objects.update(place="Lain")
