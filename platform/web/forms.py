"""Forms as every page shows them: label, help, error beside the field, the typed text kept."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from core.numbers import format_number, parse_number


class Renderer(TemplatesSetting):
    """Renders forms by `templates/web/form.html` and `field.html`.

    Widgets come from `templates/django/forms/widgets/`, which give every control its class, so
    that no form has to.
    """

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"


class NumberInput(forms.TextInput):
    """A text box that brings up the keyboard for figures; browsers' own refuse the comma."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class NumberField(forms.DecimalField):
    """A figure read and shown as Indonesians write it: `1.234,56`."""

    widget = NumberInput
    default_error_messages = {
        "invalid": _("Tulis sebuah angka, misalnya 87,5 atau 1.234,56."),
    }

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # stubs: int
        if value in self.empty_values:
            return None
        try:
            return parse_number(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return format_number(value) if isinstance(value, Decimal) else value


class SubmissionForm(forms.Form):
    """A form that makes a row at most once: repeating a POST repeats its `submission`."""

    submission = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={
            "required": _("Muat ulang halaman ini, lalu kirim lagi."),
            "invalid": _("Muat ulang halaman ini, lalu kirim lagi."),
        },
    )
