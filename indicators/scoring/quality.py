"""Quality weights: better validity, less control and a harder target earn more.

Source: DOMAIN 3.4 (KMK 467/300/127 line): the weight of an indicator's quality (validity and
control), that of its target (this year's against last year's), and K3, the mean of the two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from indicators.scoring.figures import show
from indicators.scoring.measures import MAXIMIZE, MINIMIZE
from indicators.scoring.profiles import Profile

# By validity and control. Exact with high control and activity with low control are forbidden
# pairs and have no weight.
QUALITY: dict[tuple[str, str], Fraction] = {
    ("exact", "low"): Fraction(120, 100),
    ("exact", "moderate"): Fraction(115, 100),
    ("proxy", "low"): Fraction(110, 100),
    ("proxy", "moderate"): Fraction(100, 100),
    ("proxy", "high"): Fraction(90, 100),
    ("activity", "moderate"): Fraction(80, 100),
    ("activity", "high"): Fraction(60, 100),
}
_EASIER, _BEATEN, _SAME, _RAISED, _HARDEST = (Fraction(part, 10) for part in (8, 9, 10, 11, 12))


@dataclass(frozen=True)
class LastYear:
    """An indicator's target and actual of the year before, in its own unit."""

    target: Fraction
    actual: Fraction


@dataclass(frozen=True)
class Quality:
    """K3 with its two parts; `k3` is None, with the reason, where there is no weight."""

    k3: Fraction | None
    of_indicator: Fraction | None = None
    of_target: Fraction | None = None
    reason: str = ""
    steps: tuple[str, ...] = ()


def quality(
    profile: Profile,
    *,
    validity: str | None,
    control: str | None,
    polarity: str | None = None,
    target: Fraction | None = None,
    last_year: LastYear | None = None,
) -> Quality:
    """K3 of an indicator: the mean of the weights of its quality and of its target."""
    if not profile.weighs_quality:
        return Quality(None, reason=_("Profil %s tidak memakai bobot mutu.") % profile.name)
    if not validity or not control:
        return Quality(None, reason=_("Validitas atau tingkat kendali belum ditetapkan."))
    first = QUALITY.get((validity, control))
    if first is None:
        reason = _("Pasangan %(validity)s dan %(control)s tidak mempunyai bobot mutu.")
        return Quality(None, reason=reason % {"validity": validity, "control": control})
    second, told = target_quality(polarity, target, last_year)
    k3 = (first + second) / 2
    return Quality(
        k3,
        of_indicator=first,
        of_target=second,
        steps=(
            _("Mutu indikator %(validity)s, kendali %(control)s: %(weight)s.")
            % {"validity": validity, "control": control, "weight": show(first)},
            told,
            _("K3 = (%(first)s + %(second)s) ÷ 2 = %(k3)s.")
            % {"first": show(first), "second": show(second), "k3": show(k3)},
        ),
    )


def target_quality(
    polarity: str | None, target: Fraction | None, last_year: LastYear | None
) -> tuple[Fraction, str]:
    """How hard a target is against last year's target and actual, with the sentence that says why.

    1 without a history, and for two-sided targets, which no source covers. Minimize mirrors
    maximize. (A target set by law is worth 1.2; no field of the record says that one is.)
    """
    if last_year is None or target is None:
        return _SAME, _("Tanpa riwayat tahun lalu: mutu target %s.") % show(_SAME)
    if polarity not in (MAXIMIZE, MINIMIZE):
        return _SAME, _("Target dua sisi tidak diatur: mutu target %s.") % show(_SAME)
    weight = _target_weight(polarity, target, last_year)
    told = _(
        "Target %(target)s; tahun lalu target %(before)s, realisasi %(actual)s: "
        "mutu target %(weight)s."
    )
    return weight, told % {
        "target": show(target),
        "before": show(last_year.target),
        "actual": show(last_year.actual),
        "weight": show(weight),
    }


def _target_weight(polarity: str, target: Fraction, last_year: LastYear) -> Fraction:
    sign = 1 if polarity == MAXIMIZE else -1
    now, before, reached = (
        sign * figure for figure in (target, last_year.target, last_year.actual)
    )
    if now < before:
        return _EASIER
    if now == before:
        return _BEATEN if reached > before else _SAME
    if now < reached:
        return _SAME
    return _RAISED if now == reached else _HARDEST


def quality_mean(
    parts: Iterable[tuple[Fraction, Fraction]], *, profile: Profile
) -> Fraction | None:
    """Σ(min(cap, score × K3) × K3) ÷ Σ K3 over pairs (unrounded score, K3); None for no pairs."""
    known = list(parts)
    whole = sum((k3 for _score, k3 in known), Fraction(0))
    if not whole:
        return None
    capped = (min(profile.cap, result * k3) * k3 for result, k3 in known)
    return sum(capped, Fraction(0)) / whole
