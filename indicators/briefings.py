"""What changed for one person between two published sets: only what measures them.

From documents and trees as they were published, so that a message says the same for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.numbers import format_number
from indicators.accounts import OwnWord, accounts
from indicators.documents import listed_in, read
from indicators.models import Briefing, BriefingQuestion, IndicatorVersion, Publication
from indicators.pages import target_text
from indicators.record import FIELDS
from indicators.units import UnitTree
from indicators.versioning import Difference, Listed, differences
from people.models import Person


@dataclass(frozen=True)
class Place:
    """Where somebody works and as what: all that decides which indicators measure them."""

    unit: str
    family: str

    @classmethod
    def of(cls, person: Person) -> "Place":
        return cls(person.unit.code, person.position_family)


@dataclass(frozen=True)
class Changed:
    """One indicator that changed for somebody; `version` is where it is explained."""

    code: str
    name: str
    version: int
    tag: str  # `new`, `gone` or `changed`
    sentences: list[str]


@dataclass(frozen=True)
class Measuring:
    """One indicator that measures somebody, in words."""

    code: str
    name: str
    version: int
    target: str
    weight: str
    is_watched: bool


class PublishedSet:
    """A published set, read once, and asked for many people."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication

    @cached_property
    def document(self) -> Mapping[str, Any]:
        return read(self.publication.content)

    @cached_property
    def listed(self) -> Mapping[str, Listed]:
        return listed_in(self.document)

    @cached_property
    def tree(self) -> UnitTree:
        """The units as they were at publication."""
        return UnitTree.kept(self.publication.units)

    @cached_property
    def tree_of_today(self) -> UnitTree:
        return UnitTree.current()

    def measuring(self, place: Place) -> dict[str, Listed]:
        """The indicators that measure people of a place, by code."""
        # A unit that is younger than the set is found by where it stands today.
        tree = self.tree if place.unit in self.tree.names else self.tree_of_today
        return {
            code: item
            for code, item in self.listed.items()
            if tree.applies(item.content["applies_to"], place.unit, family=place.family)
        }

    def rows(self, place: Place) -> list[Measuring]:
        """The same in words, by code."""
        return [
            Measuring(
                code=code,
                name=item.content["name"],
                version=item.version,
                target=target_text(item.content),
                weight=format_number(item.weight_percent),
                is_watched=not item.weight_percent,
            )
            for code, item in sorted(self.measuring(place).items())
        ]


def changed_for(place: Place, *, old: PublishedSet | None, new: PublishedSet) -> list[Changed]:
    """What changed for people of a place, indicator by indicator; empty where nothing did.

    An indicator that comes to measure them is new to them, even if it measured others before.
    """
    before = old.measuring(place) if old else {}
    after = new.measuring(place)
    names = {**(old.tree.names if old else {}), **new.tree.names}
    found: dict[str, list[Difference]] = {}
    for difference in differences(before, after, unit_names=names):
        found.setdefault(difference.code, []).append(difference)
    return [
        Changed(
            code=code,
            name=(after.get(code) or before[code]).content["name"],
            version=(after.get(code) or before[code]).version,
            tag="new" if code not in before else "gone" if code not in after else "changed",
            sentences=[_sentence(item, after.get(code)) for item in items],
        )
        for code, items in found.items()
    ]


def _sentence(difference: Difference, now: Listed | None) -> str:
    """One difference as a sentence to the person whom it concerns."""
    if difference.kind == "added" and now is not None:
        words = {"weight": format_number(now.weight_percent), "target": target_text(now.content)}
        if not now.weight_percent:
            return _("Baru bagi Anda: dipantau, tidak dinilai.")
        if not words["target"]:
            return _("Baru mengukur Anda, dengan bobot %(weight)s persen.") % words
        told_both = _("Baru mengukur Anda, dengan bobot %(weight)s persen dan target %(target)s.")
        return told_both % words
    if difference.kind == "removed":
        weight = format_number(Decimal(difference.old_text or "0"))
        return _("Tidak lagi mengukur Anda; bobotnya semula %s persen.") % weight
    if difference.kind == "weight":
        texts = (difference.old_text, difference.new_text)
        before, after = (format_number(Decimal(text or "0")) for text in texts)
        return _("Bobotnya berubah dari %(before)s menjadi %(after)s persen.") % {
            "before": before,
            "after": after,
        }
    told = {
        "field": FIELDS[difference.field or ""].label,
        "before": difference.old_text or _("(kosong)"),
        "after": difference.new_text or _("(kosong)"),
    }
    if difference.field == "target":
        return _("Targetnya berubah dari %(before)s menjadi %(after)s.") % told
    if difference.is_prose:
        return _("Redaksi bagian %(field)s berubah.") % told
    return _("Bagian %(field)s berubah dari %(before)s menjadi %(after)s.") % told


@dataclass(frozen=True)
class BriefingPage:
    """What one set means to one person, and what they said to it."""

    publication: Publication
    since: Publication | None
    changed: list[Changed]
    rows: list[Measuring]
    own_words: list[OwnWord]
    briefing: Briefing | None
    questions: list[BriefingQuestion]
    superseded_by: list[Publication]

    @property
    def is_measured(self) -> bool:
        """Whether the set measures the person, or took away what measured them."""
        return bool(self.rows or self.changed)


def briefing_page(person: Person, publication: Publication) -> BriefingPage:
    """The page of a set for one person: also for who came to the unit after everyone was told."""
    briefing = (
        Briefing.objects.visible_to(person)
        .of_publication(publication)
        .select_related("since")
        .prefetch_related("questions")
        .first()
    )
    since = briefing.since if briefing else Publication.objects.before(publication)
    new, place = PublishedSet(publication), Place.of(person)
    changed = changed_for(place, old=PublishedSet(since) if since else None, new=new)
    return BriefingPage(
        publication=publication,
        since=since,
        changed=changed,
        rows=new.rows(place),
        own_words=_own_words(person, changed),
        briefing=briefing,
        questions=list(briefing.questions.all()) if briefing else [],
        superseded_by=list({*publication.replaced_by.all(), *publication.withdrawn_by.all()}),
    )


def _own_words(person: Person, changed: list[Changed]) -> list[OwnWord]:
    """What the person said that the new texts took up; no query where nothing came or changed."""
    wanted = [(item.code, item.version) for item in changed if item.tag != "gone"]
    versions = list(IndicatorVersion.objects.of_numbers(wanted)) if wanted else []
    return accounts().own_words(person, versions) if versions else []


def measuring_now(person: Person, *, now: datetime) -> list[BriefingPage]:
    """The sets in force today that measure a person, the city's first."""
    path = UnitTree.current().path(person.unit.code)
    found: dict[str, Publication] = {}
    in_force = Publication.objects.in_force(on=localdate(now), known_at=now)
    for publication in in_force.filter(scope_code__in=path).for_people():
        found.setdefault(publication.scope_code, publication)
    pages = [briefing_page(person, found[code]) for code in reversed(path) if code in found]
    return [page for page in pages if page.rows]
