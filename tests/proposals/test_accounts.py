"""What the pages of indicators tell of a deliberation: offices, days, and one's own words."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from indicators.actions import briefings_deliver
from indicators.models import IndicatorVersion, Publication
from people.models import Person, Unit
from proposals import actions
from proposals.accounts import Deliberation
from proposals.models import Proposal
from tests.builders import build_person
from tests.indicators.builders import publish_set
from tests.proposals.builders import (
    build_decided,
    build_discussion,
    build_round,
    close_and_settle,
    counter_gaming,
    everyone_votes,
)

type ClientOf = Callable[[Person], Client]
WORDING = "Balita sasaran yang ditimbang, di gedung atau di luar gedung."


def adopted(author: Person, head: Person, unit: Unit, now: datetime) -> IndicatorVersion:
    build_decided(author, head, build_round(unit, now=now), "adopt", now=now, code="KES-20")
    return IndicatorVersion.objects.get()


def decided_with_words(
    author: Person, head: Person, elector: Person, unit: Unit, *, now: datetime, **over: Any
) -> Proposal:
    """A suggestion of the elector becomes part of the adopted text."""
    proposal = build_discussion(author, build_round(unit, now=now, **over), now=now)
    suggestion = actions.suggestion_add(
        actor=elector,
        proposal=proposal,
        field="definition",
        wording=WORDING,
        body="Supaya posyandu ikut dihitung.",
        is_unnamed=bool(over),
        submission=proposal.pk,
        now=now,
    )
    actions.suggestion_adopt(
        actor=author,
        comment=suggestion,
        wording=WORDING,
        reason="Lebih jelas.",
        based_on=1,
        now=now,
    )
    counter_gaming(head, author, proposal, now=now)
    actions.proposal_freeze(actor=head, proposal=proposal, now=now)
    poll = actions.poll_open_for(actor=head, proposals=[proposal], minutes=5, now=now)
    everyone_votes(poll)
    close_and_settle(poll, now=now)
    proposal.refresh_from_db()
    actions.proposal_decide(
        actor=head, proposal=proposal, kind="adopt", reason="Sesuai musyawarah.", now=now
    )
    return proposal


def published(facilitator: Person, publisher: Person, unit: Unit, now: datetime) -> Publication:
    return publish_set(
        facilitator=facilitator,
        publisher=publisher,
        scope=unit,
        weights={IndicatorVersion.objects.get(): 100},
        now=now,
    )


def test_the_page_names_the_offices_and_nobody(
    author: Person, head: Person, unit: Unit, now: datetime, client: Client
) -> None:
    adopted(author, head, unit, now)
    page = client.get("/indicators/KES-20/").content.decode()
    assert author.office in page
    assert f"Kepala {unit.name}" in page
    for name in (author.name, head.name):
        assert name not in page


def test_the_record_behind_it_is_offered_to_those_who_may_open_it(
    author: Person, head: Person, unit: Unit, now: datetime, client: Client, client_of: ClientOf
) -> None:
    version = adopted(author, head, unit, now)
    account = Deliberation().of_versions([version])[version.pk]
    signed_in = client_of(author)
    for url in (account.proposal_url, account.result_url):
        assert url not in client.get("/indicators/KES-20/").content.decode()
        assert url in signed_in.get("/indicators/KES-20/").content.decode()
        assert signed_in.get(url).status_code == 200


def test_an_imported_version_has_no_account(now: datetime) -> None:
    assert Deliberation().of_versions([]) == {}


def test_a_new_head_does_not_become_the_one_who_decided(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    version = adopted(author, head, unit, now)
    head.unit = Unit.objects.get(code="disdik")
    head.position = "Analis"
    head.save(update_fields=["unit", "position"])
    account = Deliberation().of_versions([version])[version.pk]
    assert account.decided_by == f"Kepala {unit.name}"


def test_what_ones_word_changed_is_told_to_oneself_alone(
    author: Person,
    coauthor: Person,
    head: Person,
    elector: Person,
    facilitator: Person,
    publisher: Person,
    unit: Unit,
    now: datetime,
    client_of: ClientOf,
) -> None:
    decided_with_words(author, head, elector, unit, now=now)
    publication = published(facilitator, publisher, unit, now + timedelta(minutes=1))
    briefings_deliver(now=now + timedelta(minutes=2))
    path = reverse("indicators:for-me", args=[unit.code, publication.version])
    page = client_of(elector).get(path).content.decode()
    assert "Yang berubah karena kata-kata Anda" in page
    assert "Supaya posyandu ikut dihitung." in page
    assert (
        "Yang berubah karena kata-kata Anda" not in client_of(coauthor).get(path).content.decode()
    )


def test_words_under_a_pseudonym_are_told_to_their_author_alone(
    author: Person, head: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    for _place in range(12):
        build_person(unit=unit)
    decided_with_words(author, head, elector, unit, now=now, minimum_discussion_days=0)
    versions = list(IndicatorVersion.objects.all())
    assert len(Deliberation().own_words(elector, versions)) == 1
    for other in (author, head):
        assert Deliberation().own_words(other, versions) == []
