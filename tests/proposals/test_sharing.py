"""A proposal as a message on the phone."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client
from django.urls import reverse

from core.dates import format_moment
from people.models import Person, Unit
from tests.proposals.builders import build_discussion, build_draft, build_round

type ClientOf = Callable[[Person], Client]


def test_the_message_says_what_is_asked_until_when_and_where(
    client_of: ClientOf, author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    page = client_of(elector).get(reverse("proposals:share", args=[proposal.pk]))
    assert page.context["text"].split("\n") == [
        f"Indikator baru: {proposal.record.name}",
        "Tahap: Masa Tanggapan",
        "Mohon dibaca dan ditanggapi.",
        f"Sampai: {format_moment(proposal.round.comments_until, 'id')}",
        f"http://localhost:8000/proposals/{proposal.pk}/",
    ]


def test_the_message_stands_on_the_page_to_be_copied_without_a_script(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    page = client_of(author).get(reverse("proposals:share", args=[draft.pk])).content.decode()
    assert f"readonly>Indikator baru: {draft.record.name}" in page
    assert author.name not in page.split("<textarea")[1].split("</textarea>")[0]
