"""The vote, protests against it, and the decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.forms.comments import check_visible
from proposals.models import (
    Decision,
    Protest,
    Round,
)
from proposals.opening import closing_words
from web.forms import SubmissionForm

DURATIONS = (
    (5, _("5 menit")),
    (15, _("15 menit")),
    (60, _("1 jam")),
    (24 * 60, _("1 hari")),
    (3 * 24 * 60, _("3 hari")),
    (7 * 24 * 60, _("7 hari")),
    (14 * 24 * 60, _("14 hari")),
)


class PollForm(forms.Form):
    """By consensus or by vote, which frozen proposals go on the ballot, and for how long.

    Neither way is chosen beforehand: one is by name, the other as a rule secret.
    """

    method = forms.ChoiceField(
        label=_("cara"),
        choices=[
            (
                "consensus",
                _("Mufakat dulu: setiap pemilih menyatakan sepakat atau keberatan, dengan nama"),
            ),
            ("approve", _("Pemungutan suara: setuju, tidak setuju atau abstain")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "Menurut kebiasaan, mufakat dicari lebih dahulu, dalam rapat atau beberapa hari. Bila "
            "ada keberatan, pemungutan suara menyusul. Langsung memungut suara bila waktu singkat "
            "atau pemilih sulit menyatakan keberatan di depan pimpinan."
        ),
    )

    proposals = forms.MultipleChoiceField(
        label=_("usulan pada surat suara"), widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.TypedChoiceField(
        label=_("lama pemungutan suara"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, frozen: list[Any], round_: Round, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposals"].choices = [  # type: ignore[attr-defined]
            (str(proposal.pk), proposal.record.name) for proposal in frozen
        ]
        self.fields["proposals"].initial = [str(proposal.pk) for proposal in frozen]
        allowed = [choice for choice in DURATIONS if choice[0] >= round_.voting_minutes]
        least = round_.voting_minutes
        if least not in dict(allowed):
            allowed = [(least, _("paling singkat")), *allowed]
        words = closing_words(now=now, minutes=[minutes for minutes, _label in allowed])
        self.fields["minutes"].initial = allowed[0][0]  # what the round's policy asks for
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            (minutes, f"{label}: {words[minutes]}") for minutes, label in allowed
        ]


class RoundPollForm(PollForm):
    """Which proposals are weighed or ranked, and for how long.

    Those of several units, among which a facilitator chooses, carry their unit, and none is chosen
    beforehand: one ballot asks about one unit.
    """

    def __init__(self, *args: Any, frozen: list[Any], round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, frozen=frozen, round_=round_, **kwargs)
        del self.fields["method"]
        if len({proposal.unit_id for proposal in frozen}) > 1:
            field = self.fields["proposals"]
            field.choices = [  # type: ignore[attr-defined]
                (str(proposal.pk), f"{proposal.unit}: {proposal.record.name}")
                for proposal in sorted(frozen, key=lambda each: each.unit.name)
            ]
            field.initial = []


class ProtestForm(SubmissionForm):
    """A protest against the procedure."""

    body = forms.CharField(
        label=_("sanggahan tentang tata cara"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Hanya tentang tata cara, misalnya pemilih tertinggal atau waktu tidak ditaati."
        ),
    )


class DissentForm(SubmissionForm):
    """Why an elector objects to what the vote said."""

    body = forms.CharField(
        label=_("keberatan Anda"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[check_visible],
        help_text=_(
            "Alasan Anda tidak sependapat dengan hasilnya. Diterbitkan bersama indikatornya: "
            "sebut jabatan, bukan nama orang."
        ),
    )
    is_unnamed = forms.BooleanField(
        label=_("sebagai pemilih, tanpa nama saya"),
        required=False,
        help_text=_(
            "Nama Anda tidak disimpan; sesudah dikirim, catatan ini tidak dapat Anda ubah."
        ),
    )


class DissentReadForm(forms.Form):
    """Published, or withheld with a reason."""

    outcome = forms.ChoiceField(
        label=_("catatan ini"),
        choices=[
            ("published", _("Dimuat: tidak menyebut nama orang")),
            ("withheld", _("Tidak dimuat, dengan alasan")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("alasan tidak dimuat"),
        required=False,
        max_length=500,
        help_text=_("Hanya bila tidak dimuat; semua orang membacanya."),
    )


class ProtestAnswerForm(forms.Form):
    """The facilitator's answer to a protest."""

    outcome = forms.ChoiceField(
        label=_("jawaban"), choices=Protest.Outcome, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("alasan jawaban"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecisionForm(forms.Form):
    """The head's decision."""

    kind = forms.ChoiceField(label=_("keputusan"), choices=Decision.Kind, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("alasan"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dibaca semua orang dan diterbitkan: sebut jabatan, bukan nama orang."),
    )
