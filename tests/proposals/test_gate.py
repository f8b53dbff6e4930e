"""What a text lacks before it is frozen, who mends it, and where."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.verdict import Refused
from indicators.models import IndicatorVersion
from indicators.record import content_of, values_of
from people.models import Person, Unit
from proposals import actions
from proposals.gate import Mender, freeze_gate, fulfilled
from proposals.models import Proposal
from proposals.stages import Stage
from tests.proposals.builders import (
    build_comment,
    build_decided,
    build_discussion,
    build_draft,
    build_frozen,
    build_round,
    counter_gaming,
)

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def proposal(author: Person, unit: Unit, now: datetime) -> Proposal:
    """A complete text under discussion, of which nobody has said anything yet."""
    return build_discussion(author, build_round(unit, now=now), now=now)


def test_a_text_that_nobody_tried_to_game_is_not_frozen(
    proposal: Proposal, head: Person, now: datetime
) -> None:
    with pytest.raises(Refused):
        actions.proposal_freeze(actor=head, proposal=proposal, now=now)
    proposal.refresh_from_db()
    assert proposal.stage == Stage.DISCUSSION


def test_everyone_can_report_how_an_indicator_is_gamed(proposal: Proposal, now: datetime) -> None:
    (lack,) = freeze_gate(proposal, now=now)
    assert (lack.who, lack.anchor) == (Mender.COLLEAGUES, "comment")


def test_a_reported_risk_waits_for_its_counter_measure(
    proposal: Proposal, elector: Person, now: datetime
) -> None:
    build_comment(elector, proposal, now=now, kind="gaming_risk")
    assert {lack.who for lack in freeze_gate(proposal, now=now)} == {Mender.OFFICE}


def test_a_countered_risk_opens_the_gate(
    proposal: Proposal, author: Person, elector: Person, now: datetime
) -> None:
    counter_gaming(elector, author, proposal, now=now)
    assert freeze_gate(proposal, now=now) == []


def test_out_of_scope_counters_nothing(
    proposal: Proposal, elector: Person, head: Person, now: datetime
) -> None:
    risk = build_comment(elector, proposal, now=now, kind="gaming_risk")
    actions.comment_answer(
        actor=head,
        comment=risk,
        outcome="out_of_scope",
        revision=None,
        reason="Diatur di tempat lain.",
        now=now,
    )
    assert [lack.who for lack in freeze_gate(proposal, now=now)] == [Mender.COLLEAGUES]


def test_what_ends_can_no_longer_be_gamed(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now)
    build_decided(author, head, round_, "adopt", now=now)
    version = IndicatorVersion.objects.get()
    draft = actions.proposal_create(
        actor=author,
        round_=round_,
        kind=Proposal.Kind.RETIRE,
        amends=version,
        fields={**values_of(content_of(version)), "retirement_reason": "Sudah tidak dipakai."},
        submission=uuid4(),
        now=now,
    )
    retired = actions.proposal_submit(actor=author, proposal=draft, now=now)
    assert freeze_gate(retired, now=now) == []


def test_what_is_fulfilled_is_told(
    proposal: Proposal, author: Person, elector: Person, now: datetime
) -> None:
    counter_gaming(elector, author, proposal, now=now)
    told = fulfilled(proposal, [])
    assert "1 tanggapan yang wajib dijawab sudah ditindaklanjuti." in told
    assert "Kode KES-20 dapat dipakai." in told


def test_what_is_missing_is_not_told_as_fulfilled(
    author: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now, minimum_discussion_days=5)
    proposal = build_discussion(author, round_, now=now, formula="")
    told = " ".join(fulfilled(proposal, freeze_gate(proposal, now=now)))
    assert "bagian yang wajib" not in told
    assert "diberi waktu" not in told
    assert "Risiko" not in told


def gate_of(client: Client, proposal: Proposal) -> str:
    return client.get(reverse("proposals:gate", args=[proposal.pk])).content.decode()


def test_the_writer_is_led_to_the_box_of_the_form(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now, formula="", applies_to=[])
    page = gate_of(client_of(author), draft)
    edit = reverse("proposals:edit", args=[draft.pk])
    form = client_of(author).get(edit).content.decode()
    for box in ("id_formula", "id_applies_units"):
        assert f'href="{edit}#{box}"' in page
        assert f'id="{box}"' in form


def test_others_are_led_to_the_place_in_the_text(
    client_of: ClientOf, author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now)
    proposal = build_discussion(author, round_, now=now, formula="")
    page = gate_of(client_of(elector), proposal)
    detail = reverse("proposals:detail", args=[proposal.pk])
    assert f'href="{detail}#field-formula"' in page
    assert 'id="field-formula"' in client_of(elector).get(detail).content.decode()
    assert author.name in page


def test_who_may_answer_is_led_to_the_answer_and_others_to_the_comment(
    client_of: ClientOf, proposal: Proposal, author: Person, elector: Person, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    assert reverse("proposals:answer", args=[comment.pk]) in gate_of(client_of(author), proposal)
    page = gate_of(client_of(elector), proposal)
    assert reverse("proposals:answer", args=[comment.pk]) not in page
    assert f"?kind=open&amp;page=1#comment-{comment.pk}" in page


def test_the_invitation_to_name_a_risk_fills_in_its_kind(
    client_of: ClientOf, proposal: Proposal, elector: Person
) -> None:
    detail = reverse("proposals:detail", args=[proposal.pk])
    assert f"{detail}?say=gaming_risk#comment" in gate_of(client_of(elector), proposal)
    page = client_of(elector).get(f"{detail}?say=gaming_risk").content.decode()
    assert '<option value="gaming_risk" selected>' in page


def test_a_frozen_text_has_no_conditions_left(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now)
    page = gate_of(client_of(author), frozen)
    assert "tidak ada syarat yang masih berlaku" in page
    assert "Yang sudah terpenuhi" not in page


def test_the_head_freezes_from_the_page_once_nothing_is_missing(
    client_of: ClientOf, proposal: Proposal, author: Person, head: Person, now: datetime
) -> None:
    counter_gaming(head, author, proposal, now=now)
    freeze = reverse("proposals:freeze", args=[proposal.pk])
    assert f'action="{freeze}"' in gate_of(client_of(head), proposal)
    assert f'action="{freeze}"' not in gate_of(client_of(author), proposal)


def test_the_page_costs_the_same_for_two_comments_and_for_thirty(
    client_of: ClientOf, proposal: Proposal, author: Person, elector: Person, now: datetime
) -> None:
    client, costs = client_of(author), []
    for count in (2, 28):
        for number in range(count):
            build_comment(elector, proposal, now=now, body=f"Keberatan {count} {number}.")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = gate_of(client, proposal)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert "dan 10 tanggapan lagi" in page
