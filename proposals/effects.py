"""What a draft does to a score: one figure under the rule that holds now, and under the draft.

The figure is the one that the reader's unit reported last, or one that the reader typed, which
lives for one answer. Nothing here writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.numbers import format_number, round_half_up
from indicators.models import Actual, Publication
from indicators.pages import target_text
from indicators.record import FIELDS, Content, content_of, unit_in_sentence
from indicators.scoring import KMK, PROFILES, Profile, Score, exact, show
from indicators.unit_scores import Period, score_item, target_in
from indicators.units import UnitTree
from people.models import Person
from proposals.models import Proposal

# A figure counted by another text may be another figure.
_COUNTED_BY = ("definition", "formula", "numerator", "denominator", "unit")


@dataclass(frozen=True)
class Figure:
    """A figure of a period, in the indicator's own unit, and in words whose it is."""

    value: Fraction
    period: Period
    told: str


@dataclass(frozen=True)
class Side:
    """One of the two rules: its target and what it makes of the figure.

    `result` is None where there is no rule; `absent` says why.
    """

    title: str
    target: str = ""
    result: Score | None = None
    absent: str = ""
    is_mine: bool = True  # whether it measures the reader's unit

    @property
    def exact(self) -> Fraction | None:
        return self.result.exact if self.result else None


@dataclass(frozen=True)
class Effect:
    """A figure under both rules, and the difference in one sentence."""

    figure: Figure
    now: Side
    draft: Side
    difference: str
    caution: str

    @property
    def sides(self) -> tuple[Side, Side]:
        return (self.now, self.draft)


@dataclass(frozen=True)
class Rules:
    """Both rules of a proposal as the reader's unit meets them; None where there is none."""

    now: Content | None
    draft: Content | None
    profile: Profile
    unit: str  # code and name of the reader's unit
    unit_name: str
    tree: UnitTree

    @property
    def unit_of_measure(self) -> str:
        """In which the figure is: that of the draft, else of the rule that goes away."""
        content = self.draft or self.now
        return unit_in_sentence(content["unit"]) if content else ""

    @property
    def periods(self) -> list[str]:
        """The periods with a target of their own under either rule."""
        found = {key for content in (self.now, self.draft) if content for key in content["targets"]}
        return sorted(found)


def rules_of(proposal: Proposal, person: Person, *, now: datetime) -> Rules:
    """The rule that a proposal amends or retires, and its draft. Two queries."""
    tree = UnitTree.current()
    unit = person.unit
    retires = proposal.kind == Proposal.Kind.RETIRE
    return Rules(
        now=content_of(proposal.amends) if proposal.amends else None,
        draft=None if retires else content_of(proposal.record),
        profile=_profile(tree.path(proposal.unit.code), now=now),
        unit=unit.code,
        unit_name=unit.name,
        tree=tree,
    )


def _profile(path: tuple[str, ...], *, now: datetime) -> Profile:
    """The profile of the set in force for the nearest of these units; KMK where there is none."""
    in_force = Publication.objects.in_force(on=localdate(now), known_at=now)
    profiles: dict[str, str] = {}
    for scope, key in in_force.filter(scope_code__in=path).values_list(
        "scope_code", "set__scoring_profile"
    ):
        profiles.setdefault(scope, key)
    nearest = next((profiles[code] for code in path if code in profiles), KMK.key)
    return PROFILES[nearest]


def figure_typed(value: Decimal, period: str, rules: Rules) -> Figure:
    """A figure that the reader typed for this one answer."""
    words = {"figure": format_number(value), "unit": rules.unit_of_measure, "period": period}
    told = _("Angka yang Anda ketik: %(figure)s %(unit)s") % words
    if period:
        told = _("%(told)s, untuk %(period)s") % {"told": told, "period": period}
    return Figure(exact(value), Period(period), told.strip())


def figure_reported(proposal: Proposal, person: Person, rules: Rules) -> Figure | None:
    """What the reader's unit reported last of the indicator; None if it never did. One query."""
    code = proposal.amends.code if proposal.amends else proposal.record.code
    found = Actual.objects.last_of(person.unit, code) if code else []
    if not found:
        return None
    last = max(found, key=lambda actual: _end_and_length(Period(actual.period)))
    told = _("Angka terakhir %(unit)s, %(period)s %(year)s: %(figure)s %(measure)s") % {
        "unit": rules.unit_name,
        "measure": rules.unit_of_measure,
        "period": last.period or _("setahun"),
        "year": last.year,
        "figure": format_number(last.figure),
    }
    return Figure(exact(last.figure), Period(last.period), told.strip())


def _end_and_length(period: Period) -> tuple[int, int]:
    return (period.last_month, len(period.months))


def effect_of(figure: Figure, rules: Rules) -> Effect:
    """One figure under both rules."""
    before = _side(_("Aturan sekarang"), rules.now, figure, rules)
    after = _side(_("Menurut usulan"), rules.draft, figure, rules)
    if rules.now is None:
        before = Side(before.title, absent=_("Belum ada: indikator ini baru diusulkan."))
    if rules.draft is None:
        after = Side(after.title, absent=_("Tidak dinilai lagi: indikator ini dicabut."))
    return Effect(figure, before, after, _difference(before, after), _caution(rules))


def _side(title: str, content: Content | None, figure: Figure, rules: Rules) -> Side:
    if content is None:
        return Side(title)
    return Side(
        title,
        target=_target_in(content, figure.period),
        result=score_item(content, figure.value, figure.period, profile=rules.profile),
        is_mine=rules.tree.applies(content["applies_to"], rules.unit),
    )


def _target_in(content: Content, period: Period) -> str:
    """The target that the figure is held against, with its unit."""
    target, _steps = target_in(content, period)
    if target is None:
        return target_text(content)
    return f"{show(target)} {unit_in_sentence(content['unit'])}".strip()


def _difference(now: Side, draft: Side) -> str:
    """What the draft changes, in one sentence."""
    if now.result is None or draft.result is None:
        return _difference_alone(now, draft)
    before, after = now.exact, draft.exact
    if before is None and after is None:
        return _("Angka ini belum dapat dinilai, baik sekarang maupun menurut usulan.")
    words = {"before": now.result.shown, "after": draft.result.shown}
    if after is None:
        return _("Sekarang nilainya %(before)s; menurut usulan belum dapat dihitung.") % words
    if before is None:
        return _("Sekarang belum dapat dihitung; menurut usulan nilainya %(after)s.") % words
    if words["before"] == words["after"]:
        return _("Nilainya tetap %(after)s.") % words
    by = abs(_rounded(after) - _rounded(before))
    words["by"] = format_number(by, 2)
    told = (
        _("Dengan usulan ini nilainya naik %(by)s: dari %(before)s menjadi %(after)s.")
        if after > before
        else _("Dengan usulan ini nilainya turun %(by)s: dari %(before)s menjadi %(after)s.")
    ) % words
    if now.result.status != draft.result.status:
        told += " " + _("Statusnya berubah dari %(before)s menjadi %(after)s.") % {
            "before": now.result.status,
            "after": draft.result.status,
        }
    return told


def _difference_alone(now: Side, draft: Side) -> str:
    """Where one of the rules does not exist: an indicator that comes, or one that goes."""
    result = draft.result or now.result
    if result is None or result.exact is None:
        return _("Angka ini belum dapat dinilai.")
    if draft.result is not None:
        return _("Belum dinilai sekarang; menurut usulan nilainya %s.") % result.shown
    return _("Sekarang nilainya %s; sesudah dicabut tidak dinilai lagi.") % result.shown


def _rounded(result: Fraction) -> Decimal:
    return round_half_up(Decimal(result.numerator) / Decimal(result.denominator), 2)


def _caution(rules: Rules) -> str:
    """Where the draft counts otherwise, the same figure may not be what would be counted."""
    if rules.now is None or rules.draft is None:
        return ""
    changed = [FIELDS[name].label for name in _COUNTED_BY if rules.now[name] != rules.draft[name]]
    if not changed:
        return ""
    return _(
        "Usulan ini juga mengubah %s: angka yang dihitung dengan cara baru dapat berbeda."
    ) % ", ".join(changed)
