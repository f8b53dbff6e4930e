"""What people follow, and what they are told."""

import uuid

from django.db import models
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from notices.querysets import FollowQuerySet, NoticeQuerySet
from people.models import Person


class Follow(models.Model):
    """A person who wants to hear of a topic, such as `proposals.proposal:<uuid>`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="follows")
    topic = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "person"],
                name="follow_once",
                violation_error_message=_("Anda sudah mengikuti hal ini."),
            ),
            models.CheckConstraint(
                condition=~models.Q(topic=""),
                name="follow_topic",
                violation_error_message=_("Hal yang diikuti harus disebut."),
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class Notice(models.Model):
    """One sentence to one person, with the page where it leads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    topic = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300)  # a path of this site
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_inbox"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic", "text"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread_once",
                violation_error_message=_("Pemberitahuan ini sudah ada dan belum dibaca."),
            ),
            models.CheckConstraint(
                condition=models.Q(url__startswith="/") & ~models.Q(url__startswith="//"),
                name="notice_local_url",
                violation_error_message=_("Tautan harus menuju halaman situs ini."),
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="notice_text",
                violation_error_message=_("Pemberitahuan harus berisi kalimat."),
            ),
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True)
                | models.Q(read_at__gte=models.F("created_at")),
                name="notice_read_after_created",
                violation_error_message=_("Pemberitahuan dibaca sesudah dibuat."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def leads_inside(self) -> bool:
        """Whether its link is a page of this site, as a browser understands it."""
        return url_has_allowed_host_and_scheme(self.url, allowed_hosts=None)

    @property
    def is_unread(self) -> bool:
        """Whether the person has not opened it yet."""
        return self.read_at is None
