"""Forms of the pages of indicators: finding one, and trying a figure of one's own."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.numbers import format_number
from indicators.curve import Curve
from indicators.scoring import fixed
from web.forms import NumberField


class SlideInput(forms.NumberInput):
    """A slider. Where there is script, it and the box of `figures` show the same figure."""

    input_type = "range"

    def __init__(self, *, least: str, most: str, step: str, figures: str) -> None:
        super().__init__({"min": least, "max": most, "step": step, "data-slides": figures})


class OwnFigureForm(forms.Form):
    """A figure for an indicator, typed or set by a slider: answered, never kept.

    Without script box and slider do not know of each other. What counts is what the reader
    changed: the box if it no longer says what the page `shown` in it, else the slider if it was
    moved away from that.
    """

    actual = NumberField(
        required=False,
        max_digits=15,
        decimal_places=4,
        label=_("Realisasi"),
        help_text=_("Angka ini hanya dipakai untuk jawaban ini, tidak disimpan."),
    )
    shown = NumberField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        target: str,
        targets: Mapping[str, str],
        unit: str,
        curve: Curve | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.targets = targets
        if unit:
            self.fields["actual"].label = _("Realisasi (%(unit)s)") % {"unit": unit}
        if curve:
            self._add_slider(curve)
        if targets:
            by_period = [
                (key, f"{key}: {format_number(Decimal(targets[key]))}") for key in sorted(targets)
            ]
            self.fields["period"] = forms.ChoiceField(
                label=_("Target yang dipakai"),
                required=False,
                choices=[("", _("Setahun: %(target)s") % {"target": target}), *by_period],
            )

    def _add_slider(self, curve: Curve) -> None:
        least, most, step, start = (
            Decimal(fixed(figure, 6)).normalize()
            for figure in (curve.least, curve.most, curve.step, curve.start)
        )
        self.step = step
        self.fields["slide"] = forms.DecimalField(
            required=False,
            label=_("Atau geser"),
            min_value=least,
            max_value=most,
            widget=SlideInput(
                least=f"{least:f}", most=f"{most:f}", step=f"{step:f}", figures="id_actual"
            ),
        )
        begins = self.initial.get("actual", start)
        slide = min(max(begins, least), most)
        self.initial.update(actual=begins, shown=begins, slide=f"{slide:f}")

    def clean(self) -> dict[str, Any]:
        typed, shown = self.cleaned_data.get("actual"), self.cleaned_data.get("shown")
        slide = self.cleaned_data.get("slide")
        if self.has_error("actual"):
            return self.cleaned_data
        if slide is not None and typed == shown and self._is_moved(slide, shown):
            self.cleaned_data["actual"] = slide
        elif typed is None:
            self.add_error("actual", self.fields["actual"].error_messages["required"])
        return self.cleaned_data

    def _is_moved(self, slide: Decimal, shown: Decimal | None) -> bool:
        """Whether a slider stands elsewhere than the nearest step to what the page showed."""
        return shown is None or abs(slide - shown) > self.step / 2

    @property
    def answered(self) -> dict[str, Any]:
        """What the form shows after its answer: the figure that counted, in box and slider."""
        return {
            "actual": self.cleaned_data["actual"],
            "period": self.cleaned_data.get("period", ""),
        }

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
    review = forms.BooleanField(label=_("hanya yang perlu ditinjau"), required=False)
