"""How the tree of supports is narrowed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Unit


class ScopeForm(forms.Form):
    """The unit whose indicators, and those of the units below it, are shown."""

    scope = forms.ChoiceField(label=_("lingkup unit"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.active().as_tree().values_list("code", "name")
        self.fields["scope"].choices = [("", _("Semua unit kerja")), *units]  # type: ignore[attr-defined]
