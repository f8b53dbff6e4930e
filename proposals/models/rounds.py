"""Rounds: who proposes, for which year, until when, by which rules."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from proposals.querysets import RoundQuerySet


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
