"""Consensus first, on a proposal: agreed goes on as a vote does; an objection leads to the vote."""

from datetime import datetime, timedelta

import pytest

from indicators.models import IndicatorVersion
from people.models import Person, Unit
from proposals import actions
from proposals.models import Proposal
from proposals.stages import Stage
from tests.proposals.builders import (
    build_frozen,
    build_round,
    close_and_settle,
    everyone_votes,
)
from tests.voting.builders import add_staff
from voting.actions import open_ballot_cast
from voting.models import Poll
from voting.results import result_of

pytestmark = pytest.mark.django_db


def speak(poll: Poll, *, objections: int) -> None:
    """Everyone on the roll answers; the first ones object."""
    for number, elector in enumerate(poll.electors.by_name()):
        choice = "object" if number < objections else "agree"
        keys = [str(item.pk) for item in poll.items.all()]
        open_ballot_cast(
            actor=elector.person,
            poll=poll,
            choices=dict.fromkeys(keys, choice),
            reasons=dict.fromkeys(keys, "Belum terukur.") if choice == "object" else {},
        )


def consensus(
    author: Person, head: Person, unit: Unit, *, now: datetime, objections: int, days: int = 0
) -> tuple[Proposal, Poll]:
    round_ = build_round(unit, now=now, objection_days=days)
    proposal = build_frozen(author, head, round_, now=now)
    poll = actions.poll_open_for(
        actor=head, proposals=[proposal], minutes=60, method="consensus", now=now
    )
    speak(poll, objections=objections)
    close_and_settle(poll, now=now)
    proposal.refresh_from_db()
    return proposal, poll


@pytest.mark.parametrize(("days", "stage"), [(0, Stage.DECISION), (3, Stage.OBJECTION)])
def test_an_agreed_text_goes_on_as_after_a_vote(
    author: Person, head: Person, unit: Unit, now: datetime, days: int, stage: Stage
) -> None:
    proposal, poll = consensus(author, head, unit, now=now, objections=0, days=days)
    assert not poll.is_secret
    assert proposal.stage == stage


def test_an_objection_leads_to_a_secret_vote_that_repeats_nothing(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal, first = consensus(author, head, unit, now=now, objections=1)
    assert proposal.stage == Stage.FROZEN
    later = now + timedelta(minutes=1)
    poll = actions.poll_open_for(actor=head, proposals=[proposal], minutes=60, now=later)
    assert poll.is_secret
    assert poll.previous is None
    assert not Poll.objects.filter(previous=first).exists()
    everyone_votes(poll)
    close_and_settle(poll, now=now)
    proposal.refresh_from_db()
    assert proposal.stage == Stage.DECISION


def test_consensus_sought_again_names_the_one_before(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal, first = consensus(author, head, unit, now=now, objections=1)
    again = actions.poll_open_for(
        actor=head, proposals=[proposal], minutes=60, method="consensus", now=now
    )
    assert again.previous == first


def test_an_open_round_votes_by_name_and_a_secret_one_does_not(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    open_round = build_round(unit, now=now, is_secret=False)
    proposal = build_frozen(author, head, open_round, now=now)
    poll = actions.poll_open_for(actor=head, proposals=[proposal], minutes=60, now=now)
    assert (poll.is_secret, poll.publication_mode) == (False, "N")


@pytest.mark.parametrize("is_public", [True, False])
def test_the_public_reads_the_numbers_of_an_open_poll_from_five_on(
    author: Person, head: Person, unit: Unit, now: datetime, is_public: bool
) -> None:
    """The sealed result has them always, because staff read every name beside its choice."""
    add_staff(unit, 2 if is_public else 0)
    proposal, poll = consensus(author, head, unit, now=now, objections=0)
    assert (poll.roll_size >= poll.minimum_shown) == is_public
    actions.proposal_decide(
        actor=head, proposal=proposal, kind="adopt", reason="Sesuai mufakat.", now=now
    )
    told = IndicatorVersion.objects.get().provenance["poll"]
    assert told["turnout"] == poll.roll_size
    numbers = (told["in_favour"], told["against"], told["abstained"])
    assert numbers == ((poll.roll_size, 0, 0) if is_public else (None, None, None))
    result = result_of(Poll.objects.get(pk=poll.pk))
    assert result is not None
    assert result.items[0].in_favour == poll.roll_size
