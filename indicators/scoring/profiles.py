"""Scoring profiles: named, versioned rules and the parameters that go with them.

Source: DOMAIN 3.1 and 3.5.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Profile:
    """A scoring profile; every parameter that it does not hold stands in the indicator itself.

    `bands` are names with the score from which they count, highest first. A target range is read
    by the nearest bound: inside the range counts as exactly on target, below it the lower bound is
    the target, above it the upper bound (as the worked examples of PermenPANRB 8/2021, DOMAIN 3.5).
    `scale` are the rule's example points, used where an indicator keeps no scale of its own.
    """

    name: str
    version: str
    cap: Fraction
    floor: Fraction
    bands: tuple[tuple[str, Fraction], ...]
    scale: tuple[tuple[Fraction, Fraction], ...]


KMK = Profile(
    name="KMK",
    version="1.0.0",
    cap=Fraction(120),
    floor=Fraction(0),
    bands=(("hijau", Fraction(100)), ("kuning", Fraction(80)), ("merah", Fraction(0))),
    scale=(
        (Fraction(0), Fraction(0)),
        (Fraction(90), Fraction(100)),
        (Fraction(100), Fraction(120)),
    ),
)
PROFILES: dict[tuple[str, str], Profile] = {(KMK.name, KMK.version): KMK}
