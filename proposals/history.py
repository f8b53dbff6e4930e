"""The history of a text: every change by field in words, prose word by word."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from indicators.reach import Staff
from indicators.record import Change
from proposals.models import Comment, Disposition, Proposal, Revision
from proposals.reach import reach_sentence
from proposals.text import Content, text_changes, text_content
from web.diff import word_diff


@dataclass(frozen=True)
class FieldChange:
    """One changed field; `diff` is the word-level difference of prose, else None.

    `reach` tells how many people are concerned, where that is what changed.
    """

    change: Change
    diff: SafeString | None
    reach: str


@dataclass(frozen=True)
class HistoryStep:
    """A revision and the one before it; the first changed nothing."""

    before: Revision | None
    revision: Revision
    staff: Staff

    @cached_property
    def changes(self) -> list[FieldChange]:
        """What it changed, worked out only where it is shown; asks the database nothing."""
        return [] if self.before is None else differences(self.before, self.revision, self.staff)


@dataclass(frozen=True)
class History:
    """All steps, newest first, and the two revisions being compared, if any were asked for."""

    steps: list[HistoryStep]
    staff: Staff
    compared: list[FieldChange] | None
    older: Revision | None
    newer: Revision | None


def history_of(proposal: Proposal, older_number: int = 0, newer_number: int = 0) -> History:
    """The history of a proposal's text, in a fixed number of queries."""
    revisions = list(
        proposal.revisions.select_related("text", "author__unit")
        .prefetch_related(Prefetch("dispositions", _adopted_wordings(), to_attr="credits"))
        .order_by("number")
    )
    staff = Staff.current()
    by_number = {revision.number: revision for revision in revisions}
    steps = [
        HistoryStep(before, revision, staff)
        for before, revision in zip([None, *revisions], revisions, strict=False)
    ]
    older, newer = by_number.get(older_number), by_number.get(newer_number)
    compared = differences(older, newer, staff) if older and newer else None
    return History(steps[::-1], staff, compared, older, newer)


def _adopted_wordings() -> QuerySet[Disposition]:
    """The dispositions by which a suggestion became a revision, with who suggested it."""
    return Disposition.objects.filter(comment__kind=Comment.Kind.SUGGESTION).select_related(
        "comment__author", "comment__pseudonym"
    )


def differences(older: Revision, newer: Revision, staff: Staff) -> list[FieldChange]:
    """What differs between two revisions, field by field; their texts are at hand."""
    return _in_words(text_content(older.text), text_content(newer.text), staff)


def changes_from_amended(proposal: Proposal) -> list[FieldChange]:
    """What an amendment changes against the version that it amends; nothing for other kinds."""
    if proposal.kind != Proposal.Kind.AMEND or proposal.amends is None:
        return []
    before, after = text_content(proposal.amends), text_content(proposal.record)
    return _in_words(before, after, Staff.current())


def _in_words(before: Content, after: Content, staff: Staff) -> list[FieldChange]:
    return [
        FieldChange(
            change,
            word_diff(change.old_text, change.new_text) if change.is_prose else None,
            reach_sentence(staff, after["applies_to"], before["applies_to"])
            if change.field == "applies_to"
            else "",
        )
        for change in text_changes(before, after, staff.tree.names)
    ]


@dataclass(frozen=True)
class VersionStep:
    """A corrected comment before and after one correction: when, and the difference in words."""

    number: int
    kind: str
    kind_after: str
    diff: SafeString
    replaced_at: datetime
    replaced_on: date


def versions_of(comment: Comment) -> list[VersionStep]:
    """The corrections of a comment, newest first. One query."""
    versions = list(comment.versions.order_by("number"))
    texts = [(one.get_kind_display(), one.body) for one in versions]
    texts.append((comment.get_kind_display(), comment.body))
    steps = [
        VersionStep(
            version.number,
            version.get_kind_display(),
            kind,
            word_diff(version.body, body),
            version.replaced_at,
            timezone.localdate(version.replaced_at),
        )
        for version, (kind, body) in zip(versions, texts[1:], strict=True)
    ]
    return steps[::-1]
