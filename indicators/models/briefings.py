"""What each person is told of a publication, and what they answered."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indicators.models.publications import Publication
from indicators.querysets import BriefingQuerySet, DeliveryQuerySet, QuestionQuerySet
from indicators.shapes import validate_text
from people.models import Person, Unit


class Delivery(models.Model):
    """That the people whom a publication measures wait to be told, and how far telling has come.

    It is made with the publication, in one transaction, and worked off in batches by the order of
    the people's keys: `last_person` was looked at last. So a crash loses nobody.
    """

    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, primary_key=True, related_name="delivery"
    )
    queued_at = models.DateTimeField()
    last_person = models.UUIDField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["queued_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("queued_at")),
                name="delivery_finished_after_queued",
                violation_error_message=_("Pemberitahuan selesai sesudah dimulai."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.publication_id)


class Briefing(models.Model):
    """One message to one person about one publication: what changed for them, and their answer.

    `since` is the set that they knew before; None where no set measured them. `unit` is where they
    worked when they were told, by which answers are counted. What changed is computed from the two
    documents whenever it is read: both stand for ever.
    """

    class Response(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", _("Sudah dibaca")
        QUESTIONED = "questioned", _("Ditanyakan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="briefings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="briefings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="briefings")
    since = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="later_briefings"
    )
    created_at = models.DateTimeField()
    response = models.CharField(_("pernyataan"), max_length=12, choices=Response, blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["publication", "unit"], name="briefing_by_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "publication"],
                name="briefing_once",
                violation_error_message=_("Anda sudah diberi tahu tentang set ini."),
            ),
            models.CheckConstraint(
                condition=Q(response__in=["", "acknowledged", "questioned"]),
                name="briefing_response",
                violation_error_message=_("Pernyataan tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(response="", responded_at__isnull=True)
                | (~Q(response="") & Q(responded_at__isnull=False)),
                name="briefing_response_is_whole",
                violation_error_message=_("Pernyataan mencatat waktunya."),
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | ~Q(since=F("publication")),
                name="briefing_since_another",
                violation_error_message=_("Sebuah set dibandingkan dengan set lain."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.response}"


class BriefingQuestion(models.Model):
    """A question about what changed, to the office that composes sets, and its answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="questions")
    body = models.TextField(_("pertanyaan"), max_length=2000, validators=[validate_text])
    asked_at = models.DateTimeField()
    answer = models.TextField(_("jawaban"), max_length=4000, blank=True, validators=[validate_text])
    answered_by = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answered_briefing_questions",
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(body=""),
                name="briefingquestion_body",
                violation_error_message=_("Tulis pertanyaan Anda."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="briefingquestion_answer_is_whole",
                violation_error_message=_("Jawaban mencatat penjawab dan waktunya."),
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]
