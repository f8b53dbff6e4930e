"""Asking voters about several proposals at once: weights of adopted ones, ranks of rivals."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.verdict import Refused
from people.models import Person, Unit
from proposals import actions
from proposals.actions.settling import polls_settle
from proposals.models import Proposal, Round, RoundPoll
from proposals.stages import Stage
from tests.builders import build_person
from tests.proposals.builders import (
    build_decided,
    build_frozen,
    build_round,
    vote,
)
from tests.voting.builders import close_by_clock
from voting.models import Poll

pytestmark = pytest.mark.django_db

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def round_(unit: Unit, now: datetime) -> Round:
    return build_round(unit, now=now)


@pytest.fixture
def rivals(author: Person, head: Person, round_: Round, now: datetime) -> list[Proposal]:
    return [build_frozen(author, head, round_, now=now, code=code) for code in ("KES-20", "KES-21")]


@pytest.fixture
def adopted(author: Person, head: Person, round_: Round, now: datetime) -> list[Proposal]:
    return [
        build_decided(author, head, round_, "adopt", now=now, code=code)
        for code in ("KES-20", "KES-21")
    ]


def ask(
    head: Person, proposals: list[Proposal], method: str, now: datetime, minutes: int = 60
) -> Poll:
    return actions.round_poll_open(
        actor=head,
        round_=proposals[0].round,
        method=method,
        proposals=proposals,
        minutes=minutes,
        now=now,
    )


def test_a_ranking_is_secret_and_moves_no_proposal(
    head: Person, elector: Person, rivals: list[Proposal], now: datetime
) -> None:
    poll = ask(head, rivals, "schulze", now)
    assert poll.is_secret
    keys = [str(item.pk) for item in poll.items.all()]
    vote(elector, poll, dict(zip(keys, ("1", "2"), strict=True)))
    close_by_clock(poll)
    polls_settle(now=now)
    assert {Proposal.objects.get(pk=each.pk).stage for each in rivals} == {Stage.FROZEN}
    assert RoundPoll.objects.get().entries.count() == 2


def test_weights_are_asked_of_what_was_adopted(
    head: Person, adopted: list[Proposal], now: datetime
) -> None:
    poll = ask(head, adopted, "weights", now)
    assert (poll.method, poll.items.count()) == ("weights", 2)


def test_each_method_has_its_stage(head: Person, rivals: list[Proposal], now: datetime) -> None:
    with pytest.raises(Refused, match="Pada tahap"):
        ask(head, rivals, "weights", now)
    assert not Poll.objects.exists()


@pytest.mark.parametrize("who", ["author", "superior_head", "auditor", "former_acting_head"])
def test_only_who_leads_the_proposals_or_a_facilitator_asks(
    request: pytest.FixtureRequest, who: str, rivals: list[Proposal], now: datetime
) -> None:
    with pytest.raises(Refused):
        ask(request.getfixturevalue(who), rivals, "schulze", now)
    assert not Poll.objects.exists()


def test_a_facilitator_asks_in_the_name_of_the_head(
    facilitator: Person, head: Person, rivals: list[Proposal], now: datetime
) -> None:
    """The roll is the one that the head would have opened: it leaves out who decides."""
    poll = ask(facilitator, rivals, "schulze", now)
    assert (poll.opened_by, poll.decider) == (facilitator, head)
    assert not poll.electors.filter(person=head).exists()


def test_a_facilitator_asks_nobody_about_an_own_text(
    facilitator: Person, head: Person, rivals: list[Proposal], now: datetime
) -> None:
    Proposal.objects.filter(pk=rivals[0].pk).update(author=facilitator)
    with pytest.raises(Refused, match="Anda pengusul"):
        ask(facilitator, rivals, "schulze", now)
    assert not Poll.objects.exists()


def test_a_facilitator_chooses_among_the_units_of_a_round(
    client_of: ClientOf, author: Person, head: Person, superior_head: Person, facilitator: Person,
    agency: Unit, now: datetime,
) -> None:  # fmt: skip
    """One ballot asks about one unit: two of them come back as a sentence, not as a refusal."""
    round_ = build_round(agency, now=now)
    staff = build_person(unit=agency)
    chosen = [
        build_frozen(author, head, round_, now=now, code="KES-20"),
        build_frozen(staff, superior_head, round_, now=now, code="KES-22"),
    ]
    client, url = client_of(facilitator), reverse("proposals:round-ranking", args=[round_.pk])
    page = client.get(url).content.decode()
    assert f"{agency.name}: " in page
    assert " checked" not in page.partition('name="minutes"')[0]
    answer = client.post(url, {"proposals": [str(each.pk) for each in chosen], "minutes": "5"})
    assert "dari satu unit dan satu putaran" in answer.content.decode()
    assert not Poll.objects.exists()


def test_the_same_is_not_asked_twice_at_one_time(
    client_of: ClientOf, head: Person, rivals: list[Proposal], round_: Round, now: datetime
) -> None:
    """A second click, or a second tab, opens no second poll."""
    url = reverse("proposals:round-ranking", args=[round_.pk])
    form = {"proposals": [str(each.pk) for each in rivals], "minutes": "5"}
    client = client_of(head)
    answers = [client.post(url, form).status_code for _click in range(2)]
    assert answers[0] == 302
    assert Poll.objects.count() == 1
    assert "masih dibuka" in client.get(url).content.decode()
    with pytest.raises(Refused, match="hal yang sama"):
        ask(head, rivals, "schulze", now)
    close_by_clock(Poll.objects.get())
    ask(head, rivals, "schulze", now)
    assert Poll.objects.count() == 2


def test_the_page_costs_as_many_queries_with_ten_candidates_as_with_two(
    client_of: ClientOf, author: Person, head: Person, rivals: list[Proposal], round_: Round,
    now: datetime,
) -> None:  # fmt: skip
    client, url = client_of(head), reverse("proposals:round-ranking", args=[round_.pk])
    costs = []
    for more in (0, 8):
        for number in range(more):
            build_frozen(author, head, round_, now=now, code=f"KES-3{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_one_proposal_is_no_choice(head: Person, rivals: list[Proposal], now: datetime) -> None:
    with pytest.raises(ValidationError, match="sedikitnya dua"):
        ask(head, rivals[:1], "schulze", now)
    with pytest.raises(ValidationError, match="Lebih singkat"):
        ask(head, rivals, "schulze", now, minutes=1)


def test_a_returned_text_becomes_void_on_the_ranking(
    head: Person, rivals: list[Proposal], now: datetime
) -> None:
    poll = ask(head, rivals, "schulze", now)
    actions.proposal_return(actor=head, proposal=rivals[0], reason="Rumusnya keliru.", now=now)
    assert [item.is_void for item in poll.items.all()].count(True) == 1


def test_the_page_opens_it_and_the_round_lists_it(
    client_of: ClientOf, head: Person, rivals: list[Proposal], round_: Round
) -> None:
    client = client_of(head)
    page = client.get(reverse("proposals:round", args=[round_.pk])).content.decode()
    assert "Minta peringkat dari pemilih" in page
    url = reverse("proposals:round-ranking", args=[round_.pk])
    assert "Yang Anda kosongkan" not in client.get(url).content.decode()
    answer = client.post(
        url, {"proposals": [str(each.pk) for each in rivals], "minutes": "5"}, follow=True
    )
    assert "Beri 1 kepada yang terbaik" not in answer.content.decode(), "who decides does not vote"
    page = client.get(reverse("proposals:round", args=[round_.pk])).content.decode()
    assert "Bobot dan peringkat dari pemilih" in page


def test_without_two_candidates_the_page_says_so(
    client_of: ClientOf, head: Person, round_: Round
) -> None:
    page = client_of(head).get(reverse("proposals:round-weights", args=[round_.pk]))
    assert "Diperlukan sedikitnya dua indikator" in page.content.decode()


def test_the_page_shows_who_will_be_asked(
    client_of: ClientOf, head: Person, elector: Person, rivals: list[Proposal], round_: Round,
    now: datetime,
) -> None:  # fmt: skip
    url = reverse("proposals:round-ranking", args=[round_.pk])
    response = client_of(head).get(url)
    page = response.content.decode()
    assert "Periksa sebelum membuka" in page
    roll = {person.pk for person in response.context["roll"].electors}
    assert elector.pk in roll
    assert head.pk not in roll
    poll = ask(head, rivals, "schulze", now)
    assert roll == set(poll.electors.values_list("person_id", flat=True))
