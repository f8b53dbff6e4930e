"""The signed decree by which a set is published, kept with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.models.sets import IndicatorSet
from indicators.querysets import DecreeQuerySet
from web.files import MAX_BYTES


class Decree(models.Model):
    """The PDF of a published set's decision, as its office signed it. Written once (triggers).

    It lies in the database, because it is as much part of what is published as the document that
    carries its digest.
    """

    set = models.OneToOneField(
        IndicatorSet, on_delete=models.PROTECT, primary_key=True, related_name="decree"
    )
    content = models.BinaryField()
    size_bytes = models.PositiveIntegerField(_("ukuran"))
    digest = models.CharField(max_length=71)

    objects = DecreeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(size_bytes__gte=1) & Q(size_bytes__lte=MAX_BYTES),
                name="decree_size",
                violation_error_message=_("Berkas lebih besar dari 10 MB."),
            ),
        ]

    def __str__(self) -> str:
        return self.digest
