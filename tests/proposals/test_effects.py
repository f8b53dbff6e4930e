"""Scoring a draft before the vote: both rules side by side, and a typed figure leaves no trace."""

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.signals import got_request_exception
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from indicators import unit_scores
from indicators.models import Actual, Indicator, IndicatorVersion
from people.models import Person, Unit
from proposals import actions, effects
from proposals.models import Proposal
from proposals.views import effects as effect_views
from tests.builders import Cast, Units
from tests.indicators.builders import adopt, publish_set
from tests.proposals.builders import build_draft, build_round, build_voting, fields_written
from tests.voting.test_secrecy import tables

ClientOf = Callable[[Person], Client]
MARKER = "73912,8461"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def adopted(cast: Cast, now: datetime) -> IndicatorVersion:
    return adopt(actor=cast.head, now=now, code="KES-01", target="80")


@pytest.fixture
def amending(adopted: IndicatorVersion, cast: Cast, units: Units, now: datetime) -> Proposal:
    """The target of KES-01 from 80 to 90."""
    return amend(cast, units, adopted, now=now, target=Decimal(90))


def amend(
    cast: Cast, units: Units, version: IndicatorVersion, *, now: datetime, **over: Any
) -> Proposal:
    return actions.proposal_create(
        actor=cast.author,
        round_=build_round(units.agency, now=now),
        kind=Proposal.Kind.AMEND,
        amends=version,
        fields=fields_written(version.code, **over),
        submission=uuid4(),
        now=now,
    )


def report(unit: Unit, figure: str, period: str, now: datetime, year: int = 2026) -> None:
    Actual.objects.create(
        unit=unit,
        indicator=Indicator.objects.get(code="KES-01"),
        year=year,
        period=period,
        figure=figure,
        recorded_at=now,
    )


def door(proposal: Proposal) -> str:
    return reverse("proposals:score", args=[proposal.pk])


def ask(client: Client, proposal: Proposal, actual: str = "", **more: Any) -> str:
    response = client.post(door(proposal), {"actual": actual}, **more)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode()


def test_a_typed_figure_is_scored_by_both_rules(
    client_of: ClientOf, amending: Proposal, author: Person
) -> None:
    page = ask(client_of(author), amending, "72")
    assert "Angka yang Anda ketik: 72 persen" in page
    assert "72 dari target 80 → 90,00; status kuning." in page
    assert "72 dari target 90 → 80,00; status kuning." in page
    assert "Dengan usulan ini nilainya turun 10,00: dari 90,00 menjadi 80,00." in page


def test_a_change_of_status_is_told(
    client_of: ClientOf, amending: Proposal, author: Person
) -> None:
    page = ask(client_of(author), amending, "80")
    assert "Statusnya berubah dari hijau menjadi kuning." in page


def test_the_last_figure_of_the_unit_is_used_when_nothing_is_typed(
    client_of: ClientOf, amending: Proposal, author: Person, units: Units, now: datetime
) -> None:
    report(units.unit, "50", "TW4", now, year=2025)
    report(units.unit, "60", "TW1", now)
    report(units.unit, "68", "TW2", now)
    report(units.other_unit, "99", "TW3", now)
    client = client_of(author)
    for page in (client.get(door(amending)).content.decode(), ask(client, amending)):
        assert "Angka terakhir Puskesmas Latihan, TW2 2026: 68 persen" in page
        assert "dari 85,00 menjadi 75,56" in page


def test_the_target_of_the_period_is_used(
    client_of: ClientOf, cast: Cast, units: Units, adopted: IndicatorVersion, now: datetime
) -> None:
    proposal = amend(cast, units, adopted, now=now, targets={"TW2": "34"})
    report(units.unit, "34", "TW2", now)
    page = client_of(cast.author).get(door(proposal)).content.decode()
    assert "TW2 tidak punya target sendiri: dipakai target setahun, 80." in page
    assert "34 dari target 34 → 100,00" in page
    page = ask(client_of(cast.author), proposal, "17").replace("\n", " ")
    assert "17 dari target 80 → 21,25" in page


def test_a_unit_without_figures_is_told_so(
    client_of: ClientOf, amending: Proposal, author: Person
) -> None:
    page = client_of(author).get(door(amending)).content.decode()
    assert "Belum ada angka Puskesmas Latihan untuk indikator ini." in page


def test_whom_a_rule_does_not_measure_is_told_so(
    client_of: ClientOf, amending: Proposal, cast: Cast, now: datetime
) -> None:
    actions.proposal_submit(actor=cast.author, proposal=amending, now=now)
    page = ask(client_of(cast.outsider), amending, "72")
    assert page.count("Tidak mengukur Dinas Pendidikan.") == 2


def test_a_new_indicator_has_one_rule(
    client_of: ClientOf, cast: Cast, units: Units, now: datetime
) -> None:
    draft = build_draft(cast.author, build_round(units.agency, now=now), now=now)
    page = ask(client_of(cast.author), draft, "72")
    assert "Belum ada: indikator ini baru diusulkan." in page
    assert "Belum dinilai sekarang; menurut usulan nilainya 90,00." in page


def test_a_retired_indicator_is_scored_no_more(
    client_of: ClientOf, cast: Cast, units: Units, adopted: IndicatorVersion, now: datetime
) -> None:
    proposal = actions.proposal_create(
        actor=cast.author,
        round_=build_round(units.agency, now=now),
        kind=Proposal.Kind.RETIRE,
        amends=adopted,
        fields=fields_written("KES-01", retirement_reason="Tidak pernah dilaporkan."),
        submission=uuid4(),
        now=now,
    )
    page = ask(client_of(cast.author), proposal, "72")
    assert "Sekarang nilainya 90,00; sesudah dicabut tidak dinilai lagi." in page


def test_a_figure_that_may_be_counted_otherwise_is_doubted(
    client_of: ClientOf, cast: Cast, units: Units, adopted: IndicatorVersion, now: datetime
) -> None:
    proposal = amend(cast, units, adopted, now=now, definition="Balita yang datang sendiri.")
    page = ask(client_of(cast.author), proposal, "72")
    assert "Nilainya tetap 90,00." in page
    assert "Usulan ini juga mengubah definisi" in page


def test_the_profile_is_that_of_the_set_in_force(
    client_of: ClientOf,
    cast: Cast,
    units: Units,
    adopted: IndicatorVersion,
    amending: Proposal,
    now: datetime,
) -> None:
    publish_set(
        facilitator=cast.facilitator,
        publisher=cast.publisher,
        scope=units.city,
        weights={adopted: 100},
        now=now,
        scoring_profile="LKJIP 1.0.0",
    )
    page = ask(client_of(cast.author), amending, "99")
    assert "Nilainya tetap 100,00." in page
    assert "profil LKJIP versi 1.0.0" in page


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ({"polarity": "minimize", "target": Decimal(0)}, "belum dapat dihitung"),
        ({"target": None}, "Target belum ditetapkan."),
        ({"target": Decimal(0)}, "Target 0 tidak dapat menjadi pembagi"),
        ({"target_range": ["60", "90"]}, "Di dalam rentang 60–90: dinilai tepat pada target."),
    ],
)
def test_a_draft_that_cannot_score_says_why(
    over: dict[str, Any],
    told: str,
    client_of: ClientOf,
    cast: Cast,
    units: Units,
    adopted: IndicatorVersion,
    now: datetime,
) -> None:
    proposal = amend(cast, units, adopted, now=now, **over)
    assert told in ask(client_of(cast.author), proposal, "72")


@pytest.mark.parametrize(
    "typed",
    ["delapan", "1e400", "NaN", "9" * 35, "9" * 40, "1,23456", "=1+1", "72\x00", "1/3", "٣"],
)
def test_what_is_no_figure_is_answered_in_words(
    typed: str, client_of: ClientOf, amending: Proposal, author: Person
) -> None:
    page = ask(client_of(author), amending, typed, headers=HTMX)
    assert 'data-color="danger"' in page
    assert "m-sides" not in page


def test_htmx_gets_the_answer_alone(
    client_of: ClientOf, amending: Proposal, author: Person
) -> None:
    page = ask(client_of(author), amending, "72", headers=HTMX)
    assert page.strip().startswith('<section class="m-stack" id="score-answer"')


def test_a_draft_of_others_is_not_there(
    client_of: ClientOf, amending: Proposal, outsider: Person
) -> None:
    assert client_of(outsider).post(door(amending), {"actual": "72"}).status_code == 404


def test_the_ballot_hands_the_figure_to_the_proposal_and_not_to_the_vote(
    client_of: ClientOf, cast: Cast, units: Units, now: datetime
) -> None:
    proposal, poll = build_voting(
        cast.author, cast.head, build_round(units.agency, now=now), now=now
    )
    item = poll.items.get()
    assert item.effect_url == door(proposal)
    client = client_of(cast.elector)
    page = client.get(reverse("voting:detail", args=[poll.pk])).content.decode()
    ballot = page[page.index("data-ballot=") :]
    ballot, below = ballot[: ballot.index("</form>")], ballot[ballot.index("</form>") :]
    assert f'form="effect-form-{item.pk}"' in ballot
    assert f'<form id="effect-form-{item.pk}"' in below
    answer = ask(client, proposal, "72")
    assert reverse("voting:detail", args=[poll.pk]) in answer


# No trace


def places_of(client: Client, response: Any, log: str, output: Any) -> dict[str, str]:
    """Where a figure could have been left; tables hold sessions, cache, tasks and notices."""
    return {
        "tables": "\n".join(row for rows in tables().values() for row in rows),
        "log": log,
        "output": output.out + output.err,
        "cookies": str(client.cookies),
        "headers": str(response.headers),
        "address": response.request["PATH_INFO"] + response.request["QUERY_STRING"],
    }


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_typed_figure_is_found_nowhere_afterwards(
    headers: dict[str, str],
    client_of: ClientOf,
    amending: Proposal,
    author: Person,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    mailoutbox: list[object],
) -> None:
    client = client_of(author)
    client.get(door(amending))
    before = tables()
    connection.force_debug_cursor = True
    try:
        with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django"):
            response = client.post(door(amending), {"actual": MARKER}, headers=headers)
            bad = client.post(door(amending), {"actual": MARKER + "x"}, headers=headers)
    finally:
        connection.force_debug_cursor = False
    assert (response.status_code, bad.status_code) == (200, 200)
    assert "73.912,8461" in response.content.decode(), "the control: it was the figure asked for"
    assert "indicators_" in caplog.text, "the control: SQL was logged"
    assert tables() == before
    for place, text in places_of(client, response, caplog.text, capfd.readouterr()).items():
        for marker in (MARKER, "73912", "73.912"):
            assert marker not in text, place
    assert mailoutbox == []


CRASHES: dict[str, tuple[object, str]] = {
    "reading the rules": (effect_views, "rules_of"),
    "taking the figure": (effect_views, "figure_typed"),
    "computing": (effects, "score_item"),
    "the formula": (unit_scores, "score"),
    "the sentence": (effects, "_difference"),
    "answering": (effect_views, "render"),
}


@pytest.mark.parametrize("point", CRASHES)
def test_a_crash_reports_no_figure(
    point: str,
    client_of: ClientOf,
    amending: Proposal,
    author: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place, name = CRASHES[point]
    reports: list[str] = []

    def keep(sender: object, request: HttpRequest, **kwargs: object) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.extend((reporter.get_traceback_html(), reporter.get_traceback_text()))

    def crash(*arguments: object, **others: object) -> object:
        inside = (arguments, others)
        raise RuntimeError(f"stopped at {len(inside)}")

    client = client_of(author)
    client.raise_request_exception = False
    got_request_exception.connect(keep)
    try:
        monkeypatch.setattr(place, name, crash)
        response = client.post(door(amending), {"actual": MARKER})
    finally:
        got_request_exception.disconnect(keep)
    assert response.status_code == 500
    assert all("stopped at 2" in text for text in reports), "the control: it is that crash"
    assert len(reports) == 2
    for text in reports:
        for marker in (MARKER, "73912", "73.912", "739128461"):
            assert marker not in text
