"""Drafts brought in from a filled template: all of them or none."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from people.models import Person
from proposals.actions.proposals import proposal_create
from proposals.importing import DraftRow
from proposals.models import Proposal, Round


@transaction.atomic
def drafts_import(
    *, actor: Person, round_: Round, rows: Sequence[DraftRow], submission: UUID, now: datetime
) -> list[Proposal]:
    """A draft for each row, with its first revision; they are the author's alone until submitted.

    The same `submission` again yields the same drafts. Raises Refused, ValidationError.
    """
    return [
        proposal_create(
            actor=actor,
            round_=round_,
            kind=Proposal.Kind.NEW,
            amends=None,
            fields=row.fields,
            submission=uuid5(submission, str(row.line)),
            now=now,
        )
        for row in rows
    ]
