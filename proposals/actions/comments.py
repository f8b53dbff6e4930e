"""What colleagues say of a text, and what became of it."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.actions import event_record
from notices.actions import follow_add, notice_send, told
from people.models import Person
from people.names import refuse_names
from proposals.actions.moves import followers_tell, proposal_locked, standing_in
from proposals.actions.search import comment_index
from proposals.models import Comment, Disposition, Proposal, Revision
from proposals.rules import may_answer, may_comment
from web.markdown import render, validate

# Said inside the window, these must be answered before the text is frozen (DESIGN 2).
ANSWERED_KINDS = frozenset(
    {Comment.Kind.QUESTION, Comment.Kind.OBJECTION, Comment.Kind.GAMING_RISK}
)


@transaction.atomic
def comment_add(
    *,
    actor: Person,
    proposal: Proposal,
    kind: str,
    body: str,
    field: str = "",
    parent: Comment | None = None,
    submission: UUID,
    now: datetime,
) -> Comment:
    """Say something of the latest revision, or reply.

    The same `submission`, or the same words at the same place, again are the same comment.

    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(proposal.pk)
    if existing := Comment.objects.filter(submission=submission, author=actor).first():
        return existing
    may_comment(standing_in(proposal, actor, now=now)).require()
    validate(body)
    if parent is not None and (parent.proposal_id != proposal.pk or parent.parent_id is not None):
        raise ValidationError(_("Balasan ditulis di bawah tanggapan usulan ini."))
    revision = proposal.revisions.latest("number")
    said = {"revision": revision, "field": field, "parent": parent, "body": body}
    if existing := Comment.objects.filter(author=actor, **said).first():
        return existing  # sent, gone back, sent again: a new form with the same words
    comment = Comment(
        submission=submission,
        proposal=proposal,
        revision=revision,
        field=field,
        kind=Comment.Kind.REPLY if parent else kind,
        parent=parent,
        author=actor,
        body=body,
        body_html=render(body),
        needs_answer=(
            parent is None and kind in ANSWERED_KINDS and proposal.round.takes_comments(now)
        ),
        created_at=now,
    )
    comment.full_clean()
    comment.save()
    comment_index(comment)
    follow_add(actor=actor, topic=proposal.topic, now=now)
    followers_tell(
        proposal,
        told(
            "%(kind)s baru pada usulan “%(title)s”.",
            kind=comment.get_kind_display,
            title=proposal.record.name,
        ),
        but=actor,
        now=now,
    )
    return comment


@transaction.atomic
def comment_answer(
    *,
    actor: Person,
    comment: Comment,
    outcome: str,
    revision: Revision | None,
    reason: str,
    now: datetime,
) -> Disposition:
    """Say what became of a comment; the commenter is told. Raises Refused, ValidationError."""
    proposal = proposal_locked(comment.proposal_id)
    comment = Comment.objects.select_related("disposition", "author").get(pk=comment.pk)
    may_answer(standing_in(proposal, actor, now=now), comment, outcome).require()
    refuse_names("reason", reason)
    if outcome == Disposition.Outcome.ADOPTED:
        if revision is None or revision.proposal_id != proposal.pk:
            raise ValidationError({"revision": _("Pilih revisi yang memuatnya.")})
        if revision.created_at <= comment.created_at:
            raise ValidationError(
                {"revision": _("Revisi itu lebih tua daripada tanggapannya; simpan revisi dahulu.")}
            )
    disposition = Disposition(
        comment=comment,
        outcome=outcome,
        revision=revision if outcome == Disposition.Outcome.ADOPTED else None,
        reason=reason.strip(),
        given_by=actor,
        given_at=now,
    )
    disposition.full_clean()
    disposition.save(force_insert=True)
    event_record(
        actor=actor.pk,
        action="comment.answered",
        subject=proposal.topic,
        content={"comment": comment.pk, "outcome": outcome},
        now=now,
    )
    notice_send(
        recipients=[comment.author],
        topic=proposal.topic,
        text=told(
            "%(kind)s Anda pada “%(title)s”: %(outcome)s.",
            kind=comment.get_kind_display,
            title=proposal.record.name,
            outcome=lambda: disposition.get_outcome_display().lower(),
        ),
        url=reverse("proposals:detail", args=[proposal.pk]) + f"#comment-{comment.pk}",
        now=now,
    )
    return disposition
