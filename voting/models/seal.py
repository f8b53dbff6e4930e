"""What is kept of a poll for ever: the result, its hashes, and the ballots as far as published.

The tables are written once, in one transaction, sorted by content; afterwards the database refuses
every change (`voting.apps`).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from voting.models.poll import Item, Poll
from voting.querysets import BallotQuerySet


class Seal(models.Model):
    """The result of a poll and the hashes by which it can be checked (`voting.sealing`)."""

    poll = models.OneToOneField(
        Poll, on_delete=models.PROTECT, primary_key=True, related_name="seal"
    )
    result = models.TextField()  # canonical JSON, whose SHA-256 is result_hash
    result_hash = models.CharField(max_length=71)
    ballots_hash = models.CharField(max_length=71)
    receipts_hash = models.CharField(max_length=71)
    roll_hash = models.CharField(max_length=71)
    nonce = models.CharField(max_length=64)  # of ballots_hash; shown only with the ballots
    sealed_at = models.DateTimeField(_("disegel pada"))
    scrubbed_at = models.DateTimeField(_("sisa data dibersihkan pada"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scrubbed_at__isnull=True)
                | models.Q(scrubbed_at__gte=models.F("sealed_at")),
                name="seal_scrubbed_after_sealing",
                violation_error_message=_("Pembersihan dilakukan sesudah penyegelan."),
            ),
        ]

    def __str__(self) -> str:
        return f"segel {self.poll_id}"


class ChoiceCount(models.Model):
    """One distinct choice of an item's column and how many ballots hold it (modes A and C).

    Columns of different items cannot be joined into ballots again: no row names a ballot.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="choice_counts")
    choice = models.CharField(_("pilihan"), max_length=40)
    ballots = models.PositiveIntegerField(_("surat suara"))

    class Meta:
        ordering = ["item_id", "choice"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "choice"],
                name="choice_count_once",
                violation_error_message=_("Pilihan ini sudah dihitung."),
            ),
            models.CheckConstraint(
                condition=models.Q(ballots__gte=1),
                name="choice_count_ballots",
                violation_error_message=_("Hanya pilihan yang ada suaranya yang disimpan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.choice}: {self.ballots}"


class ReceiptCode(models.Model):
    """The code of one ballot that was counted, apart from what it chose (mode A)."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="receipt_codes")
    code = models.CharField(_("kode tanda terima"), max_length=39)

    class Meta:
        ordering = ["poll_id", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "code"],
                name="receipt_code_once",
                violation_error_message=_("Kode tanda terima sudah tercatat."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Ballot(models.Model):
    """One whole ballot without its voter, beside its receipt code (mode B)."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="ballots")
    code = models.CharField(_("kode tanda terima"), max_length=39)
    choices = models.JSONField(_("pilihan"))  # by position of the items, null for a void one

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["poll_id", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "code"],
                name="ballot_code_once",
                violation_error_message=_("Kode tanda terima sudah tercatat."),
            ),
        ]

    def __str__(self) -> str:
        return self.code
