"""Who may vote, and where the ballots lie while a poll is open.

Nothing here has a time, a history or an order (RELIABILITY, decisions 1 and 2): who voted stands
on the roll, what was chosen lies encrypted in a box with some 500 others.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Person
from voting.models.poll import Poll
from voting.querysets import ElectorQuerySet


class Box(models.Model):
    """A ballot box: one row that holds all ballots of its electors, encrypted.

    `content` is a Fernet token under the poll's key (`voting.boxes`), `n` the number of ballots.
    Boxes are deleted when the poll is sealed.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="boxes")
    number = models.PositiveIntegerField(_("nomor kotak"))
    is_open = models.BooleanField(_("terbuka"), default=True)
    n = models.PositiveIntegerField(_("jumlah surat suara"), default=0)
    content = models.BinaryField()

    class Meta:
        ordering = ["poll_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "number"],
                name="box_number_once",
                violation_error_message=_("Nomor kotak suara sudah ada."),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="box_number",
                violation_error_message=_("Nomor kotak suara dimulai dari 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"kotak {self.number}"


class Elector(models.Model):
    """One name on the roll. Of a vote it knows only that there was one."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="electors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="elections")
    presence = models.CharField(_("keadaan"), max_length=12, choices=Person.Presence)
    box = models.ForeignKey(Box, null=True, on_delete=models.PROTECT, related_name="electors")
    # Whether what is asked measures this person, as who opened the poll said; for turnout alone.
    is_measured = models.BooleanField(_("diukur"), default=False)
    has_voted = models.BooleanField(_("sudah memilih"), default=False)

    objects = ElectorQuerySet.as_manager()

    class Meta:
        ordering = ["poll_id", "person_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "person"],
                name="elector_once",
                violation_error_message=_("Pegawai ini sudah ada dalam daftar pemilih tetap."),
            ),
            models.CheckConstraint(
                condition=models.Q(presence__in=["present", "on_leave", "transferring"]),
                name="elector_presence",
                violation_error_message=_("Keadaan pegawai tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return f"pemilih {self.person_id}"
