"""The history of a text: every change by field in words, prose word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from indicators.record import Change
from proposals.models import Comment, Disposition, Proposal, Revision
from proposals.text import text_changes, text_content, unit_names
from web.diff import word_diff


@dataclass(frozen=True)
class FieldChange:
    """One changed field; `diff` is the word-level difference of prose, else None."""

    change: Change
    diff: SafeString | None


@dataclass(frozen=True)
class HistoryStep:
    """A revision with what it changed against the one before; the first changed nothing."""

    revision: Revision
    changes: list[FieldChange]


@dataclass(frozen=True)
class History:
    """All steps, newest first, and the two revisions being compared, if any were asked for."""

    steps: list[HistoryStep]
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
    names = unit_names()
    by_number = {revision.number: revision for revision in revisions}
    steps = [
        HistoryStep(revision, between(before, revision, names))
        for before, revision in zip([None, *revisions], revisions, strict=False)
    ]
    older, newer = by_number.get(older_number), by_number.get(newer_number)
    compared = between(older, newer, names) if older and newer else None
    return History(steps[::-1], compared, older, newer)


def _adopted_wordings() -> QuerySet[Disposition]:
    """The dispositions by which a suggestion became a revision, with who suggested it."""
    return Disposition.objects.filter(comment__kind=Comment.Kind.SUGGESTION).select_related(
        "comment__author", "comment__pseudonym"
    )


def between(
    older: Revision | None, newer: Revision | None, names: Mapping[str, str]
) -> list[FieldChange]:
    """What changed from one revision to another; nothing where one is missing."""
    if older is None or newer is None:
        return []
    found = text_changes(text_content(older.text), text_content(newer.text), names)
    return [
        FieldChange(
            change, word_diff(change.old_text, change.new_text) if change.is_prose else None
        )
        for change in found
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
