"""Proposals: the text, what was typed, what was saved, and the way through the stages."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models import IndicatorRecord, IndicatorVersion
from indicators.shapes import validate_text
from people.models import Person, Unit
from proposals.models.rounds import Round
from proposals.querysets import ProposalQuerySet
from proposals.stages import Stage

if TYPE_CHECKING:
    from proposals.models.origins import Origin


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
    # Both are fixed when their window begins, so that a holiday added later moves neither.
    freezable_on = models.DateField(null=True, blank=True)  # after the shortest discussion
    objection_until = models.DateTimeField(null=True, blank=True)
    bundle = models.ForeignKey(
        "proposals.Bundle",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
        verbose_name=_("paket"),
    )
    left_bundle_at = models.DateTimeField(null=True, blank=True)  # goes alone since then

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
                condition=~Q(stage="discussion") | Q(freezable_on__isnull=False),
                name="proposal_discussion_has_shortest_end",
                violation_error_message=_("Masa tanggapan mempunyai batas paling singkat."),
            ),
            models.CheckConstraint(
                condition=~Q(stage="objection") | Q(objection_until__isnull=False),
                name="proposal_objection_has_end",
                violation_error_message=_("Masa sanggah mempunyai batas waktu."),
            ),
            models.CheckConstraint(
                condition=Q(bundle__isnull=True, left_bundle_at__isnull=True)
                | (Q(bundle__isnull=False) & Q(kind__in=["amend", "retire"])),
                name="proposal_bundle_carries_over",
                violation_error_message=_("Paket memuat perubahan dan pencabutan indikator saja."),
            ),
        ]

    def __str__(self) -> str:
        return self.record.name

    @property
    def kept_copy(self) -> "WorkingCopy | None":
        """What was typed since the last revision, if anything."""
        return getattr(self, "working_copy", None)

    @property
    def came_from(self) -> "Origin | None":
        """The objection or finding that it came from, if any."""
        return getattr(self, "origin", None)

    @property
    def is_bundled(self) -> bool:
        """Whether it moves together with the others of its bundle."""
        return self.bundle_id is not None and self.left_bundle_at is None

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

    # Of a retirement the record stays as it was; this is what is proposed and discussed.
    retirement_reason = models.TextField(
        _("alasan pencabutan"),
        blank=True,
        validators=[validate_text],
        help_text=_(
            "Mengapa indikator ini tidak dipakai lagi, dan apa yang mengukur hal yang sama "
            "sesudahnya."
        ),
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

    `edition` is counted up by each save and `window` is the page that saved last, so that a second
    tab cannot overwrite unseen. `based_on` is the number of the revision it started from: a copy
    of an older one is compared before it goes on.
    """

    proposal = models.OneToOneField(
        Proposal, on_delete=models.CASCADE, primary_key=True, related_name="working_copy"
    )
    fields = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    based_on = models.PositiveIntegerField(default=1)
    window = models.UUIDField(default=uuid.uuid4)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__gte=1) & Q(based_on__gte=1),
                name="workingcopy_counts",
                violation_error_message=_("Salinan kerja berangkat dari sebuah revisi."),
            ),
        ]

    def __str__(self) -> str:
        return f"salinan kerja {self.proposal_id}"


class SetAside(models.Model):
    """What stood in a field of one of two texts, and was not chosen when they were joined.

    Only writers read it, below their form: nothing that somebody typed is gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="set_aside")
    field = models.CharField(_("bagian"), max_length=40)
    text = models.TextField(_("tulisan"))
    typed_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(field="") & ~Q(text=""),
                name="setaside_says_something",
                violation_error_message=_("Yang disisihkan adalah tulisan sebuah bagian."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.text[:40]}"


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
