"""Sets as they are composed: adopted versions and their weights, for a scope and a period."""

import uuid
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indicators.models.advice import AdvisedWeight
from indicators.models.versions import IndicatorVersion
from indicators.querysets import IndicatorSetQuerySet, SetEntryQuerySet
from indicators.scoring import KMK, PROFILES
from indicators.shapes import validate_text
from people.models import Person, Unit


class IndicatorSet(models.Model):
    """One set of indicators on its way: drafted and composed by a facilitator, then published.

    All dates are days that still count: `period_until` and `effective_until` are inclusive, as
    decrees write them. Once published, triggers refuse every change.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        COMPOSED = "composed", _("Siap diterbitkan")
        PUBLISHED = "published", _("Terbit")

    class Bump(models.TextChoices):
        """How far a version number moves (semantic versioning, DESIGN 4.3)."""

        MAJOR = "major", _("MAJOR: nilai capaian dapat berubah")
        MINOR = "minor", _("MINOR: ada tambahan")
        PATCH = "patch", _("PATCH: perbaikan redaksi")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    scope = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("lingkup"))
    year = models.PositiveSmallIntegerField(_("tahun kinerja"))
    period_from = models.DateField(_("periode mulai"))
    period_until = models.DateField(_("periode sampai"))
    effective_on = models.DateField(_("berlaku mulai"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    transition_note = models.TextField(
        _("catatan peralihan"),
        blank=True,
        validators=[validate_text],
        help_text=_("Bagaimana angka yang sudah berjalan diperlakukan bila nilai dapat berubah."),
    )
    transition_on = models.DateField(_("tanggal catatan peralihan"), null=True, blank=True)
    withdraws = models.CharField(
        _("versi yang dicabut"),
        max_length=20,
        blank=True,
        help_text=_("Versi terbit yang tidak berlaku lagi sejak versi ini terbit, bila ada."),
    )
    withdrawal_reason = models.TextField(
        _("alasan pencabutan"), blank=True, validators=[validate_text]
    )
    scoring_profile = models.CharField(
        _("profil penilaian"),
        max_length=20,
        choices=[(key, key) for key in PROFILES],
        default=KMK.key,
        help_text=_(
            "KMK menilai sampai 120, juga target dua sisi; LKJIP sampai 100, tanpa target dua sisi."
        ),
    )
    state = models.CharField(_("keadaan"), max_length=9, choices=State, default=State.DRAFT)
    composed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="composed_sets", verbose_name=_("penyusun")
    )
    created_at = models.DateTimeField()
    composed_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(
        _("alasan pengembalian"), blank=True, validators=[validate_text]
    )
    raised_bump = models.CharField(_("kenaikan versi"), max_length=5, choices=Bump, blank=True)
    decision_number = models.CharField(
        _("nomor keputusan"), max_length=120, blank=True, validators=[validate_text]
    )
    decision_dated_on = models.DateField(_("tanggal keputusan"), null=True, blank=True)
    decision_by_office = models.CharField(
        _("pejabat yang memutuskan"), max_length=160, blank=True, validators=[validate_text]
    )
    decree_digest = models.CharField(_("SHA-256 naskah keputusan"), max_length=71, blank=True)
    published_by = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="published_sets",
        verbose_name=_("penerbit"),
    )
    published_at = models.DateTimeField(_("terbit"), null=True, blank=True)

    objects = IndicatorSetQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "composed", "published"]),
                name="indicatorset_state",
                violation_error_message=_("Keadaan set tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(scoring_profile__in=list(PROFILES)),
                name="indicatorset_scoring_profile",
                violation_error_message=_("Profil penilaian tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(raised_bump__in=["", "major", "minor", "patch"]),
                name="indicatorset_raised_bump",
                violation_error_message=_("Kenaikan versi tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2020) & Q(year__lte=2100),
                name="indicatorset_year",
                violation_error_message=_("Tahun kinerja antara 2020 dan 2100."),
            ),
            models.CheckConstraint(
                condition=Q(period_until__gt=F("period_from")),
                name="indicatorset_period",
                violation_error_message=_("Akhir periode harus sesudah awalnya."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_on")),
                name="indicatorset_effective",
                violation_error_message=_("Akhir masa berlaku tidak boleh sebelum awalnya."),
            ),
            models.CheckConstraint(
                condition=Q(transition_note="") | Q(transition_on__isnull=False),
                name="indicatorset_transition_dated",
                violation_error_message=_("Catatan peralihan harus bertanggal."),
            ),
            models.CheckConstraint(
                condition=Q(withdraws="") | ~Q(withdrawal_reason=""),
                name="indicatorset_withdrawal_reason",
                violation_error_message=_("Pencabutan sebuah versi harus beralasan."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(composed_at__isnull=False),
                name="indicatorset_composed_at",
                violation_error_message=_("Set yang siap diterbitkan mencatat waktunya."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (
                    Q(published_by__isnull=False)
                    & Q(published_at__isnull=False)
                    & Q(decision_dated_on__isnull=False)
                    & ~Q(decision_number="")
                    & ~Q(decision_by_office="")
                ),
                name="indicatorset_published_by_decision",
                violation_error_message=_("Set terbit berdasarkan sebuah keputusan."),
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("composed_by")),
                name="indicatorset_two_people",
                violation_error_message=_("Penerbit tidak boleh orang yang menyusun set ini."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.year}"

    def is_running(self, day: date) -> bool:
        """Whether its period has begun by `day`."""
        return day >= self.period_from


class SetEntry(models.Model):
    """An adopted version in a set, with its weight; 0 percent means watched, not scored."""

    set = models.ForeignKey(IndicatorSet, on_delete=models.PROTECT, related_name="entries")
    version = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="set_entries"
    )
    weight_percent = models.DecimalField(
        _("bobot (persen)"),
        max_digits=7,
        decimal_places=4,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    editorial_confirmed = models.BooleanField(
        _("perubahan redaksi dikonfirmasi"),
        default=False,
        help_text=_("Perubahan yang ditandai pengusul sebagai redaksi memang tidak mengubah arti."),
    )
    advised = models.ForeignKey(
        AdvisedWeight,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="set_entries",
        verbose_name=_("bobot dari pemilih"),
    )
    # The voters' weight once more, so that the database itself asks for the reason.
    advised_percent = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    deviation_reason = models.CharField(
        _("alasan berbeda dari bobot pemilih"),
        max_length=500,
        blank=True,
        validators=[validate_text],
    )
    is_published = models.BooleanField(default=False, editable=False)  # frozen with its set

    objects = SetEntryQuerySet.as_manager()

    class Meta:
        ordering = ["set", "version__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["set", "version"],
                name="setentry_version_once",
                violation_error_message=_("Indikator ini sudah ada di dalam set."),
            ),
            models.CheckConstraint(
                condition=Q(weight_percent__gte=0) & Q(weight_percent__lte=100),
                name="setentry_weight_percent",
                violation_error_message=_("Bobot antara 0 dan 100 persen."),
            ),
            models.CheckConstraint(
                condition=Q(advised__isnull=True, advised_percent__isnull=True)
                | Q(advised__isnull=False, advised_percent__isnull=False),
                name="setentry_advised_whole",
                violation_error_message=_("Bobot dari pemilih disimpan utuh."),
            ),
            models.CheckConstraint(
                condition=Q(advised_percent__isnull=True)
                | Q(weight_percent=F("advised_percent"))
                | ~Q(deviation_reason=""),
                name="setentry_deviation_reason",
                violation_error_message=_(
                    "Bobot yang berbeda dari hasil pemungutan suara harus beralasan."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.weight_percent}%"
