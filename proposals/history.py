"""The history of a text: every change by field in words, prose word by word."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.record import Change
from proposals.models import Proposal, Revision
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
    revisions = list(proposal.revisions.select_related("text", "author__unit").order_by("number"))
    names = unit_names()
    by_number = {revision.number: revision for revision in revisions}
    steps = [
        HistoryStep(revision, _between(before, revision, names))
        for before, revision in zip([None, *revisions], revisions, strict=False)
    ]
    older, newer = by_number.get(older_number), by_number.get(newer_number)
    compared = _between(older, newer, names) if older and newer else None
    return History(steps[::-1], compared, older, newer)


def _between(
    older: Revision | None, newer: Revision | None, names: Mapping[str, str]
) -> list[FieldChange]:
    if older is None or newer is None:
        return []
    return _in_words(text_changes(text_content(older.text), text_content(newer.text), names))


def changes_from_amended(proposal: Proposal) -> list[FieldChange]:
    """What an amendment changes against the version that it amends; nothing for other kinds."""
    if proposal.kind != Proposal.Kind.AMEND or proposal.amends is None:
        return []
    before, after = text_content(proposal.amends), text_content(proposal.record)
    return _in_words(text_changes(before, after, unit_names()))


def _in_words(changes: list[Change]) -> list[FieldChange]:
    return [
        FieldChange(
            change, word_diff(change.old_text, change.new_text) if change.is_prose else None
        )
        for change in changes
    ]
