"""The meeting of a poll: by head or facilitator, until the papers are made from it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.verdict import Refused
from ledger.models import Event
from people.models import Person
from tests.voting.builders import open_poll, sealed_poll, voters_of
from voting.actions import meeting_keep
from voting.models import Attendance, Meeting, Poll
from voting.policy import Policy

pytestmark = pytest.mark.django_db

NAMED = Policy(is_secret=False, publication_mode="N")


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
    poll = open_poll(actor=head, policy=NAMED)
    lines = list(poll.electors.by_name())
    keep(head, poll, present=lines[:2])
    keep(head, poll, present=lines[1:3], place="Ruang rapat")
    there = Attendance.objects.filter(meeting__poll=poll, is_present=True)
    assert {line.elector for line in there} == set(lines[1:3])
    assert Attendance.objects.count() == len(lines)
    assert Meeting.objects.get().place == "Ruang rapat"


def test_attendance_says_nothing_of_who_voted(head: Person) -> None:
    poll = open_poll(actor=head, policy=NAMED)
    keep(head, poll, present=list(poll.electors.all()))
    assert not poll.electors.voted().exists()


def test_a_secret_poll_has_no_attendance(
    client_of: Callable[[Person], Client], head: Person
) -> None:
    poll = open_poll(actor=head)
    with pytest.raises(ValidationError, match="tidak mempunyai daftar hadir"):
        keep(head, poll, present=list(poll.electors.all()))
    meeting = keep(head, poll)
    assert not Attendance.objects.exists()
    with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
        Attendance.objects.create(meeting=meeting, elector=poll.electors.all()[0])
    page = client_of(head).get(reverse("voting:meeting", args=[poll.pk])).content.decode()
    assert "Daftar hadir tidak ada" in page
    assert 'name="present"' not in page


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


def test_it_may_be_kept_after_the_end_until_it_is_locked(head: Person) -> None:
    poll = sealed_poll(actor=head, choices=["approve"])
    keep(head, poll)
    assert keep(head, poll, place="Ruang rapat", is_final=True).papers_made_at is not None
    with pytest.raises(Refused, match="sudah dikunci"):
        keep(head, poll, place="Lain")
    with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
        Meeting.objects.update(place="Lain")
    assert Meeting.objects.get().place == "Ruang rapat"


def test_a_locked_attendance_does_not_change(head: Person) -> None:
    poll = open_poll(actor=head, policy=NAMED)
    lines = list(poll.electors.by_name())
    keep(head, poll, present=lines[:1], is_final=True)
    for change in (
        lambda: Attendance.objects.update(is_present=True),
        lambda: Attendance.objects.all()[0].delete(),
    ):
        with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
            change()
    assert Attendance.objects.filter(is_present=True).get().elector == lines[0]


def test_the_page_locks_it_and_says_so(
    client_of: Callable[[Person], Client], head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, policy=NAMED)
    form = {
        "place": "Aula",
        "chair": head.pk,
        "notulis": elector.pk,
        "held_from": "2026-11-24T09:00",
        "held_until": "2026-11-24T11:00",
        "is_final": "on",
    }
    client, url = client_of(head), reverse("voting:meeting", args=[poll.pk])
    assert client.post(url, form).status_code == 302
    refusal = client.get(url)
    assert refusal.status_code == 403
    assert "sudah dikunci" in refusal.content.decode()
