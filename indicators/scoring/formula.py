"""The score of one figure, every step in words. Source: DOMAIN 3.1 (KMK 467/300/127 line)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from core.numbers import format_number
from indicators.scoring.figures import SCORE_PLACES, UNROUNDED_PLACES, fixed, show
from indicators.scoring.measures import MAXIMIZE, MINIMIZE, STABILIZE, Measure
from indicators.scoring.profiles import KMK, Profile


@dataclass(frozen=True)
class Score:
    """A score as an exact fraction, or None with the reason why it cannot be computed."""

    exact: Fraction | None
    status: str = ""
    reason: str = ""
    steps: tuple[str, ...] = field(default=())

    @property
    def score(self) -> str | None:
        """The score to 2 decimals, half up, as text: `94.49`."""
        return None if self.exact is None else fixed(self.exact, SCORE_PLACES)

    @property
    def unrounded(self) -> str | None:
        """The score to 10 decimals, half up, as text."""
        return None if self.exact is None else fixed(self.exact, UNROUNDED_PLACES)


class _CannotCompute(Exception):
    """Why there is no score, in words."""


def score(measure: Measure, actual: Fraction | None, *, profile: Profile = KMK) -> Score:
    """The score of one figure, between the profile's floor and cap; or the reason for none.

    *Konversi 120* (the target is the highest possible, and met) wins over *cannot be computed*.
    Source: DOMAIN 3.1.
    """
    if measure.target is None:
        return Score(None, reason=_("Target belum ditetapkan."))
    if actual is None:
        return Score(None, reason=_("Realisasi belum ada."))
    steps = [_("Realisasi %(actual)s; target %(target)s.") % _shown(actual, measure.target)]
    try:
        raw = _raw(measure, measure.target, actual, profile, steps)
    except _CannotCompute as reason:
        return Score(None, reason=str(reason), steps=tuple(steps))
    result = min(max(raw, profile.floor), profile.cap)
    if raw > profile.cap:
        steps.append(_("Nilai tertinggi %s, maka nilainya %s.") % (show(result), show(result)))
    elif raw < profile.floor:
        steps.append(_("Nilai terendah %s, maka nilainya %s.") % (show(result), show(result)))
    name = status(result, profile=profile)
    rounded = format_number(Decimal(fixed(result, SCORE_PLACES)), SCORE_PLACES)
    steps.append(
        _("Nilai capaian %(score)s (dibulatkan dua angka di belakang koma); status %(status)s.")
        % {"score": rounded, "status": name}
    )
    return Score(result, status=name, steps=tuple(steps))


def status(result: Fraction, *, profile: Profile = KMK) -> str:
    """The name of the band in which an unrounded score lies."""
    return next(name for name, start in profile.bands if result >= start)


def _shown(actual: Fraction, target: Fraction) -> dict[str, str]:
    return {"actual": show(actual), "target": show(target)}


def _raw(
    measure: Measure, target: Fraction, actual: Fraction, profile: Profile, steps: list[str]
) -> Fraction:
    """The score before cap and floor; each step of the way is put into `steps`."""
    inside = False
    if measure.target_range:
        target, inside = _bound(measure.target_range, actual, steps)
    if measure.target_is_max and (
        (measure.polarity == MAXIMIZE and (inside or actual >= target))
        or (measure.polarity == MINIMIZE and (inside or actual <= target))
    ):
        steps.append(
            _("Target sudah yang tertinggi dan tercapai (konversi 120): nilainya %s.")
            % show(profile.cap)
        )
        return profile.cap
    if measure.polarity == STABILIZE:
        scale = measure.scale or profile.scale
        return _on_scale(Fraction(100) if inside else _nearness(target, actual), scale, steps)
    if inside:
        return Fraction(100)
    if measure.polarity == MAXIMIZE:
        return _maximize(target, actual, steps)
    return _minimize(target, actual, measure.worst_case, steps)


def _bound(
    low_high: tuple[Fraction, Fraction], actual: Fraction, steps: list[str]
) -> tuple[Fraction, bool]:
    """The bound that takes the target's place, and whether the actual lies inside the range."""
    low, high = low_high
    words = {"low": show(low), "high": show(high)}
    if actual < low:
        steps.append(_("Di bawah rentang %(low)s–%(high)s: batas bawahnya menjadi target.") % words)
        return low, False
    if actual > high:
        steps.append(_("Di atas rentang %(low)s–%(high)s: batas atasnya menjadi target.") % words)
        return high, False
    steps.append(_("Di dalam rentang %(low)s–%(high)s: dinilai tepat pada target.") % words)
    return low, True


def _maximize(target: Fraction, actual: Fraction, steps: list[str]) -> Fraction:
    if target == 0:
        raise _CannotCompute(_("Target 0 tidak dapat menjadi pembagi: nilai belum dapat dihitung."))
    if target < 0:
        result = (2 - actual / target) * 100
        formula = _("Target di bawah nol: (1 + (1 − realisasi ÷ target)) × 100 = %s.")
    else:
        result = actual / target * 100
        formula = _("Makin tinggi makin baik: realisasi ÷ target × 100 = %s.")
    steps.append(formula % show(result))
    return result


def _minimize(
    target: Fraction, actual: Fraction, worst: Fraction | None, steps: list[str]
) -> Fraction:
    if target < 0:
        raise _CannotCompute(
            _("Target di bawah nol tidak diatur untuk polarisasi makin rendah makin baik.")
        )
    if target > 0:
        result = (2 - actual / target) * 100
        steps.append(
            _("Makin rendah makin baik: (1 + (1 − realisasi ÷ target)) × 100 = %s.") % show(result)
        )
        return result
    if worst is None or worst <= 0:
        raise _CannotCompute(
            _("Target 0 memerlukan realisasi terburuk di atas 0: nilai belum dapat dihitung.")
        )
    result = (worst - actual) / worst * 100
    steps.append(
        _("Target 0, terburuk %(worst)s: (terburuk − realisasi) ÷ terburuk × 100 = %(score)s.")
        % {"worst": show(worst), "score": show(result)}
    )
    return result


def _nearness(target: Fraction, actual: Fraction) -> Fraction:
    """The achievement of a two-sided indicator, in percent: 100 on target, less on either side."""
    if target == 0:
        raise _CannotCompute(_("Target 0 tidak dapat menjadi pembagi: nilai belum dapat dihitung."))
    if target < 0:
        raise _CannotCompute(
            _("Target di bawah nol tidak diatur untuk polarisasi mendekati target.")
        )
    ratio = actual / target * 100
    return ratio if actual <= target else 200 - ratio


def _on_scale(
    achievement: Fraction, scale: Sequence[tuple[Fraction, Fraction]], steps: list[str]
) -> Fraction:
    steps.append(
        _("Mendekati target makin baik: capaian %s (100 bila tepat pada target).")
        % show(achievement)
    )
    (ca0, cn0), (ca1, cn1) = _segment(scale, achievement)
    result = cn0 + (achievement - ca0) / (ca1 - ca0) * (cn1 - cn0)
    steps.append(
        _("Skala %(ca0)s → %(cn0)s dan %(ca1)s → %(cn1)s: nilainya %(score)s.")
        % {
            "ca0": show(ca0),
            "cn0": show(cn0),
            "ca1": show(ca1),
            "cn1": show(cn1),
            "score": show(result),
        }
    )
    return result


def _segment(
    scale: Sequence[tuple[Fraction, Fraction]], achievement: Fraction
) -> tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]:
    """The two neighbouring points between which an achievement lies.

    Beyond the scale the first or the last line is drawn on; floor and cap end it.
    """
    for low, high in zip(scale, scale[1:], strict=False):
        if achievement <= high[0]:
            return low, high
    return scale[-2], scale[-1]
