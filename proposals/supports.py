"""The tree of `supports` (penjenjangan): which indicator helps which one above it to improve.

Adopted indicators and the proposals under way stand in one tree, each under the code that it names.
Nothing is lost: what names a code that is not there, and what goes round in a circle, is told.

Source: DOMAIN 2 (Manual IKU, penjenjangan).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from indicators.models import IndicatorVersion
from indicators.units import UnitTree
from people.models import Person
from people.roles import Roles
from proposals.models import Proposal
from proposals.stages import Stage

# Levels that a page nests; what stands deeper is listed at the last one.
DEEPEST = 12
UNDER_WAY = (Stage.DISCUSSION, Stage.FROZEN, Stage.VOTING, Stage.OBJECTION, Stage.DECISION)


@dataclass
class Branch:
    """An indicator or a proposal in the tree, and what supports it."""

    code: str
    name: str
    supports: str
    url: str
    proposed: str = ""  # what kind of proposal it is, in words; empty for an adopted indicator
    owner_unit: str = ""
    below: list[Branch] = field(default_factory=list)


@dataclass(frozen=True)
class Forest:
    """The whole tree: from the top down, with missing codes, and those that go round."""

    roots: list[Branch]
    orphans: dict[str, list[Branch]]  # by the code that is not there
    circles: list[Branch]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is there to be shown."""
        return not (self.roots or self.orphans or self.circles)


def forest_of(branches: Iterable[Branch]) -> Forest:
    """Branches as trees; those of one code stand side by side, and the adopted one bears the tree.

    Shape: every branch stands in exactly one place: below another, as a root, as an orphan (its
    code is nowhere), or in a circle (climbing from it never ends).
    """
    listed = sorted(branches, key=lambda branch: (branch.code, bool(branch.proposed), branch.name))
    bearers: dict[str, Branch] = {}
    for branch in listed:
        if branch.code:
            bearers.setdefault(branch.code, branch)
    children: dict[str, list[Branch]] = defaultdict(list)
    roots: list[Branch] = []
    orphans: dict[str, list[Branch]] = defaultdict(list)
    for branch in listed:
        if not branch.supports:
            roots.append(branch)
        elif branch.supports in bearers:
            children[branch.supports].append(branch)
        else:
            orphans[branch.supports].append(branch)
    placed = _plant([*roots, *(branch for group in orphans.values() for branch in group)],
                    bearers, children)  # fmt: skip
    circles = [branch for branch in listed if id(branch) not in placed]
    return Forest(roots, dict(sorted(orphans.items())), circles)


def _plant(
    starts: Sequence[Branch], bearers: dict[str, Branch], children: dict[str, list[Branch]]
) -> set[int]:
    """Hang each branch below the one that it supports; the identities of all that were reached."""
    placed: set[int] = set()
    waiting = [(branch, branch, 1) for branch in reversed(starts)]
    while waiting:
        branch, shelf, depth = waiting.pop()
        placed.add(id(branch))
        if bearers.get(branch.code) is not branch:
            continue  # a proposal to amend: what supports its code hangs on the adopted one
        for child in children[branch.code]:
            shelf.below.append(child)
            is_last = depth + 1 >= DEEPEST
            waiting.append((child, shelf if is_last else child, depth + (not is_last)))
    return placed


def support_forest(person: Person, roles: Roles, *, scope: str) -> Forest:
    """The tree of all that a person may see, of a scope (a unit's code) or of the whole city.

    Drafts stay out: they are their authors' alone. A number of queries that does not grow.
    """
    adopted = [
        Branch(
            version.code,
            version.name,
            version.supports,
            reverse("indicators:indicator", args=[version.code]),
            owner_unit=version.owner_unit,
        )
        for version in IndicatorVersion.objects.in_use()
    ]
    proposals = Proposal.objects.visible_to(person, roles).in_stage(*UNDER_WAY)
    proposed = [
        Branch(
            proposal.record.code,
            proposal.record.name,
            proposal.record.supports,
            reverse("proposals:detail", args=[proposal.pk]),
            proposed=f"{proposal.get_kind_display()} · {proposal.get_stage_display()}",
            owner_unit=proposal.record.owner_unit or proposal.unit.code,
        )
        for proposal in proposals.select_related("record", "unit")
    ]
    found = [*adopted, *proposed]
    if scope:
        tree = UnitTree.current()
        found = [branch for branch in found if scope in tree.path(branch.owner_unit)]
    return forest_of(found)
