"""A new wording for one field, suggested and taken over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from indicators.record import Field, Shape
from proposals.forms.comments import check_visible, offer_pseudonym
from proposals.rules import Crowd
from proposals.text import LONGEST_TEXT
from proposals.wording import canonical_wording
from web.forms import NumberField, SubmissionForm


def wording_field(field: Field) -> forms.Field:
    """The box in which the wording of a record's field is typed."""
    label, help_text = capfirst(field.label), field.help_text
    if field.shape is Shape.DECIMAL:
        return NumberField(label=label, help_text=help_text, max_digits=15, decimal_places=4)
    if field.shape is Shape.CHOICE:
        choices = list(field.choices.items())
        return forms.ChoiceField(label=label, help_text=help_text, choices=choices)
    longest = field.max_length or LONGEST_TEXT
    is_prose = field.shape is Shape.PROSE
    return forms.CharField(
        label=label,
        help_text=help_text,
        validators=[MaxLengthValidator(longest), check_visible],
        widget=forms.Textarea(attrs={"rows": 5}) if is_prose else forms.TextInput(),
    )


class WordingForm(forms.Form):
    """The wording of one field. `wording` of the cleaned data is canonical."""

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field
        self.fields = {"wording": wording_field(field), **self.fields}

    def clean_wording(self) -> str:
        return canonical_wording(self.field, self.cleaned_data["wording"])


class SuggestionForm(WordingForm, SubmissionForm):
    """A new wording and why it is better."""

    body = forms.CharField(
        label=_("mengapa lebih baik"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[check_visible],
    )
    is_unnamed = forms.BooleanField(label=_("pakai nama samaran"), required=False)

    def __init__(self, *args: Any, crowd: Crowd | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_pseudonym(self, crowd)


class AdoptWordingForm(WordingForm):
    """The wording as it enters the text; who takes it over may still change it."""

    reason = forms.CharField(
        label=_("catatan"),
        required=False,
        max_length=300,
        help_text=_("Bila Anda mengubah rumusannya, jelaskan mengapa. Terbaca di riwayat."),
    )


class AnswerReplyForm(forms.Form):
    """What a disposition left unsolved, in the commenter's words."""

    reply = forms.CharField(
        label=_("yang belum terselesaikan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[check_visible],
        help_text=_("Hanya satu kali. Tercetak pada surat suara: sebut jabatan, bukan nama orang."),
    )
