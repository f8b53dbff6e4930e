"""Adopted indicators: one code for ever, and the numbered versions of its text."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.models.record import IndicatorRecord
from indicators.querysets import IndicatorQuerySet, IndicatorVersionQuerySet
from indicators.shapes import validate_code


class Indicator(models.Model):
    """What an indicator code stands for; a code is never used again for another indicator."""

    code = models.CharField(_("kode"), max_length=20, unique=True, validators=[validate_code])
    created_at = models.DateTimeField()

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code=""),
                name="indicator_code",
                violation_error_message=_("Indikator harus berkode."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class IndicatorVersion(IndicatorRecord):
    """An adopted text of an indicator, written once (triggers refuse any change).

    `provenance` tells how it came about, in the form that published sets carry (DESIGN 4.3);
    `editorial_fields` are those whose change against the version before the author marked as
    wording only; `digest` is over the canonical content (`record.digest_of`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("versi"))
    retires = models.BooleanField(_("mencabut indikator"), default=False)
    editorial_fields = models.JSONField(default=list, blank=True)
    provenance = models.JSONField()
    digest = models.CharField(max_length=71)
    adopted_at = models.DateTimeField(_("ditetapkan"))

    objects = IndicatorVersionQuerySet.as_manager()

    class Meta(IndicatorRecord.Meta):
        abstract = False
        ordering = ["indicator", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *IndicatorRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "number"],
                name="indicatorversion_number_once",
                violation_error_message=_("Versi indikator ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="indicatorversion_number_positive",
                violation_error_message=_("Nomor versi dimulai dari 1."),
            ),
            models.CheckConstraint(
                condition=~Q(code=""),
                name="indicatorversion_code",
                violation_error_message=_("Indikator harus berkode."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"
