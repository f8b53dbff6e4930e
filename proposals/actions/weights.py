"""What voters say about weights goes to whoever composes the set."""

from datetime import datetime

from django.urls import reverse

from indicators.actions import AdviceSource, Advised, weights_advise
from proposals.models import RoundPoll
from voting.models import Poll
from voting.results import ItemResult, PollResult, result_of


def weights_hand_over(*, now: datetime) -> int:
    """Hand the weights of every poll that was sealed since to the sets; how many. Safe to repeat.

    What voters gave is not handed over where it may not be told (below five ballots), where the
    quorum was not reached, and where an item weighs an indicator that was not adopted.
    """
    waiting = RoundPoll.objects.sealed_weights()
    return sum(_hand_over(asked, now=now) for asked in waiting)


def _hand_over(asked: RoundPoll, *, now: datetime) -> bool:
    poll = asked.poll
    result = result_of(poll)
    if result is None or not result.quorum_reached or not result.is_shown:
        return False
    weights = _weights(asked, result)
    if weights is None:
        return False
    weights_advise(actor=None, source=_source(poll, result), weights=weights, now=now)
    return True


def _weights(asked: RoundPoll, result: PollResult) -> list[Advised] | None:
    """What each item gives the version that was adopted of its proposal; None where one lacks."""
    weights = []
    for entry in asked.entries.with_versions():
        told: ItemResult | None = result.of(entry.item_id)
        version = entry.adopted_version()
        if told is None or told.weight is None or told.median is None or version is None:
            return None
        weights.append(Advised(version, told.median, told.weight))
    return weights


def _source(poll: Poll, result: PollResult) -> AdviceSource:
    return AdviceSource(
        key=poll.pk,
        scope=poll.scope,
        title=poll.title,
        url=reverse("voting:detail", args=[poll.pk]),
        result_hash=result.seal.result_hash,
        sealed_at=result.seal.sealed_at,
    )
