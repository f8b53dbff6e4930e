"""What a proposal came from after an indicator was published, and who was told what of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.models import IndicatorVersion, Objection
from proposals.models.proposals import Proposal
from proposals.models.rounds import Round


class Origin(models.Model):
    """The background of a proposal: an objection, or what its indicator's figures show.

    Written once: the text stays as it was when the proposal was made.
    """

    class Kind(models.TextChoices):
        OBJECTION = "objection", _("Keberatan sesudah terbit")
        FINDING = "finding", _("Yang tampak dari realisasi")

    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, primary_key=True, related_name="origin"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    version = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="+")
    objection = models.ForeignKey(
        Objection, null=True, blank=True, on_delete=models.PROTECT, related_name="origins"
    )
    text = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="objection", objection__isnull=False)
                | Q(kind="finding", objection__isnull=True),
                name="origin_names_its_objection",
                violation_error_message=_("Asal usulan menyebut keberatannya, bila ada."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="origin_says_something",
                violation_error_message=_("Latar belakang usulan tidak boleh kosong."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version_id}"


class ReviewReminder(models.Model):
    """That the facilitators were told of a review date: once for each date."""

    version = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="review_reminders"
    )
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "due_on"],
                name="reviewreminder_once",
                violation_error_message=_("Tanggal tinjauan ini sudah diberitahukan."),
            ),
        ]

    def __str__(self) -> str:
        return f"tinjauan {self.version_id} {self.due_on}"


class ObjectionOffer(models.Model):
    """That who objected was told of a round in which the objection can be brought."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="offers")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="objection_offers")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["objection", "round"],
                name="objectionoffer_once",
                violation_error_message=_("Putaran ini sudah ditawarkan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id} → {self.round_id}"
