"""Files of actuals, first chosen, then confirmed; and which year's figures a preview takes."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from indicators.importing.actuals import MAX_BYTES


class ActualsFileForm(forms.Form):
    """A file of actuals as it is chosen."""

    file = forms.FileField(
        label=_("berkas realisasi"),
        max_length=200,
        help_text=_(
            "CSV, XLSX atau JSON, paling besar 1 MB. Kolomnya: unit, kode, tahun, periode, "
            "realisasi. Sebelum disimpan Anda melihat isinya dahulu."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json,.jsonl"}),
    )

    def clean_file(self) -> tuple[str, bytes]:
        chosen = self.cleaned_data["file"]
        if chosen.size > MAX_BYTES:
            raise ValidationError(_("Berkas lebih besar dari 1 MB."))
        return str(chosen.name), bytes(chosen.read())


class ActualsConfirmForm(forms.Form):
    """What was previewed, sent again to be kept: it is read and checked anew.

    The file travels in the page, so that no preview lies anywhere.
    """

    name = forms.CharField(widget=forms.HiddenInput, max_length=200)
    content = forms.CharField(
        widget=forms.HiddenInput,
        max_length=2 * MAX_BYTES,
        error_messages={"required": _("Muat ulang halaman ini, lalu kirim lagi.")},
    )

    @classmethod
    def of(cls, name: str, content: bytes) -> ActualsConfirmForm:
        """The form for a file that was read without a problem."""
        return cls(initial={"name": name, "content": base64.b64encode(content).decode()})

    def clean_content(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError(_("Muat ulang halaman ini, lalu kirim lagi.")) from error

    @property
    def chosen(self) -> tuple[str, bytes]:
        """Name and content of the file."""
        return self.cleaned_data["name"], self.cleaned_data["content"]


class ImpactForm(forms.Form):
    """Which year's figures a preview is made from."""

    year = forms.IntegerField(label=_("Realisasi tahun"), min_value=2020, max_value=2100)

    def __init__(self, *args: Any, years: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].widget = forms.Select(choices=[(year, year) for year in years])

    @property
    def asked(self) -> int | None:
        """The year that was asked for; None where none was, or no year."""
        return self.cleaned_data["year"] if self.is_valid() else None
