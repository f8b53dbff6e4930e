"""Scoring a second time, naively: a transcript of DOMAIN 3.1, 3.3, 3.4 and 3.5.

It shares no line with `indicators.scoring`, tells nothing in words, and None means *cannot be
computed*.
"""

from fractions import Fraction as F

KMK_SCALE = [(F(0), F(0)), (F(90), F(100)), (F(100), F(120))]


def kmk(polarity, t, r, worst=None, is_max=False, scale=None, bounds=None, cap=120):  # type: ignore[no-untyped-def]
    """The score by the KMK line, or None."""
    exactly = bool(bounds) and bounds[0] <= r <= bounds[1]
    if bounds and not exactly:
        t = bounds[0] if r < bounds[0] else bounds[1]
    met = {"maximize": exactly or r - t >= 0, "minimize": exactly or t - r >= 0}
    if is_max and met.get(polarity):
        return F(cap)
    if polarity == "stabilize":
        raw = _two_sided(t, r, exactly, list(scale or KMK_SCALE))
    elif exactly:
        raw = F(100)
    else:
        raw = _upward(t, r) if polarity == "maximize" else _downward(t, r, worst)
    return raw if raw is None else sorted([F(0), raw, F(cap)])[1]


def _upward(t, r):  # type: ignore[no-untyped-def]
    if t == 0:
        return None
    return 100 * r / t if t > 0 else 200 - 100 * r / t


def _downward(t, r, worst):  # type: ignore[no-untyped-def]
    if t > 0:
        return 200 - 100 * r / t
    if t == 0 and worst is not None and worst > 0:
        return 100 - 100 * r / worst
    return None


def _two_sided(t, r, exactly, points):  # type: ignore[no-untyped-def]
    if t <= 0 and not exactly:
        return None
    near = F(100) if exactly else 100 - 100 * abs(r - t) / t
    while len(points) > 2 and near > points[1][0]:
        points.pop(0)
    (x0, y0), (x1, y1) = points[:2]
    return y0 + (y1 - y0) * (near - x0) / (x1 - x0)


def lkjip(polarity, t, r, worst=None, is_max=False, scale=None, bounds=None):  # type: ignore[no-untyped-def]
    """Local practice: never above 100, no two-sided target."""
    if polarity == "stabilize":
        return None
    return kmk(polarity, t, r, worst, is_max, scale, bounds, cap=100)


def consolidated(rule, targets, actuals):  # type: ignore[no-untyped-def]
    """(target, actual) over the periods with a target, in order; actual None for "not yet"."""
    counted = [(t, actuals.get(key)) for key, t in targets.items()]
    known = [r for _t, r in counted if r is not None]
    if len(known) < len(counted):
        return None, None
    if rule == "take_last_known":
        return counted[-1]
    size = 1 if rule == "sum" else len(counted)
    return F(sum(t for t, _r in counted), size), F(sum(known), size)


def half_up(value, places):  # type: ignore[no-untyped-def]
    """Decimal text of a value that is not negative, half up, digit by digit."""
    digits, rest = [], value - int(value)
    for _place in range(places + 1):
        rest *= 10
        digits.append(int(rest))
        rest -= int(rest)
    whole = int("".join(map(str, [int(value), *digits[:places]])))
    whole += digits[places] >= 5
    text = str(whole).rjust(places + 1, "0")
    return f"{text[:-places]}.{text[-places:]}"
