"""Files that stand behind a text: a decree, a register's page, a table of past figures."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Person
from proposals.models.proposals import Proposal
from proposals.querysets import EvidenceQuerySet
from web.files import TYPES, FileType


def evidence_path(evidence: "Evidence", _name: str) -> str:
    """Where the bytes lie: under the random key, without the name that somebody gave them."""
    return f"evidence/{evidence.pk.hex[:2]}/{evidence.pk.hex}"


class Evidence(models.Model):
    """A *berkas bukti* of a proposal; its row stays when the file is removed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="evidence")
    caption = models.CharField(_("isi berkas"), max_length=200)
    name = models.CharField(_("nama berkas"), max_length=120)
    type_name = models.CharField(_("jenis berkas"), max_length=4)
    size_bytes = models.PositiveIntegerField(_("ukuran"))
    digest = models.CharField(max_length=71)  # of the bytes as kept
    file = models.FileField(_("berkas"), upload_to=evidence_path, max_length=120)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="removed_evidence"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        indexes = [models.Index(fields=["proposal", "added_at"], name="evidence_of_proposal")]
        constraints = [
            models.CheckConstraint(
                condition=Q(type_name__in=["PDF", "JPEG", "PNG", "XLSX", "ODS"]),
                name="evidence_type",
                violation_error_message=_("Jenis berkas tidak diterima."),
            ),
            models.CheckConstraint(
                condition=Q(size_bytes__gte=1) & Q(size_bytes__lte=10 * 1024 * 1024),
                name="evidence_size",
                violation_error_message=_("Berkas lebih besar dari 10 MB."),
            ),
            models.CheckConstraint(
                condition=~Q(caption=""),
                name="evidence_caption",
                violation_error_message=_("Tulis apa isi berkas ini."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_by__isnull=False, removed_at__gte=F("added_at")),
                name="evidence_removal_is_whole",
                violation_error_message=_("Yang dihapus menyebut siapa dan kapan."),
            ),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def type(self) -> FileType:
        """What the file is."""
        return TYPES[self.type_name]
