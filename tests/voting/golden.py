"""Make `data/golden_winners.json` with pref_voting, which is no dependency of Martahi.

Run where it is installed: `python -m tests.voting.golden > tests/voting/data/golden_winners.json`.
It says who wins each random profile by Schulze (winning votes, what is unranked stands last) and by
instant runoff (all orders of elimination at a tie, a ballot ends at an overvote), as a digest for
every hundred profiles.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator

from tests.voting.profiles import BLOCK, NUMBER, SEED, Profile, profiles


def digests(winners: Iterable[list[int]]) -> Iterator[str]:
    """A digest for each block of winners, in order."""
    block: list[list[int]] = []
    for found in winners:
        block.append(found)
        if len(block) == BLOCK:
            yield hashlib.sha256(json.dumps(block).encode()).hexdigest()[:16]
            block = []


def by_schulze(profile: Profile) -> list[int]:
    from pref_voting.margin_based_methods import beat_path
    from pref_voting.profiles_with_ties import ProfileWithTies

    options, ballots = profile
    held = ProfileWithTies(
        [
            {option: place for place, group in enumerate(groups, 1) for option in group}
            for _number, groups in ballots
        ],
        rcounts=[number for number, _groups in ballots],
        candidates=list(range(options)),
    )
    held.use_extended_strict_preference()

    def winning_votes(one: int, other: int) -> int:
        return held.support(one, other) if held.margin(one, other) > 0 else 0

    return sorted(map(int, beat_path(held, strength_function=winning_votes)))


def by_runoff(profile: Profile) -> list[int]:
    from pref_voting.iterative_methods import instant_runoff_put
    from pref_voting.profiles_with_ties import ProfileWithTies

    options, ballots = profile
    held = ProfileWithTies(
        [
            {option: place for place, group in enumerate(until_overvote(groups), 1)
             for option in group}
            for _number, groups in ballots
        ],
        rcounts=[number for number, _groups in ballots],
        candidates=list(range(options)),
    )  # fmt: skip
    return sorted(map(int, instant_runoff_put(held)))


def until_overvote(groups: list[list[int]]) -> list[list[int]]:
    for place, group in enumerate(groups):
        if len(group) > 1:
            return groups[:place]
    return groups


if __name__ == "__main__":
    held = list(profiles())
    print(
        json.dumps(
            {
                "made_with": "pref_voting 1.18.2",
                "seed": SEED,
                "profiles": NUMBER,
                "block": BLOCK,
                "schulze": list(digests(map(by_schulze, held))),
                "irv": list(digests(map(by_runoff, held))),
            },
            indent=1,
        )
    )
