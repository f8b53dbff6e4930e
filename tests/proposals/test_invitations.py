"""Co-authors: asked, not made."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.verdict import Refused
from ledger.models import Event
from notices.models import Notice
from people.models import Person, Unit
from people.roles import roles_of
from proposals import actions
from proposals.asks import asks_of
from proposals.models import Invitation, Proposal
from tests.proposals.builders import build_draft, build_frozen, build_round, join

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def text(author: Person, unit: Unit, now: datetime) -> Proposal:
    return build_draft(author, build_round(unit, now=now), now=now)


@pytest.fixture
def invitation(author: Person, elector: Person, text: Proposal, now: datetime) -> Invitation:
    return actions.invitation_send(actor=author, proposal=text, colleague=elector, now=now)


def may_see(person: Person, text: Proposal, now: datetime) -> bool:
    roles = roles_of(person, on=now.date())
    return Proposal.objects.visible_to(person, roles).filter(pk=text.pk).exists()


def test_who_is_asked_reads_the_draft_and_does_not_write_yet(
    client_of: ClientOf, elector: Person, text: Proposal, invitation: Invitation
) -> None:
    client = client_of(elector)
    assert client.get(reverse("proposals:detail", args=[text.pk])).status_code == 200
    assert client.get(reverse("proposals:edit", args=[text.pk])).status_code == 403
    assert not text.coauthors.exists()


def test_who_is_asked_hears_of_it_and_finds_it_at_home(
    elector: Person, invitation: Invitation, now: datetime
) -> None:
    assert "mengajak Anda menulis" in Notice.objects.get(person=elector).text
    asks = asks_of(elector, roles_of(elector, on=now.date()), now=now)
    assert [ask.kind for ask in asks] == ["Ajakan menulis"]


def test_who_accepts_writes(
    client_of: ClientOf, elector: Person, text: Proposal, invitation: Invitation
) -> None:
    client = client_of(elector)
    client.post(reverse("proposals:invitation-accept", args=[invitation.pk]))
    assert client.get(reverse("proposals:edit", args=[text.pk])).status_code == 200
    assert list(text.coauthors.all()) == [elector]


def test_who_declines_does_not_see_the_draft_any_more(
    author: Person, elector: Person, text: Proposal, invitation: Invitation, now: datetime
) -> None:
    actions.invitation_decline(actor=elector, invitation=invitation, now=now)
    assert not may_see(elector, text, now)
    assert not text.coauthors.exists()
    assert "tidak dapat ikut menulis" in Notice.objects.get(person=author).text


def test_a_withdrawn_invitation_cannot_be_accepted(
    author: Person, elector: Person, text: Proposal, invitation: Invitation, now: datetime
) -> None:
    actions.invitation_withdraw(actor=author, invitation=invitation, now=now)
    with pytest.raises(Refused, match="sudah dijawab atau dibatalkan"):
        actions.invitation_accept(actor=elector, invitation=invitation, now=now)
    assert not text.coauthors.exists()
    assert not may_see(elector, text, now)


def test_nobody_answers_for_a_colleague(
    author: Person, coauthor: Person, invitation: Invitation, now: datetime
) -> None:
    for other in (author, coauthor):
        with pytest.raises(Refused, match="rekan yang diajak"):
            actions.invitation_accept(actor=other, invitation=invitation, now=now)
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.OPEN


def test_a_frozen_text_takes_no_more_co_authors(
    author: Person, elector: Person, head: Person, unit: Unit, now: datetime
) -> None:
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now)
    late = Invitation.objects.create(proposal=frozen, person=elector, created_at=now)
    with pytest.raises(Refused, match="dibekukan"):
        actions.invitation_accept(actor=elector, invitation=late, now=now)
    assert not frozen.coauthors.exists()


def test_asking_twice_is_one_invitation(
    author: Person, elector: Person, text: Proposal, invitation: Invitation, now: datetime
) -> None:
    again = actions.invitation_send(actor=author, proposal=text, colleague=elector, now=now)
    assert again == invitation
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(proposal=text, person=elector, created_at=now)


def test_who_writes_already_is_not_asked(
    author: Person, elector: Person, text: Proposal, now: datetime
) -> None:
    join(text, elector, now=now)
    with pytest.raises(ValidationError, match="sudah menulis bersama"):
        actions.invitation_send(actor=author, proposal=text, colleague=elector, now=now)


def test_who_declined_may_be_asked_again(
    author: Person, elector: Person, text: Proposal, invitation: Invitation, now: datetime
) -> None:
    actions.invitation_decline(actor=elector, invitation=invitation, now=now)
    again = actions.invitation_send(actor=author, proposal=text, colleague=elector, now=now)
    assert again.state == Invitation.State.OPEN


def test_a_co_author_leaves_and_the_author_hears_of_it(
    author: Person, elector: Person, text: Proposal, now: datetime
) -> None:
    join(text, elector, now=now)
    actions.coauthor_leave(actor=elector, proposal=text, now=now)
    assert not text.coauthors.exists()
    assert Notice.objects.filter(person=author, text__contains="tidak lagi menulis").count() == 1


def test_the_author_does_not_leave(author: Person, text: Proposal, now: datetime) -> None:
    with pytest.raises(Refused, match="dapat menariknya"):
        actions.coauthor_leave(actor=author, proposal=text, now=now)


def test_each_answer_stands_in_the_ledger(elector: Person, text: Proposal, now: datetime) -> None:
    join(text, elector, now=now)
    actions.coauthor_leave(actor=elector, proposal=text, now=now)
    told = Event.objects.filter(subject=text.topic).order_by("number")
    assert [event.action for event in told][-3:] == [
        "invitation.sent",
        "invitation.accepted",
        "proposal.coauthor_left",
    ]


def test_a_wrong_colleague_is_told_beside_the_field(
    client_of: ClientOf, author: Person, outsider: Person, text: Proposal
) -> None:
    url = reverse("proposals:invite", args=[text.pk])
    page = client_of(author).post(url, {"colleague": str(outsider.pk)})
    assert page.context["colleague_form"].errors["colleague"]
    assert not Invitation.objects.exists()
