"""Files behind a text: added and removed by its writers, while the text may change."""

import hashlib
from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from ledger.actions import event_record
from people.models import Person
from proposals.actions.moves import proposal_locked, standing_in
from proposals.models import Evidence, Proposal
from proposals.rules import may_attach
from web.files import accepted_file, file_name

MOST_FILES = 20  # of one proposal: more than a reader opens


@transaction.atomic
def evidence_add(
    *,
    actor: Person,
    proposal: Proposal,
    caption: str,
    name: str,
    content: bytes,
    submission: UUID,
    now: datetime,
) -> Evidence:
    """Keep a file beside the text. The same `submission` again is the same file.

    Raises Refused, ValidationError.
    """
    proposal = proposal_locked(proposal.pk)
    if existing := Evidence.objects.filter(submission=submission, added_by=actor).first():
        return existing
    may_attach(standing_in(proposal, actor, now=now)).require()
    if proposal.evidence.kept().count() >= MOST_FILES:
        raise ValidationError(_("Paling banyak %(count)d berkas.") % {"count": MOST_FILES})
    kind, kept = accepted_file(content)
    evidence = Evidence(
        submission=submission,
        proposal=proposal,
        caption=caption.strip(),
        name=file_name(name, kind),
        type_name=kind.name,
        size_bytes=len(kept),
        digest=f"sha256:{hashlib.sha256(kept).hexdigest()}",
        added_by=actor,
        added_at=now,
    )
    evidence.full_clean(exclude=["file"])
    _record(actor, evidence, "added", now=now)
    evidence.file.save(evidence.name, ContentFile(kept), save=False)
    evidence.save()
    return evidence


@transaction.atomic
def evidence_remove(*, actor: Person, evidence: Evidence, now: datetime) -> Evidence:
    """Delete a file's bytes; that it was there, and who removed it, stays. Raises Refused."""
    proposal = proposal_locked(evidence.proposal_id)
    may_attach(standing_in(proposal, actor, now=now)).require()
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.removed_at is not None:
        return evidence
    evidence.removed_by, evidence.removed_at = actor, now
    evidence.save(update_fields=["removed_by", "removed_at"])
    _record(actor, evidence, "removed", now=now)
    transaction.on_commit(partial(evidence.file.storage.delete, str(evidence.file.name)))
    return evidence


def _record(actor: Person, evidence: Evidence, what: str, *, now: datetime) -> None:
    event_record(
        actor=actor.pk,
        action=f"evidence.{what}",
        subject=evidence.proposal.topic,
        content={
            "evidence": evidence.pk,
            "digest": evidence.digest,
            "type": evidence.type_name,
            "bytes": evidence.size_bytes,
        },
        now=now,
    )
