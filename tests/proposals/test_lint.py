"""The linter where people meet it: while writing, on the page of a proposal, and at the gate."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.verdict import Refused
from people.models import Person, Unit
from people.roles import roles_of
from proposals import actions
from proposals.gate import freeze_gate
from proposals.likeness import neighbours_of
from proposals.models import Proposal, Round, WorkingCopy
from proposals.stages import Stage
from tests.indicators.builders import adopt
from tests.proposals.builders import (
    build_discussion,
    build_draft,
    build_round,
    counter_gaming,
    fields_written,
)
from tests.proposals.test_pages import text_data

type ClientOf = Callable[[Person], Client]

HTMX = {"HX-Request": "true"}
TWO_UNITS = "Orang; Persen"
BLOCKED = "Ada lebih dari satu satuan: Orang; Persen."


# While writing


def _form_of(author: Person, round_: Round, now: datetime) -> str:
    """Where the form of a draft is."""
    draft = build_draft(author, round_, now=now, code="KES-99", name="Sebuah draf")
    return reverse("proposals:edit", args=[draft.pk])


def test_checking_shows_findings_with_the_way_to_their_field(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    url = _form_of(author, build_round(unit, now=now), now)
    response = client_of(author).post(url, text_data(unit=TWO_UNITS, check="yes"))
    assert BLOCKED in response.content.decode()
    assert 'href="#id_unit"' in response.content.decode()


def test_checking_keeps_what_was_typed(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    url = _form_of(author, build_round(unit, now=now), now)
    response = client_of(author).post(url, text_data(purpose="Belum selesai", check="yes"))
    assert "Belum selesai" in response.content.decode()


def test_checking_a_text_that_lacks_its_name_still_finds_the_rest(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    url = _form_of(author, build_round(unit, now=now), now)
    response = client_of(author).post(url, text_data(name="", unit=TWO_UNITS, check="yes"))
    assert BLOCKED in response.content.decode()


def test_typing_fetches_the_findings_alone(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    url = _form_of(author, build_round(unit, now=now), now)
    response = client_of(author).post(url, text_data(unit=TWO_UNITS, check="yes"), headers=HTMX)
    text = response.content.decode()
    assert text.strip().startswith('<div id="lint-findings"')
    assert BLOCKED in text


def test_checking_a_revision_saves_neither_revision_nor_working_copy(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_draft(author, build_round(unit, now=now), now=now)
    url = reverse("proposals:edit", args=[proposal.pk])
    response = client_of(author).post(url, text_data(unit=TWO_UNITS, check="yes", based_on="1"))
    assert BLOCKED in response.content.decode()
    assert proposal.revisions.count() == 1
    assert not WorkingCopy.objects.exists()


def test_the_form_opens_with_the_findings_of_the_saved_text(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_draft(author, build_round(unit, now=now), now=now, unit=TWO_UNITS)
    page = client_of(author).get(reverse("proposals:edit", args=[proposal.pk])).content.decode()
    assert BLOCKED in page


def test_the_form_opens_with_the_findings_of_the_working_copy(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_draft(author, build_round(unit, now=now), now=now)
    typed = text_data(unit=TWO_UNITS, applies_units=unit.code)
    actions.working_copy_save(
        actor=author,
        proposal=proposal,
        fields=typed,
        based_on=1,
        edition=0,
        window=uuid4(),
        now=now,
    )
    page = client_of(author).get(reverse("proposals:edit", args=[proposal.pk])).content.decode()
    assert BLOCKED in page


def test_a_field_that_the_form_cannot_read_has_one_complaint(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    url = _form_of(author, build_round(unit, now=now), now)
    response = client_of(author).post(url, text_data(unit="x" * 61, check="yes"), headers=HTMX)
    assert "#id_unit" not in response.content.decode()


def test_what_blocks_stands_before_what_advises(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    url = _form_of(author, build_round(unit, now=now), now)
    data = text_data(unit=TWO_UNITS, name="Meningkatnya kunjungan ibu hamil", check="yes")
    text = client_of(author).post(url, data, headers=HTMX).content.decode()
    assert 0 < text.index(BLOCKED) < text.index("Nama berbunyi sasaran")


# Neighbours


def test_an_indicator_in_use_that_is_alike_is_linked(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    adopt(actor=head, now=now, code="KES-77")
    url = _form_of(author, build_round(unit, now=now), now)
    data = text_data(name="Persentase balita yang ditimbang tiap bulan", check="yes")
    text = client_of(author).post(url, data, headers=HTMX).content.decode()
    assert reverse("indicators:indicator", args=["KES-77"]) in text


def test_a_draft_of_someone_else_is_not_told(
    client_of: ClientOf, author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now)
    draft = build_draft(elector, round_, now=now)
    url = _form_of(author, round_, now)
    data = text_data(name=draft.record.name, check="yes")
    text = client_of(author).post(url, data, headers=HTMX).content.decode()
    assert str(draft.pk) not in text
    assert "Mirip" not in text


def test_a_proposal_under_discussion_that_is_alike_is_linked(
    client_of: ClientOf, author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now)
    other = build_discussion(elector, round_, now=now)
    url = _form_of(author, round_, now)
    data = text_data(name=other.record.name, check="yes")
    text = client_of(author).post(url, data, headers=HTMX).content.decode()
    assert reverse("proposals:detail", args=[other.pk]) in text


def test_a_text_is_not_its_own_neighbour(author: Person, unit: Unit, now: datetime) -> None:
    proposal = build_draft(author, build_round(unit, now=now), now=now)
    assert neighbours_of(author, roles_of(author, on=now.date()), proposal=proposal) == []


def test_a_withdrawn_proposal_is_no_neighbour(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    other = build_discussion(elector, build_round(unit, now=now), now=now)
    actions.proposal_withdraw(actor=elector, proposal=other, reason="Tidak jadi.", now=now)
    assert neighbours_of(author, roles_of(author, on=now.date())) == []


def test_the_amended_indicator_is_no_neighbour(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    version = adopt(actor=head, now=now, code="KES-77")
    assert neighbours_of(author, roles_of(author, on=now.date()), amends=version) == []


def test_neighbours_take_two_queries(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now)
    for number in range(4):
        build_discussion(elector, round_, now=now, code=f"KES-{number + 30}")
    roles = roles_of(author, on=now.date())
    with CaptureQueriesContext(connection) as captured:
        assert len(neighbours_of(author, roles)) == 4
    assert len(captured) == 2


# The page of a proposal


@pytest.mark.parametrize(
    ("reader", "sees"), [("author", True), ("head", True), ("elector", False), ("auditor", False)]
)
def test_the_page_shows_findings_to_writers_and_leader(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    author: Person,
    unit: Unit,
    now: datetime,
    reader: str,
    sees: bool,
) -> None:
    proposal = build_discussion(
        author, build_round(unit, now=now), now=now, validity="exact", control="high"
    )
    person = request.getfixturevalue(reader)
    page = client_of(person).get(reverse("proposals:detail", args=[proposal.pk]))
    assert ("Pemeriksaan teks" in page.content.decode()) is sees


# The gate


def test_a_finding_that_blocks_holds_the_gate(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now, unit=TWO_UNITS)
    counter_gaming(head, author, proposal, now=now)
    assert [(lack.sentence, lack.anchor) for lack in freeze_gate(proposal, now=now)] == [
        (BLOCKED, "field-unit")
    ]
    with pytest.raises(Refused):
        actions.proposal_freeze(actor=head, proposal=proposal, now=now)
    proposal.refresh_from_db()
    assert proposal.stage == Stage.DISCUSSION


def test_advice_does_not_hold_the_gate(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(
        author, build_round(unit, now=now), now=now, validity="exact", control="high"
    )
    counter_gaming(head, author, proposal, now=now)
    assert freeze_gate(proposal, now=now) == []


def test_the_gate_tells_each_field_once(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now, target=Decimal(0))
    counter_gaming(head, author, proposal, now=now)
    assert [lack.anchor for lack in freeze_gate(proposal, now=now)] == ["field-target"]


def test_a_retirement_is_neither_checked_nor_held_by_the_text_that_goes(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    version = adopt(actor=head, now=now, code="KES-77", unit=TWO_UNITS)
    draft = actions.proposal_create(
        actor=author,
        round_=build_round(unit, now=now),
        kind=Proposal.Kind.RETIRE,
        amends=version,
        fields=fields_written("KES-77", unit=TWO_UNITS, retirement_reason="Sudah tidak dipakai."),
        submission=uuid4(),
        now=now,
    )
    proposal = actions.proposal_submit(actor=author, proposal=draft, now=now)
    assert freeze_gate(proposal, now=now) == []
    for name in ("detail", "edit"):
        page = client_of(author).get(reverse(f"proposals:{name}", args=[proposal.pk]))
        assert "Pemeriksaan teks" not in page.content.decode()
