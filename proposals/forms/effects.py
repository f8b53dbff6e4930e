"""A figure to try a draft on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from web.forms import NumberField


class TryFigureForm(forms.Form):
    """A reader's own figure, or nothing for the unit's last one: answered, never kept."""

    actual = NumberField(required=False, max_digits=15, decimal_places=4)

    def __init__(self, *args: Any, periods: Sequence[str], unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["actual"]
        field.label = (
            _("Realisasi Anda (%(unit)s)") % {"unit": unit} if unit else _("Realisasi Anda")
        )
        field.help_text = _(
            "Hanya dipakai untuk jawaban ini, tidak disimpan. Kosongkan untuk memakai angka "
            "terakhir unit kerja Anda."
        )
        if periods:
            self.fields["period"] = forms.ChoiceField(
                label=_("Periode"),
                required=False,
                choices=[("", _("Setahun")), *((key, key) for key in periods)],
            )
