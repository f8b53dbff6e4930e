"""What the deliberation tells of adopted versions, where `indicators` asks (`Accounts`)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from indicators.accounts import Account, OwnWord
from indicators.models import IndicatorVersion
from indicators.units import UnitTree
from people.models import Appointment, Person
from proposals.models import Comment, Decision, PseudonymAuthor, Revision
from proposals.shown import comment_shown_body

MOST_WORDS = 40  # of one's own comment, as a reminder of what was said


class Deliberation:
    """Offices and days of a version's way; a reader's own words that it took up."""

    def of_versions(self, versions: Sequence[IndicatorVersion]) -> Mapping[UUID, Account]:
        """Four queries, however many versions; none of an imported version."""
        decisions = list(
            Decision.objects.filter(version__in=versions)
            .select_related("decided_by__unit", "entry__proposal__author__unit")
            .select_related("entry__proposal__unit")
        )
        proposals = {decision.entry.proposal_id for decision in decisions}
        revisions = dict(
            Revision.objects.filter(proposal__in=proposals)
            .order_by()
            .values_list("proposal")
            .annotate(count=Count("pk"))
        )
        offices = _offices(decisions)
        return {
            decision.version_id: Account(
                proposed_by=decision.entry.proposal.author.office,
                proposed_at=decision.entry.proposal.created_at,
                revisions=revisions[decision.entry.proposal_id],
                decided_by=offices[decision.pk],
                decided_at=decision.decided_at,
                proposal_url=reverse("proposals:detail", args=[decision.entry.proposal_id]),
                result_url=reverse("voting:detail", args=[decision.entry.poll_id]),
            )
            for decision in decisions
            if decision.version_id is not None
        }

    def own_words(self, person: Person, versions: Sequence[IndicatorVersion]) -> list[OwnWord]:
        """Comments and suggestions that a revision of the adopted text took up. Two queries."""
        own = PseudonymAuthor.objects.keys_of(person)
        taken_up = (
            Comment.objects.words_of(person, own)
            .filter(
                disposition__outcome="adopted",
                proposal__poll_entries__decision__version__in=versions,
            )
            .select_related("proposal__record", "hiding")
            .distinct()
            .order_by("created_at", "pk")
        )
        return [
            OwnWord(
                code=comment.proposal.record.code,
                text=Truncator(comment_shown_body(comment)).words(MOST_WORDS),
                url=comment.url,
            )
            for comment in taken_up
        ]


def _offices(decisions: Sequence[Decision]) -> dict[UUID, str]:
    """As head of which unit each was decided: the nearest one at or above the proposing unit."""
    if not decisions:
        return {}
    tree = UnitTree.current()
    held = list(
        Appointment.objects.of_role(Appointment.Role.HEAD)
        .filter(person__in={decision.decided_by_id for decision in decisions})
        .select_related("unit")
    )
    found = {}
    for decision in decisions:
        day, path = localdate(decision.decided_at), tree.path(decision.entry.proposal.unit.code)
        headed = [
            path.index(item.unit.code)
            for item in held
            if item.person_id == decision.decided_by_id
            and item.unit.code in path
            and item.starts_on <= day
            and (item.ends_on is None or day < item.ends_on)
        ]
        found[decision.pk] = (
            _("Kepala %s") % tree.names[path[min(headed)]] if headed else decision.decided_by.office
        )
    return found
