"""Who speaks without a name: the pseudonym, its author in one table alone, and its opening."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Person
from proposals.models.proposals import Proposal
from proposals.querysets import PseudonymAuthorQuerySet, UnsealingQuerySet


class Pseudonym(models.Model):
    """A name under which somebody speaks of one proposal; it knows neither who nor when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="pseudonyms")
    name = models.CharField(_("nama samaran"), max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "name"],
                name="pseudonym_once",
                violation_error_message=_("Nama samaran ini sudah dipakai pada usulan ini."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PseudonymAuthor(models.Model):
    """Who stands behind a pseudonym: the only table that knows. Without a time.

    It is read for the person's own sake (`key_of`), and by the two who open it (`Unsealing`).
    """

    pseudonym = models.OneToOneField(
        Pseudonym, on_delete=models.PROTECT, primary_key=True, related_name="kept_author"
    )
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = PseudonymAuthorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"],
                name="pseudonymauthor_once",
                violation_error_message=_("Satu orang memakai satu nama samaran per usulan."),
            ),
        ]

    def __str__(self) -> str:
        return f"pemilik {self.pseudonym_id}"


class Unsealing(models.Model):
    """An auditor and an administrator who open a pseudonym together, each with a reason."""

    class Office(models.TextChoices):
        AUDITOR = "auditor", _("Auditor")
        ADMINISTRATOR = "administrator", _("Administrator kepegawaian")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="unsealings")
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_as = models.CharField(_("diminta sebagai"), max_length=13, choices=Office)
    request_reason = models.TextField(_("alasan permintaan"), max_length=4000)
    requested_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirm_reason = models.TextField(_("alasan persetujuan"), max_length=4000, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = UnsealingQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym"],
                name="unsealing_once",
                violation_error_message=_("Pembukaan nama samaran ini sudah diminta."),
            ),
            models.CheckConstraint(
                condition=Q(requested_as__in=["auditor", "administrator"]),
                name="unsealing_office",
                violation_error_message=_("Nama samaran dibuka auditor dan administrator."),
            ),
            models.CheckConstraint(
                condition=~Q(request_reason=""),
                name="unsealing_reason",
                violation_error_message=_("Tulis alasan pembukaan nama samaran."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, confirm_reason="")
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirm_reason="")
                ),
                name="unsealing_confirmation_is_whole",
                violation_error_message=_("Persetujuan memuat alasan."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("requested_by")),
                name="unsealing_by_two",
                violation_error_message=_("Nama samaran dibuka oleh dua orang."),
            ),
        ]

    def __str__(self) -> str:
        return f"pembukaan {self.pseudonym_id}"

    @property
    def is_confirmed(self) -> bool:
        """Whether both have agreed."""
        return self.confirmed_at is not None
