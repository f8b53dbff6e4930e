from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import translation

from core.dates import WIB
from core.verdict import Refused
from indicators.models import IndicatorVersion
from people.models import Appointment, Person, Unit
from proposals import actions
from proposals.actions.clock import close_due
from proposals.actions.settling import objection_end
from proposals.models import Decision, Proposal
from proposals.stages import Stage
from tests.builders import build_cast, build_units
from tests.proposals.builders import (
    build_decided,
    build_decision_pending,
    build_discussion,
    build_frozen,
    build_round,
    build_voting,
    close_and_settle,
    counter_gaming,
    everyone_votes,
)
from voting.models import Seal


def test_adopting_makes_the_version_with_its_provenance(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    build_decided(author, head, build_round(unit, now=now), "adopt", now=now)
    version = IndicatorVersion.objects.get()
    assert version.provenance["poll"]["turnout"] == version.provenance["poll"]["roll"]
    assert version.provenance["decision"]["reason"] == "Sesuai hasil musyawarah."


@pytest.mark.parametrize(
    ("kind", "stage"), [("return", Stage.RETURNED), ("reject", Stage.REJECTED)]
)
def test_a_decision_against_makes_no_version(
    author: Person, head: Person, unit: Unit, now: datetime, kind: str, stage: Stage
) -> None:
    proposal = build_decided(author, head, build_round(unit, now=now), kind, now=now)
    assert proposal.stage == stage
    assert not IndicatorVersion.objects.exists()


def test_a_decision_needs_a_reason(author: Person, head: Person, unit: Unit, now: datetime) -> None:
    proposal, _ = build_decision_pending(author, head, build_round(unit, now=now), now=now)
    with pytest.raises(ValidationError, match="alasannya"):
        actions.proposal_decide(actor=head, proposal=proposal, kind="adopt", reason=" ", now=now)
    assert not Decision.objects.exists()


def test_a_decision_is_made_once(author: Person, head: Person, unit: Unit, now: datetime) -> None:
    proposal = build_decided(author, head, build_round(unit, now=now), "adopt", now=now)
    with pytest.raises(Refused):
        actions.proposal_decide(
            actor=head, proposal=proposal, kind="reject", reason="Berubah pikiran.", now=now
        )


def test_the_head_who_proposes_is_led_by_the_superior(
    head: Person, superior_head: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(head, build_round(unit, now=now), now=now)
    counter_gaming(superior_head, head, proposal, now=now)
    with pytest.raises(Refused):
        actions.proposal_freeze(actor=head, proposal=proposal, now=now)
    actions.proposal_freeze(actor=superior_head, proposal=proposal, now=now)


def test_a_head_who_voted_does_not_decide(
    author: Person, head: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal, _ = build_decision_pending(author, head, build_round(unit, now=now), now=now)
    Appointment.objects.create(
        person=elector,
        unit=unit,
        role="head",
        standing="plh",
        starts_on=now.date() - timedelta(days=1),
        ends_on=now.date() + timedelta(days=30),
    )
    with pytest.raises(Refused, match="tidak memilih"):
        actions.proposal_decide(
            actor=elector, proposal=proposal, kind="adopt", reason="Setuju.", now=now
        )


def test_returning_a_text_under_vote_voids_its_item(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal, poll = build_voting(author, head, build_round(unit, now=now), now=now)
    actions.proposal_return(actor=head, proposal=proposal, reason="Rumus keliru.", now=now)
    assert poll.items.get().is_void
    proposal.refresh_from_db()
    assert proposal.stage == Stage.RETURNED


def test_a_text_returned_under_vote_is_voted_on_again_while_the_void_poll_still_runs(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal, void = build_voting(author, head, build_round(unit, now=now), now=now)
    actions.proposal_return(actor=head, proposal=proposal, reason="Rumus keliru.", now=now)
    actions.proposal_submit(actor=author, proposal=proposal, now=now)
    actions.proposal_freeze(actor=head, proposal=proposal, now=now)
    poll = actions.poll_open_for(actor=head, proposals=[proposal], minutes=5, now=now)
    assert poll.pk != void.pk
    assert poll.previous is None


def test_the_clock_passes_a_proposal_on_when_the_objection_window_ends(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal, _ = build_decision_pending(
        author, head, build_round(unit, now=now, objection_days=3), now=now
    )
    assert proposal.stage == Stage.OBJECTION
    close_due(now=now + timedelta(days=1))
    proposal.refresh_from_db()
    assert proposal.stage == Stage.OBJECTION
    for _ in range(2):  # safe to repeat
        close_due(now=now + timedelta(days=10))
    proposal.refresh_from_db()
    assert proposal.stage == Stage.DECISION


def test_an_unanswered_protest_holds_the_decision_back(
    author: Person, head: Person, facilitator: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now, objection_days=3)
    proposal, _ = build_decision_pending(author, head, round_, now=now)
    protest = actions.protest_add(
        actor=elector,
        proposal=proposal,
        body="Dua pemilih tertinggal.",
        submission=uuid4(),
        now=now,
    )
    later = now + timedelta(days=10)
    close_due(now=later)
    proposal.refresh_from_db()
    assert proposal.stage == Stage.OBJECTION
    actions.protest_answer(
        actor=facilitator, protest=protest, outcome="dismissed", answer="Daftar lengkap.", now=later
    )
    close_due(now=later)
    proposal.refresh_from_db()
    assert proposal.stage == Stage.DECISION


def test_a_vote_is_repeated_once_only(
    author: Person, head: Person, facilitator: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now, objection_days=3)
    proposal, first = build_decision_pending(author, head, round_, now=now)

    def protested(moment: datetime) -> object:
        return actions.protest_add(
            actor=elector, proposal=proposal, body="Waktu.", submission=uuid4(), now=moment
        )

    answer = {"actor": facilitator, "outcome": "vote_again", "answer": "Benar."}
    actions.protest_answer(protest=protested(now), now=now, **answer)  # type: ignore[arg-type]
    again = actions.poll_open_for(actor=head, proposals=[proposal], minutes=5, now=now)
    assert again.previous == first
    everyone_votes(again)
    close_and_settle(again, now=now)
    with pytest.raises(Refused, match="satu kali"):
        actions.protest_answer(protest=protested(now), now=now, **answer)  # type: ignore[arg-type]


def test_two_units_do_not_share_a_ballot(
    author: Person, outsider: Person, head: Person, city: Unit, now: datetime
) -> None:
    round_ = build_round(city, now=now)
    mine = build_frozen(author, head, round_, now=now)
    Appointment.objects.create(
        person=head,
        unit=outsider.unit,
        role="head",
        standing="plt",
        starts_on=now.date() - timedelta(days=1),
        ends_on=now.date() + timedelta(days=30),
    )
    theirs = build_discussion(outsider, round_, now=now, code="DIK-90")
    counter_gaming(head, outsider, theirs, now=now)
    theirs = actions.proposal_freeze(actor=head, proposal=theirs, now=now)
    with pytest.raises(Refused, match="satu unit"):
        actions.poll_open_for(actor=head, proposals=[mine, theirs], minutes=5, now=now)
    assert Proposal.objects.filter(stage=Stage.FROZEN).count() == 2


def test_a_very_long_name_fits_on_the_ballot(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    name = "Persentase " + "balita " * 34
    _, poll = build_voting(author, head, build_round(unit, now=now), now=now, name=name.strip())
    assert len(poll.items.get().title) <= 200


def test_a_ballot_is_indonesian_whatever_its_opener_reads(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    with translation.override("en"):
        _, poll = build_voting(author, head, build_round(unit, now=now), now=now)
    assert poll.title.startswith("Usulan indikator")
    assert "**Target**: 80 persen" in poll.items.get().text


def test_the_objection_window_ends_on_its_last_working_day(db: None) -> None:
    friday = datetime(2026, 11, 20, 9, 0, tzinfo=WIB)
    assert objection_end(friday, 3) == datetime(2026, 11, 25, 23, 59, tzinfo=WIB)


@pytest.mark.django_db(transaction=True)
def test_the_timer_scrubs_what_a_sealed_poll_left(now: datetime) -> None:
    units = build_units()
    cast = build_cast(units, today=now.date())
    round_ = build_round(units.unit, now=now)
    build_decision_pending(cast.author, cast.head, round_, now=now)
    assert Seal.objects.get().scrubbed_at is None
    out = StringIO()
    call_command("close_due", stdout=out)
    assert "polls scrubbed: 1" in out.getvalue()
    assert Seal.objects.get().scrubbed_at is not None
    call_command("close_due", stdout=out)
    assert "polls scrubbed: 0" in out.getvalue()
