"""The minority report: why an elector objects to what a vote said."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Person
from proposals.models.decisions import PollEntry
from proposals.querysets import DissentQuerySet


class Dissent(models.Model):
    """A *catatan keberatan* on one proposal after its vote, by name or as an elector without one.

    Without a name nothing of its author is kept, and of its time only the day: nobody can be asked
    about it. It is published once it was read for personal names.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu dibaca")
        PUBLISHED = "published", _("Dimuat")
        WITHHELD = "withheld", _("Tidak dimuat")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(PollEntry, on_delete=models.PROTECT, related_name="dissents")
    author = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="dissents"
    )
    body = models.TextField(_("catatan keberatan"), max_length=2000)
    written_on = models.DateField()
    state = models.CharField(
        _("keadaan"), max_length=9, choices=State, default=State.WAITING, editable=False
    )
    read_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="dissents_read"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("alasan tidak dimuat"), max_length=500, blank=True)

    objects = DissentQuerySet.as_manager()

    class Meta:
        ordering = ["entry_id", "id"]  # by random keys: the order tells nothing
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "published", "withheld"]),
                name="dissent_state",
                violation_error_message=_("Keadaan catatan keberatan tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", read_by__isnull=True, read_at__isnull=True)
                | (
                    Q(state__in=["published", "withheld"])
                    & Q(read_by__isnull=False, read_at__isnull=False)
                ),
                name="dissent_reading_is_whole",
                violation_error_message=_("Siapa yang membaca catatan keberatan dicatat."),
            ),
            models.CheckConstraint(
                condition=(Q(state="withheld") & ~Q(reason=""))
                | (~Q(state="withheld") & Q(reason="")),
                name="dissent_withheld_with_a_reason",
                violation_error_message=_("Catatan yang tidak dimuat memerlukan alasan tertulis."),
            ),
            models.CheckConstraint(
                condition=~Q(body=""),
                name="dissent_body",
                violation_error_message=_("Tulis keberatan Anda."),
            ),
            models.UniqueConstraint(
                fields=["entry", "author"],
                condition=Q(author__isnull=False),
                name="dissent_once_by_name",
                violation_error_message=_("Anda sudah menulis catatan keberatan."),
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]
