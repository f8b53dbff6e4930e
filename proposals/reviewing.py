"""What the reviews of a proposal say together: counts, reasons, and where reviewers disagree."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from proposals.checklist import ITEMS, Item
from proposals.models import Proposal, Review, ReviewAnswer

Verdict = ReviewAnswer.Verdict


@dataclass(frozen=True)
class Reason:
    """Why a reviewer said no, or was not sure, or yes; about which revision."""

    review: Review
    verdict: str
    text: str


@dataclass(frozen=True)
class ItemSummary:
    """One criterion: how many said what, and why."""

    item: Item
    counts: dict[str, int]
    reasons: list[Reason]

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The counts in words, for a chart."""
        return [(str(Verdict(key).label), count) for key, count in self.counts.items()]

    @property
    def total(self) -> int:
        """How many reviewers answered."""
        return sum(self.counts.values())

    @property
    def disagreement(self) -> Decimal:
        """How far reviewers disagree, from 0 (all say the same) to 1.

        One minus the difference between the shares of *yes* and *no*, where *not sure* weighs as
        half for either side: 1 where as many say yes as no, or where nobody is sure.
        """
        if not self.total or max(self.counts.values()) == self.total:
            return Decimal(0)
        return 1 - Decimal(abs(self.counts[Verdict.YES] - self.counts[Verdict.NO])) / self.total


def summaries_of(proposal: Proposal) -> list[ItemSummary]:
    """Every criterion, where reviewers disagree most first. Two queries."""
    reviews = list(Review.objects.filter(proposal=proposal).for_summary())
    counts: dict[str, Counter[str]] = {key: Counter() for key in ITEMS}
    reasons: dict[str, list[Reason]] = {key: [] for key in ITEMS}
    for review in reviews:
        for answer in review.answers.all():
            counts[answer.item][answer.verdict] += 1
            if answer.reason:
                said = Reason(review, answer.get_verdict_display(), answer.reason)
                reasons[answer.item].append(said)
    found = [
        ItemSummary(
            item, {verdict: counts[key][verdict] for verdict in Verdict.values}, reasons[key]
        )
        for key, item in ITEMS.items()
    ]
    return sorted(found, key=lambda summary: -summary.disagreement)
