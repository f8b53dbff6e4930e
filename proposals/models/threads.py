"""What happens to a comment after it was said: corrected, hidden, weighed, read."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.models import Person
from proposals.models.comments import Comment
from proposals.models.proposals import Proposal
from proposals.querysets import ReactionQuerySet, VisitQuerySet
from web.markdown import stored


class CommentVersion(models.Model):
    """A comment as it read before one of its corrections; written once, never changed.

    `replaced_at` is when it was corrected; for a comment under a pseudonym the day alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("nomor"))
    kind = models.CharField(_("jenis tanggapan"), max_length=11, choices=Comment.Kind)
    body = models.TextField(_("tanggapan"), max_length=8000)
    body_html = models.TextField(editable=False)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["comment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "number"],
                name="commentversion_once",
                violation_error_message=_("Nomor versi ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="commentversion_number_positive",
                violation_error_message=_("Nomor versi dimulai dari 1."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "question",
                        "support",
                        "objection",
                        "suggestion",
                        "gaming_risk",
                        "reply",
                    ]
                ),
                name="commentversion_kind",
                violation_error_message=_("Jenis tanggapan tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return f"versi {self.number}"

    @property
    def html(self) -> SafeString:
        """The old text as rendered when it was written."""
        return stored(self.body_html)


class Hiding(models.Model):
    """A comment whose words the facilitator has taken out of sight; the reason stays in its place.

    Showing the comment again deletes the row; both stand in the ledger.
    """

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, primary_key=True, related_name="hiding"
    )
    reason = models.CharField(_("alasan"), max_length=500)
    hidden_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="hiding_reason",
                violation_error_message=_("Tulis alasannya: semua orang akan membacanya."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Reaction(models.Model):
    """What a person thinks of a comment, in a word; shown as a count, never with the name."""

    class Kind(models.TextChoices):
        AGREE = "agree", _("Setuju")
        HELPED = "helped", _("Terbantu")
        DISAGREE = "disagree", _("Tidak setuju")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="reactions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("reaksi"), max_length=8, choices=Kind)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "person"],
                name="reaction_once",
                violation_error_message=_("Anda sudah bereaksi atas tanggapan ini."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["agree", "helped", "disagree"]),
                name="reaction_kind",
                violation_error_message=_("Reaksi ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Mention(models.Model):
    """Somebody named in a comment with an @, and therefore told of it once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "person"],
                name="mention_once",
                violation_error_message=_("Orang ini sudah disebut dalam tanggapan ini."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Visit(models.Model):
    """When a person last looked at a proposal, and when before that: what is new for them alone.

    Pages opened within half an hour are one visit (`actions.visit_keep`), so that a second tab or
    the next page of comments shows the same ones as new.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    visited_before = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"],
                name="visit_once",
                violation_error_message=_("Kunjungan ini sudah tercatat."),
            ),
            models.CheckConstraint(
                condition=Q(visited_before__isnull=True) | Q(visited_before__lte=F("seen_at")),
                name="visit_order",
                violation_error_message=_("Kunjungan sebelumnya mendahului yang terakhir."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.seen_at)
