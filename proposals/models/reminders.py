"""That the electors of a poll were reminded: all of them alike, whoever has voted."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Person
from voting.models import Poll


class Reminder(models.Model):
    """One reminder to the whole roll of a poll, at most one a day; `sent_by` None is the clock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="reminders")
    sent_on = models.DateField()
    sent_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="reminders_sent"
    )

    class Meta:
        ordering = ["poll_id", "sent_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "sent_on"],
                name="reminder_once_a_day",
                violation_error_message=_("Hari ini semua pemilih sudah diingatkan."),
            ),
        ]

    def __str__(self) -> str:
        return f"pengingat {self.poll_id} {self.sent_on}"
