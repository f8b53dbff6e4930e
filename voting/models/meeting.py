"""The meeting (*musyawarah*) at which a poll is talked over, and who of the roll was there.

Head or facilitator keep it while the poll runs and until they lock it for the papers; then it
stands. A secret poll has no attendance.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.models import Person
from voting.models.poll import Poll
from voting.models.roll import Elector
from voting.querysets import MeetingQuerySet
from web.markdown import stored, validate

NOTES_LENGTH = 10_000


class Meeting(models.Model):
    """Where, when and under whom a poll was talked over, and what was said.

    `papers_made_at` is when it was locked for the papers: from then on nothing of it changes.
    """

    poll = models.OneToOneField(
        Poll, on_delete=models.PROTECT, primary_key=True, related_name="meeting"
    )
    place = models.CharField(_("tempat"), max_length=200)
    chair = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="meetings_chaired",
        verbose_name=_("pimpinan rapat"),
    )
    notulis = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="meetings_noted",
        verbose_name=_("notulis"),
    )
    held_from = models.DateTimeField(_("mulai"))
    held_until = models.DateTimeField(_("selesai"))
    agenda = models.TextField(_("susunan acara"), max_length=2000, blank=True)
    notes = models.TextField(  # Markdown
        _("catatan rapat"), max_length=NOTES_LENGTH, blank=True, validators=[validate]
    )
    notes_html = models.TextField(editable=False, blank=True)  # rendered once, on saving
    papers_made_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(place=""),
                name="meeting_place",
                violation_error_message=_("Tulis tempat rapat."),
            ),
            models.CheckConstraint(
                condition=Q(held_until__gt=F("held_from")),
                name="meeting_times",
                violation_error_message=_("Rapat selesai sesudah rapat dimulai."),
            ),
            models.CheckConstraint(
                condition=~Q(chair=F("notulis")),
                name="meeting_chair_and_notulis",
                violation_error_message=_("Pimpinan rapat dan notulis adalah dua orang."),
            ),
        ]

    def __str__(self) -> str:
        return f"rapat {self.poll_id}"

    @property
    def notes_shown(self) -> SafeString:
        """The notes as pages show them."""
        return stored(self.notes_html)


class Attendance(models.Model):
    """Whether one elector was at the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    elector = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="attendance")
    is_present = models.BooleanField(_("hadir"), default=False)

    class Meta:
        ordering = ["meeting_id", "elector_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "elector"],
                name="attendance_once",
                violation_error_message=_("Pemilih ini sudah ada dalam daftar hadir."),
            ),
        ]

    def __str__(self) -> str:
        return f"hadir {self.elector_id}: {self.is_present}"
