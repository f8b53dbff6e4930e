"""The form of a text: the whole record, in the sections of the Manual IKU."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from core.numbers import format_number, parse_number
from indicators.models import IndicatorVersion
from indicators.record import FIELDS, SECTIONS, Shape, content_of, values_of
from indicators.shapes import (
    clean_applies_to,
    clean_scale,
    clean_target_range,
    clean_targets,
    validate_text,
)
from people.models import Person, Unit
from proposals.forms.explained import EXPLAINED
from proposals.models import Proposal, ProposalRecord
from proposals.text import LONGEST_TEXT, text_content
from web.forms import NumberField, SubmissionForm

PLAIN_FIELDS = [
    name
    for name, field in FIELDS.items()
    if field.shape in {Shape.LINE, Shape.PROSE, Shape.CHOICE, Shape.DECIMAL, Shape.FLAG, Shape.UNIT}
]
# The short form: what a draft needs before colleagues may be asked, and the figure aimed at.
DRAFT_FIELDS = ["name", "purpose", "definition", "unit", "polarity", "target"]
MS_IND_TEXTS = {
    "ms_konsep": _("konsep"),
    "ms_interpretasi": _("interpretasi"),
    "ms_ukuran": _("ukuran"),
    "ms_klasifikasi_penyajian": _("klasifikasi penyajian"),
    "ms_level_estimasi": _("level estimasi"),
}


def _pairs(text: str) -> list[tuple[str, Decimal]]:
    """`TW1: 25; TW2: 50` as pairs. Raises ValueError."""
    found = []
    for part in re.split(r"[;\n]", text):
        if part.strip():
            left, _sign, right = part.partition("→") if "→" in part else part.partition(":")
            if not right.strip():
                raise ValueError(part)
            found.append((left.strip(), parse_number(right)))
    return found


class TextForm(forms.ModelForm):  # type: ignore[type-arg]
    """The text of a proposal: the whole record, in the sections of the Manual IKU.

    `fields_written` gives what `revision_save` takes. `reason` is asked for from the second
    revision on.
    """

    targets_text = forms.CharField(
        label=_("target per periode"),
        required=False,
        help_text=_("Bila berbeda tiap periode, misalnya TW1: 20; TW2: 45; TW3: 70; TW4: 90."),
    )
    target_range_text = forms.CharField(
        label=_("rentang target"),
        required=False,
        help_text=_("Bila targetnya rentang, misalnya 60–85."),
    )
    scale_text = forms.CharField(
        label=_("skala nilai"),
        required=False,
        help_text=_("Untuk polarisasi stabilize, misalnya 0 → 0; 90 → 100; 100 → 120."),
    )
    applies_units: forms.ModelMultipleChoiceField[Unit] = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        label=_("berlaku bagi unit kerja"),
        widget=forms.CheckboxSelectMultiple,
    )
    applies_below = forms.BooleanField(label=_("beserta unit di bawahnya"), required=False)
    applies_family = forms.ChoiceField(
        label=_("rumpun jabatan yang diukur"),
        required=False,
        choices=[("", _("Semua pegawai")), *Person.Family.choices],
    )
    ms_konsep = forms.CharField(label=MS_IND_TEXTS["ms_konsep"], required=False)
    ms_interpretasi = forms.CharField(label=MS_IND_TEXTS["ms_interpretasi"], required=False)
    ms_ukuran = forms.CharField(label=MS_IND_TEXTS["ms_ukuran"], required=False)
    ms_klasifikasi_penyajian = forms.CharField(
        label=MS_IND_TEXTS["ms_klasifikasi_penyajian"], required=False
    )
    ms_level_estimasi = forms.CharField(label=MS_IND_TEXTS["ms_level_estimasi"], required=False)
    reason = forms.CharField(
        label=_("alasan perubahan"),
        required=False,
        max_length=500,
        help_text=_("Wajib setelah ada tanggapan; semua orang membacanya di riwayat."),
    )

    class Meta:
        model = ProposalRecord
        fields = [*PLAIN_FIELDS, "proposed_weight_percent", "retirement_reason"]

    def __init__(
        self,
        *args: Any,
        units: list[Unit],
        is_revision: bool,
        source: object = None,
        kind: str = Proposal.Kind.NEW,
        **kwargs: Any,
    ) -> None:
        typed = dict(kwargs.get("initial") or {})  # the working copy wins over the revision
        super().__init__(*args, **kwargs)
        self.source = source or self.instance
        decimals = [name for name in PLAIN_FIELDS if FIELDS[name].shape is Shape.DECIMAL]
        for name in [*decimals, "proposed_weight_percent"]:
            old = self.fields[name]
            places = 4
            self.fields[name] = NumberField(
                label=old.label,
                help_text=old.help_text,
                required=False,
                max_digits=15,
                decimal_places=places,
            )
        for name in PLAIN_FIELDS:
            self.fields[name].required = FIELDS[name].needed_for == "draft"
            if FIELDS[name].shape is Shape.PROSE:
                self.fields[name].widget = forms.Textarea(attrs={"rows": 3})
        self.fields["owner_unit"] = forms.ChoiceField(
            label=self.fields["owner_unit"].label,
            help_text=self.fields["owner_unit"].help_text,
            required=False,
            choices=[("", "—"), *((unit.code, unit.name) for unit in units)],
        )
        keys = [unit.pk for unit in units]
        self.fields["applies_units"].queryset = Unit.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        for key, field in self.fields.items():
            if isinstance(field, forms.CharField) and field.max_length is None:
                field.validators.append(MaxLengthValidator(LONGEST_TEXT))
            if key in EXPLAINED:
                field.help_text = EXPLAINED[key]
        if not is_revision:
            del self.fields["reason"]
        self.is_retirement = kind == Proposal.Kind.RETIRE
        if self.is_retirement:
            self.fields = {name: self.fields[name] for name in ("retirement_reason", "reason")}
            self.fields["retirement_reason"].required = True
        else:
            del self.fields["retirement_reason"]
        if not self.is_bound:
            self.initial = {**self.initial, **self._structured_initial(), **typed}

    def _structured_initial(self) -> dict[str, object]:
        record = self.source
        applies = getattr(record, "applies_to", [])
        ms_ind = getattr(record, "ms_ind", {})
        values: dict[str, object] = {
            "targets_text": "; ".join(
                f"{key}: {format_number(Decimal(value))}"
                for key, value in getattr(record, "targets", {}).items()
            ),
            "target_range_text": "–".join(
                format_number(Decimal(value)) for value in getattr(record, "target_range", [])
            ),
            "scale_text": "; ".join(
                f"{format_number(Decimal(left))} → {format_number(Decimal(right))}"
                for left, right in getattr(record, "stabilize_scale", [])
            ),
            "applies_units": [entry["unit"] for entry in applies],
            "applies_below": any(entry["include_sub_units"] for entry in applies),
            "applies_family": next((entry["position_family"] or "" for entry in applies), ""),
        }
        values |= {name: ms_ind.get(name.removeprefix("ms_"), "") for name in MS_IND_TEXTS}
        if self.source is not self.instance:
            names = [*PLAIN_FIELDS, "proposed_weight_percent"]
            values |= {name: getattr(record, name, None) for name in names}
        return values

    def clean_targets_text(self) -> dict[str, str]:
        try:
            pairs = [(key.upper(), value) for key, value in _pairs(self._text("targets"))]
            if len(dict(pairs)) < len(pairs):
                raise ValueError(pairs)
            return clean_targets(dict(pairs))
        except ValueError as error:
            raise ValidationError(_("Tulis seperti TW1: 20; TW2: 45.")) from error

    def clean_target_range_text(self) -> list[str]:
        text = self._text("target_range")
        if not text:
            return []
        bounds = re.split(r"\s*[–—]\s*|\s+-\s+|(?<=\d)-(?=\d)", text)
        try:
            return clean_target_range([parse_number(bound) for bound in bounds])
        except ValueError as error:
            raise ValidationError(_("Tulis seperti 60–85.")) from error

    def clean_scale_text(self) -> list[list[str]]:
        try:
            pairs = [(parse_number(left), right) for left, right in _pairs(self._text("scale"))]
            return clean_scale([list(pair) for pair in pairs])
        except ValueError as error:
            raise ValidationError(_("Tulis seperti 0 → 0; 90 → 100; 100 → 120.")) from error

    def clean_proposed_weight_percent(self) -> Decimal | None:
        weight: Decimal | None = self.cleaned_data["proposed_weight_percent"]
        if weight is not None and not 0 <= weight <= 100:
            raise ValidationError(_("Bobot antara 0 dan 100 persen."))
        return weight

    def _text(self, name: str) -> str:
        return str(self.cleaned_data.get(f"{name}_text") or "").strip()

    def fields_written(self) -> dict[str, object]:
        """The values of the record's fields, as `revision_save` takes them."""
        if self.is_retirement:
            return {"retirement_reason": self.cleaned_data["retirement_reason"]}
        return self._values(self.cleaned_data)

    def content_typed(self) -> dict[str, object]:
        """The content of what was typed, as far as it could be read; the rest counts as blank.

        The form is bound; it need not be valid.
        """
        blank = {name: field.to_python("") for name, field in self.fields.items()}
        self.is_valid()  # reads the form, unless it was read already
        values = self._values(blank | self.cleaned_data)
        return text_content(SimpleNamespace(**values))

    def _values(self, cleaned: Mapping[str, Any]) -> dict[str, object]:
        values = {name: cleaned[name] for name in [*PLAIN_FIELDS, "proposed_weight_percent"]}
        values |= {
            "targets": cleaned["targets_text"],
            "target_range": cleaned["target_range_text"],
            "stabilize_scale": cleaned["scale_text"],
            "applies_to": clean_applies_to(
                [
                    {
                        "unit": unit.code,
                        "include_sub_units": cleaned["applies_below"],
                        "position_family": cleaned["applies_family"] or None,
                    }
                    for unit in cleaned["applies_units"]
                ]
            ),
            "ms_ind": self._ms_ind(cleaned),
        }
        return values

    def _ms_ind(self, cleaned: Mapping[str, Any]) -> dict[str, object]:
        kept = dict(getattr(self.source, "ms_ind", {}))
        for name in MS_IND_TEXTS:
            key, text = name.removeprefix("ms_"), cleaned[name]
            if text:
                kept[key] = text
            else:
                kept.pop(key, None)
        return kept

    def first_fields(self) -> list[forms.BoundField]:
        """What comes first: the short form of a draft, or the reason of a retirement."""
        names = ["retirement_reason"] if self.is_retirement else DRAFT_FIELDS
        return [self[name] for name in names]

    def sections(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """All other fields by section, and whether the section holds an error."""
        if self.is_retirement:
            return []
        extra = {
            "target": [
                "targets_text",
                "target_range_text",
                "scale_text",
                "proposed_weight_percent",
            ],
            "people": ["applies_units", "applies_below", "applies_family"],
            "export": list(MS_IND_TEXTS),
        }
        found = []
        for key, title in SECTIONS.items():
            names = [name for name in PLAIN_FIELDS if FIELDS[name].section == key]
            bound = [
                self[name] for name in [*names, *extra.get(key, [])] if name not in DRAFT_FIELDS
            ]
            found.append((str(title), bound, any(one.errors for one in bound)))
        return found

    def has_folded_errors(self) -> bool:
        """Whether an error stands among the fields that are folded away at first."""
        return any(is_wrong for _title, _fields, is_wrong in self.sections())


class StartForm(SubmissionForm):
    """The least that a draft begins with, so that from then on what is typed saves itself.

    A new indicator begins with its name, a retirement with its reason, an amendment with the text
    of the version that it amends.
    """

    name = forms.CharField(
        label=_("nama indikator"),
        max_length=250,
        validators=[validate_text],
        help_text=EXPLAINED["name"],
    )
    retirement_reason = forms.CharField(
        label=_("alasan pencabutan"),
        max_length=LONGEST_TEXT,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Mengapa indikator ini tidak dipakai lagi, dan apa yang mengukur hal yang sama "
            "sesudahnya."
        ),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {Proposal.Kind.NEW: "name", Proposal.Kind.RETIRE: "retirement_reason"}
        for name in ("name", "retirement_reason"):
            if asked.get(Proposal.Kind(kind)) != name:
                del self.fields[name]

    def fields_written(self, amends: IndicatorVersion | None) -> dict[str, object]:
        """The first text: that of the version amended or retired, and what was typed."""
        start = values_of(content_of(amends)) if amends else {}
        typed = {name: value for name, value in self.cleaned_data.items() if name != "submission"}
        return start | typed


def raw_texts(data: Mapping[str, Any]) -> dict[str, str]:
    """What was typed into the text form, as typed, for the working copy."""
    return {
        name: "\n".join(data.getlist(name)) if name in LISTS else str(data.get(name, ""))  # type: ignore[attr-defined]
        for name in RAW_NAMES
    }


def texts_of(record: object, units: list[Unit]) -> dict[str, str]:
    """A saved text as it stands in the form before anything is typed; `record` as in `TextForm`."""
    form = TextForm(units=units, is_revision=True, source=record)
    texts = {name: _typed_text(form[name].value()) for name in form.fields}
    return texts | {"retirement_reason": getattr(record, "retirement_reason", "")}


def typed_initial(texts: Mapping[str, str]) -> dict[str, object]:
    """What was typed, as the initial texts of a form."""
    initial: dict[str, object] = dict(texts)
    initial |= {name: [one for one in texts.get(name, "").split("\n") if one] for name in LISTS}
    initial |= {name: texts.get(name) in ("on", "true", "True") for name in FLAGS}
    return initial


def _typed_text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return "" if value is None else str(value)


# What a browser sends of the form, and which of it is a list or a box to tick.
RAW_NAMES = sorted({*TextForm.Meta.fields, *TextForm.declared_fields})
LISTS = {"applies_units"}
FLAGS = {"applies_below", "target_is_max"}


class PickForm(forms.Form):
    """Which of two texts to keep, field by field; `all` takes one side for every field."""

    def __init__(self, *args: Any, fields: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in fields:
            self.fields[f"pick-{name}"] = forms.ChoiceField(
                choices=[("mine", _("tulisan Anda")), ("theirs", _("yang tersimpan"))],
                error_messages={"required": _("Pilih salah satu.")},
            )
        self.names = fields

    def choices(self) -> dict[str, str]:
        """The side chosen, by field."""
        return {name: self.cleaned_data[f"pick-{name}"] for name in self.names}
