"""Weights that voters came to, handed in for whoever composes a set."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.models.versions import IndicatorVersion
from indicators.querysets import WeightAdviceQuerySet
from people.models import Unit


class WeightAdvice(models.Model):
    """What a sealed poll by weights says, as sets use it. Written once (triggers refuse changes).

    `result_hash` is that of the sealed result: under it anybody checks what is said here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # the key of the poll
    scope = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="weight_advice")
    title = models.CharField(_("pemungutan suara"), max_length=250)
    url = models.CharField(max_length=200)
    result_hash = models.CharField(max_length=71)
    sealed_at = models.DateTimeField(_("disegel"))

    objects = WeightAdviceQuerySet.as_manager()

    class Meta:
        ordering = ["-sealed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result_hash="") & ~Q(title=""),
                name="weightadvice_checkable",
                violation_error_message=_("Saran bobot menyebut hasil yang menjadi dasarnya."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AdvisedWeight(models.Model):
    """What voters gave one adopted version: the median of their points, and its weight."""

    advice = models.ForeignKey(WeightAdvice, on_delete=models.PROTECT, related_name="weights")
    version = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="advised_weights"
    )
    median_points = models.DecimalField(_("nilai tengah"), max_digits=7, decimal_places=4)
    weight_percent = models.DecimalField(_("bobot (persen)"), max_digits=7, decimal_places=4)

    class Meta:
        ordering = ["advice", "version__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["advice", "version"],
                name="advisedweight_once",
                violation_error_message=_("Indikator ini sudah diberi bobot."),
            ),
            models.CheckConstraint(
                condition=Q(weight_percent__gte=0, weight_percent__lte=100)
                & Q(median_points__gte=0, median_points__lte=100),
                name="advisedweight_range",
                violation_error_message=_("Bobot antara 0 dan 100 persen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.weight_percent}%"
