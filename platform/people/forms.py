"""The forms of people: shape and wording; what may be is asked by the actions."""

import re
from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from tree_queries.forms import TreeNodeChoiceField

from people.models import Appointment, Holiday, Person, Unit
from web.forms import SubmissionForm


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """Sign-in with NIP, typed with or without spaces."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("NIP / NI PPPK"),
            max_length=40,
            help_text=_("18 angka; spasi boleh."),
            error_messages={"required": _("Isi NIP Anda.")},
            widget=forms.TextInput({"autocomplete": "username", "inputmode": "numeric"}),
        )
        password = self.fields["password"]
        password.label = _("Kata sandi")
        password.help_text = _("Lupa kata sandi? Hubungi administrator di BKPSDM.")
        password.error_messages["required"] = _("Isi kata sandi Anda.")
        password.widget.attrs.pop("placeholder", None)

    def clean_login(self) -> str:
        digits = re.sub(r"\s", "", self.cleaned_data["login"])
        if not re.fullmatch(r"[0-9]{18}", digits):
            raise ValidationError(_("NIP terdiri atas 18 angka."))
        return digits


class NipField(forms.CharField):
    """A NIP typed with or without spaces."""

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s", "", super().to_python(value) or "")


class UnitField(TreeNodeChoiceField):  # type: ignore[misc]
    """One of the units that exist today, indented as in the tree."""

    def __init__(self, label: Any, *, required: bool = True) -> None:
        super().__init__(Unit.objects.active().as_tree(), required=required, label=label)

    def label_from_instance(self, unit: Any) -> str:
        indent = "\N{NO-BREAK SPACE}" * 3 * unit.tree_depth
        return f"{indent}{unit.name}"


class DayField(forms.DateField):
    """A day, by the calendar of the browser."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Tulis tanggal, misalnya 24-11-2026.")})
        super().__init__(
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
            **kwargs,
        )


class _CheckedByAction(forms.ModelForm):  # type: ignore[type-arg]
    """Uniqueness and constraints are asked by the action alone, under its lock.

    Else a repeated submission would be refused as a double instead of yielding the first result.
    """

    def validate_unique(self) -> None:
        return

    def validate_constraints(self) -> None:
        return


class PersonForm(_CheckedByAction):
    nip = NipField(label=_("NIP / NI PPPK"), max_length=40, help_text=_("18 angka; spasi boleh."))

    class Meta:
        model = Person
        fields = ["nip", "name", "position", "position_family", "grade", "email", "presence"]


class PersonCreateForm(PersonForm, SubmissionForm):
    unit = UnitField(_("Unit kerja"))

    field_order = ["nip", "name", "unit"]


class MoveForm(forms.Form):
    unit = UnitField(_("Unit kerja baru"))


class UnitForm(_CheckedByAction):
    parent = UnitField(_("Di bawah"), required=False)

    class Meta:
        model = Unit
        fields = ["name", "kind", "parent"]


class UnitCreateForm(UnitForm):
    field_order = ["code", "name", "kind", "parent"]

    class Meta(UnitForm.Meta):
        fields = ["code", "name", "kind", "parent"]


class AppointmentForm(_CheckedByAction, SubmissionForm):
    unit = UnitField(_("Unit kerja"))
    starts_on = DayField(label=_("Mulai"))
    ends_on = DayField(
        label=_("Berakhir"),
        required=False,
        help_text=_("Hari pertama penunjukan tidak berlaku lagi. Wajib untuk Plt. dan Plh."),
    )

    class Meta:
        model = Appointment
        fields = ["role", "unit", "standing", "starts_on", "ends_on", "decree"]


class AppointmentEndForm(forms.Form):
    ends_on = DayField(
        label=_("Berakhir"), help_text=_("Hari pertama penunjukan tidak berlaku lagi.")
    )


class HolidayForm(forms.Form):
    """A day off, as the joint decree names it."""

    day = forms.DateField(label=_("Tanggal"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    name = forms.CharField(label=_("Nama hari libur"), max_length=120)
    kind = forms.ChoiceField(label=_("Jenis"), choices=Holiday.Kind.choices)
    basis = forms.CharField(
        label=_("Dasar"),
        max_length=160,
        required=False,
        help_text=_("Nomor surat keputusan bersama yang menetapkannya."),
    )


class YearForm(forms.Form):
    """The year that an address asks for."""

    year = forms.IntegerField(min_value=2020, max_value=2100)
