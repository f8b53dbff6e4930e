"""An objection to a published indicator, and the round in which it is brought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.models.aftercare import LEAST_REASON
from indicators.shapes import validate_text
from proposals.models import Round

LATER = "later"


class BringForm(forms.Form):
    """In which open round an objection becomes a proposal; `later` keeps it."""

    round = forms.ChoiceField(label=_("putaran"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, rounds: Sequence[Round], may_wait: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {str(round_.pk): round_ for round_ in rounds}
        choices: list[tuple[str, Any]] = [(key, one.title) for key, one in self.rounds.items()]
        if may_wait:
            choices.append((LATER, _("Simpan dulu; saya membukanya nanti")))
        self.fields["round"].choices = choices  # type: ignore[attr-defined]
        self.fields["round"].initial = choices[0][0] if choices else None
        if not rounds:
            del self.fields["round"]

    @property
    def chosen(self) -> Round | None:
        """The round that was chosen; None to keep the objection."""
        return self.rounds.get(self.cleaned_data.get("round", ""))


class ObjectionForm(BringForm):
    """Why somebody objects to a published indicator, and where it is to be discussed."""

    reason = forms.CharField(
        label=_("keberatan Anda"),
        min_length=LEAST_REASON,
        max_length=4000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Apa yang tidak tepat pada indikator ini, akibatnya bagi pekerjaan Anda, dan apa yang "
            "sebaiknya diubah."
        ),
    )

    field_order = ("reason", "round")
