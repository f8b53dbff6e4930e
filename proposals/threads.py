"""The threads of a proposal as its pages show them, in a number of queries that never grows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.verdict import Verdict
from proposals.models import Comment, Reaction, Revision
from proposals.rules import (
    Standing,
    may_adopt_wording,
    may_answer,
    may_edit,
    may_hide,
    may_react,
    may_read,
    may_reply_to_answer,
    may_request_unsealing,
    may_show,
)
from proposals.text import text_content

NEWEST_REPLIES = 2  # of each thread on the proposal's page; the rest on demand


@dataclass(frozen=True)
class ReactionCount:
    """One reaction below a comment: how many people chose it, and whether the reader did."""

    kind: str
    label: str
    people: int
    is_own: bool


@dataclass(frozen=True)
class CommentLine:
    """A comment of the thread, and what the reader may see of it and do with it."""

    comment: Comment
    is_own: bool
    is_new: bool
    shows_words: bool
    may_answer: Verdict
    may_adopt: Verdict
    may_reply: Verdict
    may_edit: Verdict
    may_react: Verdict
    may_hide: Verdict
    may_show: Verdict
    may_open: Verdict
    reactions: list[ReactionCount]
    changed_in: Revision | None = None  # the latest, if what it is about differs there
    replies: list[CommentLine] = field(default_factory=list)
    reply_count: int = 0

    @property
    def has_reactions(self) -> bool:
        """Whether anybody reacted."""
        return any(reaction.people for reaction in self.reactions)

    @property
    def has_more(self) -> bool:
        """Whether there are replies that are not shown here."""
        return self.reply_count > len(self.replies)


@dataclass(frozen=True)
class Thread:
    """What lines of one page are made from: who reads, which text is the latest, what is new."""

    standing: Standing
    latest: Revision
    since: datetime | None

    def lines(self, roots: Iterable[Comment]) -> list[CommentLine]:
        """Comments with the newest replies of each, in five queries however many there are."""
        found = list(roots)
        newest = list(Comment.objects.newest_replies(found, NEWEST_REPLIES))
        counts = {reply.parent_id: getattr(reply, "reply_count", 0) for reply in newest}
        return self._gathered(found, newest, counts)

    def whole(self, root: Comment) -> CommentLine:
        """One comment with all its replies."""
        replies = list(Comment.objects.replies_to([root]))
        return self._gathered([root], replies, {root.pk: len(replies)})[0]

    def _gathered(
        self,
        roots: Sequence[Comment],
        replies: Sequence[Comment],
        counts: Mapping[UUID | None, int],
    ) -> list[CommentLine]:
        everything = [*roots, *replies]
        people = Reaction.objects.counts(everything)
        own = Reaction.objects.own(everything, self.standing.person)
        new = set(
            Comment.objects.filter(pk__in=[comment.pk for comment in everything])
            .new_since(self.since)
            .values_list("pk", flat=True)
        )
        changed = self._changed(roots)

        def line(comment: Comment, answers: list[CommentLine]) -> CommentLine:
            return CommentLine(
                comment=comment,
                is_own=self.standing.said(comment),
                is_new=comment.pk in new and not self.standing.said(comment),
                shows_words=may_read(self.standing, comment),
                may_answer=may_answer(self.standing, comment),
                may_adopt=may_adopt_wording(self.standing, comment),
                may_reply=may_reply_to_answer(self.standing, comment),
                may_edit=may_edit(self.standing, comment),
                may_react=may_react(self.standing, comment),
                may_hide=may_hide(self.standing, comment),
                may_show=may_show(self.standing, comment),
                may_open=may_request_unsealing(self.standing.roles, None),
                reactions=[
                    ReactionCount(
                        kind.value,
                        str(kind.label),
                        people.get((comment.pk, kind.value), 0),
                        own.get(comment.pk) == kind,
                    )
                    for kind in Reaction.Kind
                ],
                changed_in=self.latest if comment.pk in changed else None,
                replies=answers,
                reply_count=counts.get(comment.pk, 0),
            )

        answers: dict[UUID | None, list[CommentLine]] = {}
        for reply in replies:
            answers.setdefault(reply.parent_id, []).append(line(reply, []))
        return [line(root, answers.get(root.pk, [])) for root in roots]

    def _changed(self, roots: Collection[Comment]) -> set[UUID]:
        """Which comments are about a field, or a text, that reads otherwise today. One query."""
        pinned = Revision.objects.filter(pk__in={root.revision_id for root in roots})
        texts = {
            revision.pk: text_content(revision.text) for revision in pinned.select_related("text")
        }
        today = text_content(self.standing.proposal.record)
        changed = set()
        for root in roots:
            then = texts[root.revision_id]
            if then.get(root.field) != today.get(root.field) if root.field else then != today:
                changed.add(root.pk)
        return changed
