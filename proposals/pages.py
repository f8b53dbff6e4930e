"""What the page of a proposal shows: gathered once, with a verdict for every door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.verdict import Verdict, refuse
from indicators.models import Publication
from notices.models import Follow
from people.http import PersonRequest
from people.models import Person
from proposals.gate import Lack, freeze_gate, text_lacks
from proposals.history import FieldChange, changes_from_amended
from proposals.leadership import leadership_of
from proposals.models import (
    Comment,
    Decision,
    Dissent,
    Evidence,
    Invitation,
    PollEntry,
    Proposal,
    PseudonymAuthor,
    Revision,
    Visit,
)
from proposals.precedents import Precedent, precedents_of
from proposals.pseudonyms import crowd_of
from proposals.reach import reach_of
from proposals.rules import (
    Crowd,
    Standing,
    may_attach,
    may_comment,
    may_copy_paper,
    may_decide,
    may_draft_decree,
    may_file_dissent,
    may_freeze,
    may_handle_protests,
    may_invite,
    may_leave,
    may_open_poll,
    may_protest,
    may_read_dissents,
    may_read_dissents_for_names,
    may_repeat_vote,
    may_return,
    may_speak_unnamed,
    may_submit,
    may_withdraw,
    may_write,
    standing_of,
)
from proposals.stages import STRAIGHT_WAY, WRITABLE, Stage
from proposals.text import Part, parts_of, text_content, unit_names
from proposals.threads import Thread
from voting.models import Poll
from voting.results import ItemResult, PollResult, result_of


@dataclass(frozen=True)
class StageStep:
    """One step of the timeline."""

    label: str
    state: str  # done, current, next


@dataclass(frozen=True)
class Doors:
    """What the reader may do here, each with the reason where not."""

    write: Verdict
    submit: Verdict
    withdraw: Verdict
    comment: Verdict
    comment_unnamed: Verdict
    copy_paper: Verdict
    freeze: Verdict
    open_poll: Verdict
    give_back: Verdict
    protest: Verdict
    answer_protests: Verdict
    decide: Verdict
    draft_decree: Verdict
    file_dissent: Verdict
    repeat_vote: Verdict
    read_dissents: Verdict
    leave: Verdict
    attach: Verdict
    invite: Verdict


@dataclass(frozen=True)
class News:
    """What others said since the reader's visit before this one, and where the first of it is."""

    count: int
    url: str


@dataclass(frozen=True)
class ProposalPage:
    """All that `proposal_detail.html` shows besides the comments."""

    proposal: Proposal
    standing: Standing
    revision: Revision
    parts: list[Part]
    steps: list[StageStep]
    gate: list[Lack]
    doors: Doors
    entry: PollEntry | None
    result: PollResult | None
    told: ItemResult | None
    decision: Decision | None
    dissents: list[Dissent]
    published_in: str
    reach: str  # how many people it concerns, in words
    is_following: bool
    asked: str
    crowd: Crowd
    thread: Thread
    news: News
    invitations: list[Invitation]
    evidence: list[Evidence]
    amended: list[FieldChange]
    precedents: list[Precedent]

    @property
    def invitation(self) -> Invitation | None:
        """The reader's own invitation, if it waits for an answer that still changes something."""
        if self.proposal.stage not in WRITABLE:
            return None
        mine = (one for one in self.invitations if one.person_id == self.standing.person.pk)
        return next(mine, None)

    @property
    def may_close(self) -> bool:
        """Whether closing the poll now is worth offering to the leader."""
        return (
            self.proposal.stage == Stage.VOTING
            and self.standing.is_leader
            and self.entry is not None
            and self.entry.poll.state == Poll.State.OPEN
        )


def standing_at(request: PersonRequest, proposal: Proposal, *, now: datetime) -> Standing:
    """What the reader is to a proposal, with the roles of the request."""
    leadership = leadership_of(proposal, now=now)
    pseudonym = PseudonymAuthor.objects.key_of(request.user, proposal)
    return standing_of(request.user, request.roles, proposal, leadership, pseudonym)


def crowd_offered(standing: Standing) -> Crowd | None:
    """Among whom the reader may speak under a pseudonym; None where none is offered."""
    crowd = crowd_of(standing)
    return crowd if may_speak_unnamed(standing, crowd) else None


def thread_at(request: PersonRequest, proposal: Proposal, *, now: datetime) -> Thread:
    """What the reader may see of the comments and do with them."""
    return _thread(standing_at(request, proposal, now=now))


def _thread(standing: Standing) -> Thread:
    revisions = standing.proposal.revisions.select_related("author")
    since = Visit.objects.before(standing.person, standing.proposal)
    return Thread(standing, revisions.latest("number"), since)


def news_mark(person: Person, proposals: Iterable[Proposal]) -> None:
    """Give each proposal of a list that a person follows its `new_count`. Two queries."""
    topics = {proposal.topic: proposal for proposal in proposals}
    followed = [topics[topic] for topic in Follow.objects.followed_among(person, topics)]
    counts = Comment.objects.new_counts(followed, person)
    for proposal in followed:
        proposal.new_count = counts.get(proposal.pk, 0)  # type: ignore[attr-defined]


def _news(thread: Thread) -> News:
    """Two queries, or none on a first visit."""
    standing = thread.standing
    new = standing.proposal.comments.new_since(thread.since).said_by_others(
        standing.person, standing.pseudonym
    )
    first = new.first()
    return News(new.count(), first.url if first else "")


def steps_of(proposal: Proposal) -> list[StageStep]:
    """Where a proposal is on its way; a stage beside the way stands last, as current."""
    stage = Stage(proposal.stage)
    way = [one for one in STRAIGHT_WAY if one != Stage.OBJECTION or proposal.round.objection_days]
    if stage in way:
        at = way.index(stage)
        return [
            StageStep(
                str(one.label), "done" if index < at else "current" if index == at else "next"
            )
            for index, one in enumerate(way)
        ]
    return [StageStep(str(Stage.DISCUSSION.label), "done"), StageStep(str(stage.label), "current")]


def proposal_page(request: PersonRequest, proposal: Proposal, *, now: datetime) -> ProposalPage:
    """Gather the page in a number of queries that does not grow with comments or revisions."""
    standing = standing_at(request, proposal, now=now)
    entry = PollEntry.objects.current_of(proposal)
    elector = entry is not None and entry.has_elector(request.user)
    gate = freeze_gate(proposal, now=now) if proposal.stage == Stage.DISCUSSION else []
    result = result_of(entry.poll) if entry else None
    told = None
    if result and entry:
        told = next(item for item in result.items if item.item.pk == entry.item_id)
    thread = _thread(standing)
    crowd = crowd_of(standing)
    decision = Decision.objects.of_entry(entry) if entry else None
    dissents = (
        list(entry.dissents.readable_by(request.user, reads_all=may_read_dissents(standing)))
        if entry
        else []
    )
    unread = sum(dissent.state == Dissent.State.WAITING for dissent in dissents)
    doors = Doors(
        write=may_write(standing),
        submit=may_submit(standing, text_lacks(proposal, until="draft"), now=now),
        withdraw=may_withdraw(standing),
        comment=may_comment(standing),
        comment_unnamed=may_speak_unnamed(standing, crowd),
        copy_paper=may_copy_paper(standing),
        freeze=may_freeze(standing, gate),
        open_poll=may_open_poll(standing),
        give_back=may_return(standing),
        protest=may_protest(standing, is_elector=elector, now=now),
        answer_protests=may_handle_protests(standing),
        decide=may_decide(standing, is_elector=elector, unread=unread),
        read_dissents=next(
            filter(None, (may_read_dissents_for_names(standing, one) for one in dissents)),
            refuse(_("Tidak ada catatan keberatan yang menunggu dibaca.")),
        ),
        repeat_vote=may_repeat_vote(
            standing,
            told,
            quorum_reached=result is not None and result.quorum_reached,
            votes_before=_votes_before(proposal, entry),
        ),
        file_dissent=may_file_dissent(standing, is_elector=elector, now=now),
        draft_decree=may_draft_decree(
            standing.roles,
            is_head=standing.is_leader,
            adopted=decision is not None and decision.version_id is not None,
        ),
        leave=may_leave(standing),
        attach=may_attach(standing),
        invite=may_invite(standing),
    )
    return ProposalPage(
        proposal=proposal,
        standing=standing,
        revision=thread.latest,
        parts=parts_of(text_content(proposal.record), unit_names()),
        steps=steps_of(proposal),
        gate=gate,
        doors=doors,
        entry=entry,
        result=result,
        told=told,
        decision=decision,
        dissents=dissents,
        published_in=_published_in(proposal),
        reach=reach_of(proposal),
        is_following=Follow.objects.is_following(request.user, proposal.topic),
        asked=_asked(standing, doors, gate, votes=elector and result is None),
        crowd=crowd,
        thread=thread,
        news=_news(thread),
        invitations=list(proposal.invitations.open().select_related("person")),
        evidence=list(proposal.evidence.kept()),
        amended=changes_from_amended(proposal),
        precedents=precedents_of(standing),
    )


def _votes_before(proposal: Proposal, entry: PollEntry | None) -> int:
    """How often it was voted on; asked only where that decides something."""
    if entry is None or proposal.stage != Stage.DECISION:
        return 0
    return PollEntry.objects.votes_like(entry)


def _published_in(proposal: Proposal) -> str:
    """`v2.0.0` of the first published set that carries the adopted version; empty if none."""
    if proposal.stage != Stage.ADOPTED:
        return ""
    found = (
        Publication.objects.filter(
            set__entries__version__decision__entry__proposal=proposal,
        )
        .order_by("published_at")
        .first()
    )
    return f"v{found.version}" if found else ""


def _asked(standing: Standing, doors: Doors, gate: list[Lack], *, votes: bool) -> str:
    """One sentence: what is asked of the reader here and now; empty if nothing.

    `votes`: the reader is on the roll of a poll without result. Whether the reader has voted
    already is the ballot page's to tell.
    """
    stage = standing.proposal.stage
    if stage == Stage.DRAFT and standing.is_writer:
        return _("Lengkapi draf ini, lalu ajukan agar rekan kerja dapat menanggapi.")
    if stage == Stage.RETURNED and standing.is_writer:
        return _("Perbaiki sesuai alasan pengembalian, lalu ajukan lagi.")
    if stage == Stage.DISCUSSION:
        if standing.is_leader and not gate:
            return _("Semua tanggapan terjawab: Anda dapat membekukan teks ini.")
        if standing.is_writer:
            return _("Jawab tanggapan rekan Anda, dan simpan revisi bila teks berubah.")
        return _("Baca usulan ini dan sampaikan tanggapan Anda.")
    if stage == Stage.VOTING and votes:
        return _("Berikan suara Anda.")
    return _asked_by_doors(doors)


def _asked_by_doors(doors: Doors) -> str:
    if doors.open_poll:
        return _("Buka pemungutan suara atas teks yang sudah dibekukan.")
    if doors.read_dissents:
        return _("Baca catatan keberatan yang menunggu, sebelum memutuskan.")
    if doors.decide:
        return _("Putuskan: tetapkan, kembalikan, atau tolak, dengan alasan.")
    if doors.protest:
        return _("Bila tata cara pemungutan suara tidak benar, ajukan sanggahan.")
    return ""
