"""The ballot paper."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _

from voting.methods import InvalidBallot
from voting.models import Item, Poll

PREFIX = "item-"


class BallotForm(forms.Form):
    """One field for each item that is not void, by the poll's method; nothing chosen beforehand.

    It only carries what was chosen: whether that is a ballot the poll's method says, once, in
    `ballot_cast`; `refuse` brings its sentences back beside the fields.
    """

    receipt = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, poll: Poll, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items: list[Item] = list(poll.items.all())
        for item in self.items:
            if not item.is_void:
                label = _("Pilihan Anda untuk butir %(number)s") % {"number": item.position}
                self.fields[f"{PREFIX}{item.pk}"] = poll.counting.field(label)

    @property
    def choices(self) -> dict[str, str]:
        """What was sent, by the key of the item: whatever it is, also for items of other polls."""
        return {
            name.removeprefix(PREFIX): str(value)
            for name, value in self.data.items()
            if name.startswith(PREFIX)
        }

    @property
    def receipt_token(self) -> str:
        return str(self.data.get("receipt", ""))

    def refuse(self, invalid: InvalidBallot) -> None:
        """Put the sentences of a bad ballot where they belong."""
        for key, sentence in invalid.sentences.items():
            name = f"{PREFIX}{key}"
            if name in self.fields:
                self.errors[name] = self.error_class([sentence], renderer=self.renderer)
            else:
                self.add_error(None, sentence)

    @property
    def rows(self) -> Iterator[tuple[Item, BoundField | None]]:
        """Each item with its field, which a void one has not."""
        for item in self.items:
            yield item, None if item.is_void else self[f"{PREFIX}{item.pk}"]

    @property
    def faults(self) -> list[tuple[BoundField, ErrorList]]:
        """The fields at fault with their sentences, for the summary above the form."""
        return [(self[name], self.errors[name]) for name in self.fields if name in self.errors]
