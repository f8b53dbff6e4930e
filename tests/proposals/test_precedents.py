"""What happened last time, beside a new proposal: which ones, their outcome, and for whose eyes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import Person, Unit
from people.roles import roles_of
from proposals import actions
from proposals.leadership import leadership_of
from proposals.models import Proposal, Round
from proposals.precedents import Precedent, precedents_of
from proposals.rules import standing_of
from tests.proposals.builders import (
    build_decided,
    build_discussion,
    build_draft,
    build_round,
)

type ClientOf = Callable[[Person], Client]

NAME = "Persentase balita yang ditimbang setiap bulan"  # of the builders


@pytest.fixture
def last_year(unit: Unit, now: datetime) -> Round:
    return build_round(unit, now=now, year=now.year - 1, title="Putaran tahun lalu")


@pytest.fixture
def this_year(unit: Unit, now: datetime) -> Round:
    return build_round(unit, now=now, title="Putaran tahun ini")


def seen(person: Person, proposal: Proposal, now: datetime) -> list[Precedent]:
    roles = roles_of(person, on=now.date())
    proposal = Proposal.objects.for_detail().get(pk=proposal.pk)
    leadership = leadership_of(proposal, now=now)
    return precedents_of(standing_of(person, roles, proposal, leadership))


def test_a_refused_proposal_of_last_year_is_told_with_its_vote_and_its_reason(
    author: Person,
    head: Person,
    elector: Person,
    last_year: Round,
    this_year: Round,
    now: datetime,
    client_of: ClientOf,
) -> None:
    refused = build_decided(author, head, last_year, "reject", now=now, code="KES-20")
    new = build_discussion(
        author, this_year, now=now, code="", name="Jumlah balita ditimbang tiap bulan di posyandu"
    )

    (precedent,) = seen(elector, new, now)

    assert precedent.proposal == refused
    assert (precedent.became, precedent.is_same) == ("rejected", False)
    assert precedent.reason == "Sesuai hasil musyawarah."
    assert precedent.told is not None
    assert precedent.told.passed
    page = client_of(elector).get(reverse("proposals:detail", args=[new.pk])).content.decode()
    section = page[page.index('id="precedents"') :]
    for told in ("Putaran tahun lalu", NAME, "Ditolak.", "Sesuai hasil musyawarah."):
        assert told in section
    assert f"dari {precedent.result.electors} pemilih" in section  # type: ignore[union-attr]


def test_an_adopted_one_leads_to_what_is_in_force_because_of_it(
    author: Person, head: Person, last_year: Round, this_year: Round, now: datetime,
    client_of: ClientOf,
) -> None:  # fmt: skip
    build_decided(author, head, last_year, "adopt", now=now, code="KES-20")
    new = build_draft(author, this_year, now=now, code="", name=NAME)

    page = client_of(author).get(reverse("proposals:detail", args=[new.pk])).content.decode()

    assert "Yang berlaku karenanya: KES-20 versi 1" in page
    assert reverse("indicators:indicator", args=["KES-20"]) in page


def test_the_same_code_goes_before_a_name_that_is_merely_alike(
    author: Person, last_year: Round, this_year: Round, now: datetime
) -> None:
    alike = build_discussion(author, last_year, now=now, code="KES-31", name=NAME)
    same = build_discussion(author, last_year, now=now, code="KES-32", name="Cakupan kelambu")
    new = build_draft(author, this_year, now=now, code="KES-32", name=NAME)

    found = seen(author, new, now)

    assert [(one.proposal, one.is_same) for one in found] == [(same, True), (alike, False)]
    assert {one.became for one in found} == {"left"}


def test_neither_the_same_round_nor_another_subject_is_a_precedent(
    author: Person, last_year: Round, this_year: Round, now: datetime
) -> None:
    build_discussion(author, this_year, now=now, code="KES-33", name=NAME)
    other = "Persentase laporan keuangan yang tepat waktu"
    build_discussion(author, last_year, now=now, code="KES-34", name=other)
    new = build_draft(author, this_year, now=now, code="", name=NAME)

    assert seen(author, new, now) == []


def test_a_withdrawn_draft_is_told_to_its_author_alone(
    author: Person, elector: Person, last_year: Round, this_year: Round, now: datetime
) -> None:
    draft = build_draft(author, last_year, now=now, code="KES-35", name=NAME)
    actions.proposal_withdraw(actor=author, proposal=draft, reason="Keliru.", now=now)
    new = build_discussion(author, this_year, now=now, code="", name=NAME)

    assert [one.proposal for one in seen(author, new, now)] == [draft]
    assert seen(elector, new, now) == []


def test_many_precedents_cost_as_many_queries_as_one(
    author: Person,
    head: Person,
    unit: Unit,
    this_year: Round,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for back in range(1, 7):
        earlier = build_round(unit, now=now, year=now.year - back, title=f"Putaran {back}")
        at = now + timedelta(days=back)
        if back < 3:
            build_decided(author, head, earlier, "reject", now=at)
        else:
            build_discussion(author, earlier, now=at)
    new = build_draft(author, this_year, now=now, code="", name=NAME)
    roles = roles_of(author, on=now.date())
    proposal = Proposal.objects.for_detail().get(pk=new.pk)
    standing = standing_of(author, roles, proposal, leadership_of(proposal, now=now))

    with django_assert_num_queries(5):
        found = precedents_of(standing)

    assert len(found) == 5
    newest_first = [one.proposal.stage_since for one in found]
    assert newest_first == sorted(newest_first, reverse=True)
