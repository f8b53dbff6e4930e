"""From a published indicator back to a proposal: objections, findings, review dates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client

from core.verdict import Refused
from indicators.actions import actuals_import, versions
from indicators.aftercare import aftercare_of
from indicators.importing.actuals import ActualRow
from indicators.models import IndicatorVersion, Objection, Publication
from indicators.record import content_of, values_of
from notices.models import Notice
from people.models import Appointment, Person
from proposals import actions
from proposals.actions import close_due
from proposals.actions.moves import stage_move
from proposals.actions.origins import objections_offer, reviews_tell
from proposals.models import Origin, Proposal, Round
from proposals.stages import Move, Stage
from tests.builders import Cast, Units, build_appointment, build_person
from tests.indicators.builders import adopt, publish_set
from tests.proposals.builders import build_round

Clients = Callable[[Person], Client]

REASON = "Balita di dusun atas tidak dapat ditimbang setiap bulan saat jalan putus."


@pytest.fixture
def publication(cast: Cast, units: Units, now: datetime) -> Publication:
    """KES-01 in a published set of the city."""
    version = adopt(actor=cast.head, now=now - timedelta(days=30))
    return publish_set(
        facilitator=cast.facilitator,
        publisher=cast.publisher,
        scope=units.city,
        weights={version: 100},
        now=now - timedelta(days=1),
    )


@pytest.fixture
def round_(units: Units, now: datetime) -> Round:
    return build_round(units.agency, now=now)


def objecting(
    actor: Person,
    now: datetime,
    round_: Round | None = None,
    publication: Publication | None = None,
) -> tuple[Objection, Proposal | None]:
    return actions.objection_make(
        actor=actor, code="KES-01", publication=publication, reason=REASON, round_=round_, now=now
    )


def told_of(person: Person) -> list[str]:
    return list(Notice.objects.visible_to(person).values_list("text", flat=True))


# Objections


def test_an_objection_opens_an_amendment_with_the_text_in_force(
    publication: Publication, round_: Round, elector: Person, now: datetime
) -> None:
    objection, proposal = objecting(elector, now, round_, publication)
    assert proposal is not None
    version = IndicatorVersion.objects.get()
    assert (proposal.kind, proposal.amends, proposal.stage) == ("amend", version, Stage.DRAFT)
    assert content_of(proposal.record) == content_of(version)
    origin = proposal.origin
    assert (origin.text, origin.version, origin.objection) == (REASON, version, objection)


def test_a_draft_is_nobodys_business_until_it_is_submitted(
    publication: Publication, round_: Round, elector: Person, now: datetime
) -> None:
    _objection, proposal = objecting(elector, now, round_)
    assert proposal is not None
    before = aftercare_of("KES-01", None, None, now=now)
    assert before is not None
    assert (before.waiting, list(before.discussed)) == (1, [])
    actions.proposal_submit(actor=elector, proposal=proposal, now=now)
    after = aftercare_of("KES-01", None, None, now=now)
    assert after is not None
    assert (after.waiting, after.discussed) == (0, [(f"/proposals/{proposal.pk}/", 1)])


def test_a_withdrawn_proposal_lets_its_objection_wait_again(
    publication: Publication, round_: Round, elector: Person, now: datetime
) -> None:
    objection, proposal = objecting(elector, now, round_)
    assert proposal is not None
    actions.proposal_submit(actor=elector, proposal=proposal, now=now)
    with pytest.raises(Refused, match="sedang dibahas"):
        actions.objection_withdraw(actor=elector, objection=objection, now=now)
    actions.proposal_withdraw(actor=elector, proposal=proposal, reason="Belum siap.", now=now)
    again = actions.objection_bring(actor=elector, objection=objection, round_=round_, now=now)
    assert again.pk != proposal.pk


@pytest.mark.parametrize("move", [Move.ADOPT, Move.REJECT])
def test_a_decision_settles_the_objection(
    move: Move, publication: Publication, round_: Round, cast: Cast, now: datetime
) -> None:
    objection, proposal = objecting(cast.elector, now, round_)
    assert proposal is not None
    actions.proposal_submit(actor=cast.elector, proposal=proposal, now=now)
    Proposal.objects.filter(pk=proposal.pk).update(stage=Stage.DECISION)
    decided = Proposal.objects.for_detail().get(pk=proposal.pk)
    stage_move(decided, move, by=cast.head, reason="Sudah dibahas.", now=now)
    objection.refresh_from_db()
    assert objection.settled_at == now


def test_a_retirement_ends_the_objections_to_what_is_retired(
    publication: Publication, round_: Round, cast: Cast, now: datetime
) -> None:
    objection, _none = objecting(cast.elector, now, None)
    adopt(actor=cast.head, now=now, code="KES-01", amends="KES-01", retires=True)
    objection.refresh_from_db()
    assert objection.settled_at == now
    assert any("keberatan Anda atasnya selesai" in text for text in told_of(cast.elector))
    assert objections_offer(now=now) == 0


def test_what_was_objected_to_a_retired_indicator_is_not_brought(
    publication: Publication,
    round_: Round,
    cast: Cast,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Filed in the moment of the retirement, it is not settled with it."""
    monkeypatch.setattr(versions, "_objections_end", lambda version, *, now: None)
    objection, _none = objecting(cast.elector, now, None)
    adopt(actor=cast.head, now=now, code="KES-01", amends="KES-01", retires=True)
    with pytest.raises(Refused, match="KES-01 sudah dicabut"):
        actions.objection_bring(actor=cast.elector, objection=objection, round_=round_, now=now)


def test_bringing_twice_makes_one_draft(
    publication: Publication, round_: Round, elector: Person, now: datetime
) -> None:
    objection, first = objecting(elector, now, round_)
    second = actions.objection_bring(actor=elector, objection=objection, round_=round_, now=now)
    assert first == second
    assert Proposal.objects.count() == 1


def test_another_does_not_bring_ones_objection(
    publication: Publication, round_: Round, elector: Person, author: Person, now: datetime
) -> None:
    objection, _none = objecting(elector, now)
    with pytest.raises(Refused, match="yang menyampaikannya"):
        actions.objection_bring(actor=author, objection=objection, round_=round_, now=now)


def test_where_no_round_takes_it_nothing_of_it_is_kept(
    publication: Publication, units: Units, elector: Person, now: datetime
) -> None:
    elsewhere = build_round(units.other_unit, now=now)
    with pytest.raises(Refused, match="untuk unit lain"):
        objecting(elector, now, elsewhere)
    assert not Objection.objects.exists()


def test_a_withdrawn_objection_is_over_and_its_draft_goes_on(
    publication: Publication, round_: Round, elector: Person, now: datetime
) -> None:
    objection, proposal = objecting(elector, now, round_)
    assert proposal is not None
    actions.objection_withdraw(actor=elector, objection=objection, now=now)
    actions.proposal_submit(actor=elector, proposal=proposal, now=now)
    objection.refresh_from_db()
    assert objection.settled_at is not None
    assert objection.discussed_at == ""


def test_who_waits_is_told_now_and_when_a_round_opens(
    publication: Publication, units: Units, elector: Person, facilitator: Person, now: datetime
) -> None:
    objecting(elector, now)
    assert any("disimpan" in text for text in told_of(elector))
    assert "Keberatan sesudah terbit atas KES-01." in told_of(facilitator)
    assert objections_offer(now=now) == 0
    build_round(units.agency, now=now, title="Putaran latihan", is_training=True)
    build_round(units.other_unit, now=now, title="Putaran lain")
    assert objections_offer(now=now) == 0
    build_round(units.agency, now=now, title="Putaran 2027")
    assert close_due(now=now).objections_offered == 1
    assert close_due(now=now).objections_offered == 0
    assert any(text.startswith("Putaran 2027 dibuka") for text in told_of(elector))


def test_a_draft_that_exists_is_not_offered_again(
    publication: Publication, units: Units, round_: Round, elector: Person, now: datetime
) -> None:
    objecting(elector, now, round_)
    build_round(units.city, now=now, title="Putaran kota")
    assert objections_offer(now=now) == 0


def test_an_objection_goes_from_form_to_draft_to_page(
    publication: Publication, round_: Round, elector: Person, author: Person, client_of: Clients
) -> None:
    client = client_of(elector)
    listed = client.get("/sets/kota/1.0.0/object/").content.decode()
    assert "/indicators/KES-01/object/?set=kota/1.0.0" in listed
    answer = client.post(
        "/indicators/KES-01/object/?set=kota/1.0.0", {"reason": REASON, "round": str(round_.pk)}
    )
    proposal = Proposal.objects.get()
    assert answer.headers["Location"] == f"/proposals/{proposal.pk}/edit/"
    assert proposal.origin.objection is not None
    assert proposal.origin.objection.publication == publication
    client.post(f"/proposals/{proposal.pk}/submit/")
    page = client_of(author).get(f"/proposals/{proposal.pk}/").content.decode()
    assert REASON in page
    assert "/indicators/KES-01/" in page
    assert "/sets/kota/1.0.0/" in page
    indicator = client_of(author).get("/indicators/KES-01/").content.decode()
    assert f'href="/proposals/{proposal.pk}/"' in indicator


def test_who_objected_reads_where_it_was_decided(
    publication: Publication, round_: Round, cast: Cast, now: datetime, client_of: Clients
) -> None:
    objection, proposal = objecting(cast.elector, now, round_)
    assert proposal is not None
    actions.proposal_submit(actor=cast.elector, proposal=proposal, now=now)
    Proposal.objects.filter(pk=proposal.pk).update(stage=Stage.DECISION)
    decided = Proposal.objects.for_detail().get(pk=proposal.pk)
    stage_move(decided, Move.REJECT, by=cast.head, reason="Sudah dibahas.", now=now)
    page = client_of(cast.elector).get(f"/objections/{objection.pk}/").content.decode()
    assert "Baca pembahasan dan keputusannya" in page
    assert f'href="/proposals/{proposal.pk}/"' in page


def test_a_short_reason_is_told_beside_its_field(
    publication: Publication, round_: Round, elector: Person, client_of: Clients
) -> None:
    form = {"reason": "Tidak setuju.", "round": str(round_.pk)}
    answer = client_of(elector).post("/indicators/KES-01/object/", form)
    assert answer.status_code == 200
    assert not Objection.objects.exists()


def test_home_asks_who_waits_and_the_facilitator(
    publication: Publication, units: Units, elector: Person, facilitator: Person, now: datetime,
    client_of: Clients,
) -> None:  # fmt: skip
    objection, _none = objecting(elector, now)
    assert "1 keberatan menunggu." in client_of(facilitator).get("/").content.decode()
    address = f"/objections/{objection.pk}/"
    home = client_of(elector)
    assert f'href="{address}"' not in home.get("/").content.decode()
    build_round(units.agency, now=now)
    assert f'href="{address}"' in home.get("/").content.decode()


# Findings


def report(now: datetime, *figures: str) -> None:
    keys = [(year, f"TW{part}") for year in (now.year - 2, now.year - 1) for part in range(1, 5)]
    rows = [
        ActualRow(0, "puskesmas-latihan", "KES-01", *key, Decimal(figure))
        for key, figure in zip(keys, figures, strict=False)
    ]
    actuals_import(actor=None, rows=rows, now=now)


def test_a_finding_opens_a_prefilled_retirement(
    publication: Publication, units: Units, facilitator: Person, now: datetime, client_of: Clients
) -> None:
    report(now, *["72.5"] * 6)
    round_ = build_round(units.city, now=now)
    client = client_of(facilitator)
    found = client.get("/aftercare/").content.decode()
    assert "Semua angka sama, 72,5" in found
    assert "/indicators/KES-01/propose/" in found
    offered = client.get("/indicators/KES-01/propose/").content.decode()
    door = f"/rounds/{round_.pk}/propose/?kind=retire&code=KES-01&because=finding"
    assert door.replace("&", "&amp;") in offered
    form = client.get(door)
    assert "Semua angka sama, 72,5" in form.context["form"]["retirement_reason"].value()
    typed = {"submission": str(uuid4()), "retirement_reason": "Tidak pernah berbeda."}
    client.post(door, typed)
    client.post(door, typed)
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.origin.kind) == ("retire", Origin.Kind.FINDING)
    assert "Semua angka sama, 72,5" in proposal.origin.text


def test_without_a_finding_no_proposal_claims_one(
    publication: Publication, round_: Round, author: Person, now: datetime
) -> None:
    report(now, *["72.5"] * 5, "73")
    version = IndicatorVersion.objects.get()
    with pytest.raises(ValidationError, match="tidak lagi menunjukkan"):
        actions.finding_propose(
            actor=author,
            round_=round_,
            kind=Proposal.Kind.AMEND,
            amends=version,
            fields=values_of(content_of(version)),
            submission=uuid4(),
            now=now,
        )
    assert not Proposal.objects.exists()


def test_nothing_is_retired_by_itself(publication: Publication, now: datetime) -> None:
    report(now, *["72.5"] * 6)
    close_due(now=now)
    assert IndicatorVersion.objects.in_use().count() == 1
    assert not Proposal.objects.exists()


def test_an_origin_is_written_once(
    publication: Publication, round_: Round, elector: Person, now: datetime
) -> None:
    objecting(elector, now, round_)
    with pytest.raises(DatabaseError), transaction.atomic():
        Origin.objects.update(text="Lain.")


# Review dates


def test_facilitators_are_told_once_of_each_date(
    cast: Cast, facilitator: Person, author: Person, now: datetime
) -> None:
    adopt(actor=cast.head, now=now - timedelta(days=680))
    adopt(actor=cast.head, now=now - timedelta(days=10), code="KES-02")
    assert close_due(now=now).reviews_told == 1
    assert close_due(now=now + timedelta(days=1)).reviews_told == 0
    (text,) = told_of(facilitator)
    assert text.startswith("KES-01, Persentase balita")
    assert not told_of(author)


def test_many_dates_are_one_notice(cast: Cast, facilitator: Person, now: datetime) -> None:
    for place in range(1, 4):
        adopt(actor=cast.head, now=now - timedelta(days=680), code=f"KES-0{place}")
    assert reviews_tell(now=now) == 3
    assert told_of(facilitator) == ["3 indikator perlu ditinjau: KES-01, KES-02, KES-03."]


def test_the_facilitator_of_the_owner_unit_is_told_alone(
    cast: Cast, units: Units, facilitator: Person, now: datetime
) -> None:
    near = build_person(unit=units.agency)
    build_appointment(near, Appointment.Role.FACILITATOR, unit=units.agency)
    adopt(actor=cast.head, now=now - timedelta(days=680))
    reviews_tell(now=now)
    assert len(told_of(near)) == 1
    assert not told_of(facilitator)


def test_where_nobody_facilitates_the_date_is_told_later(cast: Cast, now: datetime) -> None:
    adopt(actor=cast.head, now=now - timedelta(days=680))
    later = now + timedelta(days=400)
    Appointment.objects.of_role(Appointment.Role.FACILITATOR).update(ends_on=later.date())
    assert reviews_tell(now=later) == 0
