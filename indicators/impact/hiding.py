"""Which units a preview does not show: those of few people, and as many more as keep them unknown.

A unit is left out whole where an indicator that counts measures fewer than `LEAST_PEOPLE` people in
it. Its figure must not be found by subtraction either: a unit above it may report the sum or the
mean of those below. So of the units below one other, none is left out, or at least two with
together `LEAST_PEOPLE` people; if there is no other to leave out, the unit above goes as well.

Who is left out follows from the tree and from numbers of people alone, never from a figure, and is
found for each indicator by itself first: whoever protects a unit in one draft protects it in every
draft that holds the same indicator. docs/impact.md tells what can be inferred nevertheless.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

LEAST_PEOPLE = 5  # RELIABILITY, decision 4: k = 5 everywhere

type People = Mapping[str, int]
"""Of one indicator: how many people it measures in each unit that it measures."""
type Paths = Mapping[str, Sequence[str]]
"""Of every unit: itself, the unit above it, and so on up to the root."""


def hidden_units(
    measured: Iterable[People], paths: Paths, *, least: int = LEAST_PEOPLE
) -> frozenset[str]:
    """The units that are left out of everything.

    Shape: one mapping for each indicator that counts, before or after; `paths` knows all units.
    """
    distinct = list({tuple(sorted(people.items())): people for people in measured}.values())
    hidden: set[str] = set()
    for people in distinct:
        hidden |= _left_out(people, paths, set(), least)
    # A unit that is left out for one indicator is left out of all: the others follow.
    while True:
        more = hidden.union(*(_left_out(people, paths, hidden, least) for people in distinct))
        if more == hidden:
            return frozenset(hidden)
        hidden = more


def _left_out(people: People, paths: Paths, already: set[str], least: int) -> set[str]:
    """What one indicator leaves out, from the bottom of the tree to its top."""
    hidden = {unit for unit, count in people.items() if count < least or unit in already}
    groups = _groups(people, paths)
    unknown: set[str] = set()  # those left out that the units below them do not tell
    for above in sorted(groups, key=lambda unit: (-len(paths[unit]) if unit else 0, unit)):
        group = groups[above]
        unknown |= {
            unit
            for unit in group
            if unit in hidden and (unit not in groups or not unknown.isdisjoint(groups[unit]))
        }
        kept = [unit for unit in group if unit in unknown]
        spare = sorted(
            (unit for unit in group if unit not in hidden and unit not in groups),
            key=lambda unit: (people[unit], unit),
        )
        while kept and (len(kept) < 2 or sum(people[unit] for unit in kept) < least):
            if not spare:
                hidden |= {above} - {""}
                break
            kept.append(spare.pop(0))
        hidden.update(kept)
        unknown.update(kept)
    return hidden


def _groups(people: People, paths: Paths) -> dict[str, list[str]]:
    """The measured units by the nearest measured unit above them; by `""` where there is none."""
    groups: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(people):
        above = next((code for code in paths[unit][1:] if code in people), "")
        groups[above].append(unit)
    return groups
