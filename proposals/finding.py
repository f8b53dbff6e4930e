"""Where a search found what it lists: a piece of the text or of a comment, for each line."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from core.stems import excerpt, stems_of
from proposals.actions.search import SEARCHED
from proposals.models import Comment, Proposal
from proposals.overview import field_label
from proposals.querysets import MOST_WORDS


@dataclass(frozen=True)
class Find:
    """Which field, or what else, holds the words; and the piece, each part with whether it is one.

    The parts are plain text: whoever shows them escapes them.
    """

    label: str
    parts: list[tuple[str, bool]]


def finds_mark(proposals: Iterable[Proposal], text: str) -> None:
    """Give each proposal of a page its `find`: None where its name says it already.

    One query, and none where every name does.
    """
    *stems, last = stems_of(text)[:MOST_WORDS] or [""]
    elsewhere: dict[UUID, tuple[Proposal, Wanted]] = {}
    for proposal in proposals:
        wanted = _beyond_title(proposal, stems, last)
        find = _in_text(proposal, wanted)
        proposal.find = find  # type: ignore[attr-defined]
        if find is None and any(wanted):
            elsewhere[proposal.pk] = proposal, wanted
    comments = Comment.objects.holding(stems, last, on=elsewhere) if elsewhere else ()
    for comment in comments:
        proposal, wanted = elsewhere[comment.proposal_id]
        parts = excerpt(f"{comment.body} {comment.wording}", *wanted)
        if parts and proposal.find is None:  # type: ignore[attr-defined]
            proposal.find = Find(_("tanggapan"), parts)  # type: ignore[attr-defined]


type Wanted = tuple[list[str], str]  # stems, and the beginning of the last one


def _beyond_title(proposal: Proposal, stems: list[str], last: str) -> Wanted:
    """What the code and the name, which every line shows, do not tell."""
    told = set(stems_of(f"{proposal.record.code} {proposal.record.name}"))
    is_told = any(stem.startswith(last) for stem in told)
    return [stem for stem in stems if stem not in told], "" if is_told else last


def _in_text(proposal: Proposal, wanted: Wanted) -> Find | None:
    for name in SEARCHED:
        parts = excerpt(getattr(proposal.record, name), *wanted)
        if parts:
            return Find(field_label(name), parts)
    return None
