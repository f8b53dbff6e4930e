"""Two texts of one proposal side by side: what was just typed, and what is kept already.

Both are compared as they stand on the form, field by field, so that nothing has to be valid to be
saved from being overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.models import Person, Unit
from proposals.forms.text import TextForm, texts_of
from proposals.models import Proposal, Revision, SetAside
from web.diff import word_diff

MINE, THEIRS = "mine", "theirs"
# Beside the text: why it was changed. The one who joins two texts tells it for both.
BESIDE = {"reason"}


@dataclass(frozen=True)
class Kept:
    """What is kept of a text now: its working copy, or else its latest revision."""

    texts: dict[str, str]
    edition: int  # 0 where it is a revision
    based_on: int
    saved_by: Person
    saved_at: datetime

    @property
    def is_copy(self) -> bool:
        """Whether it is a working copy, which is no revision yet."""
        return self.edition > 0


@dataclass(frozen=True)
class Difference:
    """One field in which two texts differ, in words; `chosen` is which one to keep, where clear."""

    field: str
    label: str
    mine: str
    theirs: str
    diff: SafeString
    chosen: str


def kept_text(proposal: Proposal, units: list[Unit]) -> Kept:
    """What a text that was just typed is compared with."""
    latest = proposal.revisions.select_related("author").latest("number")
    copy = proposal.kept_copy
    if copy is not None and copy.based_on == latest.number:
        return Kept(copy.fields, copy.edition, latest.number, copy.saved_by, copy.saved_at)
    texts = texts_of(proposal.record, units)
    return Kept(texts, 0, latest.number, latest.author, latest.created_at)


def revision_numbered(proposal: Proposal, number: int) -> Revision | None:
    """A revision by its number, with its text."""
    return proposal.revisions.select_related("text").filter(number=number).first()


def differences(
    typed: Mapping[str, str],
    kept: Kept,
    *,
    started_from: Revision | None,
    units: list[Unit],
    kind: str,
) -> list[Difference]:
    """The fields in which what was typed differs from what is kept, in the order of the form.

    Where only one of the two left the revision that both started from, that one is chosen.
    """
    form = TextForm(units=units, is_revision=True, kind=kind)
    start = texts_of(started_from.text, units) if started_from else {}
    found = []
    for name, field in form.fields.items():
        mine, theirs = (_plain(texts.get(name, "")) for texts in (typed, kept.texts))
        if name in BESIDE or mine == theirs:
            continue
        before = _plain(start[name]) if name in start else None
        shown = [_words(field, text) for text in (mine, theirs)]
        found.append(
            Difference(
                field=name,
                label=str(field.label),
                mine=shown[0],
                theirs=shown[1],
                diff=word_diff(shown[1], shown[0]),
                chosen=THEIRS if mine == before else MINE if theirs == before else "",
            )
        )
    return found


def joined(
    typed: Mapping[str, str], kept: Kept, choices: Mapping[str, str], *, typed_by: Person
) -> tuple[dict[str, str], list[tuple[str, str, Person]]]:
    """One text out of two by `choices` (field → mine or theirs).

    Second, what was not chosen, each as field, text and who typed it.
    """
    fields = dict(typed)
    left_out = []
    for name, choice in choices.items():
        mine, theirs = typed.get(name, ""), kept.texts.get(name, "")
        if choice == THEIRS:
            fields[name] = theirs
        left_out.append((name, theirs, kept.saved_by) if choice == MINE else (name, mine, typed_by))
    fields["reason"] = typed.get("reason", "") or kept.texts.get("reason", "")
    return fields, [one for one in left_out if one[1].strip()]


@dataclass(frozen=True)
class AsideLine:
    """A text that was not chosen, as the form shows it."""

    label: str
    words: str
    row: SetAside


def aside_lines(proposal: Proposal, form: TextForm) -> list[AsideLine]:
    """What was not chosen when texts of a proposal were joined, newest first."""
    return [
        AsideLine(str(field.label), _words(field, row.text), row)
        for row in proposal.set_aside.select_related("typed_by")
        if (field := form.fields.get(row.field)) is not None
    ]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _words(field: forms.Field, text: str) -> str:
    """A field as typed, as a reader sees it: `Makin tinggi makin baik`, `ya`, names of units."""
    if isinstance(field, forms.BooleanField):
        return _("ya") if text else _("tidak")
    if isinstance(field, forms.ModelMultipleChoiceField):
        names = {unit.code: unit.name for unit in field.queryset or ()}
        return "\n".join(names.get(code, code) for code in text.split("\n") if code)
    if isinstance(field, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in field.choices}  # type: ignore[union-attr,misc]
        return labels.get(text, text) if text else ""
    return text
