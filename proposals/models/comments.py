"""What people said of a text, and what became of it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from indicators.record import FIELDS
from people.models import Person
from proposals.models.proposals import Proposal, Revision
from proposals.models.pseudonyms import Pseudonym
from proposals.querysets import CommentQuerySet
from web.markdown import stored

if TYPE_CHECKING:
    from proposals.models.threads import Hiding


class Comment(models.Model):
    """A *tanggapan*, pinned to a revision and, if wished, to one field of it.

    It has exactly one source: a person by name, a pseudonym, or a paper whose words a facilitator
    copied (`origin` says whose). `created_at` under a pseudonym is the beginning of the day
    (`core.dates`, WIB): the row knows no time that a log could be laid beside.
    A suggestion (*usulan rumusan*) carries the `wording` that it wants for its field, in the form
    of the canonical content, and `wording_html`, its difference to the revision it is pinned to.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("Pertanyaan")
        SUPPORT = "support", _("Dukungan")
        OBJECTION = "objection", _("Keberatan")
        SUGGESTION = "suggestion", _("Usulan rumusan")
        GAMING_RISK = "gaming_risk", _("Risiko diakali")
        REPLY = "reply", _("Balasan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="comments")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    field = models.CharField(_("bagian"), max_length=40, blank=True)
    kind = models.CharField(_("jenis tanggapan"), max_length=11, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    author = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    pseudonym = models.ForeignKey(
        Pseudonym, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    recorded_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="recorded_comments"
    )
    origin = models.CharField(_("asal"), max_length=120, blank=True)
    body = models.TextField(_("tanggapan"), max_length=8000)
    body_html = models.TextField(editable=False)
    wording = models.TextField(_("rumusan"), max_length=4000, blank=True)
    wording_html = models.TextField(editable=False, blank=True)
    needs_answer = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["proposal", "parent", "created_at"], name="comment_thread")]
        constraints = [
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
                name="comment_kind",
                violation_error_message=_("Jenis tanggapan tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="reply") & Q(parent__isnull=False))
                | (~Q(kind="reply") & Q(parent__isnull=True)),
                name="comment_reply_has_parent",
                violation_error_message=_("Balasan menjawab sebuah tanggapan."),
            ),
            models.CheckConstraint(
                condition=Q(needs_answer=False)
                | Q(kind__in=["question", "objection", "gaming_risk"]),
                name="comment_needs_answer_kinds",
                violation_error_message=_(
                    "Hanya pertanyaan, keberatan, dan risiko yang wajib dijawab."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(body=""),
                name="comment_body",
                violation_error_message=_("Tulis tanggapan Anda."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="suggestion") & ~Q(field="") & ~Q(wording=""))
                | (~Q(kind="suggestion") & Q(wording="")),
                name="comment_suggestion_has_wording",
                violation_error_message=_(
                    "Usulan rumusan memuat rumusan baru untuk satu bagian teks."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    author__isnull=False,
                    pseudonym__isnull=True,
                    recorded_by__isnull=True,
                    origin="",
                )
                | Q(
                    author__isnull=True,
                    pseudonym__isnull=False,
                    recorded_by__isnull=True,
                    origin="",
                )
                | (
                    Q(author__isnull=True, pseudonym__isnull=True, recorded_by__isnull=False)
                    & ~Q(origin="")
                ),
                name="comment_one_source",
                violation_error_message=_(
                    "Tanggapan berasal dari satu orang, satu nama samaran, atau selembar kertas."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.body[:40]}"

    @property
    def html(self) -> SafeString:
        """The comment as rendered when it was saved."""
        return stored(self.body_html)

    @property
    def wording_diff(self) -> SafeString:
        """What a suggestion would change, word by word, as rendered when it was saved."""
        return stored(self.wording_html)

    @property
    def field_label(self) -> str:
        """The name of the field that it is about; empty for the whole."""
        return FIELDS[self.field].label if self.field in FIELDS else ""

    @property
    def url(self) -> str:
        """Where it stands: on the page of its thread."""
        thread = reverse("proposals:thread", args=[self.parent_id or self.pk])
        return f"{thread}#comment-{self.pk}"

    @property
    def said_on(self) -> date:
        """The day on which it was said: all that is told of a comment under a pseudonym."""
        return timezone.localdate(self.created_at)

    @property
    def is_paper(self) -> bool:
        """Whether a facilitator copied it from a paper."""
        return self.recorded_by_id is not None

    @property
    def source(self) -> str:
        """Who said it, as everybody is told: a name, a pseudonym, or whose paper it was."""
        if self.author is not None:
            return self.author.name
        return self.pseudonym.name if self.pseudonym is not None else self.origin

    @property
    def told_person(self) -> Person | None:
        """Who hears of what becomes of it: its author, or who copied it from the paper.

        Nobody for a pseudonym: a notice would name its author.
        """
        return self.author or self.recorded_by

    @property
    def hidden(self) -> Hiding | None:
        """Why its words are out of sight, if they are."""
        return getattr(self, "hiding", None)

    @property
    def answer(self) -> Disposition | None:
        """Its disposition, if one was given."""
        return getattr(self, "disposition", None)


class Disposition(models.Model):
    """What became of a comment: adopted in a revision, not adopted because, or out of scope.

    `reply` is the commenter's one answer to it: what is not solved. It has no time of its own.
    """

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("Diterima")
        NOT_ADOPTED = "not_adopted", _("Tidak diterima")
        OUT_OF_SCOPE = "out_of_scope", _("Di luar lingkup")

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, primary_key=True, related_name="disposition"
    )
    outcome = models.CharField(_("tindak lanjut"), max_length=12, choices=Outcome)
    revision = models.ForeignKey(
        Revision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dispositions",
        verbose_name=_("dimuat dalam revisi"),
    )
    reason = models.TextField(_("alasan"), max_length=4000, blank=True)
    reply = models.TextField(_("yang belum terselesaikan"), max_length=2000, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["adopted", "not_adopted", "out_of_scope"]),
                name="disposition_outcome",
                violation_error_message=_("Pilih tindak lanjutnya."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="adopted", revision__isnull=False)
                | (~Q(outcome="adopted") & Q(revision__isnull=True) & ~Q(reason="")),
                name="disposition_says_where_or_why",
                violation_error_message=_(
                    "Yang diterima menyebut revisinya; yang tidak diterima menyebut alasannya."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
