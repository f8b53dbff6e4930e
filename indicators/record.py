"""The record as content: its canonical form and digest, what is missing, what changed in words."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.canonical import decimal_text, digest
from core.numbers import format_number
from indicators.models.record import IndicatorRecord, Polarity
from people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

type Content = Mapping[str, Any]


class Effect(StrEnum):
    """What a change of a field does to a set's version number (DESIGN 4.5)."""

    MAJOR = "major"  # a computed score can change
    WORDING = "wording"  # MAJOR too, unless confirmed to be editorial
    PATCH = "patch"


class Shape(StrEnum):
    """How a field is written and compared."""

    LINE = "line"
    PROSE = "prose"
    CHOICE = "choice"
    DECIMAL = "decimal"
    FLAG = "flag"
    UNIT = "unit"
    TARGETS = "targets"
    RANGE = "range"
    SCALE = "scale"
    APPLIES_TO = "applies_to"
    MS_IND = "ms_ind"


SECTIONS: "dict[str, StrOrPromise]" = {
    "identity": gettext_lazy("Tentang indikator"),
    "measure": gettext_lazy("Apa yang diukur"),
    "target": gettext_lazy("Target dan penilaian"),
    "period": gettext_lazy("Periode dan penggabungan"),
    "quality": gettext_lazy("Mutu dan kedudukan"),
    "people": gettext_lazy("Siapa dan dari mana"),
    "export": gettext_lazy("Keterangan MS-Ind"),
}


@dataclass(frozen=True)
class Field:
    """One row of DESIGN 4.5. `needed_for` is `draft`, `freeze`, `case` (see `missing`) or `""`."""

    name: str
    section: str
    needed_for: str
    effect: Effect
    shape: Shape

    @property
    def label(self) -> str:
        """Its name on pages, in the reader's language."""
        return str(_model_field(self.name).verbose_name)

    @property
    def help_text(self) -> str:
        """What to write, in one sentence."""
        return str(_model_field(self.name).help_text)

    @property
    def max_length(self) -> int | None:
        """The most characters that it holds; None for prose."""
        return _model_field(self.name).max_length

    @property
    def choices(self) -> dict[str, str]:
        """Label by value, for a choice."""
        return {str(value): str(label) for value, label in _model_field(self.name).flatchoices}


@dataclass(frozen=True)
class Missing:
    """A field that a stage needs and the record lacks, or holds wrongly."""

    field: str
    label: str
    sentence: str


@dataclass(frozen=True)
class Change:
    """One field that differs: as two texts and as one sentence; prose is for a word diff."""

    field: str
    label: str
    old_text: str
    new_text: str
    sentence: str
    is_prose: bool


def _fields() -> dict[str, Field]:
    major, wording, patch = Effect.MAJOR, Effect.WORDING, Effect.PATCH
    rows = [
        Field("code", "identity", "freeze", patch, Shape.LINE),
        Field("name", "identity", "draft", patch, Shape.LINE),
        Field("purpose", "identity", "draft", patch, Shape.PROSE),
        Field("objective", "identity", "freeze", patch, Shape.PROSE),
        Field("perspective", "identity", "freeze", patch, Shape.CHOICE),
        Field("level", "identity", "freeze", patch, Shape.CHOICE),
        Field("kind", "identity", "freeze", patch, Shape.CHOICE),
        Field("basis", "identity", "freeze", patch, Shape.PROSE),
        Field("definition", "measure", "draft", wording, Shape.PROSE),
        Field("formula", "measure", "freeze", wording, Shape.PROSE),
        Field("numerator", "measure", "case", wording, Shape.PROSE),
        Field("denominator", "measure", "case", wording, Shape.PROSE),
        Field("unit", "measure", "draft", wording, Shape.LINE),
        Field("aspect", "measure", "freeze", patch, Shape.CHOICE),
        Field("polarity", "target", "draft", major, Shape.CHOICE),
        Field("target", "target", "freeze", major, Shape.DECIMAL),
        Field("targets", "target", "", major, Shape.TARGETS),
        Field("target_range", "target", "", major, Shape.RANGE),
        Field("target_is_max", "target", "", major, Shape.FLAG),
        Field("worst_case", "target", "case", major, Shape.DECIMAL),
        Field("stabilize_scale", "target", "case", major, Shape.SCALE),
        Field("baseline", "target", "", patch, Shape.DECIMAL),
        Field("reporting_period", "period", "freeze", major, Shape.CHOICE),
        Field("period_consolidation", "period", "freeze", major, Shape.CHOICE),
        Field("location_consolidation", "period", "freeze", major, Shape.CHOICE),
        Field("validity", "quality", "freeze", patch, Shape.CHOICE),
        Field("control", "quality", "freeze", patch, Shape.CHOICE),
        Field("cascading", "quality", "freeze", patch, Shape.CHOICE),
        Field("supports", "quality", "case", patch, Shape.LINE),
        Field("owner_unit", "people", "freeze", patch, Shape.UNIT),
        Field("data_provider", "people", "freeze", patch, Shape.LINE),
        Field("data_source", "people", "freeze", patch, Shape.PROSE),
        Field("applies_to", "people", "freeze", major, Shape.APPLIES_TO),
        Field("ms_ind", "export", "", patch, Shape.MS_IND),
    ]
    return {row.name: row for row in rows}


FIELDS: dict[str, Field] = _fields()


def _model_field(name: str) -> "models.Field[Any, Any]":
    return IndicatorRecord._meta.get_field(name)  # type: ignore[return-value]


# Canonical content


def content_of(record: object) -> dict[str, Any]:
    """The canonical content of a record: what is digested, compared and published.

    Texts in Unicode NFC with `\\n` line ends and no white space around; decimals as their shortest
    text; a choice not made, and a figure not given, is None. `record` is anything that has the
    fields of `IndicatorRecord`, a row of its history included.
    """
    return {name: _content_value(field, getattr(record, name)) for name, field in FIELDS.items()}


def _content_value(field: Field, value: Any) -> Any:
    match field.shape:
        case Shape.LINE | Shape.PROSE | Shape.UNIT:
            return clean_text(value)
        case Shape.CHOICE:
            return value or None
        case Shape.DECIMAL:
            return None if value is None else decimal_text(value)
        case Shape.MS_IND:
            return {key: _nfc(item) for key, item in value.items()}
        case _:
            return value


def clean_text(text: str) -> str:
    """A text in NFC, with `\\n` line ends and no white space around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _nfc(item: object) -> object:
    if isinstance(item, str):
        return clean_text(item)
    return [_nfc(part) for part in item] if isinstance(item, list) else item


def digest_of(record: object) -> str:
    """`sha256:<hex>` of the canonical content."""
    return digest(content_of(record))


def values_of(content: Content) -> dict[str, Any]:
    """A content as keyword arguments for a model that inherits `IndicatorRecord`.

    Raises KeyError if a field is absent.
    """
    values: dict[str, Any] = {}
    for name, field in FIELDS.items():
        value = content[name]
        if field.shape is Shape.DECIMAL:
            value = None if value is None else Decimal(value)
        elif field.shape is Shape.CHOICE:
            value = value or ""
        values[name] = value
    return values


def empty_content() -> dict[str, Any]:
    """The content of a record in which nothing is written yet."""
    return {
        name: _content_value(field, _model_field(name).get_default())
        for name, field in FIELDS.items()
    }


# What is missing


def is_ratio(unit: str) -> bool:
    """Whether a unit of measure tells of a ratio, which has a numerator and a denominator."""
    words = unit.casefold().strip()
    return words in {"%", "persen", "permil", "rasio", "proporsi"} or words.startswith("per ")


def missing(record: object, *, until: Literal["draft", "freeze"]) -> list[Missing]:
    """What a record (or its content) lacks to be kept as a draft, or to be frozen; in field order.

    Freezing needs every field of DESIGN 4.5 that is needed at all; numerator and denominator where
    the unit tells of a ratio; `supports` for an individual's or an activity's indicator that is
    cascaded; and what the polarity needs to be computed (DOMAIN 3.1).
    """
    content: Content = record if isinstance(record, Mapping) else content_of(record)
    stages = {"draft"} if until == "draft" else {"draft", "freeze"}
    found = {
        name: _("%s belum diisi.") % _capital(field.label)
        for name, field in FIELDS.items()
        if field.needed_for in stages and content[name] in (None, "", [], {})
    }
    if until == "freeze":
        found |= _missing_by_case(content)
        # A problem of the figures says more than "not filled in".
        found |= dict(figure_problems(content))
    return [Missing(name, FIELDS[name].label, found[name]) for name in FIELDS if name in found]


def _missing_by_case(content: Content) -> dict[str, str]:
    found = {}
    if is_ratio(content["unit"]):
        for name in ("numerator", "denominator"):
            if not content[name]:
                found[name] = _("%s belum diisi, padahal satuannya sebuah rasio.") % _capital(
                    FIELDS[name].label
                )
    cascaded = content["cascading"] in ("cascading_peta", "cascading_non_peta")
    if cascaded and content["level"] in ("IKI", "IKK") and not content["supports"]:
        found["supports"] = _("Sebutkan kode indikator di atasnya yang didukung indikator ini.")
    return found


def figure_problems(content: Content) -> Iterable[tuple[str, str]]:
    """Pairs (field, sentence): why the figures as they stand can never yield a score.

    Source: DOMAIN 3.1 (undefined cases).
    """
    polarity, target = content["polarity"], content["target"]
    if target is None or polarity is None:
        return
    figure = Decimal(target)
    if figure < 0 and polarity != Polarity.MAXIMIZE:
        yield "target", _("Target di bawah nol hanya dapat dihitung bila makin tinggi makin baik.")
    elif figure == 0 and polarity == Polarity.MINIMIZE and content["worst_case"] is None:
        yield (
            "worst_case",
            _("Target 0 memerlukan realisasi terburuk agar nilainya dapat dihitung."),
        )
    elif figure == 0 and polarity != Polarity.MINIMIZE:
        yield (
            "target",
            _("Target 0 tidak dapat menjadi pembagi; pilih target lain atau polarisasi lain."),
        )
    if polarity == Polarity.STABILIZE and not content["stabilize_scale"]:
        yield "stabilize_scale", _("Polarisasi stabilize memerlukan skala nilai.")
    low_high = [Decimal(bound) for bound in content["target_range"]]
    if low_high and not low_high[0] <= figure <= low_high[1]:
        yield "target_range", _("Target harus berada di dalam rentangnya.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Changes in words


def changes(
    old: Content, new: Content, *, unit_names: Mapping[str, str] | None = None
) -> list[Change]:
    """The fields that differ between two contents, in words: `target 80 → 90 persen`.

    `unit_names` gives names to unit codes; a code without a name stands as it is.
    """
    names = unit_names or {}
    return [
        _change(field, old, new, names)
        for field in FIELDS.values()
        if old[field.name] != new[field.name]
    ]


def _change(field: Field, old: Content, new: Content, names: Mapping[str, str]) -> Change:
    before, after = (text_of(field, content, unit_names=names) for content in (old, new))
    if field.shape is Shape.PROSE and old[field.name] and new[field.name]:
        sentence = _("%s diubah") % field.label
    else:
        start, end = before or _("(kosong)"), after or _("(kosong)")
        unit = unit_in_sentence(new["unit"])
        if field.shape is Shape.DECIMAL and old["unit"] == new["unit"] and before and after:
            start = start.removesuffix(f" {unit}")
        sentence = f"{field.label} {start} → {end}"
    return Change(
        field=field.name,
        label=field.label,
        old_text=before,
        new_text=after,
        sentence=sentence,
        is_prose=field.shape is Shape.PROSE,
    )


def text_of(field: Field, content: Content, *, unit_names: Mapping[str, str] | None = None) -> str:
    """A field of a content as a reader sees it: `90 persen`, `ya`, `Puskesmas A beserta …`."""
    value, names = content[field.name], unit_names or {}
    writer = _WRITERS.get(field.shape)
    if value in (None, "", [], {}):
        return ""
    if field.shape is Shape.CHOICE:
        return field.choices.get(str(value), str(value))
    if field.shape is Shape.DECIMAL:
        return f"{format_number(Decimal(value))} {unit_in_sentence(content['unit'])}".strip()
    return writer(value, names) if writer else str(value)


def unit_in_sentence(unit: str) -> str:
    """A unit of measure inside a sentence: `Persen` becomes `persen`, `LHP` stays."""
    return unit if unit[1:2].isupper() else unit[:1].lower() + unit[1:]


def _figure(text: str) -> str:
    return format_number(Decimal(text))


def _write_applies_to(value: list[dict[str, Any]], names: Mapping[str, str]) -> str:
    families = dict(Person.Family.choices)
    parts = []
    for entry in value:
        words = names.get(entry["unit"], entry["unit"])
        if entry["include_sub_units"]:
            words = _("%s beserta unit di bawahnya") % words
        if entry["position_family"]:
            words += f" ({str(families[entry['position_family']]).lower()})"
        parts.append(words)
    return "; ".join(parts)


def _write_ms_ind(value: dict[str, Any], names: Mapping[str, str]) -> str:
    def text(item: object) -> str:
        if isinstance(item, bool):
            return _("ya") if item else _("tidak")
        return ", ".join(item) if isinstance(item, list) else str(item)

    return "; ".join(f"{key.replace('_', ' ')}: {text(value[key])}" for key in sorted(value))


_WRITERS: dict[Shape, Callable[[Any, Mapping[str, str]], str]] = {
    Shape.FLAG: lambda value, names: _("ya") if value else _("tidak"),
    Shape.UNIT: lambda value, names: names.get(value, value),
    Shape.TARGETS: lambda value, names: ", ".join(
        f"{period}: {_figure(value[period])}" for period in sorted(value)
    ),
    Shape.RANGE: lambda value, names: f"{_figure(value[0])}–{_figure(value[1])}",
    Shape.SCALE: lambda value, names: ", ".join(
        f"{_figure(achievement)} → {_figure(score)}" for achievement, score in value
    ),
    Shape.APPLIES_TO: _write_applies_to,
    Shape.MS_IND: _write_ms_ind,
}
