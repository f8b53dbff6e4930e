"""Who was asked to write with the author, and what they answered."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Person
from proposals.models.proposals import Proposal
from proposals.querysets import InvitationQuerySet


class Invitation(models.Model):
    """An *ajakan* to be a co-author: nobody's name stands under a text without their word."""

    class State(models.TextChoices):
        OPEN = "open", _("Menunggu jawaban")
        ACCEPTED = "accepted", _("Diterima")
        DECLINED = "declined", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Dibatalkan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("rekan kerja")
    )
    state = models.CharField(_("jawaban"), max_length=9, choices=State, default=State.OPEN)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted", "declined", "withdrawn"]),
                name="invitation_state",
                violation_error_message=_("Jawaban atas ajakan tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="invitation_answered_at",
                violation_error_message=_("Ajakan yang dijawab menyebut waktunya."),
            ),
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=Q(state="open"),
                name="invitation_open_once",
                violation_error_message=_("Rekan ini sudah diajak dan belum menjawab."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
