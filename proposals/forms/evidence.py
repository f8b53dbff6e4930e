"""A file behind a text."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from proposals.forms.comments import check_visible
from web.files import MAX_BYTES, accepted_file
from web.forms import SubmissionForm


class EvidenceForm(SubmissionForm):
    """A file, and in words what it shows."""

    caption = forms.CharField(
        label=_("isi berkas"),
        max_length=200,
        validators=[check_visible],
        help_text=_("Apa yang ditunjukkan, misalnya Rekap kohort ibu tahun lalu."),
    )
    file = forms.FileField(
        label=_("berkas"),
        max_length=200,
        help_text=_(
            "PDF, JPEG, PNG, XLSX, atau ODS, paling besar 10 MB. Tempat dan keterangan kamera pada "
            "foto dihapus; nama orang di dalam berkas tidak: tutupi dulu."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.xlsx,.ods"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        uploaded: UploadedFile[bytes] = self.cleaned_data["file"]
        if (uploaded.size or 0) > MAX_BYTES:
            raise ValidationError(_("Berkas lebih besar dari 10 MB."))
        self.content = uploaded.read()
        accepted_file(self.content)
        return uploaded
