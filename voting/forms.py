"""The ballot paper, and the meeting at which it is talked over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person
from voting import receipts
from voting.methods import InvalidBallot
from voting.models import Elector, Item, Meeting, OpenBallot, Poll
from voting.models.meeting import NOTES_LENGTH
from voting.models.open import REASON_LENGTH

PREFIX = "item-"
REASON_PREFIX = "reason-"


class Sent:
    """A ballot as it came: whatever it is, also for items of other polls."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.choices = self._under(PREFIX, data)  # by the key of the item
        self.reasons = self._under(REASON_PREFIX, data)  # in the same way
        self.receipt_token = str(data.get("receipt", ""))

    @staticmethod
    def _under(prefix: str, data: Mapping[str, Any]) -> dict[str, str]:
        return {
            name.removeprefix(prefix): str(value)
            for name, value in data.items()
            if name.startswith(prefix)
        }


@dataclass(frozen=True)
class Line:
    """One item of the ballot paper, with its fields; a void one has none."""

    item: Item
    field: BoundField | None = None
    reason: BoundField | None = None


class BallotForm(forms.Form):
    """One field for each item that is not void, by the poll's method; nothing chosen beforehand.

    It only carries what was chosen: whether that is a ballot the poll's method says, once, in
    the action that casts it; `refuse` brings its sentences back beside the fields.
    """

    receipt = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, poll: Poll, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll = poll
        self.items: list[Item] = list(poll.items.all())
        for item in self.items:
            if not item.is_void:
                label = poll.counting.question(item.position)
                self.fields[f"{PREFIX}{item.pk}"] = poll.counting.field(label)
                if poll.counting.objecting:
                    self.fields[f"{REASON_PREFIX}{item.pk}"] = _reason_field(item)

    @classmethod
    def fresh(cls, poll: Poll, person: Person) -> "BallotForm":
        """An empty ballot for a person; of an open poll the one that the person gave before."""
        if poll.is_secret:
            token = receipts.token_make(poll=poll.pk, person=person.pk)
            return cls(poll, initial={"receipt": token})
        elector = poll.elector_of(person)
        given = OpenBallot.objects.of_elector(elector).last() if elector else None
        initial: dict[str, str] = {}
        for key, (choice, reason) in given.said.items() if given else ():
            initial |= {f"{PREFIX}{key}": choice, f"{REASON_PREFIX}{key}": reason}
        return cls(poll, initial=initial)

    def moved(self, move: str) -> "BallotForm":
        """The ballot as it stands after one of its buttons was pressed."""
        keys = {str(item.pk) for item in self.items if not item.is_void}
        sent = Sent(self.data).choices
        whole = {key: sent.get(key, "") for key in keys}
        placed = self.poll.counting.rearranged(whole, move)
        data = {name: str(value) for name, value in self.data.items()}
        return BallotForm(
            self.poll, data | {f"{PREFIX}{key}": choice for key, choice in placed.items()}
        )

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was sent, for the hidden fields of the page on which it is read over."""
        return [(name, str(self.data.get(name, ""))) for name in self.fields]

    def refuse(self, invalid: InvalidBallot) -> None:
        """Put the sentences of a bad ballot where they belong."""
        for key, sentence in invalid.sentences.items():
            name = f"{PREFIX}{key}"
            if name in self.fields:
                self.errors[name] = self.error_class([sentence], renderer=self.renderer)
            else:
                self.add_error(None, sentence)

    @property
    def rows(self) -> Iterator[Line]:
        """Each item with its fields, which a void one has not."""
        for item in self.items:
            if item.is_void:
                yield Line(item)
            else:
                reason = f"{REASON_PREFIX}{item.pk}"
                yield Line(
                    item,
                    self[f"{PREFIX}{item.pk}"],
                    self[reason] if reason in self.fields else None,
                )

    @property
    def faults(self) -> list[tuple[BoundField, ErrorList]]:
        """The fields at fault with their sentences, for the summary above the form."""
        return [(self[name], self.errors[name]) for name in self.fields if name in self.errors]


def _reason_field(item: Item) -> forms.Field:
    return forms.CharField(
        label=_("Alasan Anda untuk butir %(number)s") % {"number": item.position},
        help_text=_(
            "Wajib bila keberatan; paling banyak 2.000 karakter. Terbaca bersama nama Anda."
        ),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class ElectorsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Electors, each under name and position."""

    def label_from_instance(self, elector: Elector) -> str:
        return f"{elector.person.name}, {elector.person.position}"


class MeetingForm(forms.Form):
    """Where, when and under whom a poll was talked over, what was said, and who was there."""

    place = forms.CharField(label=gettext_lazy("tempat"), max_length=200)
    chair = forms.ModelChoiceField(
        label=gettext_lazy("pimpinan rapat"), queryset=Person.objects.none()
    )
    notulis = forms.ModelChoiceField(label=gettext_lazy("notulis"), queryset=Person.objects.none())
    held_from = forms.DateTimeField(label=gettext_lazy("mulai"))
    held_until = forms.DateTimeField(label=gettext_lazy("selesai"))
    agenda = forms.CharField(
        label=gettext_lazy("susunan acara"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    notes = forms.CharField(
        label=gettext_lazy("catatan rapat"),
        max_length=NOTES_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Pokok pembahasan dan kesimpulan; menjadi notula. Markdown sederhana."
        ),
    )
    present = ElectorsField(
        label=gettext_lazy("pemilih yang hadir"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_final = forms.BooleanField(
        label=gettext_lazy("kunci catatan ini"),
        required=False,
        help_text=gettext_lazy("Sesudah dikunci tidak dapat diubah lagi oleh siapa pun."),
    )

    def __init__(
        self, *args: Any, poll: Poll, kept: Meeting | None, keeper: Person, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.active().working_in(poll.scope) | Person.objects.filter(
            pk__in=[keeper.pk, poll.opened_by_id, poll.decider_id]
        )
        for name in ("chair", "notulis"):
            self.fields[name].queryset = people.order_by("name")  # type: ignore[attr-defined]
        if poll.is_secret:  # it has no attendance
            del self.fields["present"]
        else:
            self.fields["present"].queryset = poll.electors.by_name()  # type: ignore[attr-defined]
        for name in ("held_from", "held_until"):
            self.fields[name].widget = forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        if kept is None:
            self.initial = {"chair": poll.decider_id}
        else:
            asked = self.fields.keys() - {"present", "is_final"}
            self.initial = {name: getattr(kept, name) for name in asked}
            there = kept.attendance.filter(is_present=True)
            self.initial["present"] = list(there.values_list("elector", flat=True))
