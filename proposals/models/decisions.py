"""From the ballot to the decision."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.models import IndicatorVersion
from people.models import Person
from proposals.models.bundles import Bundle
from proposals.models.proposals import Proposal, Revision
from proposals.querysets import DecisionQuerySet, PollEntryQuerySet
from voting.models import Item, Poll


class PollEntry(models.Model):
    """A proposal on a ballot: which revision, as which item of which poll.

    One item asks about one proposal, or about all of a bundle.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="poll_entries")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="poll_entries")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="poll_entries")
    bundle = models.ForeignKey(
        Bundle, null=True, blank=True, on_delete=models.PROTECT, related_name="poll_entries"
    )
    dispositions = models.JSONField(default=list)  # as the provenance of a published set tells them

    objects = PollEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "poll"],
                name="pollentry_once",
                violation_error_message=_("Usulan ini sudah ada di surat suara."),
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(bundle__isnull=True),
                name="pollentry_item_once",
                violation_error_message=_("Satu butir memuat satu usulan atau satu paket."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} pada {self.poll_id}"

    def has_elector(self, person: Person) -> bool:
        """Whether a person is on the roll of this ballot's poll. One query."""
        return self.poll.elector_of(person) is not None


class Protest(models.Model):
    """A *sanggah* against the procedure of a vote, and the facilitator's answer."""

    class Outcome(models.TextChoices):
        DISMISSED = "dismissed", _("Tidak dikabulkan")
        VOTE_AGAIN = "vote_again", _("Pemungutan suara ulang")
        RETURNED = "returned", _("Dikembalikan untuk perbaikan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="protests")
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protests")
    body = models.TextField(_("sanggahan"), max_length=4000)
    created_at = models.DateTimeField()
    outcome = models.CharField(_("jawaban"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("alasan jawaban"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="answered_protests"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["", "dismissed", "vote_again", "returned"]),
                name="protest_outcome",
                violation_error_message=_("Jawaban sanggahan tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome="", answer="", answered_by__isnull=True, answered_at__isnull=True
                )
                | (
                    ~Q(outcome="")
                    & ~Q(answer="")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
                name="protest_answer_is_whole",
                violation_error_message=_("Jawaban sanggahan memuat alasan."),
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]


class Decision(models.Model):
    """What the head decided after the vote, with the reason that everyone reads."""

    class Kind(models.TextChoices):
        ADOPT = "adopt", _("Tetapkan")
        RETURN = "return", _("Kembalikan untuk perbaikan")
        REJECT = "reject", _("Tolak")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField(PollEntry, on_delete=models.PROTECT, related_name="decision")
    kind = models.CharField(_("keputusan"), max_length=6, choices=Kind)
    reason = models.TextField(_("alasan"), max_length=4000)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField()
    version = models.OneToOneField(
        IndicatorVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="decision"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="adopt", version__isnull=False)
                | (Q(kind__in=["return", "reject"]) & Q(version__isnull=True)),
                name="decision_adopts_a_version",
                violation_error_message=_("Yang ditetapkan menjadi versi indikator."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="decision_reason",
                violation_error_message=_("Tulis alasannya: semua orang akan membacanya."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
