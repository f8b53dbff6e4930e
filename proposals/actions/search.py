"""The index of the search, kept in the transaction of whatever changes a text."""

from django.db import transaction

from core.stems import stems_of
from proposals.models import Comment, FoundBy, Proposal

# The fields of a text in which one looks for words.
SEARCHED = (
    *("code", "name", "purpose", "objective", "basis", "definition", "formula"),
    *("numerator", "denominator", "unit", "data_provider", "data_source"),
)


@transaction.atomic
def text_index(proposal: Proposal) -> None:
    """Let a proposal be found by the stems of its latest text, and no longer by older ones."""
    text = " ".join(getattr(proposal.record, name) for name in SEARCHED)
    FoundBy.objects.filter(proposal=proposal, comment__isnull=True).delete()
    FoundBy.objects.bulk_create(
        FoundBy(proposal=proposal, stem=stem) for stem in dict.fromkeys(stems_of(text))
    )


@transaction.atomic
def comment_index(comment: Comment) -> None:
    """Let a proposal be found by the stems of a comment as it is worded now."""
    comment_unindex(comment)
    FoundBy.objects.bulk_create(
        FoundBy(proposal_id=comment.proposal_id, comment=comment, stem=stem)
        for stem in dict.fromkeys(stems_of(f"{comment.body} {comment.wording}"))
    )


def comment_unindex(comment: Comment) -> None:
    """Let a proposal no longer be found by a comment: its words went out of sight."""
    FoundBy.objects.filter(comment=comment).delete()
