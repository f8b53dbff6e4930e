"""Reads of indicators, sets and publications, in the words of the office."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, Max, OuterRef, Q, When
from django.db.models.functions import Length
from django.utils.timezone import make_aware

from indicators.reviewing import looked_at_until
from people.models import Person, Unit

if TYPE_CHECKING:
    from indicators.models import (  # noqa: F401
        Actual,
        Briefing,
        BriefingQuestion,
        Decree,
        Delivery,
        Indicator,
        IndicatorSet,
        IndicatorVersion,
        Objection,
        Publication,
        PublicKey,
        Rating,
        SetEntry,
        WeightAdvice,
    )
    from people.roles import Roles


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def with_versions(self) -> Self:
        """With all versions at hand, in one more query."""
        return self.prefetch_related("versions")


class IndicatorVersionQuerySet(models.QuerySet["IndicatorVersion"]):
    def latest_of_each(self) -> Self:
        """The newest version of every indicator, retired ones included."""
        newer = self.model._default_manager.filter(
            indicator=OuterRef("indicator"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(newer))

    def in_use(self) -> Self:
        """The newest version of every indicator that is not retired, by code."""
        return self.latest_of_each().filter(retires=False).order_by("code")

    def in_force(self) -> Self:
        """The newest version of every indicator that a published set holds, if not retired."""
        published = self.model._default_manager.filter(set_entries__is_published=True)
        newer = published.filter(indicator=OuterRef("indicator"), number__gt=OuterRef("number"))
        gone = self.model._default_manager.filter(indicator=OuterRef("indicator"), retires=True)
        held = published.filter(pk=OuterRef("pk"))
        return self.filter(Exists(held), ~Exists(newer), ~Exists(gone)).order_by("code")

    def in_set(self, publication: Publication) -> Self:
        """Those whose indicator, in whatever version, a published set holds."""
        return self.filter(indicator__versions__set_entries__set=publication.pk).distinct()

    def to_review(self, *, today: date) -> Self:
        """Those whose review date has come, or is near; by the day of the last look."""
        last = looked_at_until(today)
        end = make_aware(datetime.combine(last + timedelta(days=1), time.min))
        return self.filter(adopted_at__lt=end).exclude(reviews__reviewed_on__gt=last)

    def with_reviews(self) -> Self:
        """With `reviewed_on`, the day on which each was last looked at and let stand, or None."""
        return self.annotate(reviewed_on=Max("reviews__reviewed_on"))

    def matching(self, text: str) -> Self:
        """Those whose code or name holds every word of a text."""
        found = self
        for word in text.split():
            found = found.filter(Q(code__icontains=word) | Q(name__icontains=word))
        return found

    def of_code(self, code: str) -> Self:
        """The versions of one indicator, newest first."""
        return self.filter(indicator__code=code).order_by("-number")

    def of_numbers(self, wanted: Collection[tuple[str, int]]) -> Self:
        """The versions with these codes and numbers."""
        found = Q(pk__in=[])
        for code, number in wanted:
            found |= Q(code=code, number=number)
        return self.filter(found)


class IndicatorSetQuerySet(models.QuerySet["IndicatorSet"]):
    def visible_to(self, roles: Roles) -> Self:
        """Sets being composed: for facilitators, publishers and auditors; nobody else."""
        if roles.has("facilitator") or roles.has("publisher") or roles.has("auditor"):
            return self.select_related("scope", "composed_by", "published_by", "publication")
        return self.none()

    def unpublished(self) -> Self:
        """Drafts and composed sets."""
        return self.exclude(state="published")

    def with_entries(self) -> Self:
        """With entries and their versions at hand, in two more queries."""
        return self.prefetch_related("entries__version__indicator")


class SetEntryQuerySet(models.QuerySet["SetEntry"]):
    def with_versions(self) -> Self:
        """With their versions and what voters gave them at hand, in the same query."""
        return self.select_related("version", "advised__advice")

    def published_of(self, code: str) -> Self:
        """The published entries of an indicator, the newest publication first."""
        return (
            self.filter(version__indicator__code=code, is_published=True)
            .select_related("version", "set__publication__scope")
            .defer("set__publication__document", "set__publication__units")
            .order_by("-set__publication__published_at")
        )

    def lives_of(self, keys: Iterable[int]) -> models.QuerySet[SetEntry, tuple[int, date, str]]:
        """Indicator key, day of effect and profile of each published entry, the newest last."""
        found = self.filter(version__indicator__in=list(keys), is_published=True)
        return found.order_by("set__publication__published_at").values_list(
            "version__indicator", "set__publication__effective_on", "set__scoring_profile"
        )


class WeightAdviceQuerySet(models.QuerySet["WeightAdvice"]):
    def for_set(self, indicator_set: IndicatorSet) -> Self:
        """What voters of the set's scope came to, the newest first, with its weights at hand."""
        found = self.filter(scope__in=Unit.objects.within(indicator_set.scope))
        return found.select_related("scope").prefetch_related("weights__version")


class DecreeQuerySet(models.QuerySet["Decree"]):
    def light(self) -> Self:
        """Without the bytes."""
        return self.defer("content")

    def of_publication(self, publication: Publication) -> Self:
        """The decree that a set was published by, if its file was handed in."""
        return self.filter(set=publication.pk)


class PublicationQuerySet(models.QuerySet["Publication"]):
    def light(self) -> Self:
        """Without the bytes, for lists; with the scope's present name."""
        return self.defer("document", "units").select_related("scope")

    def with_decision(self) -> Self:
        """With the decision that each was published by."""
        return self.select_related("set", "scope")

    def for_feed(self) -> Self:
        """With what a feed tells of each, and `size`, the bytes of its document."""
        return (
            self.select_related("scope", "set", "replaces", "withdraws")
            .defer("document", "units")
            .defer(
                *(
                    f"{other}__{big}"
                    for other in ("replaces", "withdraws")
                    for big in ("document", "units")
                )
            )
            .annotate(size=Length("document"))
        )

    def for_page(self) -> Self:
        """With all that the page of one publication shows."""
        return self.select_related("scope", "set", "key", "previous", "replaces").prefetch_related(
            "replaced_by", "withdrawn_by__set", "replacement_signatures__key"
        )

    def of_scope(self, scope_code: str) -> Self:
        """All publications of one scope, newest first."""
        return self.filter(scope_code=scope_code)

    def of_version(self, version: str) -> Self:
        """The publication of a version text such as `2.0.0`; nothing for any other text."""
        parts = version.split(".")
        if len(parts) != 3 or not all(
            part.isascii() and part.isdigit() and len(part) < 10 and str(int(part)) == part
            for part in parts
        ):
            return self.none()
        major, minor, patch = map(int, parts)
        return self.filter(major=major, minor=minor, patch=patch)

    def in_force(self, *, on: date, known_at: datetime, major: int | None = None) -> Self:
        """The set in force on a day as it was known at a moment, first of what is returned.

        Published by then, the day inside its effective dates, not replaced or withdrawn by another
        such set; then the latest `effective_on`, then the latest published. Source: DESIGN 4.3.
        With `major`, sets of another MAJOR do not replace (`latest 2.x`), yet they do withdraw.
        """
        such = Q(effective_until__isnull=True) | Q(effective_until__gte=on)
        such &= Q(published_at__lte=known_at, effective_on__lte=on)
        others = self.model._default_manager.filter(such)
        found = self.filter(such).exclude(Exists(others.filter(withdraws=OuterRef("pk"))))
        if major is not None:
            found, others = found.filter(major=major), others.filter(major=major)
        return found.exclude(Exists(others.filter(replaces=OuterRef("pk")))).order_by(
            "-effective_on", "-published_at", "-major", "-minor", "-patch"
        )

    def newest_before(self, year: int, scopes: models.QuerySet[Unit]) -> Self:
        """The last set of each of these scopes that is for an earlier year, newest first."""
        found = self.light().select_related("set").filter(scope__in=scopes, next__isnull=True)
        return found.filter(set__year__lt=year).order_by("-published_at")

    def followed_by(self, indicator_set: IndicatorSet) -> Publication | None:
        """The set that a draft replaces, or the last of an earlier year; never a withdrawn one."""
        found = self.filter(scope=indicator_set.scope_id, year__lte=indicator_set.year)
        found = found.filter(withdrawn_by__isnull=True)
        return found.order_by("-year", "-published_at").first()

    def with_signatures(self) -> Self:
        """With the key that signed first, and all later signatures with theirs."""
        return self.select_related("key").prefetch_related("replacement_signatures__key")

    def without_believed_signature(self) -> Self:
        """Those that only revoked keys signed, in the order of publication."""
        believed = Q(
            replacement_signatures__isnull=False,
            replacement_signatures__key__revoked_at__isnull=True,
        )
        found = self.filter(key__revoked_at__isnull=False)
        found = found.annotate(believed=Count("replacement_signatures", filter=believed))
        return found.filter(believed=0).order_by("published_at")

    def for_people(self) -> Self:
        """With what a person reads of a set: its units and document, and what replaced it."""
        return self.select_related("scope", "set", "replaces").prefetch_related(
            "replaced_by", "withdrawn_by"
        )

    def superseded(self) -> Self:
        """Publications that another one replaced or withdrew."""
        return self.filter(Q(replaced_by__isnull=False) | Q(withdrawn_by__isnull=False)).distinct()

    def before(self, publication: Publication) -> Publication | None:
        """The set by which people were measured before this one.

        That is the one that it replaces; else the one in force in its scope on the day before,
        as it was known then. None for the first.
        """
        if publication.replaces_id is not None:
            return self.get(pk=publication.replaces_id)
        eve = publication.effective_on - timedelta(days=1)
        known = publication.published_at - timedelta(microseconds=1)
        return self.of_scope(publication.scope_code).in_force(on=eve, known_at=known).first()

    def newest_of(self, scope: Unit) -> Publication | None:
        """The set of this scope published last: the end of its chain."""
        return self.filter(scope=scope, next__isnull=True).first()


class ActualQuerySet(models.QuerySet["Actual"]):
    def last_of(self, unit: Unit, code: str) -> list[Actual]:
        """What a unit reported of an indicator in the last year that it reported anything of it."""
        found = list(self.filter(unit=unit, indicator__code=code).order_by("-year"))
        return [actual for actual in found if actual.year == found[0].year]

    def of_indicators(self, keys: Iterable[int]) -> Self:
        """What all units reported of some indicators, each with its unit at hand."""
        return self.filter(indicator__in=list(keys)).select_related("unit")

    def in_units_of(self, scope: Unit, *, but: Collection[str]) -> Self:
        """What a unit and the units below it reported, but for some units by code."""
        found = self.order_by().filter(unit__in=Unit.objects.within(scope))
        return found.exclude(unit__code__in=but)

    def years(self, *, until: int) -> list[int]:
        """The years that have figures, up to one, the latest first. One query."""
        found = self.order_by("-year").filter(year__lte=until)
        return list(found.values_list("year", flat=True).distinct())

    def of_year(self, year: int | None) -> Iterable[tuple[str, str, str, Decimal]]:
        """Unit, indicator, period and figure of a year. One query."""
        keys = ("unit__code", "indicator__code", "period", "figure")
        return self.filter(year=year or 0).values_list(*keys)

    def figures_of(
        self, years: Collection[int], unit_codes: Collection[str]
    ) -> dict[tuple[str, str, int, str], Decimal]:
        """What is known, by unit, indicator, year and period. One query."""
        found = self.order_by().filter(year__in=years)
        keys = ("unit__code", "indicator__code", "year", "period", "figure")
        return {
            (unit, code, year, period): figure
            for unit, code, year, period, figure in found.values_list(*keys)
            if unit in unit_codes
        }


class RatingQuerySet(models.QuerySet["Rating"]):
    def by(self, person: Person, version: IndicatorVersion) -> Rating | None:
        """What a person said of a version, if anything."""
        return self.filter(person=person, version=version).first()


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def unsettled(self) -> Self:
        """Those to which no answer has been found yet, the oldest first."""
        return self.filter(settled_at__isnull=True).order_by("filed_at", "pk")

    def waiting(self) -> Self:
        """Those that are discussed nowhere yet."""
        return self.unsettled().filter(discussed_at="")

    def visible_to(self, person: Person, roles: Roles) -> Self:
        """With their words: one's own; all of them for who runs rounds, publishes or audits."""
        found = self.select_related("version", "person__unit", "publication__scope")
        if roles.has("facilitator") or roles.has("publisher") or roles.has("auditor"):
            return found
        return found.filter(person=person)


class PublicKeyQuerySet(models.QuerySet["PublicKey"]):
    def active(self) -> Self:
        """The one key that signs now, if any."""
        return self.filter(retired_at__isnull=True)


@dataclass(frozen=True)
class UnitResponses:
    """How many people of a unit were told of a publication, and how many answered how."""

    unit: int  # its key
    code: str
    name: str
    acknowledged: int
    questioned: int
    waiting: int

    @property
    def told(self) -> int:
        return self.acknowledged + self.questioned + self.waiting


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        """Deliveries that are not finished, in the order of publication."""
        return self.filter(finished_at__isnull=True).order_by("queued_at")


class BriefingQuerySet(models.QuerySet["Briefing"]):
    def visible_to(self, person: Person) -> Self:
        """A person's own: nobody reads another's."""
        return self.filter(person=person)

    def of_publication(self, publication: Publication) -> Self:
        """What people were told of one publication."""
        return self.filter(publication=publication)

    def unanswered(self) -> Self:
        """Neither acknowledged nor questioned."""
        return self.filter(response="")

    def asking(self, person: Person, *, on: date) -> Self:
        """What still asks a person for an answer, the newest first, with its set. One query.

        Not what was replaced or withdrawn since, and nothing of a year that is over.
        """
        publications = self.model._meta.get_field("publication").related_model
        others = publications._default_manager.filter(
            Q(replaces=OuterRef("publication")) | Q(withdraws=OuterRef("publication"))
        )
        return (
            self.visible_to(person)
            .unanswered()
            .filter(~Exists(others), publication__year__gte=on.year)
            .select_related("publication__scope")
            .defer("publication__document", "publication__units")
            .order_by("-publication__published_at")
        )

    def of_people(self, people: Collection[Person], scope_code: str) -> Self:
        """What some people were told of the sets of one scope."""
        return self.filter(person__in=people, publication__scope_code=scope_code)

    def with_since(self) -> Self:
        """With the set that each compares with, without its bytes until they are asked for."""
        return self.select_related("since").defer("since__document", "since__units")

    def count_by_unit(
        self, publication: Publication, *, within: Collection[int] | None = None
    ) -> list[UnitResponses]:
        """The answers to one publication unit by unit, by name; `within` some units (keys) alone.

        Units are those in which people worked when they were told. One query.
        """
        found = self.of_publication(publication)
        if within is not None:
            found = found.filter(unit__in=within)
        rows = (
            found.order_by()
            .values_list("unit", "unit__code", "unit__name")
            .annotate(
                acknowledged=Count("pk", filter=Q(response="acknowledged")),
                questioned=Count("pk", filter=Q(response="questioned")),
                waiting=Count("pk", filter=Q(response="")),
            )
            .order_by("unit__name", "unit")
        )
        return [UnitResponses(*row) for row in rows]


class QuestionQuerySet(models.QuerySet["BriefingQuestion"]):
    def unanswered(self) -> Self:
        """Questions that wait for their answer."""
        return self.filter(answer="")

    def for_list(self) -> Self:
        """With the unit of who asked and the set that it is about; waiting ones first."""
        return (
            self.select_related("briefing__unit", "briefing__publication__scope")
            .defer("briefing__publication__document", "briefing__publication__units")
            .order_by(Case(When(answer="", then=0), default=1), "asked_at", "pk")
        )
