"""The text of a proposal: the working copy that saves itself, and the revisions that stay."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.verdict import Refused
from ledger.actions import event_record
from notices.actions import told
from people.models import Person
from proposals.actions.moves import followers_tell, proposal_locked, standing_in
from proposals.actions.search import text_index
from proposals.models import Comment, Proposal, ProposalRecord, Revision, SetAside, WorkingCopy
from proposals.rules import may_write
from proposals.text import revision_digest, text_content, text_fields


class Overtaken(Refused):
    """Somebody saved in between: what was typed has to be compared with what is kept now."""


@transaction.atomic
def working_copy_save(
    *,
    actor: Person,
    proposal: Proposal,
    fields: Mapping[str, str],
    edition: int,
    based_on: int,
    window: UUID,
    set_aside: Sequence[tuple[str, str, Person]] = (),
    now: datetime,
) -> WorkingCopy:
    """Keep what was typed, as typed.

    Where two texts were joined, `set_aside` is what was not chosen: field, text, who typed it.
    `edition` is the copy that the page was filled from (0: none), `based_on` the number of the
    revision, `window` the page itself: a page whose last save got lost on the way goes on.
    Raises Refused where the text is frozen, Overtaken where somebody saved in the meantime:
    nothing typed elsewhere is overwritten unseen.
    """
    proposal = proposal_locked(proposal.pk)
    may_write(standing_in(proposal, actor, now=now)).require()
    copy = WorkingCopy.objects.filter(proposal=proposal).first()
    _require_same_start(proposal, copy, edition=edition, based_on=based_on, window=window)
    if copy is None:
        copy = WorkingCopy(proposal=proposal, edition=0)
    copy.fields, copy.saved_by, copy.saved_at = dict(fields), actor, now
    copy.based_on, copy.window = based_on, window
    copy.edition += 1
    copy.save()
    SetAside.objects.bulk_create(
        SetAside(proposal=proposal, field=field, text=text, typed_by=typed_by, at=now)
        for field, text, typed_by in set_aside
    )
    return copy


def _require_same_start(
    proposal: Proposal,
    copy: WorkingCopy | None,
    *,
    edition: int,
    based_on: int,
    window: UUID | None,
) -> None:
    """Raise Overtaken unless a page still stands on what is kept; the proposal is locked."""
    latest = proposal.revisions.latest("number")
    if latest.number != based_on:
        raise Overtaken(
            _("Revisi %(number)d sudah disimpan lebih dulu; bandingkan sebelum menyimpan lagi.")
            % {"number": latest.number}
        )
    if copy is not None and copy.edition != edition and copy.window != window:
        raise Overtaken(_("Teks ini disimpan di jendela lain; bandingkan sebelum menyimpan lagi."))


@transaction.atomic
def revision_save(
    *,
    actor: Person,
    proposal: Proposal,
    fields: Mapping[str, object],
    reason: str,
    based_on: int,
    edition: int = 0,
    window: UUID | None = None,
    now: datetime,
) -> Revision:
    """Make a revision of what was written; `based_on` is the number of the one it started from.

    `edition` and `window` tell the working copy that it comes from, as in `working_copy_save`.
    Raises Refused where the text is frozen, Overtaken where a newer revision or working copy came
    in between, ValidationError where nothing changed, a value is out of range, or a reason is
    missing after the first comment.
    """
    proposal = proposal_locked(proposal.pk)
    may_write(standing_in(proposal, actor, now=now)).require()
    copy = WorkingCopy.objects.filter(proposal=proposal).first()
    _require_same_start(proposal, copy, edition=edition, based_on=based_on, window=window)
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


@transaction.atomic
def revision_restore(
    *,
    actor: Person,
    proposal: Proposal,
    number: int,
    reason: str,
    based_on: int,
    edition: int,
    now: datetime,
) -> Revision:
    """Make the text of an older revision the newest one; nothing of the history is lost.

    `based_on` is the number of the latest revision, `edition` that of the working copy (0: none),
    both as the person saw them: what came in between is never overwritten unseen.

    Raises Refused where the text is frozen or somebody saved in between, ValidationError without
    a reason or where the latest text is the same, Revision.DoesNotExist.
    """
    proposal = proposal_locked(proposal.pk)
    may_write(standing_in(proposal, actor, now=now)).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasan mengembalikan teks lama.")})
    copy = WorkingCopy.objects.filter(proposal=proposal).first()
    if (copy.edition if copy else 0) != edition:
        raise Refused(_("Salinan kerja baru saja disimpan; lihat dahulu sebelum dibuang."))
    old = proposal.revisions.select_related("text").get(number=number)
    return revision_save(
        actor=actor,
        proposal=proposal,
        fields=text_fields(old.text),
        reason=reason,
        based_on=based_on,
        now=now,
    )


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
        text=record.history.latest("history_id"),  # whatever the clocks of two machines say
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
