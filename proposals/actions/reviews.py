"""What colleagues find when they hold a text against the checklist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ledger.actions import event_record
from notices.actions import follow_add
from people.models import Person
from proposals.actions.moves import proposal_locked, standing_in
from proposals.checklist import ITEMS
from proposals.models import Proposal, Review, ReviewAnswer
from proposals.rules import may_review


@dataclass(frozen=True)
class Answered:
    """What is said of one criterion, and why."""

    verdict: str
    reason: str = ""


@transaction.atomic
def review_give(
    *,
    actor: Person,
    proposal: Proposal,
    revision_number: int,
    answers: Mapping[str, Answered],
    now: datetime,
) -> Review:
    """Review a text, or replace what one's earlier review says; about the revision that was read.

    Sent twice, it is one review. Raises Refused, ValidationError where a criterion is left out, or
    a *no* gives no reason, and Revision.DoesNotExist.

    Source: DOMAIN 2.3 (checklist on each proposal, ticked with a reason).
    """
    proposal = proposal_locked(proposal.pk)
    may_review(standing_in(proposal, actor, now=now)).require()
    if answers.keys() != ITEMS.keys():
        raise ValidationError(_("Jawab setiap butir telaah."))
    revision = proposal.revisions.get(number=revision_number)
    review, is_new = Review.objects.get_or_create(
        proposal=proposal, reviewer=actor, defaults={"revision": revision, "given_at": now}
    )
    if not is_new:
        review.revision, review.given_at = revision, now
        review.save(update_fields=["revision", "given_at"])
        review.answers.all().delete()
    rows = [
        ReviewAnswer(review=review, item=item, verdict=said.verdict, reason=said.reason.strip())
        for item, said in answers.items()
    ]
    for row in rows:
        row.full_clean(exclude=["review"], validate_unique=False)
    ReviewAnswer.objects.bulk_create(rows)
    follow_add(actor=actor, topic=proposal.topic, now=now)
    event_record(
        actor=actor.pk,
        action="proposal.reviewed",
        subject=proposal.topic,
        content={"review": review.pk, "revision": revision.number},
        now=now,
    )
    return review
