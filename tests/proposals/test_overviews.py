"""The board of all proposals, and the health of the process."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.dates import WIB
from people.models import Person, Unit
from people.roles import roles_of
from proposals import actions
from proposals.dashboard import dashboard_of
from proposals.health import Health, process_health
from proposals.models import Proposal, Round
from proposals.stages import Stage
from tests.builders import build_holiday
from tests.proposals.builders import (
    build_comment,
    build_discussion,
    build_draft,
    build_round,
    counter_gaming,
    fields_written,
)

type ClientOf = Callable[[Person], Client]

THURSDAY = datetime(2026, 12, 24, 9, 0, tzinfo=WIB)
MONDAY = THURSDAY + timedelta(days=4)
DAY = timedelta(days=1)


@pytest.fixture
def round_(unit: Unit) -> Round:
    return build_round(unit, now=THURSDAY)


@pytest.fixture
def proposal(author: Person, round_: Round) -> Proposal:
    return build_discussion(author, round_, now=THURSDAY)


def answer(author: Person, elector: Person, proposal: Proposal, at: datetime) -> None:
    comment = build_comment(elector, proposal, now=THURSDAY)
    actions.comment_answer(
        actor=author,
        comment=comment,
        outcome="not_adopted",
        revision=None,
        reason="Sudah diperhitungkan.",
        now=at,
    )


def revise(author: Person, proposal: Proposal, at: datetime) -> None:
    actions.revision_save(
        actor=author,
        proposal=proposal,
        fields=fields_written(target=Decimal(85)),
        reason="Disesuaikan.",
        based_on=1,
        now=at,
    )


def city(now: datetime = MONDAY) -> Health:
    return process_health(now=now)[0]


def test_the_time_to_a_disposition_counts_working_days(
    author: Person, elector: Person, proposal: Proposal
) -> None:
    answer(author, elector, proposal, MONDAY)
    assert city().median_days == 2
    build_holiday(2026, month=12, day=25)
    assert city().median_days == 1


def test_what_is_unanswered_is_counted_from_the_oldest(elector: Person, proposal: Proposal) -> None:
    build_comment(elector, proposal, now=THURSDAY)
    build_comment(elector, proposal, now=MONDAY, body="Alatnya belum ada.")
    assert (city().unanswered, city().oldest_unanswered) == (2, THURSDAY)


def test_an_edit_before_the_first_comment_is_none_after_it(
    author: Person, elector: Person, proposal: Proposal
) -> None:
    revise(author, proposal, THURSDAY + DAY)
    build_comment(elector, proposal, now=MONDAY)
    assert city().edits_after_comments == 0


def test_an_edit_after_the_first_comment_is_counted_once(
    author: Person, elector: Person, proposal: Proposal
) -> None:
    build_comment(elector, proposal, now=THURSDAY)
    build_comment(elector, proposal, now=THURSDAY, body="Alatnya belum ada.")
    revise(author, proposal, MONDAY)
    assert city().edits_after_comments == 1


@pytest.mark.parametrize(("before", "late"), [(timedelta(hours=23), 1), (timedelta(hours=25), 0)])
def test_an_edit_in_the_last_day_before_freezing_is_late(
    author: Person, head: Person, proposal: Proposal, before: timedelta, late: int
) -> None:
    counter_gaming(head, author, proposal, now=THURSDAY)
    revise(author, proposal, MONDAY - before)
    actions.proposal_freeze(actor=head, proposal=proposal, now=MONDAY)
    assert city().late_edits == late


def test_the_city_leaves_training_rounds_out(author: Person, elector: Person, unit: Unit) -> None:
    training = build_round(unit, now=THURSDAY, is_training=True)
    proposal = build_discussion(author, training, now=THURSDAY)
    build_comment(elector, proposal, now=THURSDAY)
    whole, own = process_health(now=MONDAY)
    assert (whole.unanswered, own.unanswered) == (0, 1)


def test_health_takes_as_many_queries_for_many_rounds(
    unit: Unit, proposal: Proposal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        build_round(unit, now=THURSDAY, title=f"Putaran {number}")
    with django_assert_num_queries(6):
        process_health(now=MONDAY)


def test_a_visitor_reads_the_health_and_no_name(
    client: Client, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    page = client.get(reverse("proposals:health")).content.decode()
    assert "Cara menghitungnya" in page
    assert author.name not in page


def test_the_board_counts_by_stage_and_tells_how_long(
    author: Person, proposal: Proposal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        board = dashboard_of(Proposal.objects.all(), now=MONDAY)
    waiting = board.waiting[0]
    assert (waiting.stage, waiting.count, waiting.longest_days) == (Stage.DISCUSSION, 1, 2)
    assert [(row.title, row.count) for row in board.units] == [(author.unit.name, 1)]


def test_the_board_hides_drafts_of_others(author: Person, elector: Person, round_: Round) -> None:
    build_draft(author, round_, now=THURSDAY)
    roles = roles_of(elector, on=MONDAY.date())
    visible = Proposal.objects.visible_to(elector, roles)
    assert dashboard_of(visible, now=MONDAY).rounds == []


def test_a_figure_of_the_board_leads_to_its_proposals(
    client_of: ClientOf, author: Person, proposal: Proposal
) -> None:
    client = client_of(author)
    address = f"{reverse('proposals:list')}?round={proposal.round_id}&amp;stage=discussion"
    assert address in client.get(reverse("proposals:dashboard")).content.decode()
    listed = client.get(address.replace("&amp;", "&")).content.decode()
    assert proposal.record.name in listed
