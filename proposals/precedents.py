"""What happened last time: earlier proposals of the same indicator, or with a name like it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from core.stems import stems_of
from indicators.lint.similarity import overlap, subject_of, trigrams
from proposals.models import PollEntry, Proposal
from proposals.rules import Standing
from proposals.stages import Stage
from voting.results import ItemResult, PollResult, result_of

MOST_SHOWN = 5
ALIKE = 0.4  # of the trigrams of two names, from which they are worth showing side by side


@dataclass(frozen=True)
class Precedent:
    """An earlier proposal and what became of it, as far as everybody may read it."""

    proposal: Proposal
    is_same: bool  # of the same indicator; else only named alike
    entry: PollEntry | None  # its place on its latest ballot
    result: PollResult | None
    told: ItemResult | None
    reason: str  # why it was decided so, or given back; empty if nobody said

    @property
    def became(self) -> str:
        """`adopted`, `rejected`, `withdrawn`, or `left`: its round went by without a decision."""
        stage = Stage(self.proposal.stage)
        ends = (Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN)
        return stage.value if stage in ends else "left"


def precedents_of(standing: Standing) -> list[Precedent]:
    """Earlier proposals like this one that the reader may open: at most five, the nearest first.

    First those of the same indicator, then those whose name shares enough trigrams. Two queries
    where there is none, six at most.
    """
    proposal = standing.proposal
    earlier = Proposal.objects.visible_to(standing.person, standing.roles).earlier_than(proposal)
    stems = set(stems_of(subject_of(proposal.record.name)))
    alike = earlier.sharing(stems, at_least=ceil(len(stems) / 2)) if stems else []
    found = [
        (score, one)
        for one in earlier.of_indicator_or_in(proposal, alike).for_precedents()
        if (score := _likeness(proposal, one)) >= ALIKE
    ]
    found.sort(key=lambda pair: (-pair[0], -pair[1].stage_since.timestamp()))
    return [_precedent(proposal, one) for _score, one in found[:MOST_SHOWN]]


def _is_same(proposal: Proposal, other: Proposal) -> bool:
    if proposal.amends is not None and other.amends is not None:
        return proposal.amends.indicator_id == other.amends.indicator_id
    return bool(proposal.record.code) and proposal.record.code == other.record.code


def _likeness(proposal: Proposal, other: Proposal) -> float:
    """From 0 to 1; more than 1 for the same indicator, which goes before all that are alike."""
    if _is_same(proposal, other):
        return 2.0
    names = (trigrams(subject_of(one.record.name)) for one in (proposal, other))
    return overlap(*names)


def _precedent(proposal: Proposal, other: Proposal) -> Precedent:
    entry = next(iter(other.poll_entries.all()), None)
    result = result_of(entry.poll) if entry else None
    told = None
    if result and entry:
        told = next(item for item in result.items if item.item.pk == entry.item_id)
    decision = getattr(entry, "decision", None) if entry else None
    given = [change.reason for change in other.stage_changes.all() if change.reason]
    reason = decision.reason if decision else given[-1] if given else ""
    return Precedent(other, _is_same(proposal, other), entry, result, told, reason)
