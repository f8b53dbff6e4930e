"""Forms of what a set changed for somebody: a question to the office, and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.shapes import validate_text
from web.forms import SubmissionForm


class QuestionForm(SubmissionForm):
    """A question about what a set changed, to the office that composed it."""

    body = forms.CharField(
        label=_("pertanyaan Anda"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_text],
        help_text=_(
            "Dijawab oleh fasilitator dari Bagian Organisasi. Yang tampak baginya unit kerja Anda, "
            "bukan nama Anda."
        ),
    )


class AnswerForm(forms.Form):
    """The office's answer."""

    answer = forms.CharField(
        label=_("jawaban"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[validate_text],
    )
