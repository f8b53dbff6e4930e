"""The way from figure to score, drawn: a line, what stands on its axes, and the same in a table.

Pure: a measure and a profile in, places of a small picture and rows of a table out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

from django.utils.translation import gettext as _

from indicators.scoring import MAXIMIZE, MINIMIZE, STABILIZE, Measure, Profile, Score, score, show

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 348, 34, 178  # the plot inside the picture; figures stand around it
SAMPLES = 40
STEPS = 200  # of the slider, at most, before they are rounded to round figures


@dataclass(frozen=True)
class Mark:
    """Something on an axis: `kind` is `target`, `worst`, `cap` or `floor`."""

    kind: str
    text: str
    place: str  # in the picture, on the axis on which it stands
    anchor: str = "middle"  # which end of the text stands at the place


@dataclass(frozen=True)
class Row:
    """A figure with its score, and what it is to the rule."""

    label: str
    figure: str
    result: Score
    is_shown: bool = False


@dataclass(frozen=True)
class Curve:
    """A picture of `WIDTH` by `HEIGHT`; places are texts, ready to be put into it."""

    line: str  # points of a polyline
    uprights: list[Mark]
    levels: list[Mark]
    own: tuple[str, str] | None  # where the reader's figure stands; None outside the picture
    rows: list[Row]
    low: str  # of the axis of figures, in words
    high: str
    least: Fraction
    most: Fraction
    step: Fraction  # a round figure, of which some 200 to 500 make the axis
    start: Fraction  # a figure to begin with: somewhat short of the target


def curve_of(
    measure: Measure,
    profile: Profile,
    *,
    unit: str = "",
    actual: Fraction | None = None,
    actual_label: str = "",
) -> Curve | None:
    """The curve of a measure; None where no figure at all can be scored.

    `actual` is a figure that picture and rows show too, under its label.
    Units: figures are in the indicator's own unit, named `unit` in the rows.
    """
    axis = _axis(measure, profile)
    if axis is None:
        return None
    least, most = axis
    points = [
        (figure, result)
        for figure in sorted({*_samples(least, most), *_bends(measure, profile, axis)})
        if (result := score(measure, figure, profile=profile).exact) is not None
    ]
    if len(points) < 2:
        return None
    step = _round_step(most - least)
    across = _scale(least, most, LEFT, RIGHT)
    upwards = _scale(profile.floor, profile.cap, BOTTOM, TOP)
    own = None
    if actual is not None and least <= actual <= most:
        result = score(measure, actual, profile=profile).exact
        own = None if result is None else (across(actual), upwards(result))
    return Curve(
        line=" ".join(f"{across(figure)},{upwards(result)}" for figure, result in points),
        uprights=[
            Mark(kind, text, across(figure), _anchor(figure, least, most))
            for kind, text, figure in _uprights(measure)
            if least <= figure <= most
        ],
        levels=[
            Mark(kind, show(level), upwards(level))
            for kind, level in (("cap", profile.cap), ("floor", profile.floor))
        ],
        own=own,
        rows=_rows(measure, profile, unit, {} if actual is None else {actual: actual_label}),
        low=show(least),
        high=show(most),
        least=least,
        most=most,
        step=step,
        start=_start(measure, step),
    )


def _bounds(measure: Measure) -> tuple[Fraction, Fraction] | None:
    """The lowest and the highest figure that is on target; None where there is no target."""
    if measure.target is None:
        return None
    return measure.target_range or (measure.target, measure.target)


def _axis(measure: Measure, profile: Profile) -> tuple[Fraction, Fraction] | None:
    """From where to where figures are drawn: floor, target and cap all lie within."""
    bounds = _bounds(measure)
    if bounds is None:
        return None
    low, high = bounds
    if measure.polarity in (MINIMIZE, STABILIZE):
        if low == high == 0:
            worst = measure.worst_case
            return (Fraction(0), worst * Fraction(11, 10)) if worst else None
        return (Fraction(0), high * Fraction(22, 10)) if low > 0 else None
    if low > 0:
        reach = Fraction(110) if measure.target_is_max else profile.cap * Fraction(112, 100)
        return Fraction(0), high * reach / 100
    return (low * Fraction(22, 10), -low / 5) if high < 0 else None


def _samples(least: Fraction, most: Fraction) -> Iterable[Fraction]:
    return (least + (most - least) * place / SAMPLES for place in range(SAMPLES + 1))


def _bends(
    measure: Measure, profile: Profile, axis: tuple[Fraction, Fraction]
) -> Iterable[Fraction]:
    """Figures at which the line may bend or jump, with one just beside each."""
    beside = (axis[1] - axis[0]) / 10_000
    found = [figure for _label, figure in _told_figures(measure, profile)]
    for achievement, _points in measure.scale or profile.scale:
        for bound in _bounds(measure) or ():
            found += [bound * achievement / 100, bound * (200 - achievement) / 100]
    return [
        figure
        for bend in found
        for figure in (bend - beside, bend, bend + beside)
        if axis[0] <= figure <= axis[1]
    ]


def _uprights(measure: Measure) -> Iterable[tuple[str, str, Fraction]]:
    """What stands on the axis of figures; the two bounds of a target share one text."""
    bounds = _bounds(measure)
    if bounds is not None:
        told = "–".join(show(bound) for bound in dict.fromkeys(bounds))
        yield "target", _("target %s") % told, bounds[0]
        if bounds[0] != bounds[1]:
            yield "target", "", bounds[1]
    if measure.worst_case is not None:
        yield "worst", _("terburuk %s") % show(measure.worst_case), measure.worst_case


def _told_figures(measure: Measure, profile: Profile) -> Iterable[tuple[str, Fraction]]:
    """The figures that the table tells, each with what it is to the rule."""
    bounds = _bounds(measure)
    if bounds is None:
        return
    low, high = bounds
    if measure.worst_case is not None:
        yield _("realisasi terburuk"), measure.worst_case
    if low == high == 0:
        yield _("tepat pada target"), low
        if measure.worst_case:
            yield _("setengah dari yang terburuk"), measure.worst_case / 2
        return
    if low == high:
        yield _("tepat pada target"), low
    else:
        yield _("batas bawah target"), low
        yield _("batas atas target"), high
    yield _("80 persen dari target"), low * Fraction(8, 10)
    if measure.polarity != MAXIMIZE:
        yield _("120 persen dari target"), high * Fraction(12, 10)
    yield from _ends(measure, profile, low, high)


def _ends(
    measure: Measure, profile: Profile, low: Fraction, high: Fraction
) -> Iterable[tuple[str, Fraction]]:
    """Where the score reaches its floor, and its cap where that lies beyond the target."""
    if measure.polarity == STABILIZE or low <= 0:
        return
    shares = profile.floor / 100, profile.cap / 100
    lowest, highest = low * shares[0], high * shares[1]
    if measure.polarity == MINIMIZE:
        lowest, highest = high * (2 - shares[0]), low * (2 - shares[1])
    yield _("di sini nilai menjadi yang terendah"), lowest
    if profile.cap > 100 and not measure.target_is_max:
        yield _("di sini nilai menjadi yang tertinggi"), highest


def _rows(
    measure: Measure, profile: Profile, unit: str, shown: Mapping[Fraction, str]
) -> list[Row]:
    """The told figures from the lowest up, each once; the `shown` ones among them."""
    labels = {figure: [label] for figure, label in shown.items()}
    for label, figure in _told_figures(measure, profile):
        labels.setdefault(figure, []).append(label)
    return [
        Row(
            label=", ".join(labels[figure]),
            figure=f"{show(figure)} {unit}".strip(),
            result=score(measure, figure, profile=profile),
            is_shown=figure in shown,
        )
        for figure in sorted(labels)
    ]


def _start(measure: Measure, step: Fraction) -> Fraction:
    """A tenth short of the target, on the side that is worse, as a round figure."""
    bounds = _bounds(measure)
    if bounds is None:
        raise ValueError("a measure that has a curve has a target")
    low, high = bounds
    if measure.polarity == MINIMIZE:
        figure = high * Fraction(11, 10) or (measure.worst_case or Fraction(0)) / 4
    else:
        figure = low - abs(low) / 10
    return floor(figure / step) * step


def _scale(low: Fraction, high: Fraction, start: int, end: int) -> Callable[[Fraction], str]:
    """How figures of an axis become places of the picture."""

    def place(figure: Fraction) -> str:
        share = (figure - low) / (high - low)
        return f"{float(start + share * (end - start)):.1f}"

    return place


def _anchor(figure: Fraction, least: Fraction, most: Fraction) -> str:
    """Texts near an edge stand inside the picture."""
    share = (figure - least) / (most - least)
    if share < Fraction(1, 5):
        return "start"
    return "end" if share > Fraction(4, 5) else "middle"


def _round_step(length: Fraction) -> Fraction:
    """The largest of 1, 2 and 5 times a power of ten that makes at least `STEPS` steps."""
    power = Fraction(10) ** floor(log10(length / STEPS))
    return max(power * times for times in (1, 2, 5) if power * times <= length / STEPS)
