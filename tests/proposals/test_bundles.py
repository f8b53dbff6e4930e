"""A published set goes into the next year as one bundle: drafted, moved and decided together."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core.verdict import Refused
from indicators.models import IndicatorVersion, Publication
from notices.models import Notice
from people.models import Person, Unit
from proposals import actions
from proposals.actions.clock import close_due
from proposals.models import Bundle, Decision, PollEntry, Proposal, Round
from proposals.stages import Stage
from tests.builders import build_person
from tests.proposals.builders import (
    build_bundle,
    build_comment,
    build_publication,
    build_round,
    build_voting,
    close_and_settle,
    counter_gaming,
    everyone_votes,
    vote,
    wanted_of,
)
from voting.models import Poll


@pytest.fixture
def round_(unit: Unit, now: datetime) -> Round:
    return build_round(unit, now=now, year=now.year + 1)


@pytest.fixture
def publication(
    facilitator: Person, publisher: Person, head: Person, unit: Unit, now: datetime
) -> Publication:
    return build_publication(facilitator, publisher, head, unit, now=now)


@pytest.fixture
def bundle(facilitator: Person, publication: Publication, round_: Round, now: datetime) -> Bundle:
    return build_bundle(facilitator, publication, round_, now=now)


def stages(bundle: Bundle) -> set[str]:
    return set(bundle.proposals.values_list("stage", flat=True))


def test_one_way_of_gaming_is_asked_of_the_bundle_as_a_whole(
    bundle: Bundle, head: Person, now: datetime
) -> None:
    actions.bundle_submit(actor=bundle.author, bundle=bundle, now=now)
    with pytest.raises(ValidationError, match="KES-01: Belum ada yang menulis bagaimana"):
        actions.bundle_freeze(actor=head, bundle=bundle, now=now)
    assert stages(bundle) == {Stage.DISCUSSION}
    counter_gaming(head, bundle.author, bundle.proposals.get(record__code="KES-02"), now=now)
    actions.bundle_freeze(actor=head, bundle=bundle, now=now)
    assert stages(bundle) == {Stage.FROZEN}


def frozen(bundle: Bundle, head: Person, *, now: datetime) -> Bundle:
    actions.bundle_submit(actor=bundle.author, bundle=bundle, now=now)
    counter_gaming(head, bundle.author, bundle.proposals.get(record__code="KES-01"), now=now)
    return actions.bundle_freeze(actor=head, bundle=bundle, now=now)


def opened(bundle: Bundle, head: Person, *, now: datetime) -> Poll:
    frozen(bundle, head, now=now)
    return actions.bundle_poll_open(actor=head, bundle=bundle, minutes=5, now=now)


def voted(bundle: Bundle, head: Person, *, now: datetime) -> Poll:
    poll = opened(bundle, head, now=now)
    everyone_votes(poll)
    close_and_settle(poll, now=now)
    return poll


def test_changed_targets_become_amendments_and_the_rest_is_kept(bundle: Bundle) -> None:
    drafts = {row.record.code: row for row in bundle.proposals.select_related("record")}
    assert {code: draft.kind for code, draft in drafts.items()} == {
        "KES-01": Proposal.Kind.AMEND,
        "KES-02": Proposal.Kind.RETIRE,
    }
    assert drafts["KES-01"].record.target == 85
    assert [version.code for version in bundle.kept.all()] == ["KES-03"]
    assert stages(bundle) == {Stage.DRAFT}


def test_the_same_submission_is_the_same_bundle(
    facilitator: Person, publication: Publication, round_: Round, now: datetime
) -> None:
    sent = {
        "actor": facilitator,
        "round_": round_,
        "publication": publication,
        "title": "Target tahun depan",
        "wanted": wanted_of(publication, round_, KES_01="85"),
        "submission": uuid4(),
        "now": now,
    }
    assert actions.bundle_create(**sent) == actions.bundle_create(**sent)
    assert Proposal.objects.count() == 1


def test_nothing_changed_is_no_bundle(
    facilitator: Person, publication: Publication, round_: Round, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="tidak perlu divoting"):
        build_bundle(facilitator, publication, round_, now=now, KES_01="80")
    assert not Bundle.objects.exists()


@pytest.mark.parametrize("part", ["author", "superior_head", "publisher", "auditor"])
def test_only_facilitator_and_head_of_the_scope_carry_over(
    cast: object, publication: Publication, round_: Round, now: datetime, part: str
) -> None:
    with pytest.raises(Refused, match="fasilitator"):
        build_bundle(getattr(cast, part), publication, round_, now=now)
    assert not Bundle.objects.exists()


def test_the_head_who_carries_over_is_led_by_the_superior(
    head: Person,
    superior_head: Person,
    publication: Publication,
    round_: Round,
    now: datetime,
) -> None:
    bundle = build_bundle(head, publication, round_, now=now)
    actions.bundle_submit(actor=head, bundle=bundle, now=now)
    member = bundle.proposals.get(record__code="KES-01")
    counter_gaming(superior_head, head, member, now=now)
    with pytest.raises(Refused):
        actions.bundle_freeze(actor=head, bundle=bundle, now=now)
    actions.bundle_freeze(actor=superior_head, bundle=bundle, now=now)
    assert stages(bundle) == {Stage.FROZEN}


def test_a_set_of_the_same_year_is_not_carried_over(
    facilitator: Person, publication: Publication, unit: Unit, now: datetime
) -> None:
    same_year = build_round(unit, now=now)
    with pytest.raises(ValidationError, match="tidak dapat dilanjutkan"):
        build_bundle(facilitator, publication, same_year, now=now)


def test_an_indicator_under_discussion_is_not_carried_over_twice(
    bundle: Bundle, facilitator: Person, publication: Publication, round_: Round, now: datetime
) -> None:
    actions.bundle_submit(actor=facilitator, bundle=bundle, now=now)
    with pytest.raises(ValidationError, match="muat ulang"):
        build_bundle(facilitator, publication, round_, now=now)
    assert Bundle.objects.count() == 1


@pytest.mark.parametrize("door", ["submit", "withdraw"])
def test_a_bundled_proposal_does_not_move_alone(
    bundle: Bundle, facilitator: Person, now: datetime, door: str
) -> None:
    proposal = bundle.proposals.first()
    reason = {"reason": "Sendiri saja."} if door == "withdraw" else {}
    with pytest.raises(Refused, match="bersama paketnya"):
        getattr(actions, f"proposal_{door}")(
            actor=facilitator, proposal=proposal, now=now, **reason
        )
    assert stages(bundle) == {Stage.DRAFT}


def test_one_unanswered_objection_keeps_the_whole_bundle_from_freezing(
    bundle: Bundle, facilitator: Person, author: Person, head: Person, now: datetime
) -> None:
    actions.bundle_submit(actor=facilitator, bundle=bundle, now=now)
    objected = bundle.proposals.get(record__code="KES-01")
    build_comment(author, objected, now=now)
    with pytest.raises(ValidationError, match="KES-01: 1 tanggapan"):
        actions.bundle_freeze(actor=head, bundle=bundle, now=now)
    assert stages(bundle) == {Stage.DISCUSSION}


def test_a_proposal_taken_out_goes_alone(
    bundle: Bundle, facilitator: Person, head: Person, now: datetime
) -> None:
    actions.bundle_submit(actor=facilitator, bundle=bundle, now=now)
    leaver = bundle.proposals.get(record__code="KES-02")
    actions.bundle_leave(actor=facilitator, proposal=leaver, now=now)
    counter_gaming(head, facilitator, bundle.proposals.get(record__code="KES-01"), now=now)
    actions.bundle_freeze(actor=head, bundle=bundle, now=now)
    leaver.refresh_from_db()
    assert leaver.stage == Stage.DISCUSSION
    actions.proposal_freeze(actor=head, proposal=leaver, now=now)


def test_nothing_leaves_a_frozen_bundle(
    bundle: Bundle, facilitator: Person, head: Person, now: datetime
) -> None:
    frozen(bundle, head, now=now)
    with pytest.raises(Refused, match="dibekukan"):
        actions.bundle_leave(actor=facilitator, proposal=bundle.proposals.first(), now=now)
    assert not Proposal.objects.filter(left_bundle_at__isnull=False).exists()


def test_a_frozen_bundle_is_no_candidate_for_another_ballot(
    bundle: Bundle, head: Person, now: datetime
) -> None:
    frozen(bundle, head, now=now)
    member = bundle.proposals.first()
    assert not Proposal.objects.frozen_beside(member).exists()
    with pytest.raises(Refused, match="bersama paketnya"):
        actions.poll_open_for(actor=head, proposals=[member], minutes=5, now=now)


def test_the_ballot_asks_one_question_that_lists_every_change(
    bundle: Bundle, head: Person, now: datetime
) -> None:
    poll = opened(bundle, head, now=now)
    item = poll.items.get()
    assert item.title == "Target tahun depan"
    assert "KES-01" in item.text
    assert "80 → 85 persen" in item.text
    assert "dicabut" in item.text
    assert "Tetap seperti semula dan tidak divoting: KES-03" in item.text
    assert item.poll_entries.count() == 2
    assert stages(bundle) == {Stage.VOTING}


def test_an_item_outside_a_bundle_asks_about_one_proposal(
    author: Person, head: Person, round_: Round, now: datetime
) -> None:
    _proposal, poll = build_voting(author, head, round_, now=now)
    entry = poll.poll_entries.get()
    other = Proposal.objects.create(
        round=round_, unit=author.unit, author=author, created_at=now, stage_since=now
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        PollEntry.objects.create(
            item=entry.item, poll=poll, proposal=other, revision=entry.revision
        )


def test_a_bundle_returned_under_vote_voids_its_item_and_goes_back_whole(
    bundle: Bundle, head: Person, now: datetime
) -> None:
    poll = opened(bundle, head, now=now)
    actions.bundle_return(actor=head, bundle=bundle, reason="KES-01 keliru.", now=now)
    assert poll.items.get().is_void
    assert stages(bundle) == {Stage.RETURNED}


def test_a_member_is_not_returned_by_itself(bundle: Bundle, head: Person, now: datetime) -> None:
    poll = opened(bundle, head, now=now)
    with pytest.raises(Refused, match="bersama paketnya"):
        actions.proposal_return(
            actor=head, proposal=bundle.proposals.first(), reason="Keliru.", now=now
        )
    assert not poll.items.get().is_void


def test_the_whole_way_ends_in_versions_with_their_provenance(
    bundle: Bundle, unit: Unit, head: Person, now: datetime
) -> None:
    for _ in range(4):
        build_person(unit=unit)
    poll = voted(bundle, head, now=now)
    assert stages(bundle) == {Stage.DECISION}
    actions.bundle_decide(
        actor=head, bundle=bundle, kind="adopt", reason="Sesuai musyawarah.", now=now
    )
    assert stages(bundle) == {Stage.ADOPTED}
    amended = IndicatorVersion.objects.get(code="KES-01", number=2)
    retired = IndicatorVersion.objects.get(code="KES-02", number=2)
    assert amended.target == 85
    assert retired.retires
    for version in (amended, retired):
        told = version.provenance
        proposal = bundle.proposals.get(amends__code=version.code)
        assert told["proposal"] == str(proposal.pk)
        assert told["revision_digest"] == proposal.revisions.get().digest
        assert told["poll"]["id"] == str(poll.pk)
        assert told["poll"]["in_favour"] == told["poll"]["turnout"]
    in_use = {version.code: version.number for version in IndicatorVersion.objects.in_use()}
    assert in_use == {"KES-01": 2, "KES-03": 1}
    call_command("verify", verbosity=0)


@pytest.mark.parametrize(
    ("kind", "stage"), [("return", Stage.RETURNED), ("reject", Stage.REJECTED)]
)
def test_a_decision_against_is_about_all(
    bundle: Bundle, head: Person, now: datetime, kind: str, stage: Stage
) -> None:
    voted(bundle, head, now=now)
    actions.bundle_decide(actor=head, bundle=bundle, kind=kind, reason="Belum tepat.", now=now)
    assert stages(bundle) == {stage}
    assert Decision.objects.count() == 2
    assert not IndicatorVersion.objects.filter(number=2).exists()


def test_a_returned_bundle_is_submitted_and_voted_on_again(
    bundle: Bundle, head: Person, now: datetime
) -> None:
    voted(bundle, head, now=now)
    actions.bundle_decide(actor=head, bundle=bundle, kind="return", reason="Lagi.", now=now)
    later = now + timedelta(minutes=1)
    actions.bundle_submit(actor=bundle.author, bundle=bundle, now=later)
    actions.bundle_freeze(actor=head, bundle=bundle, now=later)
    poll = actions.bundle_poll_open(actor=head, bundle=bundle, minutes=5, now=later)
    assert poll.items.get().poll_entries.count() == 2
    assert stages(bundle) == {Stage.VOTING}


@pytest.fixture
def objection(
    bundle: Bundle, round_: Round, elector: Person, head: Person, now: datetime
) -> Bundle:
    """A counted bundle in its objection window, with a protest against one of its proposals."""
    round_.objection_days = 3
    round_.save()
    voted(bundle, head, now=now)
    actions.protest_add(
        actor=elector,
        proposal=bundle.proposals.get(record__code="KES-01"),
        body="Waktunya terlalu singkat.",
        submission=uuid4(),
        now=now,
    )
    return bundle


def test_a_protest_against_one_holds_all_back(objection: Bundle, now: datetime) -> None:
    close_due(now=now + timedelta(days=10))
    assert stages(objection) == {Stage.OBJECTION}


@pytest.mark.parametrize(
    ("outcome", "stage"), [("vote_again", Stage.FROZEN), ("returned", Stage.RETURNED)]
)
def test_an_upheld_protest_moves_all(
    objection: Bundle,
    facilitator: Person,
    now: datetime,
    outcome: str,
    stage: Stage,
) -> None:
    protest = objection.proposals.get(record__code="KES-01").protests.get()
    actions.protest_answer(
        actor=facilitator, protest=protest, outcome=outcome, answer="Benar.", now=now
    )
    assert stages(objection) == {stage}


def test_a_dismissed_protest_lets_all_pass_on_together(
    objection: Bundle, facilitator: Person, now: datetime
) -> None:
    protest = objection.proposals.get(record__code="KES-01").protests.get()
    actions.protest_answer(
        actor=facilitator, protest=protest, outcome="dismissed", answer="Cukup.", now=now
    )
    for _ in range(2):  # safe to repeat
        close_due(now=now + timedelta(days=10))
    assert stages(objection) == {Stage.DECISION}


def test_electors_are_told_once_for_the_whole_bundle(
    bundle: Bundle, author: Person, head: Person, now: datetime
) -> None:
    poll = opened(bundle, head, now=now)
    vote(author, poll)
    assert Notice.objects.visible_to(author).count() == 1
