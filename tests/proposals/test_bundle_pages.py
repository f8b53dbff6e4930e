"""The pages of a bundle, asked over HTTP without JavaScript."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import IndicatorVersion, Publication
from people.models import Person, Unit
from proposals import actions
from proposals.models import Bundle, Round
from proposals.stages import Stage
from tests.indicators.builders import adopt, publish_set
from tests.proposals.builders import (
    build_bundle,
    build_comment,
    build_publication,
    build_round,
    counter_gaming,
)

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def round_(unit: Unit, now: datetime) -> Round:
    return build_round(unit, now=now, year=now.year + 1)


@pytest.fixture
def publication(
    facilitator: Person, publisher: Person, head: Person, unit: Unit, now: datetime
) -> Publication:
    return build_publication(facilitator, publisher, head, unit, now=now)


def typed(**over: str) -> dict[str, str]:
    """The table as it is filled from the start, with some cells typed over (`KES_01="85"`)."""
    sent = {"title": "Target tahun depan", "submission": str(uuid4())}
    for version in IndicatorVersion.objects.in_use():
        target = over.get(version.code.replace("-", "_"), "80")
        if target == "x":
            sent[f"retires-{version.pk}"] = "on"
        sent[f"target-{version.pk}"] = "80" if target == "x" else target
    return sent


def test_the_table_shows_the_old_target_beside_the_last_realisation(
    client_of: ClientOf, facilitator: Person, publication: Publication, round_: Round
) -> None:
    url = reverse("proposals:carry-over", args=[round_.pk])
    page = client_of(facilitator).get(url).content.decode()
    assert page.count("80 persen") == 3
    assert page.count("72,5 persen") == 3
    assert 'value="80"' in page


def test_an_indicator_without_figures_says_so(
    client_of: ClientOf,
    facilitator: Person,
    head: Person,
    publisher: Person,
    unit: Unit,
    round_: Round,
    now: datetime,
) -> None:
    version = adopt(actor=head, now=now, baseline=None)
    publish_set(
        facilitator=facilitator, publisher=publisher, scope=unit, weights={version: 100}, now=now
    )
    page = client_of(facilitator).get(reverse("proposals:carry-over", args=[round_.pk]))
    assert "belum ada realisasi" in page.content.decode()


def test_the_table_sent_makes_a_bundle(
    client_of: ClientOf, facilitator: Person, publication: Publication, round_: Round
) -> None:
    url = reverse("proposals:carry-over", args=[round_.pk])
    sent = typed(KES_01="87,5", KES_02="x")
    client = client_of(facilitator)
    first, again = client.post(url, sent), client.post(url, sent)
    bundle = Bundle.objects.get()
    assert first.url == again.url == reverse("proposals:bundle", args=[bundle.pk])  # type: ignore[attr-defined]
    page = client.get(first.url).content.decode()  # type: ignore[attr-defined]
    assert "80 → 87,5 persen" in page
    assert "Indikator ini dicabut." in page
    assert "Tetap seperti semula" in page


@pytest.mark.parametrize(
    ("code", "figure", "sentence"),
    [
        ("KES_01", "banyak", "Tulis sebuah angka"),
        ("KES_01", "", "Isi targetnya"),
        ("KES_01", "123456789012345678", "angka"),
        ("KES_01", "80", "tidak perlu divoting"),
    ],
)
def test_a_wrong_table_is_shown_again_and_saves_nothing(
    client_of: ClientOf,
    facilitator: Person,
    publication: Publication,
    round_: Round,
    code: str,
    figure: str,
    sentence: str,
) -> None:
    url = reverse("proposals:carry-over", args=[round_.pk])
    response = client_of(facilitator).post(url, typed(**{code: figure}))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Bundle.objects.exists()


def test_a_target_and_a_retirement_are_not_typed_together(
    client_of: ClientOf, facilitator: Person, publication: Publication, round_: Round
) -> None:
    version = IndicatorVersion.objects.get(code="KES-01")
    url = reverse("proposals:carry-over", args=[round_.pk])
    sent = typed(KES_01="85") | {f"retires-{version.pk}": "on"}
    assert "tidak keduanya" in client_of(facilitator).post(url, sent).content.decode()
    assert not Bundle.objects.exists()


def test_a_bundle_walks_its_way_by_buttons(
    client_of: ClientOf,
    facilitator: Person,
    head: Person,
    author: Person,
    publication: Publication,
    round_: Round,
    now: datetime,
) -> None:
    bundle = build_bundle(facilitator, publication, round_, now=now)
    client_of(facilitator).post(reverse("proposals:bundle-submit", args=[bundle.pk]))
    member = bundle.proposals.get(record__code="KES-01")
    counter_gaming(author, facilitator, member, now=now)
    objected = build_comment(author, member, now=now)
    leader = client_of(head)
    freeze = reverse("proposals:bundle-freeze", args=[bundle.pk])
    page = leader.post(freeze).content.decode()
    assert "KES-01: 1 tanggapan belum ditindaklanjuti." in page
    actions.comment_answer(
        actor=facilitator,
        comment=objected,
        outcome="not_adopted",
        revision=None,
        reason="Sudah dihitung.",
        now=now,
    )
    leader.post(freeze)
    leader.post(
        reverse("proposals:bundle-open-poll", args=[bundle.pk]),
        {"minutes": "5", "method": "approve"},
    )
    assert set(bundle.proposals.values_list("stage", flat=True)) == {Stage.VOTING}
    poll = bundle.poll_entries.get(proposal=objected.proposal).poll
    ballot = client_of(author).get(reverse("voting:detail", args=[poll.pk]))
    assert "Satu suara berlaku untuk semuanya." in ballot.content.decode()


def test_a_member_tells_of_its_bundle_and_offers_no_door_of_its_own(
    client_of: ClientOf,
    facilitator: Person,
    publication: Publication,
    round_: Round,
    now: datetime,
) -> None:
    bundle = build_bundle(facilitator, publication, round_, now=now)
    member = bundle.proposals.get(record__code="KES-01")
    client = client_of(facilitator)
    page = client.get(reverse("proposals:detail", args=[member.pk])).content.decode()
    assert reverse("proposals:bundle", args=[bundle.pk]) in page
    assert reverse("proposals:submit", args=[member.pk]) not in page


def test_a_bundle_asks_for_its_writer_once(
    client_of: ClientOf,
    facilitator: Person,
    publication: Publication,
    round_: Round,
    now: datetime,
) -> None:
    bundle = build_bundle(facilitator, publication, round_, now=now)
    page = client_of(facilitator).get(reverse("proposals:home")).content.decode()
    assert page.count(reverse("proposals:bundle", args=[bundle.pk])) == 1
    assert page.count("Masih draf") == 1


def test_more_proposals_in_a_bundle_ask_no_more_queries(
    client_of: ClientOf,
    facilitator: Person,
    publication: Publication,
    round_: Round,
    now: datetime,
) -> None:
    one = build_bundle(facilitator, publication, round_, now=now, KES_01="85")
    three = build_bundle(
        facilitator, publication, round_, now=now, KES_01="85", KES_02="x", KES_03="90"
    )
    client = client_of(facilitator)

    def count(bundle: Bundle) -> int:
        url = reverse("proposals:bundle", args=[bundle.pk])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    count(one)
    assert count(three) <= count(one)
