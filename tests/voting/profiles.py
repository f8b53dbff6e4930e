"""Random profiles of rankings, the same on every machine, with many ties and short ballots."""

import random
from collections.abc import Iterator

type Ranking = list[list[int]]
type Profile = tuple[int, list[tuple[int, Ranking]]]  # options, (number of ballots, ranking)

SEED = 2013
NUMBER = 10_000
BLOCK = 100


def profiles(seed: int = SEED, number: int = NUMBER) -> Iterator[Profile]:
    """Profiles of 2 to 6 options and 1 to 9 distinct ballots; small numbers make many ties.

    Only `random()` is used, whose sequence Python promises for a seed.
    """
    chance = random.Random(seed)

    def below(end: int) -> int:
        return int(chance.random() * end)

    for _ in range(number):
        options = 2 + below(5)
        with_ties = below(3) > 0
        ballots = []
        for _ballot in range(1 + below(9)):
            left = list(range(options))
            ranked = [left.pop(below(len(left))) for _rank in range(1 + below(options))]
            groups: Ranking = []
            for option in ranked:
                if groups and with_ties and below(3) == 0:
                    groups[-1].append(option)
                else:
                    groups.append([option])
            ballots.append((1 + below(4), groups))
        yield options, ballots
