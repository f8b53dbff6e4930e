"""Restoring an older text."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RestoreForm(forms.Form):
    """Why an older text comes back, and what its writer saw: revision and working copy."""

    based_on = forms.IntegerField(min_value=1, max_value=10**8, widget=forms.HiddenInput)
    edition = forms.IntegerField(min_value=0, max_value=10**8, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("alasan mengembalikan"),
        max_length=500,
        help_text=_("Semua orang membacanya di riwayat."),
    )
