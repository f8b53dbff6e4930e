"""A wording that a colleague suggests, and how it enters the text."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.verdict import Refused
from notices.actions import told
from people.models import Person
from people.names import refuse_names
from proposals.actions.comments import comment_add, disposition_give
from proposals.actions.moves import followers_tell, proposal_locked, standing_in
from proposals.actions.revisions import revision_append
from proposals.models import Comment, Disposition, Proposal
from proposals.rules import may_adopt_wording
from proposals.text import text_content
from proposals.wording import SUGGESTIBLE, wording_of, wording_value


def suggestion_add(
    *,
    actor: Person,
    proposal: Proposal,
    field: str,
    wording: str,
    body: str,
    is_unnamed: bool = False,
    submission: UUID,
    now: datetime,
) -> Comment:
    """Suggest a canonical `wording` for a field of the latest revision, with the reason as `body`.

    Raises Refused, ValidationError.
    """
    return comment_add(
        actor=actor,
        proposal=proposal,
        kind=Comment.Kind.SUGGESTION,
        field=field,
        wording=wording,
        body=body,
        is_unnamed=is_unnamed,
        submission=submission,
        now=now,
    )


@transaction.atomic
def suggestion_adopt(
    *, actor: Person, comment: Comment, wording: str, reason: str, based_on: int, now: datetime
) -> Disposition:
    """Make a suggested wording, or `wording` after it, a revision that credits who suggested it.

    `based_on` is the number of the revision that the writer looked at. A working copy is kept: who
    opens it next sees both texts.

    Raises Refused where the text is frozen, a newer revision came in between or the suggestion was
    answered, ValidationError where the field would not change.
    """
    proposal = proposal_locked(comment.proposal_id)
    comment = Comment.objects.for_thread().get(pk=comment.pk)
    may_adopt_wording(standing_in(proposal, actor, now=now), comment).require()
    latest = proposal.revisions.latest("number")
    if latest.number != based_on:
        raise Refused(
            _("Revisi %(number)d sudah disimpan lebih dulu; periksa kembali sebelum memuatnya.")
            % {"number": latest.number}
        )
    field = SUGGESTIBLE[comment.field]
    before = wording_of(field, text_content(proposal.record))
    if before == wording:
        raise ValidationError({"wording": _("Teksnya sudah berbunyi demikian.")})
    refuse_names("reason", reason)
    if wording != comment.wording and not reason.strip():
        raise ValidationError({"reason": _("Jelaskan mengapa rumusan yang diusulkan Anda ubah.")})
    revision = revision_append(
        proposal,
        proposal.record,
        fields={field.name: wording_value(field, wording)},
        author=actor,
        reason=reason.strip() or told("Memuat usulan rumusan."),
        now=now,
    )
    followers_tell(
        proposal,
        told(
            "Revisi %(number)d usulan “%(title)s” memuat sebuah usulan rumusan.",
            number=revision.number,
            title=proposal.record.name,
        ),
        but=actor,
        now=now,
    )
    return disposition_give(
        actor=actor,
        proposal=proposal,
        comment=comment,
        outcome=Disposition.Outcome.ADOPTED,
        revision=revision,
        reason=reason.strip(),
        now=now,
    )
