"""Forms of what happens to an indicator after it is published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.models import Rating
from indicators.models.aftercare import LEAST_REASON
from indicators.shapes import validate_text


class ReviewForm(forms.Form):
    """Why an indicator stays as it is."""

    reason = forms.CharField(
        label=_("Mengapa indikator ini tetap"),
        min_length=LEAST_REASON,
        max_length=2000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Apa yang Anda periksa, dan mengapa teks serta targetnya masih tepat."),
    )


class RatingForm(forms.Form):
    """How far the rater controls the result, and how much work its reporting is; both in words."""

    control = forms.TypedChoiceField(
        label=_("Seberapa jauh hasilnya ada di tangan Anda dan rekan kerja Anda?"),
        coerce=int,
        widget=forms.RadioSelect,
    )
    burden = forms.TypedChoiceField(
        label=_("Seberapa besar pekerjaan untuk mengumpulkan dan melaporkan angkanya?"),
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = {"control": Rating.Control.choices, "burden": Rating.Burden.choices}
        for name, choices in steps.items():
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (step, f"{step}: {label}") for step, label in choices
            ]
