"""The minority report: who files it, that no name leads back, and that it travels."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.verdict import Refused
from indicators.models import IndicatorVersion
from ledger.models import Event
from notices.models import Notice
from people.models import Person, Unit
from proposals import actions
from proposals.models import Dissent, Proposal
from proposals.papers import minutes_of
from tests.builders import build_person
from tests.proposals.builders import build_decision_pending, build_round
from tests.proposals.test_stored_xss import harm
from tests.web.test_markdown import PAYLOADS
from voting.models import Poll

WORDS = "Wilayah kepulauan tidak dapat dijangkau setiap bulan."


@pytest.fixture
def voted(author: Person, head: Person, unit: Unit, now: datetime) -> Proposal:
    """After its vote, in an objection window."""
    build_person(unit=unit)
    round_ = build_round(unit, now=now, objection_days=3)
    return build_decision_pending(author, head, round_, now=now)[0]


def file(person: Person, proposal: Proposal, *, now: datetime, **over: object) -> Dissent:
    fields = {"body": WORDS, "is_unnamed": False, "submission": uuid4()} | over
    return actions.dissent_file(actor=person, proposal=proposal, now=now, **fields)  # type: ignore[arg-type]


def read(person: Person, dissent: Dissent, *, now: datetime, **over: object) -> Dissent:
    fields = {"is_published": True} | over
    return actions.dissent_read(actor=person, dissent=dissent, now=now, **fields)  # type: ignore[arg-type]


def to_decision(proposal: Proposal) -> datetime:
    """The end of the objection window, passed."""
    assert proposal.objection_until is not None
    later = proposal.objection_until + timedelta(minutes=1)
    actions.close_due(now=later)
    proposal.refresh_from_db()
    return later


def test_a_report_travels_with_what_is_adopted_and_stands_in_the_minutes(
    voted: Proposal, elector: Person, facilitator: Person, head: Person, now: datetime
) -> None:
    read(facilitator, file(elector, voted, now=now), now=now)
    later = to_decision(voted)
    actions.proposal_decide(actor=head, proposal=voted, kind="adopt", reason="Sesuai.", now=later)
    assert IndicatorVersion.objects.get().provenance["dissent"] == [{"text": WORDS}]
    assert minutes_of(Poll.objects.for_pages().get()).dissents == [(1, elector.name, WORDS)]


def test_a_report_without_a_name_leaves_no_trace(
    voted: Proposal, elector: Person, now: datetime
) -> None:
    before = (Event.objects.count(), Notice.objects.count())
    dissent = file(elector, voted, now=now, is_unnamed=True)
    assert dissent.author is None
    assert (Event.objects.count(), Notice.objects.count()) == before
    columns = {field.name for field in Dissent._meta.concrete_fields}
    assert columns == {
        *("id", "submission", "entry", "author", "body", "written_on"),
        *("state", "read_by", "read_at", "reason"),
    }


def test_what_names_a_person_is_not_filed(
    voted: Proposal, elector: Person, head: Person, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="bukan nama orang"):
        file(elector, voted, now=now, body=f"{head.name} memaksa kami.")


def test_one_report_by_name_and_the_same_form_once(
    voted: Proposal, elector: Person, now: datetime
) -> None:
    key = uuid4()
    assert file(elector, voted, now=now, submission=key) == file(
        elector, voted, now=now, submission=key
    )
    with pytest.raises(ValidationError, match="sudah menulis"):
        file(elector, voted, now=now)
    dissent = Dissent.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dissent.objects.create(
            entry=dissent.entry, author=elector, body="x", written_on=dissent.written_on
        )


def test_reports_without_a_name_are_no_more_than_electors(
    voted: Proposal, elector: Person, now: datetime
) -> None:
    size = Poll.objects.get().roll_size
    for _ in range(size):
        file(elector, voted, now=now, is_unnamed=True)
    with pytest.raises(Refused, match="sebanyak pemilihnya"):
        file(elector, voted, now=now, is_unnamed=True)


def test_only_electors_file_and_only_inside_the_window(
    voted: Proposal, elector: Person, outsider: Person, head: Person, now: datetime
) -> None:
    for person in (outsider, head):
        with pytest.raises(Refused, match="ditulis oleh pemilih"):
            file(person, voted, now=now)
    later = to_decision(voted)
    with pytest.raises(Refused, match="selama masa sanggah"):
        file(elector, voted, now=later)


def test_where_there_is_no_window_reports_are_filed_until_the_decision(
    author: Person, head: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal, _ = build_decision_pending(author, head, build_round(unit, now=now), now=now)
    read(head, file(elector, proposal, now=now), now=now)
    actions.proposal_decide(actor=head, proposal=proposal, kind="reject", reason="Ya.", now=now)
    proposal.refresh_from_db()
    with pytest.raises(Refused):
        file(elector, proposal, now=now)


def test_the_head_reads_what_waits_before_deciding(
    voted: Proposal, elector: Person, head: Person, now: datetime
) -> None:
    dissent = file(elector, voted, now=now, is_unnamed=True)
    later = to_decision(voted)
    with pytest.raises(Refused, match="Baca dahulu"):
        actions.proposal_decide(actor=head, proposal=voted, kind="adopt", reason="Ya.", now=later)
    with pytest.raises(ValidationError, match="alasan tertulis"):
        read(head, dissent, now=later, is_published=False)
    read(head, dissent, now=later, is_published=False, reason="Bukan tentang usulan ini.")
    actions.proposal_decide(actor=head, proposal=voted, kind="adopt", reason="Ya.", now=later)
    assert IndicatorVersion.objects.get().provenance["dissent"] == []


def test_who_comes_later_into_the_roster_keeps_a_report_from_being_published(
    voted: Proposal, elector: Person, facilitator: Person, unit: Unit, now: datetime
) -> None:
    dissent = file(elector, voted, now=now, body="Menurut Baru Sekali ini keliru.")
    build_person(unit=unit, name="Baru Sekali")
    with pytest.raises(ValidationError, match="Baru Sekali"):
        read(facilitator, dissent, now=now)


def test_a_report_is_read_once_and_never_by_its_author(
    voted: Proposal, elector: Person, facilitator: Person, outsider: Person, now: datetime
) -> None:
    dissent = file(elector, voted, now=now)
    for person in (elector, outsider):
        with pytest.raises(Refused):
            read(person, dissent, now=now)
    read(facilitator, dissent, now=now)
    with pytest.raises(Refused, match="sudah dibaca"):
        read(facilitator, dissent, now=now)


def test_before_it_is_read_a_report_is_shown_to_few(
    voted: Proposal,
    elector: Person,
    author: Person,
    head: Person,
    facilitator: Person,
    now: datetime,
    client_of: Callable[[Person], Client],
) -> None:
    dissent = file(elector, voted, now=now)
    page = reverse("proposals:detail", args=[voted.pk])

    def sees(person: Person) -> bool:
        return WORDS in client_of(person).get(page).content.decode()

    assert [sees(one) for one in (elector, head, facilitator, author)] == [True, True, True, False]
    read(facilitator, dissent, now=now)
    assert sees(author)


def test_the_way_over_the_pages(
    voted: Proposal, elector: Person, facilitator: Person, client_of: Callable[[Person], Client]
) -> None:
    page = reverse("proposals:detail", args=[voted.pk])
    writer, reader = client_of(elector), client_of(facilitator)
    assert "tanpa nama saya" in writer.get(page).content.decode()
    sent = {"body": WORDS, "is_unnamed": "on", "submission": str(uuid4())}
    assert writer.post(reverse("proposals:dissent", args=[voted.pk]), sent).status_code == 302
    dissent = Dissent.objects.get()
    address = reverse("proposals:dissent-read", args=[dissent.pk])
    assert "menunggu dibaca" in reader.get(reverse("proposals:home")).content.decode()
    assert address in reader.get(page).content.decode()
    assert reader.post(address, {"outcome": "published"}).status_code == 302
    html = client_of(elector).get(page).content.decode()
    assert "Pemilih, tanpa nama" in html


def test_a_hostile_report_runs_nowhere(
    voted: Proposal, elector: Person, facilitator: Person, client_of: Callable[[Person], Client]
) -> None:
    now = timezone.now()
    for text in PAYLOADS[: Poll.objects.get().roll_size]:
        read(facilitator, file(elector, voted, now=now, is_unnamed=True, body=text), now=now)
    poll = Poll.objects.get()
    for address in (
        reverse("proposals:detail", args=[voted.pk]),
        reverse("proposals:minutes", args=[poll.pk]),
    ):
        html = client_of(elector).get(address).content.decode()
        assert harm(html) == []
        assert "&lt;script&gt;" in html
