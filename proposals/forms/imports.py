"""A filled template: first the file, then, after the preview, the same file again."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from proposals.importing import MAX_BYTES
from web.forms import SubmissionForm


class DraftFileForm(forms.Form):
    """The file as it is chosen."""

    file = forms.FileField(
        label=_("templat yang sudah diisi"),
        help_text=_("Berkas XLSX, paling besar 1 MB. Sebelum disimpan Anda melihat isinya dahulu."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> bytes:
        chosen = self.cleaned_data["file"]
        if chosen.size > MAX_BYTES:
            raise ValidationError(_("Berkas lebih besar dari 1 MB."))
        return bytes(chosen.read())


class DraftConfirmForm(SubmissionForm):
    """What was previewed, sent again to be kept: it is read and checked anew."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=2 * MAX_BYTES)

    @classmethod
    def of(cls, content: bytes) -> DraftConfirmForm:
        """The form for a file that was read without a problem."""
        return cls(initial={"content": base64.b64encode(content).decode()})

    def clean_content(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError(_("Muat ulang halaman ini, lalu kirim lagi.")) from error

    def clean(self) -> dict[str, Any]:
        return super().clean() or {}
