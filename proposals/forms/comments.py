"""What colleagues say, and what becomes of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from indicators.record import FIELDS
from proposals.mentions import mentioned_in
from proposals.models import (
    Comment,
    Disposition,
    Revision,
)
from proposals.rules import Crowd
from web.forms import SubmissionForm

# Kinds that need no more than words; a suggestion has a form of its own.
FREE_KINDS = frozenset(Comment.Kind.values) - {Comment.Kind.REPLY, Comment.Kind.SUGGESTION}


def free_kinds() -> list[tuple[str, str]]:
    """The kinds that people choose from, with their labels."""
    return [(kind, str(label)) for kind, label in Comment.Kind.choices if kind in FREE_KINDS]


def check_visible(text: str) -> None:
    """Refuse a text of invisible characters only, as a phone's paste may bring."""
    if all(unicodedata.category(character)[0] in "ZC" for character in text):
        raise ValidationError(forms.Field.default_error_messages["required"], code="required")


class MentionField(forms.CharField):
    """A colleague's name, completed from a list; `joined` puts it into the words as `@Nama`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=330, label=_("sebut rekan"), **options)
        self.help_text = _("Pilih dari daftar, atau tulis @Nama di dalam tanggapan Anda.")
        self.widget.attrs |= {
            "list": "mention-names",
            "autocomplete": "off",
            "hx-post": reverse_lazy("proposals:mention-names"),  # no name in an address
            "hx-params": "mention",
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#mention-names",
            "hx-swap": "outerHTML",
        }

    def clean(self, value: Any) -> str:
        name = str(super().clean(value)).strip().removeprefix("@")
        if name and not mentioned_in(f"@{name}"):
            raise ValidationError(_("Tidak ada rekan bernama demikian; pilih dari daftar."))
        return name


def joined(cleaned: dict[str, Any]) -> dict[str, Any]:
    """A form's fields with the mention at the end of its words, unless it stands there already."""
    name = cleaned.pop("mention", "")
    body = cleaned.get("body", "")
    if name and f"@{name}" not in body:
        cleaned["body"] = f"{body}\n\n@{name}"
    return cleaned


class CommentForm(SubmissionForm):
    """A comment on the whole or on a field of the text."""

    kind = forms.ChoiceField(
        label=_("jenis tanggapan"),
        choices=free_kinds,
    )
    field = forms.ChoiceField(label=_("tentang bagian"), required=False)
    body = forms.CharField(
        label=_("tanggapan"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[check_visible],
    )
    mention = MentionField()
    is_unnamed = forms.BooleanField(label=_("pakai nama samaran"), required=False)

    def __init__(
        self, *args: Any, first: Sequence[str] = (), crowd: Crowd | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        ordered = [*(name for name in first if name in FIELDS), *FIELDS]
        choices = [(name, FIELDS[name].label) for name in dict.fromkeys(ordered)]
        self.fields["field"].choices = [("", _("Seluruh usulan")), *choices]  # type: ignore[attr-defined]
        offer_pseudonym(self, crowd)

    def clean(self) -> dict[str, Any]:
        return joined(super().clean() or {})


def offer_pseudonym(form: forms.Form, crowd: Crowd | None) -> None:
    """Say who could have written it where a pseudonym is offered (`crowd`); else offer none.

    The box that is not offered stays in the data: the action refuses it with its reason.
    """
    box = form.fields["is_unnamed"]
    if crowd is None:
        box.widget = forms.HiddenInput()
        return
    box.help_text = ngettext(
        "Nama dan unit Anda tidak tampil, dan jamnya tidak disimpan. Yang dapat menulisnya: "
        "%(count)d pegawai aktif dalam lingkup putaran ini, selain pengusul dan pimpinan yang "
        "memutuskan. Auditor dan administrator dapat membuka nama Anda hanya bersama-sama, "
        "dengan alasan.",
        "Nama dan unit Anda tidak tampil, dan jamnya tidak disimpan. Yang dapat menulisnya: "
        "%(count)d pegawai aktif dalam lingkup putaran ini, selain pengusul dan pimpinan yang "
        "memutuskan. Auditor dan administrator dapat membuka nama Anda hanya bersama-sama, "
        "dengan alasan.",
        crowd.size,
    ) % {"count": crowd.size}


class ReplyForm(SubmissionForm):
    """A reply to a comment."""

    body = forms.CharField(
        label=_("balasan"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[check_visible],
    )
    mention = MentionField()
    is_unnamed = forms.BooleanField(label=_("pakai nama samaran"), required=False)

    def __init__(self, *args: Any, crowd: Crowd | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_pseudonym(self, crowd)

    def clean(self) -> dict[str, Any]:
        return joined(super().clean() or {})


class EditForm(forms.Form):
    """A comment corrected by who said it."""

    kind = forms.ChoiceField(label=_("jenis tanggapan"))
    body = forms.CharField(
        label=_("tanggapan"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[check_visible],
    )

    def __init__(self, *args: Any, comment: Comment, kinds: Collection[str], **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": comment.kind, "body": comment.body}
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.choices = [choice for choice in Comment.Kind.choices if choice[0] in kinds]  # type: ignore[attr-defined]
        if len(kinds) == 1:
            kind.widget = forms.HiddenInput()


class PaperForm(SubmissionForm):
    """A comment that came on paper, as the facilitator copies it."""

    origin = forms.CharField(
        label=_("asal"),
        max_length=120,
        help_text=_("Unit atau kelompok yang menyampaikannya, bukan nama orang."),
    )
    kind = forms.ChoiceField(label=_("jenis tanggapan"))
    field = forms.ChoiceField(label=_("tentang bagian"), required=False)
    body = forms.CharField(
        label=_("isi tanggapan"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[check_visible],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = [(name, field.label) for name, field in FIELDS.items()]
        self.fields["kind"].choices = free_kinds()  # type: ignore[attr-defined]
        self.fields["field"].choices = [("", _("Seluruh usulan")), *fields]  # type: ignore[attr-defined]


class HideForm(forms.Form):
    """Why a comment's words are taken out of sight."""

    reason = forms.CharField(
        label=_("alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tampil di tempat tanggapan itu; penulisnya diberi tahu."),
    )


class AnswerForm(forms.Form):
    """What became of a comment."""

    outcome = forms.ChoiceField(
        label=_("tindak lanjut"), choices=Disposition.Outcome, widget=forms.RadioSelect
    )
    revision = forms.ModelChoiceField(
        queryset=Revision.objects.none(),
        required=False,
        label=_("dimuat dalam revisi"),
        help_text=_("Hanya bila diterima."),
    )
    reason = forms.CharField(
        label=_("alasan"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila tidak diterima. Diterbitkan: sebut jabatan, bukan nama orang."),
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        revisions = comment.proposal.revisions.filter(number__gt=comment.revision.number)
        self.fields["revision"].queryset = revisions.order_by("-number")  # type: ignore[attr-defined]
        if not revisions.exists():
            self.fields["revision"].help_text = _(
                "Belum ada revisi sesudah tanggapan ini. Bila diterima, simpan revisinya dahulu."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome and outcome != Disposition.Outcome.ADOPTED and not cleaned.get("reason"):
            self.add_error("reason", _("Tuliskan alasannya bila tanggapan tidak diterima."))
        return cleaned
