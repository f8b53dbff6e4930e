"""What the pages of indicators and sets say, put into words before a template sees it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.numbers import format_number
from indicators.accounts import Account
from indicators.advice import given_by, origin_words
from indicators.composition import Composition, some
from indicators.curve import Curve, curve_of
from indicators.documents import read
from indicators.models import (
    IndicatorSet,
    IndicatorVersion,
    Publication,
    SetEntry,
    WeightAdvice,
)
from indicators.models.record import Polarity
from indicators.record import (
    FIELDS,
    SECTIONS,
    Change,
    Content,
    changes,
    content_of,
    text_of,
    unit_in_sentence,
)
from indicators.scoring import (
    KMK,
    PROFILES,
    Measure,
    Profile,
    Score,
    measure_of,
    score,
    show,
)
from indicators.units import UnitTree
from indicators.versioning import Difference
from web.diff import word_diff

MOST_OFFERS = 10  # polls whose weights a composing page shows


@dataclass(frozen=True)
class Line:
    """A field in words."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Section:
    """The fields of one section that have something to say."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class SetRow:
    """An indicator in a set, in words."""

    code: str
    version: int
    name: str
    target: str
    polarity: str
    weight: str
    is_watched: bool
    applies_to: str
    origin: str  # of the weight, where voters were asked


@dataclass(frozen=True)
class Offer:
    """A poll by weights that a set may take: code, name and what voters gave of each indicator."""

    advice: WeightAdvice
    weights: list[tuple[str, str, str]]
    is_taken: bool


@dataclass(frozen=True)
class ChangedIndicator:
    """What changed about one indicator against the set before, sentence by sentence."""

    code: str
    name: str
    sentences: list[str]


@dataclass(frozen=True)
class SetPage:
    """A published set for its readers; `rows` are those of `unit` where one was chosen."""

    document: Mapping[str, Any]
    transition_on: date | None
    rows: list[SetRow]
    changes: list[ChangedIndicator]
    units: list[tuple[str, str]]  # code and name
    unit: str
    unit_name: str
    total: str


@dataclass(frozen=True)
class FieldDiff:
    """One field's change between two versions: a word diff for prose, else two texts."""

    label: str
    sentence: str
    diff: SafeString


@dataclass(frozen=True)
class VersionStory:
    """A version of an indicator: what changed with it, and how it came about."""

    version: IndicatorVersion
    diffs: list[FieldDiff]
    provenance: Mapping[str, Any]
    account: Account | None
    answered: str  # how many comments became what
    votes: list[tuple[str, int]]  # empty where they may not be told
    is_shown: bool


@dataclass(frozen=True)
class PublishedIn:
    """A published set that holds the indicator, and its weight there."""

    publication: Publication
    weight: str
    is_watched: bool
    number: int
    is_in_force: bool


@dataclass(frozen=True)
class Trial:
    """One figure, scored step by step, and the curve on which it stands."""

    figure: str
    result: Score
    is_own: bool  # typed by the reader; else the example that the page begins with
    curve: Curve | None


@dataclass(frozen=True)
class IndicatorPage:
    """One version of an adopted indicator for its readers, with what is told of all of them."""

    version: IndicatorVersion
    newest: IndicatorVersion
    summary: str
    rule: str
    sections: list[Section]
    stories: list[VersionStory]
    published_in: list[PublishedIn]
    measure: Measure | None
    profile: Profile  # of the newest set that holds this version, else any version
    curve: Curve | None

    @property
    def in_force(self) -> list[PublishedIn]:
        """The sets in force today that hold the indicator, in whatever version."""
        return [item for item in self.published_in if item.is_in_force]


# A set


def set_page(publication: Publication, *, unit: str = "") -> SetPage:
    """The page of a published set, told from its document and its units as they were then."""
    document = read(publication.content)
    tree = UnitTree.kept(publication.units)
    items, note = document["indicators"], document["transition_note"]
    measured = [
        (code, tree.names[code])
        for code in tree.within(publication.scope_code)
        if any(tree.applies(item["applies_to"], code) for item in items)
    ]
    if unit not in {code for code, _name in measured}:
        unit = ""
    shown = [item for item in items if not unit or tree.applies(item["applies_to"], unit)]
    return SetPage(
        document=document,
        transition_on=note and date.fromisoformat(note["dated_on"]),
        rows=[_set_row(item, tree) for item in shown],
        changes=changed_indicators(document["changes"], {i["code"]: i["name"] for i in items}),
        units=sorted(measured, key=lambda pair: pair[1]),
        unit=unit,
        unit_name=tree.names.get(unit, ""),
        total=format_number(sum((Decimal(item["weight_percent"]) for item in shown), Decimal(0))),
    )


def _set_row(item: Mapping[str, Any], tree: UnitTree) -> SetRow:
    weight = Decimal(item["weight_percent"])
    return SetRow(
        code=item["code"],
        version=item["version"],
        name=item["name"],
        target=target_text(item),
        polarity=short_label("polarity", item["polarity"]),
        weight=format_number(weight),
        is_watched=not weight,
        applies_to=some(text_of(FIELDS["applies_to"], item, unit_names=tree.names).split("; ")),
        origin=origin_words(item),
    )


def changed_indicators(
    told: Iterable[Mapping[str, Any]], names: Mapping[str, str]
) -> list[ChangedIndicator]:
    """The `changes` of a document, indicator by indicator."""
    sentences: dict[str, list[str]] = defaultdict(list)
    for change in told:
        sentences[change["code"]].append(change["sentence"])
    return [ChangedIndicator(code, names.get(code, ""), sentences[code]) for code in sentences]


def changes_by_indicator(found: Iterable[Difference]) -> list[ChangedIndicator]:
    """The differences of a set that is not published yet, indicator by indicator."""
    found = list(found)
    told = [{"code": item.code, "sentence": item.sentence} for item in found]
    return changed_indicators(told, {item.code: item.name for item in found})


def rows_of(composition: Composition) -> list[SetRow]:
    """The indicators of a set that is not published yet."""
    return [
        _set_row(
            {
                **entry.listed.content,
                "version": entry.listed.version,
                "weight_percent": entry.listed.weight_percent,
                "weight_advice": entry.advice,
            },
            composition.tree,
        )
        for entry in composition.document_entries()
    ]


def offers_of(indicator_set: IndicatorSet) -> list[Offer]:
    """The polls whose weights the set may take, newest first. Three queries."""
    used = set(
        indicator_set.entries.filter(advised__isnull=False).values_list("advised", flat=True)
    )
    return [
        Offer(
            advice=advice,
            weights=[
                (weight.version.code, weight.version.name, given_by(weight))
                for weight in advice.weights.all()
            ],
            is_taken=all(weight.pk in used for weight in advice.weights.all()),
        )
        for advice in WeightAdvice.objects.for_set(indicator_set)[:MOST_OFFERS]
    ]


def target_text(content: Content) -> str:
    """The target with its unit; a range as its bounds."""
    if content["target_range"]:
        bounds = text_of(FIELDS["target_range"], content)
        return f"{bounds} {unit_in_sentence(content['unit'])}".strip()
    return text_of(FIELDS["target"], content)


def short_label(field: str, value: str | None) -> str:
    """A choice's label without the explanation in brackets."""
    return FIELDS[field].choices.get(value or "", "").partition(" (")[0]


# An indicator


def indicator_page(
    versions: Sequence[IndicatorVersion],
    entries: Iterable[SetEntry],
    tree: UnitTree,
    *,
    number: int | None = None,
    accounts: Mapping[UUID, Account] | None = None,
    in_force: Collection[object] = (),
) -> IndicatorPage | None:
    """The page of an indicator from all its versions, newest first, and its published entries.

    `number` is the version that is read, None for the newest; `accounts` are what the deliberation
    tells of the versions, by their keys; `in_force` are keys of publications.
    None where there is no such version.
    """
    version = next((item for item in versions if number in (None, item.number)), None)
    if version is None:
        return None
    content = content_of(version)
    measure = measure_of(content) if content["polarity"] else None
    entries = list(entries)
    holding = [entry for entry in entries if entry.version_id == version.pk] or entries
    profile = PROFILES[holding[0].set.scoring_profile] if holding else KMK
    return IndicatorPage(
        version=version,
        newest=versions[0],
        summary=_summary(content, tree),
        rule=_rule(content, profile),
        sections=sections_of(content, tree.names),
        stories=_stories(versions, tree, shown=version, accounts=accounts or {}),
        published_in=[
            PublishedIn(
                publication=entry.set.publication,
                weight=format_number(entry.weight_percent),
                is_watched=not entry.weight_percent,
                number=entry.version.number,
                is_in_force=entry.set_id in in_force,
            )
            for entry in entries
        ],
        measure=measure,
        profile=profile,
        curve=curve_of(measure, profile) if measure else None,
    )


def sections_of(content: Content, names: Mapping[str, str]) -> list[Section]:
    """The fields that say something, section by section."""
    sections = []
    for key, title in SECTIONS.items():
        lines = [
            Line(name, field.label, text)
            for name, field in FIELDS.items()
            if field.section == key and (text := text_of(field, content, unit_names=names))
        ]
        if lines:
            sections.append(Section(str(title), lines))
    return sections


def _summary(content: Content, tree: UnitTree) -> str:
    """One paragraph that a newcomer understands."""
    parts = []
    if content["purpose"]:
        parts.append(content["purpose"].rstrip(".") + ".")
    if target := target_text(content):
        parts.append(_("Targetnya %s.") % target)
    if polarity := short_label("polarity", content["polarity"]):
        parts.append(f"{polarity}.")
    if applies_to := text_of(FIELDS["applies_to"], content, unit_names=tree.names):
        parts.append(_("Berlaku bagi %s.") % applies_to)
    return " ".join(parts)


def _rule(content: Content, profile: Profile) -> str:
    """How the score comes about, in words; said plainly where it surprises."""
    match content["polarity"]:
        case Polarity.MAXIMIZE:
            text = _("Nilai = realisasi ÷ target × 100. Tepat pada target bernilai 100.")
        case Polarity.MINIMIZE if content["target"] == "0":
            text = _(
                "Nilai = (realisasi terburuk − realisasi) ÷ realisasi terburuk × 100. "
                "Realisasi 0 bernilai 100."
            )
        case Polarity.MINIMIZE:
            text = _(
                "Nilai = (1 + (1 − realisasi ÷ target)) × 100. Tepat pada target bernilai 100; "
                "realisasi dua kali target bernilai 0."
            )
        case Polarity.STABILIZE if not profile.scale:
            return _("Profil %s tidak mengatur target dua sisi.") % profile.name
        case Polarity.STABILIZE:
            text = _(
                "Realisasi dibandingkan dengan target: capaian 100 bila tepat, makin kecil bila "
                "menyimpang ke atas atau ke bawah. Capaian lalu diubah menjadi nilai dengan skala; "
                "tepat pada target bernilai 120, bukan 100."
            )
        case _:
            return ""
    if content["target_range"]:
        text += " " + _("Di dalam rentang target dinilai tepat pada target.")
    if content["target_is_max"] and content["polarity"] != Polarity.STABILIZE:
        text += " " + _("Karena target sudah yang tertinggi, bila tercapai nilainya %s.") % show(
            profile.cap
        )
    return (
        text
        + " "
        + _("Nilai paling tinggi %(cap)s dan paling rendah %(floor)s.")
        % {
            "cap": show(profile.cap),
            "floor": show(profile.floor),
        }
    )


def _stories(
    versions: Sequence[IndicatorVersion],
    tree: UnitTree,
    *,
    shown: IndicatorVersion,
    accounts: Mapping[UUID, Account],
) -> list[VersionStory]:
    """What each version changed and how it came about, newest first."""
    stories = []
    for place, version in enumerate(versions):
        before = versions[place + 1] if place + 1 < len(versions) else None
        found = (
            changes(content_of(before), content_of(version), unit_names=tree.names)
            if before
            else []
        )
        stories.append(
            VersionStory(
                version=version,
                diffs=[field_diff(change) for change in found],
                provenance=version.provenance,
                account=accounts.get(version.pk),
                answered=_answered(version.provenance["dispositions"]),
                votes=_votes(version.provenance["poll"]),
                is_shown=version == shown,
            )
        )
    return stories


def _answered(dispositions: Iterable[Mapping[str, Any]]) -> str:
    """How many comments were answered, and how, in one sentence; empty where there were none."""
    counts: dict[str, int] = defaultdict(int)
    for item in dispositions:
        counts[item["outcome"]] += item["count"]
    if not counts:
        return ""
    return _(
        "%(all)d tanggapan dijawab: %(adopted)d diterima, %(not_adopted)d tidak diterima, "
        "%(out_of_scope)d di luar lingkup."
    ) % {
        "all": sum(counts.values()),
        "adopted": counts["adopted"],
        "not_adopted": counts["not_adopted"],
        "out_of_scope": counts["out_of_scope"],
    }


def _votes(poll: Mapping[str, Any] | None) -> list[tuple[str, int]]:
    """What a vote came to, for a chart; nothing where too few voted for it to be told."""
    if poll is None or poll["in_favour"] is None:
        return []
    return [
        (_("Setuju"), poll["in_favour"]),
        (_("Tidak setuju"), poll["against"]),
        (_("Abstain"), poll["abstained"]),
    ]


def field_diff(change: Change) -> FieldDiff:
    """A change for the eye: words woven into each other for prose, two texts otherwise."""
    if change.is_prose:
        diff = word_diff(change.old_text, change.new_text)
    else:
        empty = _("(kosong)")
        diff = format_html("{} → {}", change.old_text or empty, change.new_text or empty)
    return FieldDiff(change.label, change.sentence, diff)


def trial_of(
    page: IndicatorPage, actual: Fraction, *, target: str | None = None, is_own: bool = False
) -> Trial:
    """One figure by the version that the page shows; nothing of it is kept.

    `target` is that of a period, in place of the yearly one. The page has a measure.
    """
    content = content_of(page.version)
    if target is not None:
        content = {**content, "target": target, "target_range": []}
    measure, unit = measure_of(content), unit_in_sentence(content["unit"])
    return Trial(
        figure=f"{show(actual)} {unit}".strip(),
        result=score(measure, actual, profile=page.profile),
        is_own=is_own,
        curve=curve_of(
            measure,
            page.profile,
            unit=unit,
            actual=actual,
            actual_label=_("angka Anda") if is_own else _("contoh"),
        ),
    )
