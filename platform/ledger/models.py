"""What happened: one chain of events, with their contents beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.querysets import EventQuerySet


class Event(models.Model):
    """One link of the chain. It commits to its content, which stands beside it and may be erased.

    `hash` = SHA-256 of the canonical JSON of all other fields (see `chain.event_hash`).
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)  # a Person's key; null: the clock
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)  # <app>.<model>:<key>
    commitment = models.CharField(max_length=71)
    previous_hash = models.CharField(max_length=71)
    hash = models.CharField(max_length=71, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["subject", "-number"], name="event_subject"),
            models.Index(fields=["action", "-number"], name="event_action"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="event_number_positive",
                violation_error_message=_("Nomor peristiwa dimulai dari 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"


class EventContent(models.Model):
    """What an event is about, with the salt that makes its commitment useless for guessing."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="content"
    )
    salt = models.CharField(max_length=64)
    body = models.TextField()  # canonical JSON

    def __str__(self) -> str:
        return f"isi peristiwa {self.event_id}"


class Head(models.Model):
    """The last link; its one row is the lock under which the chain grows."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=71, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="head_one_row",
                violation_error_message=_("Rantai hanya punya satu ujung."),
            ),
        ]

    def __str__(self) -> str:
        return f"ujung rantai: {self.number}"
