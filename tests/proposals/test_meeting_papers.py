"""Daftar hadir and notula: who is listed, what is masked, and who may read them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from core.verdict import Verdict
from people.models import Person, Unit
from people.roles import Role, Roles
from proposals import actions
from proposals.papers import minutes_of, sheet_of
from proposals.rules import may_read_meeting
from tests.proposals.builders import (
    build_frozen,
    build_round,
    build_voting,
    close_and_settle,
)
from tests.proposals.test_stored_xss import harm
from tests.voting.builders import cast_open, voters_of
from tests.web.test_markdown import PAYLOADS
from voting.actions import meeting_keep
from voting.models import Attendance, Meeting, Poll
from web.markdown import render
from web.pdf import may_make_pdf


@pytest.fixture
def meeting(author: Person, head: Person, elector: Person, unit: Unit, now: datetime) -> Meeting:
    """Consensus is sought, by name, in a meeting."""
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now)
    poll = actions.poll_open_for(
        actor=head, proposals=[frozen], minutes=5, method="consensus", now=now
    )
    poll = Poll.objects.for_pages().get(pk=poll.pk)
    start = datetime.fromisoformat("2026-11-24T09:00:00+07:00")
    return Meeting.objects.create(
        poll=poll,
        place="Aula Puskesmas",
        chair=head,
        notulis=elector,
        held_from=start,
        held_until=start + timedelta(hours=2),
        agenda="Pembukaan\nPembahasan",
        notes="Target **disepakati**.",
        notes_html=render("Target **disepakati**."),
    )


def shown(meeting: Meeting, name: str, *, shows_nip: bool = False) -> str:
    paper = {"paper": sheet_of(meeting, shows_nip=shows_nip), "tallies": []}
    body = {"title": "x", "body": f"proposals/papers/_{name}.html"}
    return render_to_string("proposals/papers/pdf.html", paper | body)


def test_the_list_names_who_was_there(meeting: Meeting, author: Person, coauthor: Person) -> None:
    for elector in meeting.poll.electors.all():
        is_present = elector.person_id == author.pk
        Attendance.objects.create(meeting=meeting, elector=elector, is_present=is_present)
    sheet = sheet_of(meeting, shows_nip=False)
    assert [signer.name for signer in sheet.signers] == [author.name]
    assert dict(sheet.facts)["Peserta"] == f"1 dari {meeting.poll.roll_size} pemilih hadir"
    assert coauthor.name not in shown(meeting, "attendance")


def test_before_anybody_came_the_whole_roll_is_listed_to_sign(meeting: Meeting) -> None:
    sheet = sheet_of(meeting, shows_nip=False)
    assert len(sheet.signers) == meeting.poll.roll_size
    assert [signer.is_left for signer in sheet.signers][:3] == [True, False, True]


def test_the_nip_is_masked_but_for_the_administrator(meeting: Meeting, author: Person) -> None:
    masked, spaced = (shown(meeting, "attendance", shows_nip=shows) for shows in (False, True))
    assert author.nip[:8] not in masked
    assert author.masked_nip in masked
    assert author.spaced_nip in spaced


def test_a_contract_employee_is_listed_with_the_grade_alone(meeting: Meeting) -> None:
    ranks = {signer.rank for signer in sheet_of(meeting, shows_nip=False).signers}
    assert "VII" in ranks
    assert "Penata Muda (III/a)" in ranks


def test_the_minutes_take_place_chair_and_notulis_from_the_meeting(
    meeting: Meeting, elector: Person, now: datetime
) -> None:
    for person in voters_of(meeting.poll):
        cast_open(meeting.poll, person, "agree")
    close_and_settle(meeting.poll, now=now)
    paper = minutes_of(Poll.objects.for_pages().get())
    assert "bertempat di Aula Puskesmas, telah" in paper.opening
    assert paper.notulis == elector.name


def test_the_notes_tell_day_time_place_and_what_was_said(meeting: Meeting) -> None:
    html = shown(meeting, "notes")
    for words in ("Selasa, 24 November 2026", "09.00 sampai 11.00 WIB", "Aula Puskesmas"):
        assert words in html
    assert "<strong>disepakati</strong>" in html


@pytest.mark.parametrize("name", ["attendance", "notes"])
def test_nothing_hostile_runs_in_a_paper_of_a_meeting(meeting: Meeting, name: str) -> None:
    for text in [*PAYLOADS[:40], "\u202eabc", "N" * 600]:
        meeting.place = meeting.agenda = meeting.chair.name = meeting.poll.title = text
        meeting.notes_html = render(text)
        assert harm(shown(meeting, name)) == [], text


def test_a_secret_poll_has_no_list_of_those_present(
    author: Person,
    head: Person,
    elector: Person,
    unit: Unit,
    now: datetime,
    client_of: Callable[[Person], Client],
) -> None:
    _, poll = build_voting(author, head, build_round(unit, now=now), now=now)
    meeting = meeting_keep(
        actor=head,
        poll=poll,
        place="Aula",
        chair=head,
        notulis=elector,
        held_from=now,
        held_until=now + timedelta(hours=1),
        agenda="",
        notes="",
        now=now,
    )
    for name in ("attendance", "notes", "attendance-pdf", "notes-pdf"):
        address = reverse(f"proposals:{name}", args=[meeting.pk])
        assert client_of(head).get(address).status_code == 403


@pytest.mark.parametrize(
    ("role", "is_head", "is_elector", "may"),
    [
        ("", False, False, False),
        ("", True, False, True),
        ("", False, True, True),
        (Role.FACILITATOR, False, False, True),
        (Role.AUDITOR, False, False, True),
        (Role.ADMINISTRATOR, False, False, True),
        (Role.PUBLISHER, False, False, False),
    ],
)
def test_the_papers_of_an_open_meeting_have_these_readers(
    meeting: Meeting, outsider: Person, role: str, is_head: bool, is_elector: bool, may: bool
) -> None:
    roles = Roles(frozenset({(role, 1)} if role else ()))
    verdict: Verdict = may_read_meeting(
        outsider, roles, meeting, is_head=is_head, is_elector=is_elector
    )
    assert bool(verdict) is may


def test_the_page_masks_the_nip_for_all_but_the_administrator(
    author: Person,
    head: Person,
    elector: Person,
    administrator: Person,
    unit: Unit,
    now: datetime,
    client_of: Callable[[Person], Client],
) -> None:
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now)
    poll = actions.poll_open_for(
        actor=head, proposals=[frozen], minutes=5, method="consensus", now=now
    )
    meeting_keep(
        actor=head,
        poll=poll,
        place="Aula",
        chair=head,
        notulis=elector,
        held_from=now,
        held_until=now + timedelta(hours=1),
        agenda="",
        notes="",
        present=list(poll.electors.all()),
        now=now,
    )
    address = reverse("proposals:attendance", args=[poll.pk])
    assert author.nip[:8] not in client_of(elector).get(address).content.decode()
    assert author.spaced_nip in client_of(administrator).get(address).content.decode()
    if may_make_pdf():
        pdf = client_of(elector).get(reverse("proposals:attendance-pdf", args=[poll.pk]))
        assert pdf.content.startswith(b"%PDF-")
