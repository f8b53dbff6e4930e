"""Method *approve*: each item is approved, rejected or abstained from, by itself.

Source: DOMAIN 5.2. The binding reading counts the decisive votes (setuju + tidak setuju); the
stricter one, shown beside it, counts everyone present, so that an abstention weighs against.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

APPROVE, REJECT, ABSTAIN = "approve", "reject", "abstain"
CHOICES = (APPROVE, REJECT, ABSTAIN)


@dataclass(frozen=True)
class Counts:
    """How many ballots approve, reject and abstain from one item."""

    in_favour: int
    against: int
    abstained: int

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstained

    def as_dict(self) -> dict[str, int]:
        """The counts by choice."""
        return {APPROVE: self.in_favour, REJECT: self.against, ABSTAIN: self.abstained}


@dataclass(frozen=True)
class Outcome:
    """What the counts of one item mean under a quorum and a majority."""

    passed: bool
    passed_of_present: bool
    is_tie: bool
    is_unanimous: bool


def count(choices: Iterable[tuple[str, int]]) -> Counts:
    """The counts of one item's column, given as (choice, number of ballots).

    Raises ValueError for a choice that the method does not have.
    """
    sums = dict.fromkeys(CHOICES, 0)
    for choice, ballots in choices:
        if choice not in sums:
            raise ValueError(f"not a choice of approve: {choice!r}")
        sums[choice] += ballots
    return Counts(sums[APPROVE], sums[REJECT], sums[ABSTAIN])


def has_majority(in_favour: int, of: int, share: Fraction) -> bool:
    """Whether `in_favour` votes are more than `share` of `of` votes; a tie is not."""
    return in_favour > share * of


def outcome(counts: Counts, *, quorum_reached: bool, majority: Fraction) -> Outcome:
    """What counts mean: without quorum nothing passes, under either reading."""
    decisive = counts.in_favour + counts.against
    largest = max(counts.in_favour, counts.against, counts.abstained)
    return Outcome(
        passed=quorum_reached and has_majority(counts.in_favour, decisive, majority),
        passed_of_present=quorum_reached and has_majority(counts.in_favour, counts.total, majority),
        is_tie=counts.in_favour == counts.against > 0,
        is_unanimous=counts.total > 0 and largest == counts.total,
    )
