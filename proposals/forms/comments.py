"""What colleagues say, and what becomes of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from indicators.record import FIELDS
from proposals.models import (
    Comment,
    Disposition,
    Revision,
)
from web.forms import SubmissionForm


def check_visible(text: str) -> None:
    """Refuse a text of invisible characters only, as a phone's paste may bring."""
    if all(unicodedata.category(character)[0] in "ZC" for character in text):
        raise ValidationError(forms.Field.default_error_messages["required"], code="required")


class CommentForm(SubmissionForm):
    """A comment on the whole or on a field of the text."""

    kind = forms.ChoiceField(
        label=_("jenis tanggapan"),
        choices=[choice for choice in Comment.Kind.choices if choice[0] != Comment.Kind.REPLY],
    )
    field = forms.ChoiceField(label=_("tentang bagian"), required=False)
    body = forms.CharField(
        label=_("tanggapan"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[check_visible],
    )

    def __init__(self, *args: Any, first: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered = [*(name for name in first if name in FIELDS), *FIELDS]
        choices = [(name, FIELDS[name].label) for name in dict.fromkeys(ordered)]
        self.fields["field"].choices = [("", _("Seluruh usulan")), *choices]  # type: ignore[attr-defined]


class ReplyForm(SubmissionForm):
    """A reply to a comment."""

    body = forms.CharField(
        label=_("balasan"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[check_visible],
    )


class AnswerForm(forms.Form):
    """What became of a comment."""

    outcome = forms.ChoiceField(
        label=_("tindak lanjut"), choices=Disposition.Outcome, widget=forms.RadioSelect
    )
    revision = forms.ModelChoiceField(
        queryset=Revision.objects.none(),
        required=False,
        label=_("dimuat dalam revisi"),
        help_text=_("Hanya bila diterima."),
    )
    reason = forms.CharField(
        label=_("alasan"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila tidak diterima. Diterbitkan: sebut jabatan, bukan nama orang."),
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        revisions = comment.proposal.revisions.filter(created_at__gt=comment.created_at)
        self.fields["revision"].queryset = revisions.order_by("-number")  # type: ignore[attr-defined]
        if not revisions.exists():
            self.fields["revision"].help_text = _(
                "Belum ada revisi sesudah tanggapan ini. Bila diterima, simpan revisinya dahulu."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome and outcome != Disposition.Outcome.ADOPTED and not cleaned.get("reason"):
            self.add_error("reason", _("Tuliskan alasannya bila tanggapan tidak diterima."))
        return cleaned
