"""Indicators after publication: review dates, signs of life, ratings, objections."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import format_date
from core.numbers import format_number
from core.verdict import Verdict
from indicators import rules
from indicators.impact import Rules, hidden_units, people_of
from indicators.lifeless import Checkup, Figure, Rule, checkup
from indicators.models import (
    Actual,
    IndicatorReview,
    IndicatorVersion,
    Objection,
    Rating,
    RatingSummary,
    SetEntry,
)
from indicators.record import content_of
from indicators.reviewing import ReviewDate, review_date_of, review_due_on
from indicators.scoring import PROFILES, exact
from indicators.units import UnitTree
from people.models import Person
from people.roles import Roles

LITTLE_CONTROL, HEAVY_BURDEN = 2, 4  # medians that a composer is cautioned about


@dataclass(frozen=True)
class RatingShown:
    """What the measured said, as it may be shown: how many chose each step, and the medians."""

    raters: int
    control: list[tuple[str, int]]
    burden: list[tuple[str, int]]
    control_median: str
    burden_median: str


@dataclass(frozen=True)
class Aftercare:
    """What the page of an indicator tells of its life after publication.

    `version` is the one that a published set holds, if any: what is rated and objected to.
    """

    code: str
    version: IndicatorVersion | None
    review: ReviewDate
    checkup: Checkup | None = None  # for those signed in, like what follows with `may`
    rating: RatingShown | None = None
    own_rating: Rating | None = None
    own_objection: Objection | None = None
    waiting: int = 0  # objections that are discussed nowhere yet
    discussed: Sequence[tuple[str, int]] = ()  # a page, and how many are discussed there
    may_rate: Verdict | None = None
    may_object: Verdict | None = None
    may_review: Verdict | None = None

    @property
    def objections(self) -> int:
        """All that are not settled."""
        return self.waiting + sum(count for _url, count in self.discussed)


def aftercare_of(
    code: str, person: Person | None, roles: Roles | None, *, now: datetime
) -> Aftercare | None:
    """All of it for one indicator; None where it is retired. Four queries.

    For those signed in six more: the own rating, units (twice), people, figures, and its sets.
    """
    newest = IndicatorVersion.objects.in_use().with_reviews().filter(indicator__code=code).first()
    if newest is None:
        return None
    version = IndicatorVersion.objects.in_force().filter(indicator__code=code).first()
    review = review_date_of(newest, today=localdate(now))
    found = Aftercare(
        code=code,
        version=version,
        review=review,
        may_review=rules.may_review(person, roles, newest, review) if person and roles else None,
    )
    if version is None:
        return found
    summary = RatingSummary.objects.filter(version=version).first()
    objections = list(Objection.objects.unsettled().filter(version=version))
    places = [objection.discussed_at for objection in objections]
    found = replace(
        found,
        rating=rating_shown(summary) if summary else None,
        waiting=places.count(""),
        discussed=[(url, places.count(url)) for url in sorted({*places} - {""})],
    )
    if person is None:
        return found
    tree = UnitTree.current()
    return replace(
        found,
        checkup=checkups_of([version], today=localdate(now))[version.pk],
        own_rating=Rating.objects.by(person, version),
        own_objection=next((one for one in objections if one.person_id == person.pk), None),
        may_rate=rules.may_rate(person, version, tree),
        may_object=rules.may_object(person, version, tree),
    )


def checkups_of(versions: Sequence[IndicatorVersion], *, today: date) -> Mapping[UUID, Checkup]:
    """What the figures of each say, without those of few people. Four queries, however many.

    Where only units of few people reported, nothing is said: neither their figures nor that there
    are none.
    """
    keys = [version.indicator_id for version in versions]
    shown = _units_shown(versions)
    figures: dict[int, list[Figure]] = defaultdict(list)
    reported: set[int] = set()
    for actual in Actual.objects.of_indicators(keys):
        reported.add(actual.indicator_id)
        if actual.unit.code in shown[actual.indicator_id]:
            figures[actual.indicator_id].append(
                Figure(actual.unit.code, actual.year, actual.period, exact(actual.figure))
            )
    since: dict[int, date] = {}
    profiles: dict[int, str] = {}
    for indicator, effective_on, profile in SetEntry.objects.lives_of(keys):
        since[indicator] = min(effective_on, since.get(indicator, effective_on))
        profiles[indicator] = profile  # the newest comes last
    return {
        version.pk: checkup(
            figures[version.indicator_id],
            Rule(
                content=content_of(version),
                profile=PROFILES[profiles[version.indicator_id]]
                if version.indicator_id in profiles
                else next(iter(PROFILES.values())),
                in_force_since=since.get(version.indicator_id),
            ),
            today=today,
        )
        if version.indicator_id in figures or version.indicator_id not in reported
        else Checkup()
        for version in versions
    }


def _units_shown(versions: Sequence[IndicatorVersion]) -> Mapping[int, AbstractSet[str]]:
    """Of each indicator: the measured units whose figures may be told (docs/impact.md)."""
    tree = UnitTree.current()
    paths = {code: tree.path(code) for code in tree.active}
    items = tuple({"applies_to": version.applies_to} for version in versions)
    measured = people_of(
        Rules(items, next(iter(PROFILES.values()))),
        tree.active,
        tree,
        Person.objects.active().count_by_unit_and_family(),
    )
    return {
        version.indicator_id: people.keys() - hidden_units([people], paths)
        for version, people in zip(versions, measured, strict=True)
    }


def rating_shown(summary: RatingSummary) -> RatingShown:
    """A summary in words."""
    return RatingShown(
        raters=summary.raters,
        control=[
            (f"{step}: {label}", summary.control[step - 1])
            for step, label in Rating.Control.choices
        ],
        burden=[
            (f"{step}: {label}", summary.burden[step - 1]) for step, label in Rating.Burden.choices
        ],
        control_median=_shown(median_of(summary.control)),
        burden_median=_shown(median_of(summary.burden)),
    )


def median_of(counts: Sequence[int]) -> Fraction:
    """The median of steps 1, 2, … of which each was chosen so often; between two, their mean.

    Raises ValueError where nothing was chosen.
    """
    steps = [step for step, count in enumerate(counts, start=1) for _one in range(count)]
    if not steps:
        raise ValueError("a median needs at least one rating")
    middle = len(steps) // 2
    low = steps[middle] if len(steps) % 2 else steps[middle - 1]
    return Fraction(low + steps[middle], 2)


def _shown(median: Fraction) -> str:
    return format_number(Decimal(median.numerator) / Decimal(median.denominator))


# For who composes a set


def cautions_of(versions: Sequence[IndicatorVersion], *, on: date, today: date) -> list[str]:
    """What a composer should weigh about these versions for a set that takes effect `on` a day.

    Seven queries, however many versions.
    """
    keys = {version.indicator_id for version in versions}
    summaries: dict[int, RatingSummary] = {}
    rated = RatingSummary.objects.filter(version__indicator__in=keys).select_related("version")
    for summary in rated.order_by("version__number"):
        summaries[summary.version.indicator_id] = summary  # of the newest version that has one
    objected: dict[int, int] = defaultdict(int)
    open_ones = Objection.objects.unsettled().filter(version__indicator__in=keys)
    for key in open_ones.values_list("version__indicator", flat=True):
        objected[key] += 1
    reviews = IndicatorReview.objects.filter(version__in=[version.pk for version in versions])
    reviewed = dict(reviews.order_by("reviewed_on").values_list("version", "reviewed_on"))
    checkups = checkups_of(versions, today=today)
    found: list[str] = []
    for version in versions:
        found += _review_caution(version, reviewed.get(version.pk), on)
        if version.indicator_id in summaries:
            found += _rating_cautions(version.code, summaries[version.indicator_id])
        if count := objected[version.indicator_id]:
            found.append(
                ngettext(
                    "%(code)s: %(count)d keberatan belum selesai.",
                    "%(code)s: %(count)d keberatan belum selesai.",
                    count,
                )
                % {"code": version.code, "count": count}
            )
        found += [
            f"{version.code}: {finding.sentence}" for finding in checkups[version.pk].findings
        ]
    return found


def _review_caution(version: IndicatorVersion, reviewed_on: date | None, on: date) -> Iterable[str]:
    """A text that nobody has looked at for long when the set takes effect."""
    adopted_on = localdate(version.adopted_at)
    if review_due_on(adopted_on, reviewed_on) > on:
        return
    if reviewed_on is not None:
        yield _("%(code)s terakhir ditinjau %(day)s.") % {
            "code": version.code,
            "day": format_date(reviewed_on),
        }
    else:
        yield _("%(code)s terakhir ditinjau dan ditetapkan %(day)s.") % {
            "code": version.code,
            "day": format_date(adopted_on),
        }


def _rating_cautions(code: str, summary: RatingSummary) -> Iterable[str]:
    control, burden = median_of(summary.control), median_of(summary.burden)
    words = {"code": code, "raters": summary.raters}
    if control <= LITTLE_CONTROL:
        yield _(
            "%(code)s: menurut %(raters)d pegawai yang diukur, kendali mereka atas hasilnya kecil "
            "(nilai tengah %(median)s dari 5)."
        ) % {**words, "median": _shown(control)}
    if burden >= HEAVY_BURDEN:
        yield _(
            "%(code)s: menurut %(raters)d pegawai yang diukur, pelaporannya berat (nilai tengah "
            "%(median)s dari 5)."
        ) % {**words, "median": _shown(burden)}
