"""The checklist as a form: a verdict and a reason for each criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.actions import Answered
from proposals.checklist import ITEMS, PP_30, SMART_C
from proposals.models import Review, ReviewAnswer


class ReviewForm(forms.Form):
    """What somebody finds of the revision that they read."""

    revision_number = forms.IntegerField(min_value=1, max_value=10**8, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, number: int, review: Review | None
    ) -> None:
        initial: dict[str, object] = {"revision_number": number}
        if review is not None:
            for answer in review.answers.all():
                initial[f"verdict-{answer.item}"] = answer.verdict
                initial[f"reason-{answer.item}"] = answer.reason
        super().__init__(data, initial=initial)
        for key, item in ITEMS.items():
            self.fields[f"verdict-{key}"] = forms.ChoiceField(
                label=item.question, choices=ReviewAnswer.Verdict, widget=forms.RadioSelect
            )
            self.fields[f"reason-{key}"] = forms.CharField(
                label=_("alasan"),
                required=False,
                max_length=1000,
                help_text=_("Wajib bila jawabannya tidak."),
            )

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The boxes by the source of their criteria."""
        return [
            (
                source,
                [
                    self[f"{what}-{key}"]
                    for key, item in ITEMS.items()
                    if item.source == source
                    for what in ("verdict", "reason")
                ],
            )
            for source in (PP_30, SMART_C)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in ITEMS:
            is_no = cleaned.get(f"verdict-{key}") == ReviewAnswer.Verdict.NO
            if is_no and not str(cleaned.get(f"reason-{key}") or "").strip():
                self.add_error(f"reason-{key}", _("Tulis alasannya bila jawabannya tidak."))
        return cleaned

    def answers(self) -> dict[str, Answered]:
        """What was answered, by criterion."""
        given = self.cleaned_data
        return {key: Answered(given[f"verdict-{key}"], given[f"reason-{key}"]) for key in ITEMS}
