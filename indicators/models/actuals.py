"""What was reported: a unit's figure for an indicator in a period (DESIGN 4.5)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.models.versions import Indicator
from indicators.querysets import ActualQuerySet
from indicators.shapes import PERIODS
from people.models import Unit


class Actual(models.Model):
    """One figure of one unit, in the indicator's own unit of measure; a correction replaces it.

    Figures of units alone: a person's own figure is only ever typed for one answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("unit kerja"))
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="actuals", verbose_name=_("indikator")
    )
    year = models.PositiveSmallIntegerField(_("tahun kinerja"))
    period = models.CharField(_("periode"), max_length=3, blank=True)  # `TW2`; empty: the year
    figure = models.DecimalField(_("realisasi"), max_digits=15, decimal_places=4)
    recorded_at = models.DateTimeField(_("dicatat"))

    objects = ActualQuerySet.as_manager()

    class Meta:
        ordering = ["unit_id", "indicator_id", "year", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "year", "period"],
                name="actual_once",
                violation_error_message=_("Realisasi unit ini untuk periode ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2020) & Q(year__lte=2100),
                name="actual_year",
                violation_error_message=_("Tahun kinerja antara 2020 dan 2100."),
            ),
            models.CheckConstraint(
                condition=Q(period__in=["", *sorted(PERIODS)]),
                name="actual_period",
                violation_error_message=_("Periode ditulis seperti 2026, TW2, S1, atau B03."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator_id} {self.year} {self.period}".rstrip()
