"""What a hostile or a clumsy hand pastes into the forms: refused, or kept harmless."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person, Unit
from proposals.models import Comment, Proposal
from tests.proposals.builders import build_discussion, build_round
from tests.proposals.test_pages import text_data

type ClientOf = Callable[[Person], Client]

PASTES = {
    "a bomb of links": "![" * 4_000,
    "a bomb of emphasis": "**a " * 2_000,
    "nested quotes": ">" * 10_000 + "a",
    "nested lists": "".join(f"{' ' * 2 * depth}- a\n" for depth in range(200)),
    "a book": "x" * 1_000_000,
    "a NUL": "Setuju\x00selesai",
    "nothing to see": "\u200b\u2060 \u202e",
}


@pytest.fixture
def proposal(author: Person, unit: Unit, now: datetime) -> Proposal:
    return build_discussion(author, build_round(unit, now=now), now=now)


def _sent(body: str) -> dict[str, str]:
    return {"kind": "question", "field": "", "body": body, "submission": str(uuid4())}


@pytest.mark.parametrize("name", PASTES)
def test_a_comment_that_cannot_be_shown_is_refused_with_a_reason(
    client_of: ClientOf, elector: Person, proposal: Proposal, name: str
) -> None:
    page = reverse("proposals:comment", args=[proposal.pk])
    response = client_of(elector).post(page, _sent(PASTES[name]))
    assert response.status_code == 200
    assert list(response.context["comment_form"].errors) == ["body"] or (
        response.context["comment_form"].non_field_errors()
    )
    assert not Comment.objects.exists()


def test_marks_that_turn_the_direction_stay_inside_their_comment(
    client_of: ClientOf, elector: Person, proposal: Proposal
) -> None:
    client = client_of(elector)
    client.post(reverse("proposals:comment", args=[proposal.pk]), _sent("Target \u202e08 persen"))
    comment = Comment.objects.get()
    page = client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert comment.body_html in page
    assert "<p>" in comment.body_html  # a block of its own, at whose end the direction turns back


@pytest.mark.parametrize("name", ["a book", "a NUL"])
def test_a_text_that_cannot_be_kept_is_refused_at_its_field(
    client_of: ClientOf, author: Person, proposal: Proposal, name: str
) -> None:
    page = reverse("proposals:edit", args=[proposal.pk])
    sent = text_data(purpose=PASTES[name], based_on="1", reason="Diperjelas.")
    response = client_of(author).post(page, sent)
    assert response.status_code == 200
    assert "purpose" in response.context["form"].errors
    assert proposal.revisions.count() == 1


def test_a_formula_of_a_spreadsheet_is_a_name_like_any_other(
    client_of: ClientOf, author: Person, proposal: Proposal
) -> None:
    sent = text_data(name='=HYPERLINK("https://evil.example")', based_on="1", reason="Nama baru.")
    client_of(author).post(reverse("proposals:edit", args=[proposal.pk]), sent)
    proposal.record.refresh_from_db()
    assert proposal.record.name.startswith("=HYPERLINK")
