"""Open ballots (*suara terbuka*): who chose what, by name, each time that it was chosen.

Nothing here belongs to a secret poll: the database refuses such a row (`voting.freezing`), and
every row once the poll is closed. What was chosen before stays: the history is public.
"""

from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from voting.models.poll import Item
from voting.models.roll import Elector
from voting.querysets import OpenBallotQuerySet
from web.markdown import stored, validate

REASON_LENGTH = 2000


class OpenBallot(models.Model):
    """One filled-in ballot of one elector, by the database's clock; the last one counts."""

    elector = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="open_ballots")
    number = models.PositiveIntegerField(_("nomor"))  # of this elector's ballots, from 1
    cast_at = models.DateTimeField(_("diberikan pada"))

    objects = OpenBallotQuerySet.as_manager()

    class Meta:
        ordering = ["elector_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["elector", "number"],
                name="openballot_number_once",
                violation_error_message=_("Surat suara ini sudah tercatat."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="openballot_number",
                violation_error_message=_("Nomor surat suara dimulai dari 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"suara terbuka {self.elector_id}/{self.number}"

    @property
    def said(self) -> dict[str, tuple[str, str]]:
        """Choice and reason of each item, by its key."""
        return {str(line.item_id): (line.choice, line.reason) for line in self.choices.all()}


class OpenChoice(models.Model):
    """What an open ballot says about one item; an objection says why."""

    ballot = models.ForeignKey(OpenBallot, on_delete=models.PROTECT, related_name="choices")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="open_choices")
    choice = models.CharField(_("pilihan"), max_length=10)
    reason = models.TextField(  # Markdown
        _("alasan"), max_length=REASON_LENGTH, blank=True, validators=[validate]
    )
    reason_html = models.TextField(editable=False, blank=True)  # rendered once, on saving

    class Meta:
        ordering = ["ballot_id", "item__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "item"],
                name="openchoice_once",
                violation_error_message=_("Butir ini sudah dijawab."),
            ),
            models.CheckConstraint(
                condition=Q(choice__in=["approve", "reject", "abstain", "agree", "object"]),
                name="openchoice_choice",
                violation_error_message=_("Pilihan ini tidak tersedia."),
            ),
            models.CheckConstraint(
                condition=~Q(choice="object", reason=""),
                name="openchoice_objection_reason",
                violation_error_message=_("Tulis alasan keberatan Anda."),
            ),
        ]

    def __str__(self) -> str:
        return self.choice

    @property
    def reason_shown(self) -> SafeString:
        """The reason as pages show it."""
        return stored(self.reason_html)

    @property
    def words(self) -> str:
        """The choice as voters read it."""
        return self.item.poll.counting.words(self.choice)
