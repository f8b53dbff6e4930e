"""The text of a proposal: the working copy that saves itself, and the revisions that stay."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.verdict import Refused
from ledger.actions import event_record
from notices.actions import told
from people.models import Person
from proposals.actions.moves import followers_tell, proposal_locked, standing_in
from proposals.actions.search import text_index
from proposals.models import Comment, Proposal, ProposalRecord, Revision, WorkingCopy
from proposals.rules import may_write
from proposals.text import revision_digest, text_content


@transaction.atomic
def working_copy_save(
    *, actor: Person, proposal: Proposal, fields: Mapping[str, str], edition: int, now: datetime
) -> WorkingCopy:
    """Keep what was typed, as typed. `edition` is the one that the page was filled from (0: none).

    Raises Refused where the text is frozen, and where somebody saved in the meantime: nothing
    typed elsewhere is overwritten unseen.
    """
    proposal = proposal_locked(proposal.pk)
    may_write(standing_in(proposal, actor, now=now)).require()
    copy = WorkingCopy.objects.filter(proposal=proposal).first()
    if (copy.edition if copy else 0) != edition:
        raise Refused(
            _("Teks ini disimpan di jendela lain; muat ulang halaman untuk melihat keduanya.")
        )
    if copy is None:
        copy = WorkingCopy(proposal=proposal, edition=0)
    copy.fields, copy.saved_by, copy.saved_at = dict(fields), actor, now
    copy.edition += 1
    copy.save()
    return copy


@transaction.atomic
def revision_save(
    *,
    actor: Person,
    proposal: Proposal,
    fields: Mapping[str, object],
    reason: str,
    based_on: int,
    now: datetime,
) -> Revision:
    """Make a revision of what was written; `based_on` is the number of the one it started from.

    Raises Refused where the text is frozen or a newer revision came in between, ValidationError
    where nothing changed, a value is out of range, or a reason is missing after the first comment.
    """
    proposal = proposal_locked(proposal.pk)
    may_write(standing_in(proposal, actor, now=now)).require()
    latest = proposal.revisions.latest("number")
    if latest.number != based_on:
        raise Refused(
            _("Revisi %(number)d sudah disimpan lebih dulu; bandingkan sebelum menyimpan lagi.")
            % {"number": latest.number}
        )
    if not reason.strip() and Comment.objects.filter(proposal=proposal).exists():
        raise ValidationError(
            {"reason": _("Tulis alasan perubahan: usulan ini sudah ditanggapi rekan Anda.")}
        )
    revision = revision_append(
        proposal, proposal.record, fields=fields, author=actor, reason=reason.strip(), now=now
    )
    WorkingCopy.objects.filter(proposal=proposal).delete()
    if proposal.submitted_at:
        followers_tell(
            proposal,
            told(
                "Revisi %(number)d usulan “%(title)s” disimpan.",
                number=revision.number,
                title=proposal.record.name,
            ),
            but=actor,
            now=now,
        )
    return revision


def revision_append(
    proposal: Proposal,
    record: ProposalRecord,
    *,
    fields: Mapping[str, object],
    author: Person,
    reason: str,
    now: datetime,
) -> Revision:
    """Write a text, its history row and the revision that points at it; the proposal is locked.

    Raises ValidationError where nothing changed or a value breaks a constraint.
    """
    is_first = record._state.adding
    before = None if is_first else text_content(record)
    for name, value in fields.items():
        setattr(record, name, value)
    record.full_clean()
    if text_content(record) == before:
        raise ValidationError(_("Tidak ada yang berubah sejak revisi terakhir."))
    # What django-simple-history writes into the row of this save.
    for name, value in (
        ("_change_reason", reason or None),
        ("_history_user", author),
        ("_history_date", now),
    ):
        setattr(record, name, value)
    record.save(force_insert=is_first)
    last = proposal.revisions.order_by("-number").first()
    revision = Revision.objects.create(
        proposal=proposal,
        number=last.number + 1 if last else 1,
        author=author,
        reason=reason,
        digest=revision_digest(proposal, record),
        text=record.history.latest(),
        created_at=now,
    )
    text_index(proposal)
    event_record(
        actor=author.pk,
        action="proposal.revised",
        subject=proposal.topic,
        content={"revision": revision.number, "digest": revision.digest},
        now=now,
    )
    return revision
