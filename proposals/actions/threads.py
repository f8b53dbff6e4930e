"""What happens to a comment after it was said: hidden, shown again, weighed, read."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, When
from django.utils.translation import gettext as _

from ledger.actions import event_record
from notices.actions import notice_send, told
from people.models import Person
from people.names import refuse_names
from proposals.actions.moves import proposal_locked, standing_in
from proposals.actions.search import comment_index, comment_unindex
from proposals.models import Comment, Hiding, Proposal, Reaction, Visit
from proposals.rules import may_hide, may_react, may_show

VISIT_GAP = timedelta(minutes=30)  # pages opened closer together are one visit


@transaction.atomic
def comment_hide(*, actor: Person, comment: Comment, reason: str, now: datetime) -> Hiding:
    """Take a comment's words out of sight; the reason stays in their place, the author is told.

    Nobody is told of a comment under a pseudonym: a notice would name its author.
    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(comment.proposal_id)
    comment = Comment.objects.for_thread().get(pk=comment.pk)
    may_hide(standing_in(proposal, actor, now=now), comment).require()
    refuse_names("reason", reason)
    hiding = Hiding(comment=comment, reason=reason.strip(), hidden_by=actor, hidden_at=now)
    hiding.full_clean()
    hiding.save(force_insert=True)
    comment_unindex(comment)
    event_record(
        actor=actor.pk,
        action="comment.hidden",
        subject=proposal.topic,
        content={"comment": comment.pk, "reason": hiding.reason},
        now=now,
    )
    sentence = "Tanggapan Anda pada “%(title)s” disembunyikan fasilitator: %(reason)s"
    _source_tell(comment, told(sentence, title=proposal.record.name, reason=hiding.reason), now=now)
    return hiding


@transaction.atomic
def comment_show(*, actor: Person, comment: Comment, now: datetime) -> Comment:
    """Show a hidden comment again; the author is told. Raises Refused."""
    proposal = proposal_locked(comment.proposal_id)
    comment = Comment.objects.for_thread().get(pk=comment.pk)
    may_show(standing_in(proposal, actor, now=now), comment).require()
    Hiding.objects.filter(comment=comment).delete()
    comment_index(comment)
    event_record(
        actor=actor.pk,
        action="comment.shown",
        subject=proposal.topic,
        content={"comment": comment.pk},
        now=now,
    )
    sentence = "Tanggapan Anda pada “%(title)s” ditampilkan kembali."
    _source_tell(comment, told(sentence, title=proposal.record.name), now=now)
    return Comment.objects.for_thread().get(pk=comment.pk)


def _source_tell(comment: Comment, text: str, *, now: datetime) -> None:
    notice_send(
        recipients=[comment.told_person] if comment.told_person else [],
        topic=comment.proposal.topic,
        text=text,
        url=comment.url,
        now=now,
    )


@transaction.atomic
def reaction_set(*, actor: Person, comment: Comment, kind: str, now: datetime) -> None:
    """Say what one thinks of a comment, in a word; an empty `kind` takes it back.

    The same again changes nothing. Nobody is told, and no page names who reacted.
    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(comment.proposal_id)
    comment = Comment.objects.for_thread().get(pk=comment.pk)
    may_react(standing_in(proposal, actor, now=now), comment).require()
    if kind and kind not in Reaction.Kind.values:
        raise ValidationError({"kind": _("Reaksi ini tidak dikenal.")})
    own = Reaction.objects.filter(comment=comment, person=actor)
    if not kind:
        own.delete()
    elif not own.update(kind=kind):
        Reaction.objects.create(comment=comment, person=actor, kind=kind)


@transaction.atomic
def visit_keep(*, actor: Person, proposal: Proposal, now: datetime) -> None:
    """Remember that a person looks at a proposal; after a pause a new visit begins.

    The moment never goes back, so two tabs cannot make seen comments new again.
    """
    visit = Visit.objects.filter(proposal=proposal, person=actor)
    known = visit.filter(seen_at__lte=now).update(
        visited_before=Case(
            When(seen_at__lt=now - VISIT_GAP, then=F("seen_at")), default=F("visited_before")
        ),
        seen_at=now,
    )
    if not known and not visit.exists():
        Visit.objects.bulk_create(
            [Visit(proposal=proposal, person=actor, seen_at=now)],
            ignore_conflicts=True,  # the other tab was first
        )
