"""Amending and retiring: from the page of a round to the adopted version."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from core.verdict import Refused
from indicators.models import IndicatorVersion
from people.models import Person, Unit
from proposals import actions
from proposals.models import Decision, Proposal
from proposals.text import ballot_text
from tests.indicators.builders import adopt
from tests.proposals.builders import build_round, close_and_settle, counter_gaming, everyone_votes

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def version(head: Person, now: datetime) -> IndicatorVersion:
    return adopt(actor=head, now=now)


def start(
    client: Client, unit: Unit, kind: str, version: IndicatorVersion, *, now: datetime, **typed: str
) -> Proposal:
    """Begin a proposal by the link of the round's page."""
    round_ = build_round(unit, now=now)
    page = client.get(reverse("proposals:round-indicators", args=[round_.pk])).content.decode()
    url = f"{reverse('proposals:create', args=[round_.pk])}?kind={kind}&code={version.code}"
    assert url.replace("&", "&amp;") in page
    client.post(url, typed | {"submission": str(uuid4())})
    return Proposal.objects.get()


def decide(proposal: Proposal, author: Person, head: Person, *, now: datetime) -> Decision:
    """From the draft to the head's decision to adopt."""
    actions.proposal_submit(actor=author, proposal=proposal, now=now)
    counter_gaming(head, author, proposal, now=now)
    actions.proposal_freeze(actor=head, proposal=proposal, now=now)
    poll = actions.poll_open_for(actor=head, proposals=[proposal], minutes=5, now=now)
    everyone_votes(poll)
    close_and_settle(poll, now=now)
    actions.proposal_decide(
        actor=head, proposal=proposal, kind="adopt", reason="Sesuai hasil musyawarah.", now=now
    )
    return Decision.objects.get()


def test_an_amendment_begins_with_the_text_in_force(
    client_of: ClientOf, author: Person, unit: Unit, version: IndicatorVersion, now: datetime
) -> None:
    proposal = start(client_of(author), unit, "amend", version, now=now)
    assert proposal.record.definition == version.definition
    page = client_of(author).get(reverse("proposals:detail", args=[proposal.pk]))
    assert page.context["page"].amended == []


def test_the_page_of_an_amendment_shows_the_difference_first(
    client_of: ClientOf, author: Person, unit: Unit, version: IndicatorVersion, now: datetime
) -> None:
    client = client_of(author)
    proposal = start(client, unit, "amend", version, now=now)
    actions.revision_save(
        actor=author, proposal=proposal, fields={"target": 71}, reason="", based_on=1, now=now
    )
    actions.proposal_submit(actor=author, proposal=proposal, now=now)
    page = client.get(reverse("proposals:detail", args=[proposal.pk]))
    assert [item.change.field for item in page.context["page"].amended] == ["target"]
    assert page.content.decode().index('id="amended"') < page.content.decode().index('id="text"')
    fields = page.context["comment_form"].fields["field"].choices
    assert [value for value, _label in fields][:3] == ["", "target", "code"]


def test_an_amendment_becomes_the_next_version(
    client_of: ClientOf,
    author: Person,
    head: Person,
    elector: Person,
    unit: Unit,
    version: IndicatorVersion,
    now: datetime,
) -> None:
    proposal = start(client_of(author), unit, "amend", version, now=now)
    actions.revision_save(
        actor=author, proposal=proposal, fields={"target": 71}, reason="", based_on=1, now=now
    )
    adopted = decide(proposal, author, head, now=now).version
    assert adopted is not None
    assert (adopted.indicator, adopted.number) == (version.indicator, version.number + 1)
    assert adopted.target == 71


def test_a_retirement_needs_a_reason_and_nothing_else(
    client_of: ClientOf, author: Person, unit: Unit, version: IndicatorVersion, now: datetime
) -> None:
    client = client_of(author)
    round_ = build_round(unit, now=now)
    url = f"{reverse('proposals:create', args=[round_.pk])}?kind=retire&code={version.code}"
    page = client.post(url, {"submission": str(uuid4()), "retirement_reason": " "})
    assert list(page.context["form"].errors) == ["retirement_reason"]
    assert not Proposal.objects.exists()


def test_the_form_of_a_retirement_asks_for_its_reason_alone(
    client_of: ClientOf, author: Person, unit: Unit, version: IndicatorVersion, now: datetime
) -> None:
    client = client_of(author)
    proposal = start(client, unit, "retire", version, retirement_reason="Ganda.", now=now)
    url = reverse("proposals:edit", args=[proposal.pk])
    assert list(client.get(url).context["form"].fields) == ["retirement_reason", "reason"]
    client.post(url, {"retirement_reason": "Sudah diukur oleh KES-07.", "based_on": "1"})
    proposal.record.refresh_from_db()
    assert proposal.record.retirement_reason == "Sudah diukur oleh KES-07."
    assert proposal.record.definition == version.definition


def test_the_reason_of_a_retirement_stands_on_the_ballot(
    client_of: ClientOf, author: Person, unit: Unit, version: IndicatorVersion, now: datetime
) -> None:
    proposal = start(
        client_of(author), unit, "retire", version, retirement_reason="Ganda.", now=now
    )
    assert "**Alasan pencabutan**: Ganda." in ballot_text(proposal, proposal.revisions.get())


def test_a_retirement_without_a_reason_is_not_submitted(
    author: Person, unit: Unit, version: IndicatorVersion, now: datetime
) -> None:
    proposal = actions.proposal_create(
        actor=author,
        round_=build_round(unit, now=now),
        kind=Proposal.Kind.RETIRE,
        amends=version,
        fields={"name": version.name},
        submission=uuid4(),
        now=now,
    )
    with pytest.raises(Refused, match="belum lengkap"):
        actions.proposal_submit(actor=author, proposal=proposal, now=now)


def test_a_retirement_is_adopted_as_the_last_version(
    client_of: ClientOf,
    author: Person,
    head: Person,
    elector: Person,
    unit: Unit,
    version: IndicatorVersion,
    now: datetime,
) -> None:
    proposal = start(
        client_of(author), unit, "retire", version, retirement_reason="Ganda.", now=now
    )
    adopted = decide(proposal, author, head, now=now).version
    assert adopted is not None
    assert adopted.retires
    assert not IndicatorVersion.objects.in_use().of_code(version.code).exists()
