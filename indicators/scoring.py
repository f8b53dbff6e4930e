"""How an indicator is scored: named, versioned profiles, exact fractions, every step in words.

Source: DOMAIN 3.1 to 3.3 and 3.5 (KMK 467/300/127 line). Nothing here reads a database or a clock.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from django.utils.translation import gettext as _

from core.numbers import format_number

MAXIMIZE, MINIMIZE, STABILIZE = "maximize", "minimize", "stabilize"
SUM, AVERAGE, TAKE_LAST_KNOWN = "sum", "average", "take_last_known"
SCORE_PLACES, UNROUNDED_PLACES = 2, 10

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,2})?", re.ASCII)
_LARGEST = 10**30


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


@dataclass(frozen=True)
class Measure:
    """What of an indicator its score depends on. Figures are in the indicator's own unit.

    `scale` maps achievement (percent of target) to score, achievement increasing.
    """

    polarity: str
    target: Fraction | None
    worst_case: Fraction | None = None
    target_is_max: bool = False
    scale: tuple[tuple[Fraction, Fraction], ...] = ()
    target_range: tuple[Fraction, Fraction] | None = None

    def __post_init__(self) -> None:
        if self.polarity not in (MAXIMIZE, MINIMIZE, STABILIZE):
            raise ValueError(_("Polarisasi tidak dikenal."))
        if any(low[0] >= high[0] for low, high in zip(self.scale, self.scale[1:], strict=False)):
            raise ValueError(_("Capaian pada skala harus makin besar dari baris ke baris."))
        if len(self.scale) == 1:
            raise ValueError(_("Skala memerlukan sedikitnya dua titik."))
        if self.target_range and self.target_range[0] >= self.target_range[1]:
            raise ValueError(_("Rentang target terdiri atas batas bawah dan batas atas."))


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


# Reading and writing figures


def exact(value: object) -> Fraction:
    """A figure read exactly from text (`87.4`, as JSON writes numbers), int, Decimal or Fraction.

    Raises ValueError, with an Indonesian sentence, for booleans, floats, NaN, infinities, and
    figures of 10^30 and more or of more than 30 decimals.
    """
    if isinstance(value, Decimal):
        value = str(value)
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text):
            raise ValueError(_("Bukan angka, atau terlalu panjang: %s") % repr(text[:30]))
        value = Fraction(text)
    elif isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise ValueError(_("Angka ditulis sebagai teks atau bilangan, misalnya 87.4."))
    figure = Fraction(value)
    if abs(figure) >= _LARGEST or figure.denominator > _LARGEST:
        raise ValueError(_("Angka terlalu besar atau terlalu teliti."))
    return figure


def fixed(value: Fraction, places: int) -> str:
    """A fraction with exactly so many decimals, half away from zero: `94.49`."""
    shifted = floor(abs(value) * 10**places + Fraction(1, 2))
    whole, rest = divmod(shifted, 10**places)
    sign = "-" if value < 0 and shifted else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def show(value: Fraction) -> str:
    """A fraction for a reader: `1.234,56`, to at most 4 decimals."""
    return format_number(Decimal(fixed(value, 4)))


def measure_of(content: Mapping[str, Any], *, target: object = None) -> Measure:
    """The measure of a record's content; `target` takes the place of the yearly one.

    Raises ValueError for a content without polarity, or with figures that are none.
    """
    chosen = content["target"] if target is None else target
    low_high = [exact(bound) for bound in content.get("target_range") or []]
    return Measure(
        polarity=content["polarity"] or "",
        target=None if chosen is None else exact(chosen),
        worst_case=None if content["worst_case"] is None else exact(content["worst_case"]),
        target_is_max=content["target_is_max"],
        scale=tuple(
            (exact(achievement), exact(points))
            for achievement, points in content["stabilize_scale"] or []
        ),
        target_range=(low_high[0], low_high[1]) if low_high else None,
    )


# One indicator


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


# Periods


@dataclass(frozen=True)
class Consolidated:
    """Target and actual of several periods as one; `missing` are the periods without an actual."""

    target: Fraction | None
    actual: Fraction | None
    missing: tuple[str, ...] = ()


def consolidate(
    rule: str,
    periods: Iterable[str],
    *,
    targets: Mapping[str, Fraction],
    actuals: Mapping[str, Fraction],
) -> Consolidated:
    """Target and actual over `periods` (in order of time), each for itself, by one rule.

    Only periods that have a target count; if one of them lacks its actual, there is no actual yet.
    Where no period has a target of its own, the periods with an actual count, and the target is
    None: the yearly one holds. Source: DOMAIN 3.3.
    Raises ValueError for an unknown rule.
    """
    if rule not in (SUM, AVERAGE, TAKE_LAST_KNOWN):
        raise ValueError(_("Konsolidasi periode tidak dikenal."))
    order = list(periods)
    counted = [key for key in order if key in targets] or [key for key in order if key in actuals]
    lacking = tuple(key for key in counted if key not in actuals)
    return Consolidated(
        target=_together(rule, [targets[key] for key in counted if key in targets]),
        actual=None if lacking else _together(rule, [actuals[key] for key in counted]),
        missing=lacking,
    )


def _together(rule: str, figures: Sequence[Fraction]) -> Fraction | None:
    if not figures:
        return None
    if rule == TAKE_LAST_KNOWN:
        return figures[-1]
    whole = sum(figures, Fraction(0))
    return whole if rule == SUM else whole / len(figures)


# Several indicators


@dataclass(frozen=True)
class Total:
    """The weighted mean of the scores that there are; `covered` is the weight of those."""

    exact: Fraction | None
    covered: Fraction


def total(parts: Iterable[tuple[Fraction, Fraction | None]]) -> Total:
    """Σ(score × weight) ÷ Σ weight over pairs (weight in percent, unrounded score or None).

    None where nothing that counts has a score.
    """
    scored = [(weight, result) for weight, result in parts if result is not None]
    covered = sum((weight for weight, _result in scored), Fraction(0))
    if not covered:
        return Total(None, covered)
    return Total(sum((w * result for w, result in scored), Fraction(0)) / covered, covered)
