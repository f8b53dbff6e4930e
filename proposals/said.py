""" "You said, we changed": what was said, what became of it, and what it changed in the text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from indicators.reach import Staff
from proposals.history import FieldChange, differences
from proposals.models import Comment, Revision


@dataclass(frozen=True)
class Said:
    """A comment with its disposition, and the changes of the revision that it led to, if any."""

    comment: Comment
    is_own: bool
    shows_words: bool
    changes: list[FieldChange]

    @property
    def about_field(self) -> list[FieldChange]:
        """The changes to the field that the comment is about; all of them where it has none."""
        own = [item for item in self.changes if item.change.field == self.comment.field]
        return own or self.changes


def said_of(
    comments: Iterable[Comment],
    *,
    is_own: Callable[[Comment], bool],
    shows_words: Callable[[Comment], bool],
) -> list[Said]:
    """Comments with what they changed, in five queries however many they are."""
    comments = list(comments)
    led_to = [
        comment.answer.revision
        for comment in comments
        if comment.answer is not None and comment.answer.revision is not None
    ]
    texts = _texts(led_to)
    staff = Staff.current() if led_to else None
    found: list[Said] = []
    for comment in comments:
        revision = comment.answer.revision if comment.answer else None
        changes: list[FieldChange] = []
        if revision is not None and staff is not None:
            key = revision.proposal_id
            before, after = (
                texts[key, number] for number in (revision.number - 1, revision.number)
            )
            changes = differences(before, after, staff)
        found.append(Said(comment, is_own(comment), shows_words(comment), changes))
    return found


def _texts(revisions: Iterable[Revision]) -> dict[tuple[object, int], Revision]:
    """These revisions and those just before them, with their texts, by proposal and number."""
    wanted = Q(pk__in=[])
    for revision in revisions:
        numbers = [revision.number - 1, revision.number]
        wanted |= Q(proposal=revision.proposal_id, number__in=numbers)
    found = Revision.objects.filter(wanted).select_related("text")
    return {(revision.proposal_id, revision.number): revision for revision in found}
