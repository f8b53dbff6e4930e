"""Around a proposal: reasons, colleagues, filters; and rounds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import UnitField
from people.models import Person
from proposals.models import Proposal, Round
from proposals.stages import Stage
from voting.policy import HALF_PLUS_ONE


class ReasonForm(forms.Form):
    """A reason that everyone reads."""

    reason = forms.CharField(
        label=_("alasan"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ColleagueForm(forms.Form):
    """A colleague of the author's unit who is asked to write, too."""

    colleague = forms.ModelChoiceField(queryset=Person.objects.none(), label=_("rekan kerja"))

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        author = proposal.author
        colleagues = Person.objects.active().filter(unit=author.unit_id).exclude(pk=author.pk)
        writing = [person.pk for person in proposal.coauthors.all()]
        self.fields["colleague"].queryset = colleagues.exclude(pk__in=writing)  # type: ignore[attr-defined]


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """A round and its policy; quorum and majority are chosen among those that occur in practice.

    Source: DOMAIN 5.2.
    """

    quorum = forms.ChoiceField(
        label=_("kuorum"),
        choices=[
            (HALF_PLUS_ONE, _("setengah dari daftar pemilih tetap, ditambah satu")),
            ("2/3", _("2/3 dari daftar pemilih tetap")),
            ("3/4", _("3/4 dari daftar pemilih tetap")),
        ],
    )
    majority = forms.ChoiceField(
        label=_("suara terbanyak (lebih dari)"),
        choices=[("1/2", "1/2"), ("2/3", "2/3"), ("3/4", "3/4")],
    )
    is_secret = forms.TypedChoiceField(
        label=_("kerahasiaan suara"),
        choices=[
            ("yes", _("Suara tertutup: tidak seorang pun tahu siapa memilih apa")),
            ("no", _("Suara terbuka: nama dan pilihan terbaca semua pegawai sesudah ditutup")),
        ],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
        help_text=_(
            "Biasanya tertutup, karena yang membuka pemungutan suara sering kali atasan yang "
            "menilai para pemilihnya. Pilih terbuka hanya bila memang disepakati sebelumnya."
        ),
    )

    class Meta:
        model = Round
        fields = [
            "title",
            "scope",
            "year",
            "opens_at",
            "comments_until",
            "closes_at",
            "minimum_discussion_days",
            "voting_minutes",
            "objection_days",
            "quorum",
            "majority",
            "is_secret",
            "publication_mode",
        ]
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            for name in ("opens_at", "comments_until", "closes_at")
        }
        help_texts = {
            "voting_minutes": _("Sehari 1.440 menit; tiga hari 4.320 menit."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, until, closes = (cleaned.get(name) for name in self.Meta.widgets)
        if opens and until and until <= opens:
            self.add_error("comments_until", _("Masa tanggapan berakhir sesudah usulan dibuka."))
        if until and closes and closes < until:
            self.add_error("closes_at", _("Putaran ditutup sesudah masa tanggapan berakhir."))
        return cleaned


# What the list hides behind "more" until it is used.
MORE_FILTERS = ("unit", "kind", "round", "author", "mine", "needs_me")


class FilterForm(forms.Form):
    """How a list of proposals is narrowed."""

    q = forms.CharField(
        label=_("cari"),
        required=False,
        max_length=200,
        help_text=_("Kata dalam teks usulan atau tanggapannya; imbuhan tidak berpengaruh."),
    )
    stage = forms.ChoiceField(label=_("tahap"), required=False)
    unit = UnitField(_("unit pengusul, beserta unit di bawahnya"), required=False)
    kind = forms.ChoiceField(label=_("jenis usulan"), required=False)
    round = forms.ModelChoiceField(
        Round.objects.all(), label=_("putaran"), required=False, empty_label=_("Semua putaran")
    )
    author = forms.CharField(label=_("nama pengusul"), required=False, max_length=120)
    mine = forms.BooleanField(label=_("usulan saya"), required=False)
    needs_me = forms.BooleanField(label=_("perlu tindakan saya"), required=False)
    sort = forms.ChoiceField(
        label=_("urutan"),
        required=False,
        choices=[
            ("latest", _("Perubahan terbaru")),
            ("waiting", _("Paling lama menunggu")),
            ("name", _("Nama")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].empty_label = _("Semua unit")  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Semua jenis")),
            *Proposal.Kind.choices,
        ]
        self.fields["stage"].choices = [("", _("Semua tahap")), *Stage.choices]  # type: ignore[attr-defined]

    @property
    def narrows(self) -> bool:
        """Whether more than the words and the stage is asked for."""
        is_sorted = self["sort"].value() not in (None, "", "latest")
        return is_sorted or any(self[name].value() for name in MORE_FILTERS)
