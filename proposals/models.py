"""The deliberation: rounds, proposals, their texts and revisions, and what people said of them."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models import IndicatorRecord, IndicatorVersion
from indicators.record import FIELDS
from people.models import Person, Unit
from proposals.querysets import CommentQuerySet, ProposalQuerySet, RoundQuerySet
from proposals.stages import Stage
from voting.models import Item, Poll
from web.markdown import stored


class Round(models.Model):
    """A *putaran*: a scope unit and a performance year, its windows and its policy.

    Windows are half-open: proposals enter in `[opens_at, closes_at)`; what is said before
    `comments_until` has to be answered before a text is frozen. The policy is copied onto each
    poll when it opens, so that a later change touches no running vote.
    """

    class Publication(models.TextChoices):
        COLUMNS = "A", _("A: pilihan per butir, tanpa surat suara utuh")
        BALLOTS = "B", _("B: surat suara anonim beserta kodenya")
        TOTALS = "C", _("C: jumlah saja")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("judul"), max_length=160)
    scope = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("lingkup unit"))
    year = models.PositiveSmallIntegerField(_("tahun kinerja"))
    opens_at = models.DateTimeField(_("usulan dibuka"))
    comments_until = models.DateTimeField(_("masa tanggapan sampai"))
    closes_at = models.DateTimeField(_("putaran ditutup"))
    minimum_discussion_days = models.PositiveSmallIntegerField(
        _("masa tanggapan paling singkat (hari kerja)"), default=3
    )
    objection_days = models.PositiveSmallIntegerField(_("masa sanggah (hari kerja)"), default=3)
    voting_minutes = models.PositiveIntegerField(
        _("pemungutan suara paling singkat (menit)"), default=3 * 24 * 60
    )
    quorum = models.CharField(_("kuorum"), max_length=20, default="half_plus_one")
    majority = models.CharField(_("suara terbanyak (lebih dari)"), max_length=10, default="1/2")
    is_secret = models.BooleanField(_("suara tertutup"), default=True)
    publication_mode = models.CharField(
        _("cara pengumuman"), max_length=1, choices=Publication, default=Publication.COLUMNS
    )
    is_training = models.BooleanField(_("putaran latihan"), default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comments_until__gt=F("opens_at"))
                & Q(closes_at__gte=F("comments_until")),
                name="round_windows_in_order",
                violation_error_message=_("Urutan waktu putaran tidak benar."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2020) & Q(year__lte=2100),
                name="round_year",
                violation_error_message=_("Tahun kinerja antara 2020 dan 2100."),
            ),
            models.CheckConstraint(
                condition=Q(voting_minutes__gte=1) & Q(voting_minutes__lte=60 * 24 * 60),
                name="round_voting_minutes",
                violation_error_message=_("Lama pemungutan suara antara 1 menit dan 60 hari."),
            ),
            models.CheckConstraint(
                condition=Q(publication_mode__in=["A", "B", "C"]),
                name="round_publication_mode",
                violation_error_message=_("Cara pengumuman tidak dikenal."),
            ),
            models.UniqueConstraint(
                fields=["scope", "year", "title"],
                name="round_once",
                violation_error_message=_("Putaran ini sudah ada."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, now: datetime) -> bool:
        """Whether proposals may enter and move."""
        return self.opens_at <= now < self.closes_at

    def takes_comments(self, now: datetime) -> bool:
        """Whether what is said now has to be answered."""
        return self.opens_at <= now < self.comments_until


class Proposal(models.Model):
    """A proposal to make, amend or retire an indicator; its text is its `ProposalRecord`."""

    class Kind(models.TextChoices):
        NEW = "new", _("Indikator baru")
        AMEND = "amend", _("Perubahan indikator")
        RETIRE = "retire", _("Pencabutan indikator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("putaran")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("unit pengusul"))
    author = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("pengusul")
    )
    coauthors = models.ManyToManyField(
        Person, blank=True, related_name="shared_proposals", verbose_name=_("rekan pengusul")
    )
    kind = models.CharField(_("jenis usulan"), max_length=6, choices=Kind, default=Kind.NEW)
    amends = models.ForeignKey(
        IndicatorVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="amendments",
        verbose_name=_("indikator yang diubah"),
    )
    stage = models.CharField(_("tahap"), max_length=10, choices=Stage, default=Stage.DRAFT)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)  # first seen by colleagues
    stage_since = models.DateTimeField()
    objection_until = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-stage_since"]
        indexes = [models.Index(fields=["stage", "-stage_since"], name="proposal_by_stage")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values),
                name="proposal_stage",
                violation_error_message=_("Tahap usulan tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="new") & Q(amends__isnull=True))
                | (Q(kind__in=["amend", "retire"]) & Q(amends__isnull=False)),
                name="proposal_kind_names_its_indicator",
                violation_error_message=_(
                    "Perubahan dan pencabutan menyebut indikatornya; usulan baru tidak."
                ),
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="proposal_submitted_before_discussion",
                violation_error_message=_("Usulan diajukan sebelum ditanggapi."),
            ),
            models.CheckConstraint(
                condition=~Q(stage="objection") | Q(objection_until__isnull=False),
                name="proposal_objection_has_end",
                violation_error_message=_("Masa sanggah mempunyai batas waktu."),
            ),
        ]

    def __str__(self) -> str:
        return self.record.name

    @property
    def kept_copy(self) -> "WorkingCopy | None":
        """What was typed since the last revision, if anything."""
        return getattr(self, "working_copy", None)

    @property
    def topic(self) -> str:
        """The topic text under which people follow it and the ledger names it."""
        return f"proposals.proposal:{self.pk}"


class ProposalRecord(IndicatorRecord):
    """The text of a proposal as of its latest revision; every earlier one is in its history."""

    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, primary_key=True, related_name="record"
    )
    proposed_weight_percent = models.DecimalField(
        _("bobot yang diusulkan (persen)"), max_digits=7, decimal_places=4, null=True, blank=True
    )

    history = HistoricalRecords(custom_model_name="ProposalRecordHistory")

    class Meta(IndicatorRecord.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *IndicatorRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(proposed_weight_percent__isnull=True)
                | (Q(proposed_weight_percent__gte=0) & Q(proposed_weight_percent__lte=100)),
                name="proposalrecord_weight_percent",
                violation_error_message=_("Bobot antara 0 dan 100 persen."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkingCopy(models.Model):
    """What an author has typed but not yet saved as a revision: the form's raw texts.

    `edition` is counted up by each save, so that a second tab cannot overwrite unseen.
    """

    proposal = models.OneToOneField(
        Proposal, on_delete=models.CASCADE, primary_key=True, related_name="working_copy"
    )
    fields = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"salinan kerja {self.proposal_id}"


class Revision(models.Model):
    """A saved text, never changed: it points at the history row that holds its content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("nomor"))
    author = models.ForeignKey(Person, on_delete=models.PROTECT)
    reason = models.CharField(_("alasan perubahan"), max_length=500, blank=True)
    digest = models.CharField(max_length=71)
    text = models.OneToOneField(
        "proposals.ProposalRecordHistory", on_delete=models.PROTECT, related_name="revision"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"],
                name="revision_number_once",
                violation_error_message=_("Nomor revisi ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="revision_number_positive",
                violation_error_message=_("Nomor revisi dimulai dari 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"revisi {self.number}"


class StageChange(models.Model):
    """One move of a proposal, kept for its timeline; `by` is empty where the clock moved it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="stage_changes")
    from_stage = models.CharField(max_length=10, choices=Stage)
    to_stage = models.CharField(max_length=10, choices=Stage)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_stage__in=Stage.values) & Q(to_stage__in=Stage.values),
                name="stagechange_stages",
                violation_error_message=_("Tahap usulan tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=~Q(to_stage__in=["returned", "rejected"]) | ~Q(reason=""),
                name="stagechange_reason",
                violation_error_message=_("Tulis alasannya: semua orang akan membacanya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"


class Comment(models.Model):
    """A *tanggapan*, pinned to a revision and, if wished, to one field of it."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Pertanyaan")
        SUPPORT = "support", _("Dukungan")
        OBJECTION = "objection", _("Keberatan")
        SUGGESTION = "suggestion", _("Saran")
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
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    body = models.TextField(_("tanggapan"), max_length=8000)
    body_html = models.TextField(editable=False)
    needs_answer = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
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
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.body[:40]}"

    @property
    def html(self) -> SafeString:
        """The comment as rendered when it was saved."""
        return stored(self.body_html)

    @property
    def field_label(self) -> str:
        """The name of the field that it is about; empty for the whole."""
        return FIELDS[self.field].label if self.field in FIELDS else ""

    @property
    def answer(self) -> "Disposition | None":
        """Its disposition, if one was given."""
        return getattr(self, "disposition", None)


class Disposition(models.Model):
    """What became of a comment: adopted in a revision, not adopted because, or out of scope."""

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
        verbose_name=_("dimuat dalam revisi"),
    )
    reason = models.TextField(_("alasan"), max_length=4000, blank=True)
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


class PollEntry(models.Model):
    """A proposal on a ballot: which revision, as which item of which poll."""

    item = models.OneToOneField(
        Item, on_delete=models.PROTECT, primary_key=True, related_name="poll_entry"
    )
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="poll_entries")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="poll_entries")
    dispositions = models.JSONField(default=list)  # as the provenance of a published set tells them

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "poll"],
                name="pollentry_once",
                violation_error_message=_("Usulan ini sudah ada di surat suara."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} pada {self.poll_id}"


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
