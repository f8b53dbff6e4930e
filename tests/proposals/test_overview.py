"""The overview of a debate: fields by kinds, the most disputed first."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person, Unit
from proposals import actions
from proposals.models import Proposal
from proposals.overview import overview_of
from tests.proposals.builders import build_comment, build_discussion, build_round

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def proposal(author: Person, unit: Unit, now: datetime) -> Proposal:
    return build_discussion(author, build_round(unit, now=now), now=now)


@pytest.fixture
def debate(
    proposal: Proposal, author: Person, elector: Person, head: Person, now: datetime
) -> None:
    """Two words on the target, one of them not adopted; one of support for the formula."""
    objection = build_comment(elector, proposal, now=now, body="Terlalu tinggi bagi kami.")
    actions.comment_answer(
        actor=author,
        comment=objection,
        outcome="not_adopted",
        revision=None,
        reason="Sudah diperhitungkan.",
        now=now,
    )
    build_comment(head, proposal, now=now, kind="question", body="Dari mana angkanya?")
    build_comment(head, proposal, now=now, kind="support", field="formula", body="Rumusnya jelas.")
    build_comment(head, proposal, now=now, kind="support", field="", body="Beri contoh.")


@pytest.mark.usefixtures("debate")
def test_the_most_disputed_field_stands_first(proposal: Proposal) -> None:
    fields = overview_of(proposal).fields
    assert [field.field for field in fields] == ["target", "whole", "formula"]
    assert [field.disputed for field in fields] == [3, 0, 0]


@pytest.mark.usefixtures("debate")
def test_open_and_closed_comments_are_counted(proposal: Proposal) -> None:
    target = overview_of(proposal).fields[0]
    assert (target.total, target.open, target.closed) == (2, 1, 1)


@pytest.mark.usefixtures("debate")
def test_replies_are_not_counted(proposal: Proposal, elector: Person, now: datetime) -> None:
    root = proposal.comments.get(kind="question")
    build_comment(elector, proposal, now=now, kind="reply", parent=root, field="", body="Dari SPM.")
    assert sum(field.total for field in overview_of(proposal).fields) == 4


@pytest.mark.usefixtures("debate")
def test_the_overview_is_one_query(proposal: Proposal, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        overview_of(proposal)


@pytest.mark.usefixtures("debate")
def test_a_cell_leads_to_its_comments(
    client_of: ClientOf, proposal: Proposal, elector: Person
) -> None:
    client = client_of(elector)
    page = client.get(reverse("proposals:overview", args=[proposal.pk])).content.decode()
    detail = reverse("proposals:detail", args=[proposal.pk])
    assert f'href="{detail}?kind=objection&amp;field=target#comments"' in page
    narrowed = client.get(f"{detail}?kind=objection&field=target").content.decode()
    assert "Terlalu tinggi bagi kami." in narrowed
    assert "Dari mana angkanya?" not in narrowed
    assert "Hanya tentang target." in narrowed


@pytest.mark.usefixtures("debate")
def test_what_is_about_the_whole_can_be_asked_for(
    client_of: ClientOf, proposal: Proposal, elector: Person
) -> None:
    detail = reverse("proposals:detail", args=[proposal.pk])
    page = client_of(elector).get(f"{detail}?field=whole").content.decode()
    assert "Beri contoh." in page
    assert "Rumusnya jelas." not in page


def test_a_debate_that_has_not_begun_says_so(
    client_of: ClientOf, proposal: Proposal, elector: Person
) -> None:
    page = client_of(elector).get(reverse("proposals:overview", args=[proposal.pk]))
    assert "Belum ada tanggapan." in page.content.decode()
