"""A set as it stands: what it lacks, what changes against the set it replaces, and its version."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.numbers import format_number
from indicators.advice import advice_json
from indicators.aftercare import cautions_of
from indicators.documents import Entry, listed_in, profile_json, read
from indicators.models import IndicatorSet, IndicatorVersion, Publication, SetEntry
from indicators.models.record import Perspective, Polarity
from indicators.record import FIELDS, Content, content_of, figure_problems
from indicators.scoring import PROFILES, Profile
from indicators.units import UnitTree
from indicators.versioning import (
    Bump,
    Difference,
    Listed,
    bump_of,
    differences,
    editorial_between,
    is_smaller,
    larger,
    next_number,
    version_text,
)
from people.names import names_in, registered_names

FULL = Decimal(100)
LEAST_COUNTED, MOST_COUNTED = 3, 12


@dataclass(frozen=True)
class UnitWeight:
    """The weights of the indicators that apply to some units, added up, in percent."""

    units: tuple[str, ...]  # names
    total: Decimal
    codes: tuple[str, ...]
    counted: int  # indicators whose weight is not 0
    by_perspective: tuple[tuple[str, Decimal], ...]  # in words, those that weigh something

    @property
    def told(self) -> str:
        """The units by name, the first few of them."""
        return some(self.units)

    @property
    def is_full(self) -> bool:
        """Whether they sum to exactly 100."""
        return self.total == FULL


@dataclass(frozen=True)
class Composition:
    """Everything that is computed of an unpublished set.

    `problems` keep it from publication; `cautions` are for people to weigh.
    """

    scope: str
    entries: list[SetEntry]
    listed: dict[str, Listed]
    provenance: dict[str, Mapping[str, object]]
    tree: UnitTree
    previous: Publication | None
    replaces: Publication | None
    withdraws: Publication | None
    changes: list[Difference]
    weights: list[UnitWeight]
    computed_bump: Bump
    bump: Bump
    number: tuple[int, int, int]
    why: str
    problems: list[str]
    cautions: list[str]

    @property
    def version(self) -> str:
        """The version that publication would give."""
        return version_text(self.number)

    @property
    def is_watched(self) -> bool:
        """Whether the set scores nobody (see `is_watched`)."""
        return is_watched(self.weights)

    def measured_units(self) -> list[tuple[str, str]]:
        """Code and name of every unit of the scope that an indicator applies to, by name."""
        found = [
            (unit, self.tree.names[unit])
            for unit in self.tree.within(self.scope)
            if any(
                self.tree.applies(listed.content["applies_to"], unit)
                for listed in self.listed.values()
            )
        ]
        return sorted(found, key=lambda pair: pair[1])

    def document_entries(self) -> list[Entry]:
        """The indicators, as the document wants them."""
        advice = {entry.version.code: advice_json(entry) for entry in self.entries}
        return [
            Entry(self.listed[code], self.provenance[code], advice[code])
            for code in sorted(self.listed)
        ]


def composition_of(
    indicator_set: IndicatorSet, *, today: date, raised_bump: str = ""
) -> Composition:
    """Look at a set from all sides. A number of queries that does not grow with the set.

    `raised_bump` is the publisher's wish for a larger step than the computed one; a smaller one is
    a problem.
    """
    tree = UnitTree.current()
    entries = list(
        indicator_set.entries.select_related("version__indicator", "advised__advice").order_by(
            "version__code"
        )
    )
    published = list(
        Publication.objects.of_scope(indicator_set.scope.code).defer("document", "units")
    )
    withdrawn = {publication.withdraws_id for publication in published}
    replaces = next(
        (p for p in published if p.year == indicator_set.year and p.pk not in withdrawn), None
    )
    withdraws = next((p for p in published if p.version == indicator_set.withdraws), None)
    before = read(replaces.content) if replaces else None
    old = listed_in(before) if before else {}
    listed = _listed(entries, old)
    changes = differences(old, listed, unit_names=tree.names) if replaces else []
    profile = PROFILES[indicator_set.scoring_profile]
    rescored = _rescored(before, profile)
    computed = bump_of(changes) if replaces and not rescored else Bump.MAJOR
    bump = larger(computed, Bump(raised_bump)) if raised_bump else computed
    numbers = [publication.number for publication in published]
    followed = {publication.previous_id for publication in published}
    weights = weights_by_unit(listed, tree, indicator_set.scope.code)
    problems = [
        *_entry_problems(entries, tree, indicator_set.scope.code, profile),
        *(() if is_watched(weights) else _weight_problems(weights)),
        *_date_problems(indicator_set, replaces, bump, today),
        *_name_problems(indicator_set, entries),
    ]
    if indicator_set.withdraws and (withdraws is None or withdraws.pk in withdrawn):
        problems.append(_("Versi %s tidak ada atau sudah dicabut.") % indicator_set.withdraws)
    if raised_bump and is_smaller(Bump(raised_bump), computed):
        problems.append(_("Kenaikan versi tidak boleh lebih kecil daripada yang dihitung."))
    return Composition(
        scope=indicator_set.scope.code,
        entries=entries,
        listed=listed,
        provenance={entry.version.code: entry.version.provenance for entry in entries},
        tree=tree,
        previous=next((p for p in published if p.pk not in followed), None),
        replaces=replaces,
        withdraws=withdraws,
        changes=changes,
        weights=weights,
        computed_bump=computed,
        bump=bump,
        number=next_number(numbers, replaces.number if replaces else None, bump),
        why=_why(published, replaces, changes, computed, bump, rescored),
        problems=problems,
        cautions=[
            *_count_cautions(weights),
            *cautions_of(
                [entry.version for entry in entries], on=indicator_set.effective_on, today=today
            ),
        ],
    )


def weights_by_unit(listed: Mapping[str, Listed], tree: UnitTree, scope: str) -> list[UnitWeight]:
    """The weight sums of all units of a scope that any indicator applies to.

    Units measured by the same indicators stand together.
    """
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for unit in tree.within(scope):
        codes = tuple(
            code
            for code in sorted(listed)
            if tree.applies(listed[code].content["applies_to"], unit)
        )
        if codes:
            groups[codes].append(tree.names[unit])
    return [
        UnitWeight(
            units=tuple(sorted(units)),
            total=sum((listed[code].weight_percent for code in codes), Decimal(0)),
            codes=codes,
            counted=sum(listed[code].weight_percent > 0 for code in codes),
            by_perspective=_by_perspective([listed[code] for code in codes]),
        )
        for codes, units in sorted(groups.items(), key=lambda item: sorted(item[1]))
    ]


def is_watched(weights: Sequence[UnitWeight]) -> bool:
    """Whether a set scores nobody: all of its indicators are only watched (weight 0)."""
    return bool(weights) and not any(weight.counted for weight in weights)


def _by_perspective(listed: Iterable[Listed]) -> tuple[tuple[str, Decimal], ...]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for each in listed:
        sums[each.content["perspective"] or ""] += each.weight_percent
    return tuple(
        (perspective_words(name), sums[name])
        for name in (*Perspective.values, "")
        if sums.get(name)
    )


def perspective_words(name: str) -> str:
    """A perspective in words; what has none is said so."""
    return str(Perspective(name).label) if name else _("Tanpa perspektif")


def some(names: Sequence[str], most: int = 3) -> str:
    """The first few of some names, and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    return _("%(names)s dan %(count)d lainnya") % {
        "names": ", ".join(names[:most]),
        "count": len(names) - most,
    }


def unscorable(content: Content, profile: Profile) -> list[str]:
    """Why an indicator that counts can never be scored by a profile, in sentences."""
    found = [
        _("%s belum diisi") % FIELDS[name].label
        for name in ("unit", "polarity", "target")
        if not content[name]
    ]
    if content["polarity"] == Polarity.STABILIZE and not profile.scale:
        found.append(_("profil %s tidak mengatur target dua sisi.") % profile.name)
    return found + [sentence for _field, sentence in figure_problems(content)]


def _rescored(before: Mapping[str, Any] | None, profile: Profile) -> str:
    """How another profile than the replaced set's is told; empty where it is the same."""
    if before is None:
        return ""
    old = before["scoring_profile"]
    if old == profile_json(profile):
        return ""
    key = f"{old['name']} {old['version']}"
    return _("profil penilaian %(old)s → %(new)s") % {"old": key, "new": profile.key}


def _listed(entries: Sequence[SetEntry], old: Mapping[str, Listed]) -> dict[str, Listed]:
    editorial = _editorial_fields(
        [entry for entry in entries if entry.editorial_confirmed and entry.version.code in old], old
    )
    return {
        entry.version.code: Listed(
            content=content_of(entry.version),
            version=entry.version.number,
            weight_percent=entry.weight_percent,
            editorial=editorial.get(entry.version.code, frozenset()),
        )
        for entry in entries
    }


def _editorial_fields(
    confirmed: Sequence[SetEntry], old: Mapping[str, Listed]
) -> dict[str, frozenset[str]]:
    if not confirmed:
        return {}
    histories: dict[str, list[tuple[int, Content, list[str]]]] = defaultdict(list)
    indicators = [entry.version.indicator_id for entry in confirmed]
    for version in IndicatorVersion.objects.filter(indicator__in=indicators).order_by("number"):
        histories[version.code].append(
            (version.number, content_of(version), version.editorial_fields)
        )
    return {
        entry.version.code: editorial_between(
            histories[entry.version.code], old[entry.version.code].version, entry.version.number
        )
        for entry in confirmed
    }


def _entry_problems(
    entries: Sequence[SetEntry], tree: UnitTree, scope: str, profile: Profile
) -> Iterable[str]:
    if not entries:
        yield _("Set ini belum memuat indikator.")
    seen: set[str] = set()
    retired = _retired(entries)
    units = tree.within(scope)
    for entry in entries:
        content, code = content_of(entry.version), entry.version.code
        if code in seen:
            yield _("%s tercantum dua kali.") % code
        seen.add(code)
        if entry.version.indicator_id in retired:
            yield _("%s sudah dicabut dan tidak dapat dimuat.") % code
        unknown = sorted({item["unit"] for item in content["applies_to"]} - set(tree.names))
        if unknown:
            yield _("%(code)s berlaku bagi unit yang tidak dikenal: %(units)s.") % {
                "code": code,
                "units": some(unknown),
            }
        if not any(tree.applies(content["applies_to"], unit) for unit in units):
            yield _("%s tidak berlaku bagi satu pun unit kerja dalam lingkup set ini.") % code
        if entry.weight_percent:
            for reason in unscorable(content, profile):
                yield _("%(code)s tidak dapat dinilai: %(reason)s") % {
                    "code": code,
                    "reason": reason,
                }


def _retired(entries: Sequence[SetEntry]) -> set[int]:
    indicators = [entry.version.indicator_id for entry in entries]
    return set(
        IndicatorVersion.objects.latest_of_each()
        .filter(retires=True, indicator__in=indicators)
        .values_list("indicator_id", flat=True)
    )


def _weight_problems(weights: Sequence[UnitWeight]) -> Iterable[str]:
    for weight in weights:
        if not weight.is_full:
            yield _("Bobot bagi %(units)s berjumlah %(total)s, seharusnya tepat 100.") % {
                "units": some(weight.units),
                "total": format_number(weight.total),
            }


def _date_problems(
    indicator_set: IndicatorSet, replaces: Publication | None, bump: Bump, today: date
) -> Iterable[str]:
    if not (indicator_set.period_from <= indicator_set.effective_on <= indicator_set.period_until):
        yield _("Tanggal mulai berlaku harus berada di dalam periode set.")
    if (
        replaces
        and bump is Bump.MAJOR
        and indicator_set.is_running(today)
        and not indicator_set.transition_note.strip()
    ):
        yield _(
            "Periode sedang berjalan dan nilai dapat berubah: tulis catatan peralihan bertanggal."
        )


def _count_cautions(weights: Sequence[UnitWeight]) -> Iterable[str]:
    """Units that are scored by so few indicators that one decides, or by so many that none does."""
    if is_watched(weights):
        yield _("Set ini tidak menilai siapa pun: semua indikatornya berbobot 0, hanya dipantau.")
        return
    for weight in weights:
        if not LEAST_COUNTED <= weight.counted <= MOST_COUNTED:
            yield _(
                "%(units)s dinilai dengan %(count)d indikator; yang wajar %(least)d sampai "
                "%(most)d."
            ) % {
                "units": some(weight.units),
                "count": weight.counted,
                "least": LEAST_COUNTED,
                "most": MOST_COUNTED,
            }


def _name_problems(indicator_set: IndicatorSet, entries: Sequence[SetEntry]) -> Iterable[str]:
    """What was typed for this set names nobody (DESIGN 4.3). A query where anything was typed."""
    texts = [(entry.version.code, entry.deviation_reason) for entry in entries]
    texts += [
        (_("Catatan peralihan"), indicator_set.transition_note),
        (_("Alasan pencabutan"), indicator_set.withdrawal_reason),
    ]
    typed = [(place, text) for place, text in texts if text.strip()]
    names = registered_names() if typed else {}
    for place, text in typed:
        if found := names_in(text, names):
            yield _("%(place)s ikut terbit; sebut jabatan, bukan nama orang (%(names)s).") % {
                "place": place,
                "names": ", ".join(found),
            }


def _why(
    published: Sequence[Publication],
    replaces: Publication | None,
    changes: Sequence[Difference],
    computed: Bump,
    bump: Bump,
    rescored: str,
) -> str:
    if not published:
        return _("Set pertama lingkup ini: 1.0.0.")
    if replaces is None:
        return _("Periode baru mengambil MAJOR berikutnya.")
    deciding = [change for change in changes if change.effect is computed]
    reasons = some(
        [*filter(None, [rescored]), *(f"{change.code}: {change.sentence}" for change in deciding)]
    )
    match computed:
        case Bump.MAJOR:
            text = _("MAJOR karena nilai capaian dapat berubah: %s.") % reasons
        case Bump.MINOR:
            text = _("MINOR karena ada tambahan yang tidak mengubah nilai: %s.") % reasons
        case _:
            text = (
                _("PATCH karena hanya redaksi yang berubah: %s.") % reasons
                if deciding
                else _("PATCH: isi indikator tidak berubah.")
            )
    if bump is not computed:
        text += " " + _("Penerbit menaikkannya menjadi %s.") % bump.name
    return text
