"""Forms of sets and indicators: they read texts into dates, weights and figures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.numbers import format_number
from indicators.actions import SetDetails, Weight
from indicators.advice import given_by
from indicators.composition import FULL, perspective_words
from indicators.documents import Decision
from indicators.models import (
    AdvisedWeight,
    IndicatorSet,
    IndicatorVersion,
    Publication,
    SetEntry,
    WeightAdvice,
)
from indicators.models.record import Perspective
from indicators.shapes import validate_text
from indicators.versioning import Bump, is_smaller
from people.models import Unit
from web.files import MAX_BYTES
from web.forms import NumberField, SubmissionForm


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _ToldFaults(forms.BaseForm):
    """Tells what is wrong with it in sentences, for a list that stands elsewhere."""

    def faults(self) -> list[str]:
        """Each error with the label of its field."""
        sentences = [str(error) for error in self.non_field_errors()]
        for name, errors in self.errors.items():
            if name in self.fields:
                sentences += [f"{self[name].label}: {error}" for error in errors]
        return sentences


class DetailsForm(_ToldFaults, forms.ModelForm):  # type: ignore[type-arg]
    """Period, dates, transition note and withdrawal of a set."""

    class Meta:
        model = IndicatorSet
        fields = [
            "year",
            "period_from",
            "period_until",
            "effective_on",
            "effective_until",
            "scoring_profile",
            "transition_note",
            "transition_on",
            "withdraws",
            "withdrawal_reason",
        ]
        widgets = {
            **{
                name: _date_input()
                for name in (
                    "period_from",
                    "period_until",
                    "effective_on",
                    "effective_until",
                    "transition_on",
                )
            },
            "transition_note": forms.Textarea(attrs={"rows": 3}),
            "withdrawal_reason": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, published: Iterable[Publication] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = [publication.version for publication in published]
        choices = [("", _("Tidak ada")), *((version, version) for version in versions)]
        field = self._meta.model._meta.get_field("withdraws")
        self.fields["withdraws"] = forms.ChoiceField(
            label=field.verbose_name, help_text=field.help_text, choices=choices, required=False
        )

    @property
    def details(self) -> SetDetails:
        """What was typed, once the form is valid."""
        return SetDetails(**{name: self.cleaned_data[name] for name in self._meta.fields or ()})


class DraftForm(SubmissionForm, DetailsForm):
    """Begin a set: its scope and its details."""

    scope: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        queryset=Unit.objects.active(),
        label=_("lingkup"),
        help_text=_("Unit kerja yang seluruhnya dicakup set ini, biasanya kota."),
    )
    field_order = ["scope", "year", "period_from", "period_until", "effective_on"]

    class Meta(DetailsForm.Meta):
        fields = ["year", "period_from", "period_until", "effective_on", "effective_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["withdraws"]  # a new draft withdraws nothing yet

    @property
    def details(self) -> SetDetails:
        return SetDetails(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class FollowsForm(forms.Form):
    """Which published set a new draft follows: to correct it, to withdraw it, or to go on."""

    follows: "forms.ModelChoiceField[Publication]" = forms.ModelChoiceField(
        queryset=Publication.objects.with_decision().defer("document", "units")
    )


@dataclass(frozen=True)
class WeightRow:
    """One indicator that may be in the set, with its boxes and what there is to say."""

    version: IndicatorVersion
    weight: forms.BoundField
    editorial: forms.BoundField | None
    is_newer: bool
    advised: AdvisedWeight | None  # what voters gave it, where their weights were taken
    given: str  # the same in words
    reason: forms.BoundField | None


class WeightsForm(_ToldFaults, forms.Form):
    """A weight for each indicator in use; an empty box leaves the indicator out, 0 watches it."""

    def __init__(
        self,
        *args: Any,
        versions: Sequence[IndicatorVersion],
        entries: Sequence[SetEntry],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.versions = versions
        self.chosen: Mapping[str, SetEntry] = {entry.version.code: entry for entry in entries}
        for version in versions:
            entry = self.chosen.get(version.code)
            self.fields[f"weight-{version.pk}"] = NumberField(
                label=_("Bobot %(code)s (persen)") % {"code": version.code},
                min_value=Decimal(0),
                max_value=Decimal(100),
                max_digits=7,
                decimal_places=4,
                required=False,
                initial=entry.weight_percent.normalize() if entry else None,
                error_messages={
                    "min_value": _("Bobot tidak boleh kurang dari 0."),
                    "max_value": _("Bobot tidak boleh lebih dari 100."),
                },
            )
            if entry and entry.advised:
                self.fields[f"reason-{version.pk}"] = forms.CharField(
                    label=_("Alasan bila bobot %(code)s berbeda") % {"code": version.code},
                    required=False,
                    max_length=500,
                    validators=[validate_text],
                    initial=entry.deviation_reason,
                    help_text=_("Ikut terbit: sebut jabatan, bukan nama orang."),
                )
            if version.editorial_fields:
                self.fields[f"editorial-{version.pk}"] = forms.BooleanField(
                    label=_("Ya, perubahan redaksi %(code)s tidak mengubah arti")
                    % {"code": version.code},
                    required=False,
                    initial=bool(entry and entry.editorial_confirmed),
                )

    def rows(self) -> list[WeightRow]:
        """The indicators in the order of their codes."""
        rows = []
        for version in self.versions:
            entry = self.chosen.get(version.code)
            editorial, reason = f"editorial-{version.pk}", f"reason-{version.pk}"
            advised = entry.advised if entry else None
            rows.append(
                WeightRow(
                    version=version,
                    weight=self[f"weight-{version.pk}"],
                    editorial=self[editorial] if editorial in self.fields else None,
                    is_newer=bool(entry and entry.version.number < version.number),
                    advised=advised,
                    given=given_by(advised) if advised else "",
                    reason=self[reason] if reason in self.fields else None,
                )
            )
        return rows

    def clean(self) -> None:
        """A weight that departs from what voters gave has a reason."""
        for version in self.versions:
            entry, name = self.chosen.get(version.code), f"reason-{version.pk}"
            percent = self.cleaned_data.get(f"weight-{version.pk}")
            if entry is None or entry.advised is None or percent is None or name in self.errors:
                continue
            if percent != entry.advised.weight_percent and not self.cleaned_data[name].strip():
                self.add_error(
                    name,
                    _("Pemilih memberi %(given)s, Anda menetapkan %(percent)s: tulis alasannya.")
                    % {
                        "given": format_number(entry.advised.weight_percent),
                        "percent": format_number(percent),
                    },
                )

    @property
    def entries(self) -> dict[UUID, Weight]:
        """The weights by version, once the form is valid."""
        weights = {}
        for version in self.versions:
            percent = self.cleaned_data[f"weight-{version.pk}"]
            if percent is not None:
                confirmed = self.cleaned_data.get(f"editorial-{version.pk}", False)
                reason = self.cleaned_data.get(f"reason-{version.pk}", "")
                weights[version.pk] = Weight(percent, confirmed, reason)
        return weights


class ShareOutForm(_ToldFaults, forms.Form):
    """The percent of each perspective, to be shared out to what measures one unit."""

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[str, str]],
        perspectives: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.fields["unit"] = forms.ChoiceField(
            label=_("Unit kerja"),
            choices=units,
            help_text=_("Semua indikator dalam draf yang berlaku bagi unit ini dibagi ulang."),
        )
        self.named = [name for name in (*Perspective.values, "") if name in perspectives]
        for name in self.named:
            self.fields[f"share-{name}"] = NumberField(
                label=_("%(perspective)s (persen)") % {"perspective": perspective_words(name)},
                min_value=Decimal(0),
                max_value=FULL,
                max_digits=7,
                decimal_places=4,
                required=False,
            )

    def clean(self) -> None:
        """The shares sum to exactly 100; an empty box is 0."""
        if not any(name.startswith("share-") for name in self.errors):
            total = sum(self.shares.values(), Decimal(0))
            if total != FULL:
                self.add_error(
                    None,
                    _("Bagian semua perspektif berjumlah %(total)s, seharusnya tepat 100.")
                    % {"total": format_number(total)},
                )

    @property
    def shares(self) -> dict[str, Decimal]:
        """Percent by perspective."""
        return {name: self.cleaned_data.get(f"share-{name}") or Decimal(0) for name in self.named}


class TakeWeightsForm(forms.Form):
    """Which poll's weights are put into the set."""

    advice: "forms.ModelChoiceField[WeightAdvice]" = forms.ModelChoiceField(
        queryset=WeightAdvice.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, indicator_set: IndicatorSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advice"].queryset = WeightAdvice.objects.for_set(  # type: ignore[attr-defined]
            indicator_set
        )


class PublishForm(forms.Form):
    """The decision that a set is published by, and a larger step of the version if wished."""

    number = forms.CharField(
        label=_("Nomor keputusan"),
        max_length=120,
        help_text=_("Seperti tertulis pada naskah, misalnya 700/14/437.72/2026."),
    )
    dated_on = forms.DateField(label=_("Tanggal keputusan"), widget=_date_input())
    by_office = forms.CharField(
        label=_("Pejabat yang memutuskan"),
        max_length=160,
        help_text=_("Jabatannya saja, tanpa nama orang, misalnya Wali Kota."),
    )
    decree = forms.FileField(
        label=_("Naskah keputusan yang sudah ditandatangani (PDF)"),
        required=False,
        max_length=200,
        help_text=_(
            "Paling besar 10 MB. Ikut terbit dan tidak dapat diganti lagi; SHA-256-nya dihitung "
            "sendiri dan dimuat dalam dokumen set."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )
    decree_digest = forms.CharField(
        label=_("SHA-256 naskah keputusan"),
        required=False,
        max_length=71,
        validators=[
            RegexValidator(
                r"^(sha256:)?[0-9a-fA-F]{64}$", _("SHA-256 terdiri atas 64 angka heksadesimal.")
            )
        ],
        help_text=_(
            "Boleh kosong. Bila diisi bersama berkasnya, keduanya dicocokkan; tanpa berkas, angka "
            "ini menunjuk naskah yang disimpan di tempat lain."
        ),
    )
    expected_version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args: Any, computed: Bump, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        larger = [bump for bump in Bump if is_smaller(computed, bump)]
        self.fields["raised_bump"] = forms.ChoiceField(
            label=_("Kenaikan versi"),
            required=False,
            choices=[
                ("", _("Seperti yang dihitung: %(bump)s") % {"bump": computed.name}),
                *((bump.value, bump.label) for bump in larger),
            ],
            help_text=_("Boleh dinaikkan, tidak boleh diturunkan.")
            if larger
            else _("Sudah kenaikan terbesar."),
        )

    def clean_decree(self) -> bytes:
        """The bytes of the signed file; nothing where none was chosen."""
        uploaded = self.cleaned_data["decree"]
        if uploaded is None:
            return b""
        if (uploaded.size or 0) > MAX_BYTES:
            raise ValidationError(_("Berkas lebih besar dari 10 MB."))
        content: bytes = uploaded.read()
        return content

    def shown_version(self) -> str:
        """The version that the publisher saw on the page and published by; empty if it was raised.

        Raising the step changes the number, and is itself what the publisher wants.
        """
        raised = self.cleaned_data["raised_bump"]
        return "" if raised else str(self.cleaned_data["expected_version"])

    @property
    def decision(self) -> Decision:
        """What was typed, once the form is valid."""
        digest = self.cleaned_data["decree_digest"].lower().removeprefix("sha256:")
        return Decision(
            number=self.cleaned_data["number"],
            dated_on=self.cleaned_data["dated_on"],
            by_office=self.cleaned_data["by_office"],
            decree_digest=f"sha256:{digest}" if digest else None,
        )


class ReturnForm(forms.Form):
    """Why a composed set goes back."""

    reason = forms.CharField(
        label=_("Alasan pengembalian"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca fasilitator: apa yang perlu diperbaiki."),
    )
