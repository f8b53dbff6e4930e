"""What voters are asked about several proposals of a round at once: weights, or a ranking.

Such a poll moves no proposal on; its answer is for whoever composes the set, or opens the vote.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from proposals.models.proposals import Proposal, Revision
from proposals.models.rounds import Round
from voting.models import Item, Poll


class RoundPoll(models.Model):
    """A poll of a round by weights or ranking."""

    poll = models.OneToOneField(
        Poll, on_delete=models.PROTECT, primary_key=True, related_name="round_poll"
    )
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="round_polls")

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
