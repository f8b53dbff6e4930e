"""Forms of sets and indicators: they read texts into dates, weights and figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.numbers import format_number
from indicators.actions import SetDetails, Weight
from indicators.documents import Decision
from indicators.models import IndicatorSet, IndicatorVersion, Publication, SetEntry
from indicators.versioning import Bump, is_smaller
from people.models import Unit
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


@dataclass(frozen=True)
class WeightRow:
    """One indicator that may be in the set, with its two boxes and what there is to say."""

    version: IndicatorVersion
    weight: forms.BoundField
    editorial: forms.BoundField | None
    is_newer: bool


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
            editorial = f"editorial-{version.pk}"
            rows.append(
                WeightRow(
                    version=version,
                    weight=self[f"weight-{version.pk}"],
                    editorial=self[editorial] if editorial in self.fields else None,
                    is_newer=bool(entry and entry.version.number < version.number),
                )
            )
        return rows

    @property
    def entries(self) -> dict[UUID, Weight]:
        """The weights by version, once the form is valid."""
        weights = {}
        for version in self.versions:
            percent = self.cleaned_data[f"weight-{version.pk}"]
            if percent is not None:
                confirmed = self.cleaned_data.get(f"editorial-{version.pk}", False)
                weights[version.pk] = Weight(percent, confirmed)
        return weights


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
    decree_digest = forms.CharField(
        label=_("SHA-256 naskah keputusan"),
        required=False,
        max_length=71,
        validators=[
            RegexValidator(
                r"^(sha256:)?[0-9a-fA-F]{64}$", _("SHA-256 terdiri atas 64 angka heksadesimal.")
            )
        ],
        help_text=_("Boleh kosong; dihitung dari berkas naskah yang sudah ditandatangani."),
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


class OwnFigureForm(forms.Form):
    """A reader's own figure for an indicator: answered, never kept."""

    actual = NumberField(
        max_digits=15,
        decimal_places=4,
        label=_("Realisasi Anda"),
        help_text=_("Angka ini hanya dipakai untuk jawaban ini, tidak disimpan."),
    )

    def __init__(
        self, *args: Any, target: str, targets: Mapping[str, str], unit: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.targets = targets
        if unit:
            self.fields["actual"].label = _("Realisasi Anda (%(unit)s)") % {"unit": unit}
        if targets:
            by_period = [
                (key, f"{key}: {format_number(Decimal(targets[key]))}") for key in sorted(targets)
            ]
            self.fields["period"] = forms.ChoiceField(
                label=_("Target yang dipakai"),
                required=False,
                choices=[("", _("Setahun: %(target)s") % {"target": target}), *by_period],
            )

    @property
    def chosen_target(self) -> str | None:
        """The target of the chosen period; None for the yearly one."""
        return self.targets.get(self.cleaned_data.get("period", ""))


class SearchForm(forms.Form):
    """Find an indicator by its code or a word of its name."""

    q = forms.CharField(
        label=_("Cari indikator"),
        required=False,
        max_length=80,
        help_text=_("Kode atau kata dari namanya, misalnya balita."),
    )
