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
from proposals.models import Comment, Disposition, Proposal, Revision
from proposals.rules import may_answer, may_comment, may_reply_to_answer
from proposals.text import text_content
from proposals.wording import SUGGESTIBLE, wording_diff, wording_of
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
    wording: str = "",
    parent: Comment | None = None,
    submission: UUID,
    now: datetime,
) -> Comment:
    """Say something of the latest revision, or reply; `wording` is what a suggestion asks for.

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
    said = {
        "revision": revision,
        "field": field,
        "wording": wording,
        "parent": parent,
        "body": body,
    }
    if existing := Comment.objects.filter(author=actor, **said).first():
        return existing  # sent, gone back, sent again: a new form with the same words
    comment = Comment(
        **said,
        submission=submission,
        proposal=proposal,
        kind=Comment.Kind.REPLY if parent else kind,
        author=actor,
        wording_html=_wording_html(proposal, field, wording) if wording else "",
        body_html=render(body),
        needs_answer=(
            parent is None and kind in ANSWERED_KINDS and proposal.round.takes_comments(now)
        ),
        created_at=now,
    )
    comment.full_clean()
    comment.save()
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
    return disposition_give(
        actor=actor,
        proposal=proposal,
        comment=comment,
        outcome=outcome,
        revision=revision if outcome == Disposition.Outcome.ADOPTED else None,
        reason=reason.strip(),
        now=now,
    )


@transaction.atomic
def disposition_reply(*, actor: Person, comment: Comment, reply: str, now: datetime) -> Disposition:
    """Say once that a disposition leaves something unsolved; who gave it is told.

    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(comment.proposal_id)
    comment = Comment.objects.select_related("disposition__given_by").get(pk=comment.pk)
    may_reply_to_answer(standing_in(proposal, actor, now=now), comment).require()
    refuse_names("reply", reply)
    disposition = comment.disposition
    disposition.reply = reply.strip()
    disposition.full_clean()
    disposition.save(update_fields=["reply"])
    notice_send(
        recipients=[disposition.given_by],
        topic=proposal.topic,
        text=told(
            "Penanggap menyatakan belum terselesaikan: %(kind)s pada “%(title)s”.",
            kind=comment.get_kind_display,
            title=proposal.record.name,
        ),
        url=_url(comment),
        now=now,
    )
    return disposition


def disposition_give(
    *,
    actor: Person,
    proposal: Proposal,
    comment: Comment,
    outcome: str,
    revision: Revision | None,
    reason: str,
    now: datetime,
) -> Disposition:
    """Write what became of a comment, and tell the commenter; the proposal is locked, rules asked.

    Raises ValidationError.
    """
    disposition = Disposition(
        comment=comment,
        outcome=outcome,
        revision=revision,
        reason=reason,
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
        url=_url(comment),
        now=now,
    )
    return disposition


def _url(comment: Comment) -> str:
    return reverse("proposals:detail", args=[comment.proposal_id]) + f"#comment-{comment.pk}"


def _wording_html(proposal: Proposal, field: str, wording: str) -> str:
    """What a suggestion would change. Raises ValidationError where it changes nothing."""
    if field not in SUGGESTIBLE:
        raise ValidationError({"wording": _("Untuk bagian ini tulis tanggapan biasa.")})
    content = text_content(proposal.record)
    if wording_of(SUGGESTIBLE[field], content) == wording:
        raise ValidationError({"wording": _("Rumusan ini sama dengan teks yang sekarang.")})
    return str(wording_diff(SUGGESTIBLE[field], content, wording))
