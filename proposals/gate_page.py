"""The page of the freeze gate: what is missing, who mends it, and at which exact place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from proposals.gate import Lack, Mender, freeze_gate, fulfilled
from proposals.models import Comment, Proposal
from proposals.rules import Standing, may_answer, may_freeze, may_write
from proposals.stages import WRITABLE
from web.pages import PER_PAGE

LISTED = 20  # comments that the gate lists one by one; the rest is a link away

# Where the form writes a field of the record in a box of another name.
BOXES = {
    "targets": "targets_text",
    "target_range": "target_range_text",
    "stabilize_scale": "scale_text",
    "applies_to": "applies_units",
}


@dataclass(frozen=True)
class Waiting:
    """A comment that waits for its disposition, and where it is given or read."""

    comment: Comment
    url: str


@dataclass(frozen=True)
class Mending:
    """One thing that is missing, and where the reader mends or reads it."""

    lack: Lack
    url: str


@dataclass(frozen=True)
class MendingGroup:
    """What the same people can mend; `names` is empty where it is everyone, or the clock."""

    who: Mender
    names: list[str]
    items: list[Mending]


@dataclass(frozen=True)
class GatePage:
    """All that `proposal_gate.html` shows; without groups the text can be frozen."""

    groups: list[MendingGroup]
    fulfilled: list[str]
    waiting: list[Waiting]
    waiting_beyond: int
    is_asked: bool  # whether the gate still has a say: the text can still change
    may_freeze: bool


def gate_page(standing: Standing, *, now: datetime) -> GatePage:
    """The gate of a proposal, in a number of queries that does not grow with its comments."""
    proposal = standing.proposal
    if proposal.stage not in WRITABLE:
        return GatePage([], [], [], 0, is_asked=False, may_freeze=False)
    lacks = freeze_gate(proposal, now=now)
    unanswered = Comment.objects.filter(proposal=proposal).roots().unanswered()
    waiting = list(unanswered[:LISTED])
    return GatePage(
        groups=list(_groups(standing, lacks)),
        fulfilled=fulfilled(proposal, lacks),
        waiting=[
            Waiting(comment, _place_of(standing, comment, position))
            for position, comment in enumerate(waiting)
        ],
        waiting_beyond=unanswered.count() - len(waiting),
        is_asked=True,
        may_freeze=bool(may_freeze(standing, lacks)),
    )


def _groups(standing: Standing, lacks: Sequence[Lack]) -> Iterator[MendingGroup]:
    writers = [standing.proposal.author, *standing.proposal.coauthors.all()]
    writer_names = [writer.name for writer in writers]
    names = {
        Mender.WRITERS: writer_names,
        Mender.OFFICE: [*writer_names, *(head.name for head in standing.leadership.heads)],
    }
    for who in Mender:
        items = [Mending(lack, _mended_at(standing, lack)) for lack in lacks if lack.who == who]
        if items:
            yield MendingGroup(who, names.get(who, []), items)


def _mended_at(standing: Standing, lack: Lack) -> str:
    """The box of the form for those who write; else the place on the proposal's page."""
    proposal = standing.proposal
    if lack.field and may_write(standing):
        return _edit_url(proposal, lack.field)
    page = reverse("proposals:detail", args=[proposal.pk])
    if lack.who == Mender.OFFICE:
        return f"{page}?kind=open#{lack.anchor}"
    if lack.who == Mender.COLLEAGUES:
        return f"{page}?{urlencode({'say': Comment.Kind.GAMING_RISK})}#{lack.anchor}"
    return f"{page}#{lack.anchor}"


def _edit_url(proposal: Proposal, field: str) -> str:
    return f"{reverse('proposals:edit', args=[proposal.pk])}#id_{BOXES.get(field, field)}"


def _place_of(standing: Standing, comment: Comment, position: int) -> str:
    """Where a waiting comment is answered by those who may, and read by all others."""
    if may_answer(standing, comment):
        return reverse("proposals:answer", args=[comment.pk])
    query = urlencode({"kind": "open", "page": position // PER_PAGE + 1})
    page = reverse("proposals:detail", args=[standing.proposal.pk])
    return f"{page}?{query}#comment-{comment.pk}"
