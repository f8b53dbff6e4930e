"""The medians of a closed poll by weights reach whoever composes the set, by machine."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from core.verdict import Refused
from indicators.models import AdvisedWeight, WeightAdvice
from people.models import Person, Unit
from proposals import actions
from proposals.actions.clock import close_due
from proposals.actions.weights import weights_hand_over
from proposals.models import Proposal
from tests.indicators.builders import adopt, draft_set
from tests.proposals.builders import build_decided, build_frozen, build_round, vote
from tests.voting.builders import add_staff, close_by_clock, voters_of
from voting.models import Poll

pytestmark = pytest.mark.django_db

CODES = ("KES-20", "KES-21")


@pytest.fixture
def adopted(author: Person, head: Person, unit: Unit, now: datetime) -> list[Proposal]:
    round_ = build_round(unit, now=now)
    return [build_decided(author, head, round_, "adopt", now=now, code=code) for code in CODES]


def ask(
    head: Person, proposals: Sequence[Proposal], now: datetime, method: str = "weights"
) -> Poll:
    return actions.round_poll_open(
        actor=head,
        round_=proposals[0].round,
        method=method,
        proposals=proposals,
        minutes=60,
        now=now,
    )


def weighed(poll: Poll, ballots: Sequence[tuple[str, str]]) -> Poll:
    """The poll when its time is over: one ballot for each row, points in the order of the codes."""
    entries = poll.round_poll.entries.order_by("proposal__record__code")
    items = [str(entry.item_id) for entry in entries]
    for person, points in zip(voters_of(poll), ballots, strict=False):
        vote(person, poll, dict(zip(items, points, strict=True)))
    return close_by_clock(poll)


def given() -> dict[str, Decimal]:
    rows = AdvisedWeight.objects.select_related("version")
    return {each.version.code: each.weight_percent for each in rows}


FIVE = [("70", "30"), ("60", "40"), ("60", "40"), ("50", "50"), ("90", "10")]


def test_a_sealed_poll_is_handed_over_once(
    head: Person, adopted: list[Proposal], unit: Unit, now: datetime
) -> None:
    add_staff(unit, 3)
    poll = ask(head, adopted, now)
    assert weights_hand_over(now=now) == 0, "while it is open nothing is told"
    poll = weighed(poll, FIVE)
    assert [close_due(now=now).weights_handed_over for _time in range(2)] == [1, 0]
    advice = WeightAdvice.objects.get()
    assert (advice.pk, advice.scope, advice.title) == (poll.pk, poll.scope, poll.title)
    assert (advice.result_hash, advice.url) == (poll.seal.result_hash, f"/polls/{poll.pk}/")
    assert given() == {"KES-20": 60, "KES-21": 40}
    versions = {proposal.poll_entries.get().decision.version for proposal in adopted}
    assert {each.version for each in AdvisedWeight.objects.all()} == versions


def test_medians_are_handed_over_as_brought_back_to_100(
    head: Person, adopted: list[Proposal], unit: Unit, now: datetime
) -> None:
    add_staff(unit, 4)
    weighed(ask(head, adopted, now), [*FIVE, ("61", "39")])
    weights_hand_over(now=now)
    assert sum(given().values()) == 100
    medians = {each.median_points for each in AdvisedWeight.objects.all()}
    assert medians == {Decimal("60.5"), Decimal("39.5")}


def test_without_a_quorum_nothing_is_handed_over(
    head: Person, adopted: list[Proposal], unit: Unit, now: datetime
) -> None:
    add_staff(unit, 20)
    weighed(ask(head, adopted, now), FIVE)
    assert weights_hand_over(now=now) == 0


def test_what_may_not_be_told_is_not_handed_over(
    head: Person, adopted: list[Proposal], now: datetime
) -> None:
    poll = weighed(ask(head, adopted, now), FIVE[:4])
    assert poll.roll_size < 8, "so that four reach the quorum"
    assert weights_hand_over(now=now) == 0
    assert not WeightAdvice.objects.exists()


def test_a_ranking_is_no_weight(author: Person, head: Person, unit: Unit, now: datetime) -> None:
    add_staff(unit, 3)
    round_ = build_round(unit, now=now)
    rivals = [build_frozen(author, head, round_, now=now, code=code) for code in CODES]
    weighed(ask(head, rivals, now, "schulze"), [("1", "2")] * 5)
    assert weights_hand_over(now=now) == 0


def test_a_retirement_has_no_weight(
    head: Person, adopted: list[Proposal], facilitator: Person, now: datetime
) -> None:
    Proposal.objects.filter(pk=adopted[0].pk).update(
        kind="retire", amends=adopt(actor=head, now=now, code="KES-22")
    )
    for actor in (head, facilitator):
        with pytest.raises(Refused, match="tidak mempunyai bobot"):
            ask(actor, adopted, now)
    assert not Proposal.objects.askable(adopted[0].round, "adopted").filter(kind="retire")


def test_the_facilitator_finds_the_weights_on_the_page_of_a_set(
    client_of: Callable[[Person], Client],
    facilitator: Person,
    head: Person,
    adopted: list[Proposal],
    unit: Unit,
    now: datetime,
) -> None:
    add_staff(unit, 3)
    poll = weighed(ask(facilitator, adopted, now), FIVE)
    close_due(now=now)
    indicator_set = draft_set(facilitator=facilitator, scope=unit, weights={}, now=now)
    client, url = client_of(facilitator), f"/sets/drafts/{indicator_set.pk}/"
    assert poll.seal.result_hash in client.get(url).content.decode()
    page = client.post(f"{url}take-weights/", {"advice": str(poll.pk)}, follow=True)
    assert f'href="/polls/{poll.pk}/"' in page.content.decode()
    weights = {each.version.code: each.weight_percent for each in indicator_set.entries.all()}
    assert weights == {"KES-20": 60, "KES-21": 40}
