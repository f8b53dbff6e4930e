"""Life after publication: reviews, what the measured say of an indicator, and objections to it."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from indicators.models.publications import Publication
from indicators.models.versions import IndicatorVersion
from indicators.querysets import ObjectionQuerySet, RatingQuerySet
from indicators.shapes import validate_text
from people.models import Person

LEAST_RATERS = 5  # RELIABILITY, decision 4
LEAST_REASON = 30  # characters: a sentence, not a word


class IndicatorReview(models.Model):
    """Somebody looked at an adopted version again and let it stand; written once.

    A review that finds something to change is an amendment, which makes a version of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="reviews")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("mengapa tetap"), max_length=2000, validators=[validate_text])
    reviewed_on = models.DateField(_("ditinjau"))

    class Meta:
        ordering = ["-reviewed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "reviewed_on"],
                name="indicatorreview_once_a_day",
                violation_error_message=_("Indikator ini sudah ditinjau hari ini."),
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), LEAST_REASON),
                name="indicatorreview_reason",
                violation_error_message=_("Tulis alasannya dalam sedikitnya satu kalimat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.reviewed_on}"


class Rating(models.Model):
    """How far one of the measured controls the result, and how much work the reporting is.

    The person stands here so that nobody rates twice and everyone may change the mind. No page,
    file or export reads a row but the rater's own: what is shown is a `RatingSummary`. There is no
    time in it, and no history.
    """

    class Control(models.IntegerChoices):
        NONE = 1, _("Hampir tidak: hasilnya ditentukan orang atau keadaan lain")
        LITTLE = 2, _("Sedikit")
        HALF = 3, _("Kira-kira setengahnya")
        MUCH = 4, _("Sebagian besar")
        FULL = 5, _("Hampir sepenuhnya di tangan kami")

    class Burden(models.IntegerChoices):
        NONE = 1, _("Hampir tanpa pekerjaan tambahan")
        LITTLE = 2, _("Ringan")
        MEDIUM = 3, _("Sedang")
        HEAVY = 4, _("Berat")
        HUGE = 5, _("Sangat berat: mengganggu pekerjaan pokok")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="ratings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    control = models.PositiveSmallIntegerField(_("kendali atas hasil"), choices=Control)
    burden = models.PositiveSmallIntegerField(_("beban pelaporan"), choices=Burden)
    is_counted = models.BooleanField(default=False)  # as it stands, in the summary that is shown

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                name="rating_once",
                violation_error_message=_("Anda sudah menilai versi ini."),
            ),
            models.CheckConstraint(
                condition=Q(control__in=[1, 2, 3, 4, 5]) & Q(burden__in=[1, 2, 3, 4, 5]),
                name="rating_steps",
                violation_error_message=_("Penilaian antara 1 dan 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"penilaian atas {self.version_id}"


class RatingSummary(models.Model):
    """What is shown of the ratings of a version: how many chose each of the five steps.

    Made anew only when `LEAST_RATERS` ratings are new or changed, so that the difference of two
    summaries is never one person's.
    """

    version = models.OneToOneField(
        IndicatorVersion, on_delete=models.PROTECT, primary_key=True, related_name="rating_summary"
    )
    raters = models.PositiveIntegerField()
    control = models.JSONField()  # five counts, of 1 to 5
    burden = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(raters__gte=LEAST_RATERS),
                name="ratingsummary_raters",
                violation_error_message=_("Penilaian ditunjukkan sesudah lima orang menilai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.raters} penilaian atas {self.version_id}"


class Objection(models.Model):
    """Somebody who is measured by a published version, or answers for it, objects to it.

    What was said is written once. `discussed_at` is the address of a page on which it is being
    discussed, set and taken back by whoever brings it there; `settled_at` ends it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="objections"
    )
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="objections"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="objections")
    reason = models.TextField(_("keberatan Anda"), max_length=4000, validators=[validate_text])
    filed_at = models.DateTimeField(_("disampaikan"))
    discussed_at = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["filed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                condition=Q(settled_at__isnull=True),
                name="objection_once",
                violation_error_message=_("Keberatan Anda atas versi ini sudah tersimpan."),
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), LEAST_REASON),
                name="objection_reason",
                violation_error_message=_("Tulis keberatan Anda dalam sedikitnya satu kalimat."),
            ),
            models.CheckConstraint(
                condition=Q(discussed_at="") | Q(discussed_at__startswith="/"),
                name="objection_discussed_here",
                violation_error_message=_("Keberatan dibahas di halaman situs ini."),
            ),
        ]

    def __str__(self) -> str:
        return f"keberatan atas {self.version_id}"
