"""What colleagues found when they held a text against the checklist."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Person
from proposals.checklist import ITEMS
from proposals.models.proposals import Proposal, Revision
from proposals.querysets import ReviewQuerySet


class Review(models.Model):
    """A *telaah*: one per person and proposal, about the revision that the person had read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="reviews")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews")
    given_at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "reviewer"],
                name="review_once_per_person",
                violation_error_message=_("Anda sudah menelaah usulan ini; ubah telaah Anda."),
            ),
        ]

    def __str__(self) -> str:
        return f"telaah revisi {self.revision_id}"


class ReviewAnswer(models.Model):
    """What a review says of one criterion of the checklist."""

    class Verdict(models.TextChoices):
        YES = "yes", _("Ya")
        NO = "no", _("Tidak")
        NOT_SURE = "not_sure", _("Belum yakin")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=20)
    verdict = models.CharField(_("penilaian"), max_length=8, choices=Verdict)
    reason = models.CharField(_("alasan"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "item"],
                name="reviewanswer_once_per_item",
                violation_error_message=_("Setiap butir telaah dijawab satu kali."),
            ),
            models.CheckConstraint(
                condition=Q(item__in=list(ITEMS)),
                name="reviewanswer_item",
                violation_error_message=_("Butir telaah tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["yes", "no", "not_sure"]),
                name="reviewanswer_verdict",
                violation_error_message=_("Pilih ya, tidak, atau belum yakin."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict="no") | ~Q(reason=""),
                name="reviewanswer_no_says_why",
                violation_error_message=_("Tulis alasannya bila jawabannya tidak."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.verdict}"
