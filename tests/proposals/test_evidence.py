"""Files behind a text."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.verdict import Refused
from ledger.models import Event
from people.models import Person, Unit
from proposals import actions
from proposals.models import Evidence, Proposal
from tests.files import PDF_BYTES, PNG_BYTES
from tests.proposals.builders import build_discussion, build_draft, build_frozen, build_round

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def text(author: Person, unit: Unit, now: datetime) -> Proposal:
    return build_draft(author, build_round(unit, now=now), now=now)


def attach(person: Person, proposal: Proposal, *, now: datetime, **over: object) -> Evidence:
    fields = {
        "caption": "Rekap kohort ibu tahun lalu",
        "name": "rekap.pdf",
        "content": PDF_BYTES,
        "submission": uuid4(),
    } | over
    return actions.evidence_add(actor=person, proposal=proposal, now=now, **fields)  # type: ignore[arg-type]


def test_a_file_is_handed_in_on_the_page_and_listed(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    client = client_of(author)
    file = SimpleUploadedFile("rekap ibu.pdf", PDF_BYTES, content_type="text/html")
    data = {"caption": "Rekap kohort ibu", "file": file, "submission": str(uuid4())}
    client.post(reverse("proposals:attach", args=[text.pk]), data)
    page = client.get(reverse("proposals:detail", args=[text.pk])).content.decode()
    assert "Rekap kohort ibu" in page
    assert "rekap ibu.pdf" in page


def test_a_file_comes_back_as_an_attachment_that_no_browser_shows(
    client_of: ClientOf, author: Person, text: Proposal, now: datetime
) -> None:
    evidence = attach(author, text, name="rekap ibú.pdf", now=now)
    answer = client_of(author).get(reverse("proposals:evidence", args=[evidence.pk]))
    assert b"".join(answer.streaming_content) == PDF_BYTES  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''rekap")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_file_of_a_draft_is_not_there_for_others(
    client_of: ClientOf, author: Person, elector: Person, text: Proposal, now: datetime
) -> None:
    url = reverse("proposals:evidence", args=[attach(author, text, now=now).pk])
    assert client_of(elector).get(url).status_code == 404


def test_the_file_of_a_discussed_text_is_there_for_everyone_signed_in(
    client_of: ClientOf, author: Person, outsider: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    url = reverse("proposals:evidence", args=[attach(author, proposal, now=now).pk])
    assert client_of(outsider).get(url).status_code == 200
    assert Client().get(url).status_code == 302


def test_the_bytes_lie_under_a_random_name(author: Person, text: Proposal, now: datetime) -> None:
    evidence = attach(author, text, now=now)
    assert evidence.file.name == f"evidence/{evidence.pk.hex[:2]}/{evidence.pk.hex}"


def test_a_web_page_by_the_name_of_a_pdf_is_refused_beside_its_field(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    file = SimpleUploadedFile("a.pdf", b"<html><script>alert(1)</script>", "application/pdf")
    data = {"caption": "Bukti", "file": file, "submission": str(uuid4())}
    page = client_of(author).post(reverse("proposals:attach", args=[text.pk]), data)
    assert "halaman web" in page.content.decode()
    assert not Evidence.objects.exists()


def test_the_same_submission_is_one_file(author: Person, text: Proposal, now: datetime) -> None:
    submission = uuid4()
    first = attach(author, text, submission=submission, now=now)
    assert attach(author, text, submission=submission, now=now) == first


def test_only_writers_add_and_remove(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    evidence = attach(author, proposal, now=now)
    with pytest.raises(Refused, match="pengusul"):
        attach(elector, proposal, now=now)
    with pytest.raises(Refused, match="pengusul"):
        actions.evidence_remove(actor=elector, evidence=evidence, now=now)
    assert Evidence.objects.kept().count() == 1


def test_a_frozen_text_keeps_its_files_as_they_are(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now)
    with pytest.raises(Refused, match="dibekukan"):
        attach(author, frozen, now=now)
    assert not Evidence.objects.exists()


def test_a_removed_file_is_gone_and_its_removal_stands_in_the_ledger(
    client_of: ClientOf,
    author: Person,
    text: Proposal,
    now: datetime,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    evidence = attach(author, text, now=now)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        actions.evidence_remove(actor=author, evidence=evidence, now=now)
    assert not default_storage.exists(evidence.file.name)
    assert Event.objects.filter(action="evidence.removed", subject=text.topic).count() == 1
    url = reverse("proposals:evidence", args=[evidence.pk])
    assert client_of(author).get(url).status_code == 404


def test_a_proposal_takes_twenty_files(author: Person, text: Proposal, now: datetime) -> None:
    for _number in range(20):
        attach(author, text, content=PNG_BYTES, now=now)
    with pytest.raises(ValidationError, match="Paling banyak 20"):
        attach(author, text, now=now)
