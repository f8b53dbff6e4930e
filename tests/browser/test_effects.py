"""Trying a draft on one's own figure from the ballot: in place with scripts, as a page without."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Request, expect

from people.models import Person
from proposals.models import Proposal
from tests.browser.conftest import Screen
from tests.builders import build_cast, build_units
from tests.proposals.builders import build_round, build_voting
from voting.models import Poll

pytestmark = [pytest.mark.django_db(transaction=True)]

type ScreenOf = Callable[..., Screen]

FIGURE = "72,5"


@pytest.fixture
def voting(now: datetime) -> tuple[Person, Proposal, Poll]:
    units = build_units()
    cast = build_cast(units, today=now.date())
    proposal, poll = build_voting(
        cast.author, cast.head, build_round(units.agency, now=now), now=now
    )
    return cast.elector, proposal, poll


def at_ballot(screen: Screen, poll: Poll) -> None:
    screen.open(reverse("voting:detail", args=[poll.pk]))
    screen.page.locator("summary", has_text="Apa akibatnya bagi nilai saya?").click()
    screen.page.get_by_label("Realisasi Anda").fill(FIGURE)


def test_a_figure_is_answered_on_the_ballot_and_never_travels_with_the_vote(
    screen_of: ScreenOf, voting: tuple[Person, Proposal, Poll]
) -> None:
    elector, _proposal, poll = voting
    screen = screen_of(elector, width=360)
    page = screen.page
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    at_ballot(screen, poll)
    page.locator("main form label").filter(has_text="Tidak setuju").click()
    page.get_by_label("Realisasi Anda").press("Enter")
    expect(page.get_by_text("menurut usulan nilainya 90,63")).to_be_visible()
    expect(page.locator("input[type=radio]:checked")).to_have_value("reject")
    assert page.evaluate("document.querySelectorAll('#score-answer').length") == 0
    assert FIGURE not in page.evaluate("JSON.stringify({...localStorage})")
    assert screen.sideways() <= 0
    page.get_by_role("button", name="Lanjut: periksa suara").click()
    expect(page.get_by_role("button", name="Berikan suara")).to_be_visible()
    posts = [(request.url, request.post_data or "") for request in sent if request.method == "POST"]
    assert [("score" in url, "actual" in body) for url, body in posts] == [
        (True, True),
        (False, False),
    ]
    assert not any("72" in request.url.rpartition("/")[2] for request in sent)
    assert screen.take_complaints() == []


def test_without_scripts_the_answer_is_a_page_with_a_way_back(
    screen_of: ScreenOf, voting: tuple[Person, Proposal, Poll]
) -> None:
    elector, proposal, poll = voting
    screen = screen_of(elector, width=360, scripts=False)
    page = screen.page
    at_ballot(screen, poll)
    page.get_by_role("button", name="Hitung").click()
    expect(page.get_by_text("menurut usulan nilainya 90,63")).to_be_visible()
    assert page.url.endswith(reverse("proposals:score", args=[proposal.pk]))
    page.get_by_role("link", name="Kembali ke pemungutan suara").click()
    expect(page.get_by_role("button", name="Lanjut: periksa suara")).to_be_visible()
