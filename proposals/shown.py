"""What everybody reads of a comment: under which name, and in which words."""

from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from proposals.models import Comment, Proposal


def comment_author_label(comment: Comment) -> str:
    """The name under which a comment stands: a person's, a pseudonym, or whose paper it was."""
    return comment.source


def comment_shown_body(comment: Comment) -> str:
    """The words of a comment as all its readers see them, in Markdown; why, where it is hidden."""
    if comment.hidden is not None:
        return _("(disembunyikan oleh fasilitator: %(reason)s)") % {"reason": comment.hidden.reason}
    return comment.body


def comment_shown_wording(comment: Comment) -> str:
    """The wording that a suggestion asks for, as all its readers see it; empty for other kinds."""
    return "" if comment.hidden is not None else comment.wording


def comment_shown_time(comment: Comment) -> str:
    """When a comment was said, as ISO 8601; under a pseudonym the day alone."""
    if comment.pseudonym_id is not None:
        return comment.said_on.isoformat()
    return comment.created_at.isoformat(timespec="seconds")


def whole_debate(proposal: Proposal) -> list[tuple[Comment, list[Comment]]]:
    """Every comment with all that answers it, oldest first. Two queries."""
    roots = list(proposal.comments.roots())
    replies = Comment.objects.replies_to(roots).order_by("parent", "created_at", "id")
    by_parent = {key: list(group) for key, group in groupby(replies, attrgetter("parent_id"))}
    return [(root, by_parent.get(root.pk, [])) for root in roots]
