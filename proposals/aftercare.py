"""What needs a look after publication, and the rounds in which something can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation

from indicators.aftercare import checkups_of
from indicators.lifeless import Finding
from indicators.models import IndicatorVersion, Objection
from indicators.reviewing import ReviewDate, review_date_of
from people.models import Person
from people.roles import Roles
from proposals.models import Proposal, Round


@dataclass(frozen=True)
class ToReview:
    """An indicator whose review date is near or over."""

    version: IndicatorVersion
    review: ReviewDate


@dataclass(frozen=True)
class Lifeless:
    """An indicator with what its figures show."""

    version: IndicatorVersion
    findings: Sequence[Finding]


@dataclass(frozen=True)
class AftercarePage:
    """All indicators that need a look: by date, by figures, by what people object."""

    to_review: list[ToReview]
    lifeless: list[Lifeless]
    checked: int  # published indicators that were looked at
    too_little: int  # of them those of whose figures nothing can be said
    objections: list[Objection]


def aftercare_page(person: Person, roles: Roles, *, now: datetime) -> AftercarePage:
    """The page, each list the most urgent first. Seven queries, however many indicators."""
    today = timezone.localdate(now)
    near = IndicatorVersion.objects.in_use().to_review(today=today).with_reviews()
    to_review = [ToReview(version, review_date_of(version, today=today)) for version in near]
    held = list(IndicatorVersion.objects.in_force())
    checkups = checkups_of(held, today=today)
    return AftercarePage(
        to_review=sorted(to_review, key=lambda one: (one.review.due_on, one.version.code)),
        lifeless=[
            Lifeless(version, checkups[version.pk].findings)
            for version in held
            if checkups[version.pk].findings
        ],
        checked=len(held),
        too_little=sum(bool(checkups[version.pk].too_little) for version in held),
        objections=list(Objection.objects.visible_to(person, roles).waiting()),
    )


def findings_of(code: str, *, now: datetime) -> Sequence[Finding]:
    """What the figures of one published indicator show; nothing for one that is not published.

    In Indonesian, as it is kept with a proposal, in whatever language the page is read.
    """
    held = list(IndicatorVersion.objects.in_force().filter(indicator__code=code))
    with translation.override("id"):
        checkups = checkups_of(held, today=timezone.localdate(now))
    return [finding for version in held for finding in checkups[version.pk].findings]


def rounds_for(person: Person, *, now: datetime) -> list[Round]:
    """The rounds in which a person may propose now: real ones before those for training."""
    rounds = Round.objects.open_at(now).for_unit(person.unit).select_related("scope")
    return sorted(rounds, key=lambda one: (one.is_training, -one.year, one.title))


def proposal_from(objection: Objection) -> Proposal | None:
    """The proposal that an objection became, unless it was withdrawn."""
    return Proposal.objects.living_from(objection).select_related("record").first()
