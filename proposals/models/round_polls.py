"""What voters are asked about several proposals of a round at once: weights, or a ranking.

Such a poll moves no proposal on; its answer is for whoever composes the set, or opens the vote.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.models import IndicatorVersion
from proposals.models.proposals import Proposal, Revision
from proposals.models.rounds import Round
from proposals.querysets import RoundPollEntryQuerySet, RoundPollQuerySet
from voting.models import Item, Poll


class RoundPoll(models.Model):
    """A poll of a round by weights or ranking."""

    poll = models.OneToOneField(
        Poll, on_delete=models.PROTECT, primary_key=True, related_name="round_poll"
    )
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="round_polls")

    objects = RoundPollQuerySet.as_manager()

    class Meta:
        ordering = ["-poll__opened_at"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.poll_id}"


class RoundPollEntry(models.Model):
    """A proposal as one item of such a poll, and the revision that was asked about."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, primary_key=True)
    round_poll = models.ForeignKey(RoundPoll, on_delete=models.PROTECT, related_name="entries")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="round_poll_entries"
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT)

    objects = RoundPollEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round_poll", "proposal"],
                name="roundpollentry_once",
                violation_error_message=_("Usulan ini sudah ada di surat suara."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} pada {self.round_poll_id}"

    def adopted_version(self) -> IndicatorVersion | None:
        """What was adopted of the proposal; asks nothing of the database after `with_versions`."""
        decisions = (getattr(e, "decision", None) for e in self.proposal.poll_entries.all())
        return next((d.version for d in decisions if d is not None and d.version), None)
