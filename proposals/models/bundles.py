"""Bundles: the indicators of a published set, carried over into the next year together."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.models import IndicatorVersion, Publication
from people.models import Person
from proposals.models.rounds import Round
from proposals.querysets import BundleQuerySet


class Bundle(models.Model):
    """A *paket*: proposals that are discussed, voted on and decided together.

    `kept` are the indicators that stay as they are: nothing about them is asked, so they have no
    proposal. A proposal that was taken out keeps naming its bundle (`Proposal.left_bundle_at`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="bundles", verbose_name=_("putaran")
    )
    publication = models.ForeignKey(
        Publication,
        on_delete=models.PROTECT,
        related_name="bundles",
        verbose_name=_("set yang dilanjutkan"),
    )
    title = models.CharField(_("judul paket"), max_length=160)
    author = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="bundles", verbose_name=_("pengusul")
    )
    kept = models.ManyToManyField(
        IndicatorVersion, blank=True, related_name="kept_by", verbose_name=_("tetap seperti semula")
    )
    created_at = models.DateTimeField()

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="bundle_title",
                violation_error_message=_("Tulis judul paketnya."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def topic(self) -> str:
        """The topic text under which people follow it and the ledger names it."""
        return f"proposals.bundle:{self.pk}"
