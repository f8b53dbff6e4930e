"""A proposal with its whole debate as one document: the source of JSON, XLSX and the printed page.

It holds what its reader may see on the pages: no NIP, no e-mail address, and never a ballot. The
keys are documented in docs/debate.md and stay; what changes their meaning raises the schema's
number.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core.numbers import format_number
from indicators.reach import Staff
from indicators.record import FIELDS, text_of
from proposals.history import history_of
from proposals.models import Comment, Decision, PollEntry, Proposal
from proposals.overview import field_label
from proposals.shown import (
    comment_author_label,
    comment_shown_body,
    comment_shown_time,
    comment_shown_wording,
    whole_debate,
)
from proposals.text import WEIGHT, text_content
from voting.results import ItemResult, PollResult, result_of

SCHEMA = "martahi.proposal-debate/1"

type Document = dict[str, Any]


def debate_document(proposal: Proposal) -> Document:
    """The text, its revisions, all that was said and decided; a fixed number of queries."""
    history = history_of(proposal)
    return {
        "schema": SCHEMA,
        "proposal": _proposal(proposal),
        "text": _text(proposal, history.staff),
        "revisions": [
            {
                "number": step.revision.number,
                "author": step.revision.author.name,
                "at": _moment(step.revision.created_at),
                "reason": step.revision.reason,
                "digest": step.revision.digest,
                "changes": [
                    {
                        "field": item.change.field,
                        "label": item.change.label,
                        "before": item.change.old_text,
                        "after": item.change.new_text,
                    }
                    for item in step.changes
                ],
            }
            for step in reversed(history.steps)
        ],
        "comments": [_comment(*said) for said in whole_debate(proposal)],
        "reviews": [
            {
                "reviewer": review.reviewer.name,
                "revision": review.revision.number,
                "at": _moment(review.given_at),
                "answers": {
                    answer.item: {"verdict": answer.verdict, "reason": answer.reason}
                    for answer in review.answers.all()
                },
            }
            for review in proposal.reviews.for_summary()
        ],
        "stage_changes": [
            {
                "from": change.from_stage,
                "to": change.to_stage,
                "by": change.by.name if change.by else None,
                "reason": change.reason,
                "at": _moment(change.at),
            }
            for change in proposal.stage_changes.select_related("by")
        ],
        "protests": [
            {
                "author": protest.author.name,
                "body": protest.body,
                "at": _moment(protest.created_at),
                "outcome": protest.outcome or None,
                "answer": protest.answer,
            }
            for protest in proposal.protests.select_related("author")
        ],
        "polls": [_poll(*vote) for vote in votes_on(proposal)],
        "decisions": [
            {
                "kind": decision.kind,
                "reason": decision.reason,
                "by": decision.decided_by.name,
                "at": _moment(decision.decided_at),
            }
            for decision in decisions_on(proposal)
        ],
    }


def _proposal(proposal: Proposal) -> Document:
    return {
        "id": str(proposal.pk),
        "kind": proposal.kind,
        "amends": proposal.amends.code if proposal.amends else None,
        "stage": proposal.stage,
        "round": proposal.round.title,
        "unit": proposal.unit.name,
        "author": proposal.author.name,
        "coauthors": [person.name for person in proposal.coauthors.all()],
        "submitted_at": _moment(proposal.submitted_at),
    }


def _text(proposal: Proposal, staff: Staff) -> list[Document]:
    """The latest text, field by field in words, with what is not written yet left out."""
    content = text_content(proposal.record)
    lines = [
        (name, field.label, text_of(field, content, unit_names=staff.tree.names))
        for name, field in FIELDS.items()
    ]
    weight = proposal.record.proposed_weight_percent
    if weight is not None:
        lines.append((WEIGHT, field_label(WEIGHT), f"{format_number(weight)} persen"))
    return [{"field": name, "label": label, "text": text} for name, label, text in lines if text]


def _comment(comment: Comment, replies: list[Comment]) -> Document:
    answer = comment.answer
    return {
        "id": str(comment.pk),
        "kind": comment.kind,
        "field": comment.field or None,
        "revision": comment.revision.number,
        "author": comment_author_label(comment),
        "at": comment_shown_time(comment),
        "body": comment_shown_body(comment),
        "wording": comment_shown_wording(comment) or None,
        "needs_answer": comment.needs_answer,
        "disposition": answer
        and {
            "outcome": answer.outcome,
            "revision": answer.revision and answer.revision.number,
            "reason": answer.reason,
            "reply": answer.reply or None,
            "by": answer.given_by.name,
            "at": _moment(answer.given_at),
        },
        "replies": [
            {
                "id": str(reply.pk),
                "author": comment_author_label(reply),
                "at": comment_shown_time(reply),
                "body": comment_shown_body(reply),
            }
            for reply in replies
        ],
    }


def decisions_on(proposal: Proposal) -> QuerySet[Decision]:
    """Every decision on a proposal, oldest first."""
    decisions = Decision.objects.filter(entry__proposal=proposal).select_related("decided_by")
    return decisions.order_by("decided_at")


def votes_on(proposal: Proposal) -> list[tuple[PollEntry, PollResult | None, ItemResult | None]]:
    """Every ballot that a proposal stood on, oldest first, with what may be shown of its result."""
    votes = []
    for entry in PollEntry.objects.of_proposal(proposal):
        result = result_of(entry.poll)
        found = (one for one in result.items if one.item.pk == entry.item_id) if result else ()
        votes.append((entry, result, next(iter(found), None)))
    return votes


def _poll(entry: PollEntry, result: PollResult | None, told: ItemResult | None) -> Document:
    """The numbers are null before the poll is sealed, and where too few voted to show them."""
    return {
        "id": str(entry.poll_id),
        "item": entry.item.position,
        "revision": entry.revision.number,
        "method": entry.poll.method,
        "state": entry.poll.state,
        "opened_at": _moment(entry.poll.opened_at),
        "closed_at": _moment(entry.poll.closed_at),
        "voided": entry.item.void_reason or None,
        "electors": entry.poll.roll_size,
        "turnout": result and result.turnout,
        "quorum_reached": result and result.quorum_reached,
        "passed": told and told.passed,
        "in_favour": told and told.in_favour,
        "against": told and told.against,
        "abstained": told and told.abstained,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
