"""Several periods as one: target and actual are consolidated, then scored. Source: DOMAIN 3.3."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from indicators.scoring.figures import show

SUM, AVERAGE, TAKE_LAST_KNOWN = "sum", "average", "take_last_known"


@dataclass(frozen=True)
class Consolidated:
    """Target and actual of several periods as one; `missing` are the periods without an actual.

    `steps` tell in words how each came about.
    """

    target: Fraction | None
    actual: Fraction | None
    missing: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


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
    with_target = [(key, targets[key]) for key in counted if key in targets]
    target = together(rule, [figure for _key, figure in with_target])
    if lacking:
        return Consolidated(target, None, lacking)
    known = [(key, actuals[key]) for key in counted]
    actual = together(rule, [figure for _key, figure in known])
    steps = []
    if len(known) > 1 and actual is not None:
        steps.append(told(_("Realisasi"), rule, known, actual))
    if len(with_target) > 1 and target is not None:
        steps.append(told(_("Target"), rule, with_target, target))
    return Consolidated(target, actual, steps=tuple(steps))


def together(rule: str, figures: Sequence[Fraction]) -> Fraction | None:
    """Some figures as one by a rule of consolidation; None for no figures."""
    if not figures:
        return None
    if rule == TAKE_LAST_KNOWN:
        return figures[-1]
    whole = sum(figures, Fraction(0))
    return whole if rule == SUM else whole / len(figures)


def told(what: str, rule: str, figures: Sequence[tuple[str, Fraction]], result: Fraction) -> str:
    """How figures by period became one: `Realisasi TW1 20, TW2 30: jumlah 50.`"""
    words = {SUM: _("jumlah"), AVERAGE: _("rata-rata"), TAKE_LAST_KNOWN: _("nilai terakhir")}
    return _("%(what)s %(figures)s: %(rule)s %(result)s.") % {
        "what": what,
        "figures": ", ".join(f"{key} {show(figure)}" for key, figure in figures),
        "rule": words[rule],
        "result": show(result),
    }
