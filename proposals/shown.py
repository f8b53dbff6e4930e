"""What readers see of a comment: the one place that says under which name, and in which words."""

from proposals.models import Comment


def comment_author_label(comment: Comment) -> str:
    """The name under which a comment stands; its author is at hand."""
    return comment.author.name


def comment_shown_body(comment: Comment) -> str:
    """The words of a comment as its readers see them, in Markdown."""
    return comment.body
