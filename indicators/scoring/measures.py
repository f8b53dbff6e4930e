"""What of an indicator its score depends on."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from indicators.scoring.figures import exact

MAXIMIZE, MINIMIZE, STABILIZE = "maximize", "minimize", "stabilize"


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
