"""Scoring profiles: named, versioned rules and the parameters that go with them.

A profile's rules are code and never change under one version; its parameters stand in every
document that was published by it, so that a set scored twice gives the same number.
Source: DOMAIN 3.1 and 3.5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from indicators.scoring.figures import exact

type Points = tuple[tuple[Fraction, Fraction], ...]


@dataclass(frozen=True)
class Profile:
    """A scoring profile; every parameter that it does not hold stands in the indicator itself.

    `cap` is also what a target that is the highest possible is worth when it is met. `bands` are
    names with the score from which they count, highest first. A target range is read by the
    nearest bound: inside the range counts as exactly on target, below it the lower bound is the
    target, above it the upper bound (as the worked examples of PermenPANRB 8/2021, DOMAIN 3.5).
    `scale` are the rule's example points, used where an indicator keeps no scale of its own; a
    profile without any knows no two-sided target.
    """

    name: str
    version: str
    cap: Fraction
    floor: Fraction
    bands: tuple[tuple[str, Fraction], ...]
    scale: Points = ()
    weighs_quality: bool = False

    @property
    def key(self) -> str:
        """`KMK 1.0.0`: what names it."""
        return f"{self.name} {self.version}"


def _points(*pairs: tuple[int, int]) -> Points:
    return tuple((Fraction(first), Fraction(second)) for first, second in pairs)


def _bands(**starts: int) -> tuple[tuple[str, Fraction], ...]:
    return tuple((name.replace("_", " "), Fraction(start)) for name, start in starts.items())


KMK = Profile(
    name="KMK",
    version="1.0.0",
    cap=Fraction(120),
    floor=Fraction(0),
    bands=_bands(hijau=100, kuning=80, merah=0),
    scale=_points((0, 0), (90, 100), (100, 120)),
    weighs_quality=True,
)
# Local practice: nobody gets more than 100, also not at the highest target, and no two-sided
# target is known. Bands with the labels of Permendagri 86/2017.
LKJIP = Profile(
    name="LKJIP",
    version="1.0.0",
    cap=Fraction(100),
    floor=Fraction(0),
    bands=_bands(sangat_tinggi=91, tinggi=76, sedang=66, rendah=51, sangat_rendah=0),
)
PROFILES: dict[str, Profile] = {profile.key: profile for profile in (KMK, LKJIP)}


def profile_of(document: Mapping[str, Any]) -> Profile:
    """The profile of a published document: the rules by name, the parameters as published.

    Raises ValueError, with an Indonesian sentence, for rules that are unknown here and for
    parameters that leave a score without a band.
    """
    told = document["scoring_profile"]
    known = PROFILES.get(f"{told['name']} {told['version']}")
    if known is None:
        raise ValueError(
            _("Profil penilaian %(name)s versi %(version)s tidak dikenal.")
            % {"name": told["name"], "version": told["version"]}
        )
    bands = tuple((band["name"], exact(band["from"])) for band in told["bands"])
    profile = replace(known, cap=exact(told["cap"]), floor=exact(told["floor"]), bands=bands)
    if profile.floor > profile.cap or not _covers(bands, profile.floor):
        raise ValueError(_("Batas nilai pada profil penilaian tidak lengkap."))
    return profile


def _covers(bands: Sequence[tuple[str, Fraction]], lowest: Fraction) -> bool:
    """Whether bands fall from the highest down to the lowest score that there can be."""
    starts = [start for _name, start in bands]
    falls = all(high > low for high, low in zip(starts, starts[1:], strict=False))
    return falls and bool(starts) and starts[-1] <= lowest
