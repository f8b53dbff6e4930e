"""The table in which a published set is carried over into the next year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.actions import Wanted
from proposals.bundles import Carried
from proposals.forms.decisions import PollForm
from proposals.models import Round
from web.forms import NumberField, SubmissionForm


@dataclass(frozen=True)
class CarriedRow:
    """One indicator of the table, with what is typed for it."""

    carried: Carried
    target: forms.BoundField
    retires: forms.BoundField


class CarryOverForm(SubmissionForm):
    """A target for each indicator that is free to be amended, and whether it is retired."""

    title = forms.CharField(label=_("judul paket"), max_length=160)

    def __init__(self, *args: Any, carried: Sequence[Carried], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free = [row for row in carried if row.rival is None]
        for row in self.free:
            version = row.version
            self.fields[f"target-{version.pk}"] = NumberField(
                label=_("Target baru %(code)s") % {"code": version.code},
                initial=version.target,
                required=False,
                max_digits=15,
                decimal_places=4,
            )
            self.fields[f"retires-{version.pk}"] = forms.BooleanField(
                label=_("Cabut %(code)s") % {"code": version.code}, required=False
            )

    def rows(self) -> Iterator[CarriedRow]:
        """The lines of the table."""
        for row in self.free:
            key = row.version.pk
            yield CarriedRow(row, self[f"target-{key}"], self[f"retires-{key}"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in self.free:
            target, retires = (
                cleaned.get(f"{name}-{row.version.pk}") for name in ("target", "retires")
            )
            if f"target-{row.version.pk}" in self.errors:
                continue
            if target is None and row.version.target is not None and not retires:
                self.add_error(f"target-{row.version.pk}", _("Isi targetnya, atau pilih cabut."))
            if retires and target != row.version.target:
                self.add_error(
                    f"target-{row.version.pk}", _("Pilih target baru atau cabut, tidak keduanya.")
                )
        return cleaned

    def wanted(self) -> dict[UUID, Wanted]:
        """What is wanted of each, as `bundle_create` takes it."""
        return {
            row.version.pk: Wanted(
                self.cleaned_data[f"target-{row.version.pk}"],
                self.cleaned_data[f"retires-{row.version.pk}"],
            )
            for row in self.free
        }


class BundlePollForm(PollForm):
    """How long the vote on a bundle lasts; what is on the ballot is no choice."""

    def __init__(self, *args: Any, round_: Round, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, frozen=[], round_=round_, now=now, **kwargs)
        del self.fields["proposals"]
