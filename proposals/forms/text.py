"""The form of a text: the whole record, in the sections of the Manual IKU."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from core.numbers import format_number, parse_number
from indicators.record import FIELDS, SECTIONS, Shape
from indicators.shapes import clean_applies_to, clean_scale, clean_target_range, clean_targets
from people.models import Person, Unit
from proposals.models import (
    ProposalRecord,
)
from proposals.text import LONGEST_TEXT
from web.forms import NumberField, SubmissionForm

PLAIN_FIELDS = [
    name
    for name, field in FIELDS.items()
    if field.shape in {Shape.LINE, Shape.PROSE, Shape.CHOICE, Shape.DECIMAL, Shape.FLAG, Shape.UNIT}
]
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
        fields = [*PLAIN_FIELDS, "proposed_weight_percent"]

    def __init__(
        self, *args: Any, units: list[Unit], is_revision: bool, source: object = None, **kwargs: Any
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
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length is None:
                field.validators.append(MaxLengthValidator(LONGEST_TEXT))
        if not is_revision:
            del self.fields["reason"]
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
        cleaned = self.cleaned_data
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
            "ms_ind": self._ms_ind(),
        }
        return values

    def _ms_ind(self) -> dict[str, object]:
        kept = dict(getattr(self.source, "ms_ind", {}))
        for name in MS_IND_TEXTS:
            key, text = name.removeprefix("ms_"), self.cleaned_data[name]
            if text:
                kept[key] = text
            else:
                kept.pop(key, None)
        return kept

    def sections(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """The fields by section, and whether the section is needed for a draft already."""
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
            bound = [self[name] for name in [*names, *extra.get(key, [])]]
            is_open = key in {"identity", "measure", "target"} or any(one.errors for one in bound)
            found.append((str(title), bound, is_open))
        return found


class ProposeForm(SubmissionForm):
    """What a new draft carries besides its text."""


def raw_texts(data: Mapping[str, Any]) -> dict[str, str]:
    """What was typed into the text form, as typed, for the working copy."""
    names = {*PLAIN_FIELDS, "proposed_weight_percent", *TextForm.declared_fields}
    lists = {"applies_units"}
    return {
        name: "\n".join(data.getlist(name)) if name in lists else str(data.get(name, ""))  # type: ignore[attr-defined]
        for name in sorted(names)
    }
