"""Several periods as one: target and actual are consolidated, then scored. Source: DOMAIN 3.3."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

SUM, AVERAGE, TAKE_LAST_KNOWN = "sum", "average", "take_last_known"


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
