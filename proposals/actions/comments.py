"""What colleagues say of a text, and what became of it."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ledger.actions import event_record
from notices.actions import follow_add, notice_send, told
from people.models import Person
from people.names import names_in, refuse_names
from proposals.actions.moves import followers_tell, proposal_locked, standing_in
from proposals.actions.search import comment_index
from proposals.mentions import mentioned_in
from proposals.models import (
    Comment,
    CommentVersion,
    Disposition,
    Mention,
    Proposal,
    Revision,
)
from proposals.pseudonyms import crowd_of, day_of, pseudonym_for
from proposals.rules import (
    may_answer,
    may_comment,
    may_copy_paper,
    may_edit,
    may_reply_to_answer,
    may_speak_unnamed,
)
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
    is_unnamed: bool = False,
    submission: UUID,
    now: datetime,
) -> Comment:
    """Say something of the latest revision, or reply; under the own pseudonym if `is_unnamed`.

    `wording` is what a suggestion asks for.

    What is said unnamed leaves no trace of its author: the row knows the day alone, nobody comes
    to follow the proposal by it, and all followers are told, its author among them.
    The same `submission`, or the same words at the same place, again are the same comment.

    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(proposal.pk)
    standing = standing_in(proposal, actor, now=now)
    own = Comment.objects.said_by(actor, standing.pseudonym)
    if existing := own.filter(submission=submission).first():
        return existing
    may_comment(standing).require()
    if is_unnamed:
        may_speak_unnamed(standing, crowd_of(standing)).require()
    validate(body)
    comment = _comment_new(proposal, kind=kind, body=body, field=field, parent=parent, now=now)
    comment.submission = submission
    if wording:
        comment.wording = wording
        comment.wording_html = _wording_html(proposal, field, wording)
    if is_unnamed:
        comment.pseudonym = pseudonym_for(actor, proposal)
        comment.created_at = day_of(now)
    else:
        comment.author = actor
    if existing := _said_before(comment):
        return existing  # sent, gone back, sent again: a new form with the same words
    comment.full_clean()
    comment.save()
    comment_index(comment)
    if not is_unnamed:
        follow_add(actor=actor, topic=proposal.topic, now=now)
    _comment_tell(comment, but=None if is_unnamed else actor)
    _mentions_tell(comment, but=None if is_unnamed else actor, now=comment.created_at)
    return comment


@transaction.atomic
def paper_add(
    *,
    actor: Person,
    proposal: Proposal,
    kind: str,
    body: str,
    field: str,
    origin: str,
    submission: UUID,
    now: datetime,
) -> Comment:
    """Copy a comment that came on paper; `origin` says from which unit or group, never who.

    The facilitator is not its author: it asks for a disposition like any other, which the
    facilitator may give.
    Raises Refused, ValidationError. Source: DESIGN 1 (facilitator).
    """
    proposal = proposal_locked(proposal.pk)
    if existing := Comment.objects.filter(submission=submission, recorded_by=actor).first():
        return existing
    may_copy_paper(standing_in(proposal, actor, now=now)).require()
    validate(body)
    if names_in(origin):
        raise ValidationError({"origin": _("Sebut unit atau kelompoknya, bukan nama orang.")})
    comment = _comment_new(proposal, kind=kind, body=body, field=field, parent=None, now=now)
    comment.submission = submission
    comment.recorded_by, comment.origin = actor, origin.strip()
    if existing := _said_before(comment):
        return existing
    comment.full_clean()
    comment.save()
    comment_index(comment)
    event_record(
        actor=actor.pk,
        action="comment.copied",
        subject=proposal.topic,
        content={"comment": comment.pk},
        now=now,
    )
    _comment_tell(comment, but=actor)
    _mentions_tell(comment, but=actor, now=now)
    return comment


def _comment_new(
    proposal: Proposal, *, kind: str, body: str, field: str, parent: Comment | None, now: datetime
) -> Comment:
    """A comment on the latest revision, without its source and not saved yet."""
    if parent is not None and (parent.proposal_id != proposal.pk or parent.parent_id is not None):
        raise ValidationError(_("Balasan ditulis di bawah tanggapan usulan ini."))
    return Comment(
        proposal=proposal,
        revision=proposal.revisions.latest("number"),
        field=field,
        kind=Comment.Kind.REPLY if parent else kind,
        parent=parent,
        body=body,
        body_html=render(body),
        needs_answer=(
            parent is None and kind in ANSWERED_KINDS and proposal.round.takes_comments(now)
        ),
        created_at=now,
    )


def _said_before(comment: Comment) -> Comment | None:
    """The same words at the same place from the same source, if they stand there already."""
    place = ("revision", "field", "wording", "parent", "body")
    source = ("author", "pseudonym", "recorded_by", "origin")
    same = {name: getattr(comment, name) for name in (*place, *source)}
    given = {name: value for name, value in same.items() if value is not None}
    absent = {f"{name}__isnull": True for name, value in same.items() if value is None}
    return Comment.objects.filter(**given, **absent).first()


def _comment_tell(comment: Comment, *, but: Person | None) -> None:
    """Tell the followers of a new comment, as of the time that its row knows."""
    proposal = comment.proposal
    followers_tell(
        proposal,
        told(
            "%(kind)s baru pada usulan “%(title)s”.",
            kind=comment.get_kind_display,
            title=proposal.record.name,
        ),
        but=but,
        now=comment.created_at,
    )


def _mentions_tell(comment: Comment, *, but: Person | None, now: datetime) -> None:
    """Tell whom a comment names with an @, once each; whoever may comment on it may see it.

    Of a comment under a pseudonym nobody is left out, not even its author: that would show.
    """
    known = set(comment.mentions.values_list("person", flat=True))
    named = [person for person in mentioned_in(comment.body) if person != but]
    new = [person for person in named if person.pk not in known]
    Mention.objects.bulk_create([Mention(comment=comment, person=person) for person in new])
    proposal, author = comment.proposal, comment.author
    text = told("Seorang rekan menyebut Anda pada “%(title)s”.", title=proposal.record.name)
    if author is not None:
        sentence = "%(name)s menyebut Anda pada “%(title)s”."
        text = told(sentence, name=author.name, title=proposal.record.name)
    notice_send(recipients=new, topic=proposal.topic, text=text, url=comment.url, now=now)


@transaction.atomic
def comment_edit(
    *, actor: Person, comment: Comment, kind: str, body: str, now: datetime
) -> Comment:
    """Correct what one said; the old words stay readable beside it.

    The kind stays once somebody replied, and a suggestion stays one. The same words again change
    nothing. Raises Refused, ValidationError.
    """
    proposal = proposal_locked(comment.proposal_id)
    comment = Comment.objects.for_thread().get(pk=comment.pk)
    may_edit(standing_in(proposal, actor, now=now), comment).require()
    validate(body)
    if kind != comment.kind and kind not in kinds_left(comment):
        raise ValidationError({"kind": _("Jenis tanggapan ini tidak dapat diubah lagi.")})
    if (kind, body) == (comment.kind, comment.body):
        return comment
    moment = now if comment.pseudonym_id is None else day_of(now)
    CommentVersion.objects.create(
        comment=comment,
        number=comment.versions.count() + 1,
        kind=comment.kind,
        body=comment.body,
        body_html=comment.body_html,
        replaced_at=moment,
    )
    asks = comment.needs_answer or proposal.round.takes_comments(now)
    comment.kind, comment.body, comment.body_html = kind, body, render(body)
    comment.needs_answer = comment.parent_id is None and kind in ANSWERED_KINDS and asks
    comment.edited_at = moment
    comment.full_clean()
    comment.save(update_fields=["kind", "body", "body_html", "needs_answer", "edited_at"])
    comment_index(comment)
    _mentions_tell(comment, but=comment.author, now=moment)
    return comment


def kinds_left(comment: Comment) -> list[str]:
    """The kinds that a comment may still become: none but its own once somebody replied."""
    fixed = (Comment.Kind.REPLY, Comment.Kind.SUGGESTION)
    if comment.kind in fixed or comment.replies.exists():
        return [comment.kind]
    return [kind for kind in Comment.Kind.values if kind not in fixed]


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
    """Say what became of a comment; the commenter is told. Raises Refused, ValidationError.

    Of a comment under a pseudonym all followers are told: a notice to one would name its author.
    """
    proposal = proposal_locked(comment.proposal_id)
    comment = Comment.objects.for_thread().get(pk=comment.pk)
    may_answer(standing_in(proposal, actor, now=now), comment, outcome).require()
    refuse_names("reason", reason)
    if outcome == Disposition.Outcome.ADOPTED:
        if revision is None or revision.proposal_id != proposal.pk:
            raise ValidationError({"revision": _("Pilih revisi yang memuatnya.")})
        if revision.number <= comment.revision.number:
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
        url=comment.url,
        now=now if comment.pseudonym_id is None else day_of(now),
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
    _answer_tell(proposal, comment, disposition, now=now)
    return disposition


def _answer_tell(
    proposal: Proposal, comment: Comment, disposition: Disposition, *, now: datetime
) -> None:
    values = {
        "kind": comment.get_kind_display,
        "title": proposal.record.name,
        "outcome": lambda: disposition.get_outcome_display().lower(),
    }
    if comment.pseudonym is not None:
        sentence = "%(kind)s %(name)s pada “%(title)s”: %(outcome)s."
        text = told(sentence, **values, name=comment.pseudonym.name)
        followers_tell(proposal, text, but=None, now=now)
        return
    sentence = "%(kind)s Anda pada “%(title)s”: %(outcome)s."
    if comment.is_paper:
        sentence = "%(kind)s dari kertas yang Anda catat pada “%(title)s”: %(outcome)s."
    notice_send(
        recipients=[comment.told_person] if comment.told_person else [],
        topic=proposal.topic,
        text=told(sentence, **values),
        url=comment.url,
        now=now,
    )


def _wording_html(proposal: Proposal, field: str, wording: str) -> str:
    """What a suggestion would change. Raises ValidationError where it changes nothing."""
    if field not in SUGGESTIBLE:
        raise ValidationError({"wording": _("Untuk bagian ini tulis tanggapan biasa.")})
    content = text_content(proposal.record)
    if wording_of(SUGGESTIBLE[field], content) == wording:
        raise ValidationError({"wording": _("Rumusan ini sama dengan teks yang sekarang.")})
    return str(wording_diff(SUGGESTIBLE[field], content, wording))
