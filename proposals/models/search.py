"""The index by which proposals are found: one row for each stem of a text or a comment."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.stems import LONGEST
from proposals.models.comments import Comment
from proposals.models.proposals import Proposal


class FoundBy(models.Model):
    """A stem by which a proposal is found: of its latest text, or of one comment on it.

    An ordinary table and no engine's own index, so that both databases find the same.
    """

    # A number would tell in which order comments under a pseudonym came among the others.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="found_by")
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="found_by"
    )
    stem = models.CharField(max_length=LONGEST)

    class Meta:
        indexes = [models.Index(fields=["stem", "proposal"], name="foundby_stem")]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "stem"],
                condition=Q(comment__isnull=True),
                name="foundby_text_once",
                violation_error_message=_("Kata ini sudah terdaftar."),
            ),
            models.UniqueConstraint(
                fields=["comment", "stem"],
                condition=Q(comment__isnull=False),
                name="foundby_comment_once",
                violation_error_message=_("Kata ini sudah terdaftar."),
            ),
            models.CheckConstraint(
                condition=~Q(stem=""),
                name="foundby_stem_written",
                violation_error_message=_("Kata yang dicari tidak kosong."),
            ),
        ]

    def __str__(self) -> str:
        return self.stem
