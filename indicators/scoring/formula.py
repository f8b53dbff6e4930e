"""The score of one figure, every step in words. Source: DOMAIN 3.1 (KMK 467/300/127 line)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from core.numbers import format_number
from indicators.scoring.figures import SCORE_PLACES, UNROUNDED_PLACES, fixed, show
from indicators.scoring.measures import MAXIMIZE, MINIMIZE, STABILIZE, Measure
from indicators.scoring.profiles import KMK, Points, Profile


@dataclass(frozen=True)
class Score:
    """A score as an exact fraction, or None with the reason why it cannot be computed."""

    exact: Fraction | None
    status: str = ""
    reason: str = ""
    steps: tuple[str, ...] = ()

    @property
    def score(self) -> str | None:
        """The score to 2 decimals, half up, as text: `94.49`."""
        return None if self.exact is None else fixed(self.exact, SCORE_PLACES)

    @property
    def unrounded(self) -> str | None:
        """The score to 10 decimals, half up, as text."""
        return None if self.exact is None else fixed(self.exact, UNROUNDED_PLACES)

    @property
    def shown(self) -> str:
        """The score for a reader: `94,49`; empty where there is none."""
        return "" if self.exact is None else show_score(self.exact)


class _CannotCompute(Exception):
    """Why there is no score, in words."""


def score(
    measure: Measure,
    actual: Fraction | None,
    *,
    profile: Profile = KMK,
    before: Sequence[str] = (),
) -> Score:
    """The score of one figure, between the profile's floor and cap; or the reason for none.

    *Konversi 120* (the target is the highest possible, and met) wins over *cannot be computed*.
    `before` are the steps that led to the figure and its target.
    Source: DOMAIN 3.1.
    """
    steps = list(before)
    if measure.target is None:
        return Score(None, reason=_("Target belum ditetapkan."), steps=tuple(steps))
    if actual is None:
        return Score(None, reason=_("Realisasi belum ada."), steps=tuple(steps))
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
    steps.append(
        _("%(actual)s dari target %(target)s → %(score)s; status %(status)s.")
        % {
            "actual": show(actual),
            "target": _target_shown(measure, measure.target),
            "score": show_score(result),
            "status": name,
        }
    )
    return Score(result, status=name, steps=tuple(steps))


def status(result: Fraction, *, profile: Profile = KMK) -> str:
    """The name of the band in which an unrounded score lies."""
    return next(name for name, start in profile.bands if result >= start)


def show_score(result: Fraction) -> str:
    """A score for a reader, with its two decimals: `94,49`."""
    return format_number(Decimal(fixed(result, SCORE_PLACES)), SCORE_PLACES)


def _target_shown(measure: Measure, target: Fraction) -> str:
    if measure.target_range is None:
        return show(target)
    return "–".join(map(show, measure.target_range))


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
            _("Target sudah yang tertinggi dan tercapai: nilainya yang tertinggi, %s.")
            % show(profile.cap)
        )
        return profile.cap
    if measure.polarity == STABILIZE:
        if not profile.scale:
            raise _CannotCompute(
                _("Profil %s tidak mengatur target dua sisi: nilai belum dapat dihitung.")
                % profile.name
            )
        achievement = Fraction(100) if inside else _nearness(target, actual, steps)
        return _on_scale(achievement, measure.scale or profile.scale, steps)
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


def _worked(actual: Fraction, target: Fraction, result: Fraction) -> dict[str, str]:
    """The figures of a formula; a negative one stands in brackets."""
    figures = {"actual": show(actual), "target": show(target)}
    signed = {key: f"({text})" if text.startswith("-") else text for key, text in figures.items()}
    return signed | {"result": show(result)}


def _maximize(target: Fraction, actual: Fraction, steps: list[str]) -> Fraction:
    if target == 0:
        raise _CannotCompute(_("Target 0 tidak dapat menjadi pembagi: nilai belum dapat dihitung."))
    if target < 0:
        result = (2 - actual / target) * 100
        steps.append(
            _(
                "Target di bawah nol: (1 + (1 − realisasi ÷ target)) × 100 = "
                "(2 − %(actual)s ÷ %(target)s) × 100 = %(result)s."
            )
            % _worked(actual, target, result)
        )
        return result
    result = actual / target * 100
    steps.append(
        _(
            "Makin tinggi makin baik: realisasi ÷ target × 100 = "
            "%(actual)s ÷ %(target)s × 100 = %(result)s."
        )
        % _worked(actual, target, result)
    )
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
            _(
                "Makin rendah makin baik: (1 + (1 − realisasi ÷ target)) × 100 = "
                "(2 − %(actual)s ÷ %(target)s) × 100 = %(result)s."
            )
            % _worked(actual, target, result)
        )
        return result
    if worst is None or worst <= 0:
        raise _CannotCompute(
            _("Target 0 memerlukan realisasi terburuk di atas 0: nilai belum dapat dihitung.")
        )
    result = (worst - actual) / worst * 100
    steps.append(
        _(
            "Target 0, terburuk %(worst)s: (terburuk − realisasi) ÷ terburuk × 100 = "
            "(%(worst)s − %(actual)s) ÷ %(worst)s × 100 = %(result)s."
        )
        % (_worked(actual, target, result) | {"worst": show(worst)})
    )
    return result


def _nearness(target: Fraction, actual: Fraction, steps: list[str]) -> Fraction:
    """The achievement of a two-sided indicator, in percent: 100 on target, less on either side."""
    if target == 0:
        raise _CannotCompute(_("Target 0 tidak dapat menjadi pembagi: nilai belum dapat dihitung."))
    if target < 0:
        raise _CannotCompute(
            _("Target di bawah nol tidak diatur untuk polarisasi mendekati target.")
        )
    ratio = actual / target * 100
    if actual <= target:
        told, result = _("Capaian = %(actual)s ÷ %(target)s × 100 = %(result)s."), ratio
    else:
        told = _("Di atas target: capaian = 200 − %(actual)s ÷ %(target)s × 100 = %(result)s.")
        result = 200 - ratio
    steps.append(told % _worked(actual, target, result))
    return result


def _on_scale(achievement: Fraction, scale: Points, steps: list[str]) -> Fraction:
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
    scale: Points, achievement: Fraction
) -> tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]:
    """The two neighbouring points between which an achievement lies.

    Beyond the scale the first or the last line is drawn on; floor and cap end it.
    """
    for low, high in zip(scale, scale[1:], strict=False):
        if achievement <= high[0]:
            return low, high
    return scale[-2], scale[-1]
