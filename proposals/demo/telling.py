"""One tale as deeds: what happens to one proposal, at which moment, through which action."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from core.dates import WIB
from indicators.models import IndicatorVersion
from indicators.record import content_of, values_of
from people.models import Person
from proposals.actions import (
    Answered,
    close_due,
    comment_add,
    comment_answer,
    disposition_reply,
    evidence_add,
    invitation_accept,
    invitation_send,
    paper_add,
    poll_open_for,
    proposal_create,
    proposal_decide,
    proposal_freeze,
    proposal_submit,
    proposal_withdraw,
    protest_add,
    protest_answer,
    review_give,
    revision_save,
    round_poll_open,
    suggestion_adopt,
)
from proposals.checklist import ITEMS
from proposals.demo.city import City
from proposals.demo.evidence import figures_file
from proposals.demo.filling import raw_indicators, record_of
from proposals.demo.posts import PARTS
from proposals.demo.texts import OWN_ROWS, TALES, Tale
from proposals.demo.texts.tale import Asked, Consensus, Reviewed, Said, Vote
from proposals.models import Comment, PollEntry, Proposal, Protest, Round
from voting.actions import ballot_cast, meeting_keep, open_ballot_cast
from voting.clock import staged_at
from voting.models import Poll
from voting.receipts import token_make

POLL_MINUTES = 3 * 24 * 60
OBJECTION_OVER = timedelta(days=6)  # three working days, whatever the day of the week


@dataclass(frozen=True)
class Deed:
    """Something that is done at a moment; `by_clock` deeds are the clock's own."""

    at: datetime
    act: Callable[[datetime], object]
    by_clock: bool = False


def _rows() -> dict[str, dict[str, Any]]:
    return raw_indicators() | {row["code"]: row for row in OWN_ROWS}


@dataclass(frozen=True)
class World:
    """What the tales share, and what they made so far. `today` is the day of `now` (WIB)."""

    city: City
    now: datetime
    today: date
    rows: dict[str, dict[str, Any]] = field(default_factory=_rows)
    rounds: dict[bool, Round] = field(default_factory=dict)  # by "is it the training round"
    proposals: dict[str, Proposal] = field(default_factory=dict)  # by code
    polls: dict[str, Poll] = field(default_factory=dict)  # by the code of the tale that opened it

    def moment(self, day: int, minutes: int = 0) -> datetime:
        """A moment in the working hours of a day before today."""
        morning = datetime.combine(self.today - timedelta(days=day), time(8), tzinfo=WIB)
        return morning + timedelta(minutes=minutes)


class Telling:
    """One tale as deeds. Its deeds of one day keep the order in which they are scheduled."""

    def __init__(self, world: World, tale: Tale, number: int) -> None:
        self.world = world
        self.tale = tale
        self.writer = world.city.person(tale.who)
        self.number = number
        self._done_on: Counter[int] = Counter()
        self._comments: dict[int, Comment] = {}

    @property
    def proposal(self) -> Proposal:
        """The proposal, once the tale has begun."""
        return self.world.proposals[self.tale.code]

    @property
    def leader(self) -> Person:
        """The head of the writer's unit."""
        return self.world.city.people[self.writer.unit.code][0]

    def deeds(self) -> Iterator[Deed]:
        """Everything that happens in the tale, each at its moment."""
        tale = self.tale
        yield self._on(tale.starts, self._create)
        if tale.coauthor or tale.asked:
            yield self._on(tale.starts, self._invite)
        if tale.evidence:
            yield self._on(tale.starts, self._attach)
        if tale.submitted:
            yield self._on(
                tale.submitted,
                lambda at: proposal_submit(actor=self.writer, proposal=self.proposal, now=at),
            )
        yield from self._talk()
        if tale.withdrawn:
            yield self._on(
                tale.withdrawn,
                lambda at: proposal_withdraw(
                    actor=self.writer, proposal=self.proposal, reason=tale.reason, now=at
                ),
            )
        if tale.frozen:
            yield self._on(
                tale.frozen,
                lambda at: proposal_freeze(actor=self.leader, proposal=self.proposal, now=at),
            )
        if tale.consensus:
            yield from self._agreeing(tale.consensus)
        if tale.vote:
            yield from self._polling(tale.vote)
        if tale.ruling:
            yield self._on(tale.ruling.day, self._decide)

    def _on(self, day: int, act: Callable[[datetime], object]) -> Deed:
        """A deed on a day, after those of the same tale that were scheduled there before."""
        place = self._done_on[day]
        self._done_on[day] += 1
        return Deed(self.world.moment(day, 10 + self.number + 30 * place), act)

    def _talk(self) -> Iterator[Deed]:
        tale = self.tale
        for index, said in enumerate(tale.said):
            yield self._on(said.day, self._saying(index, said))
        for index, said in enumerate(tale.said):
            for reply in said.replies:
                yield self._on(reply.day, self._replying(index, reply.who, reply.body))
        for rewrite in tale.rewrites:
            yield self._on(rewrite.day, self._rewriting(rewrite.fields, rewrite.reason))
        for index, said in enumerate(tale.said):
            if said.answer:
                yield self._on(said.answer.day, self._answering(index, said))
        for reviewed in tale.reviews:
            yield self._on(reviewed.day, self._reviewing(reviewed))

    def _create(self, at: datetime) -> None:
        tale, amends = self.tale, None
        if tale.kind == "new":
            fields: dict[str, Any] = record_of(self.world.rows[tale.code])
        else:
            amends = IndicatorVersion.objects.in_use().get(code=tale.code)
            fields = values_of(content_of(amends))
        self.world.proposals[tale.code] = proposal_create(
            actor=self.writer,
            round_=self.world.rounds[tale.is_training],
            kind=tale.kind,
            amends=amends,
            fields=fields | dict(tale.fields),
            submission=uuid4(),
            now=at,
        )

    def _attach(self, at: datetime) -> None:
        evidence_add(
            actor=self.writer,
            proposal=self.proposal,
            caption=self.tale.evidence,
            name="rekap.xlsx",
            content=figures_file(self.tale.evidence),
            submission=uuid4(),
            now=at,
        )

    def _invite(self, at: datetime) -> None:
        colleague = self.world.city.person(self.tale.coauthor or self.tale.asked)
        invitation = invitation_send(
            actor=self.writer, proposal=self.proposal, colleague=colleague, now=at
        )
        if self.tale.coauthor:
            invitation_accept(actor=colleague, invitation=invitation, now=at)

    def _saying(self, index: int, said: Said) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            given: dict[str, Any] = {
                "actor": self.world.city.person(said.who),
                "proposal": self.proposal,
                "kind": said.kind,
                "body": said.body,
                "field": said.field,
                "submission": uuid4(),
                "now": at,
            }
            if said.origin:
                self._comments[index] = paper_add(origin=said.origin, **given)
            else:
                self._comments[index] = comment_add(
                    wording=said.wording, is_unnamed=said.is_unnamed, **given
                )

        return act

    def _replying(self, index: int, who: str, body: str) -> Callable[[datetime], object]:
        return lambda at: comment_add(
            actor=self.world.city.person(who),
            proposal=self.proposal,
            kind=Comment.Kind.REPLY,
            body=body,
            parent=self._comments[index],
            submission=uuid4(),
            now=at,
        )

    def _rewriting(self, fields: Any, reason: str) -> Callable[[datetime], object]:
        return lambda at: revision_save(
            actor=self.writer,
            proposal=self.proposal,
            fields=fields,
            reason=reason,
            based_on=self.proposal.revisions.latest("number").number,
            now=at,
        )

    def _reviewing(self, reviewed: Reviewed) -> Callable[[datetime], object]:
        answers = {key: Answered("yes") for key in ITEMS}
        answers |= {key: Answered("no", reason) for key, reason in reviewed.no.items()}
        answers |= {key: Answered("not_sure", reason) for key, reason in reviewed.not_sure.items()}
        return lambda at: review_give(
            actor=self.world.city.person(reviewed.who),
            proposal=self.proposal,
            revision_number=self.proposal.revisions.latest("number").number,
            answers=answers,
            now=at,
        )

    def _answering(self, index: int, said: Said) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            answer = said.answer
            if answer is None:
                raise RuntimeError("only what was answered is scheduled")
            comment = self._comments[index]
            if said.wording and answer.outcome == "adopted":
                self._adopting(comment, at)
                return
            wanted = self.proposal.revisions.filter(number=answer.revision)
            comment_answer(
                actor=self.world.city.person(answer.who) if answer.who else self.writer,
                comment=comment,
                outcome=answer.outcome,
                revision=wanted.first(),
                reason=answer.reason,
                now=at,
            )
            if answer.reply:
                commenter = self.world.city.person(said.who)
                disposition_reply(actor=commenter, comment=comment, reply=answer.reply, now=at)

        return act

    def _adopting(self, comment: Comment, at: datetime) -> None:
        suggestion_adopt(
            actor=self.writer,
            comment=comment,
            wording=comment.wording,
            reason="",
            based_on=self.proposal.revisions.latest("number").number,
            now=at,
        )

    def _polling(self, vote: Vote) -> Iterator[Deed]:
        tale, world = self.tale, self.world
        opening = self._on(vote.day, self._open_poll)
        yield opening
        yield Deed(opening.at + timedelta(hours=2), self._voting(vote))
        closing = opening.at + timedelta(minutes=POLL_MINUTES + 5)
        if closing < world.now:
            yield Deed(closing, clock_strikes, by_clock=True)
        if tale.objected:
            day = tale.objected.day
            yield Deed(max(world.moment(day, 60), closing + timedelta(hours=1)), self._object)
            if tale.objected.answered_on:
                yield self._on(tale.objected.answered_on, self._answer_objection)
        if closing + OBJECTION_OVER < world.now:
            yield Deed(closing + OBJECTION_OVER, clock_strikes, by_clock=True)

    @property
    def _asked_about(self) -> list[Tale]:
        """The tales on the ballot of this one: itself first."""
        return [self.tale, *(tale for tale in TALES if tale.beside == self.tale.code)]

    def _open_poll(self, at: datetime, method: str = "approve") -> None:
        self.world.polls[self.tale.code] = poll_open_for(
            actor=self.leader,
            proposals=[self.world.proposals[tale.code] for tale in self._asked_about],
            minutes=POLL_MINUTES,
            method=method,
            now=at,
        )

    def _agreeing(self, consensus: Consensus) -> Iterator[Deed]:
        """Consensus in a meeting, the papers of which are kept; by the clock it ends."""
        opening = self._on(consensus.day, lambda at: self._open_poll(at, "consensus"))
        yield opening
        yield Deed(opening.at + timedelta(hours=2), self._saying_yes(consensus))
        yield Deed(opening.at + timedelta(hours=3), self._keep_meeting)
        closing = opening.at + timedelta(minutes=POLL_MINUTES + 5)
        yield Deed(closing, clock_strikes, by_clock=True)
        yield Deed(closing + OBJECTION_OVER, clock_strikes, by_clock=True)

    def _saying_yes(self, consensus: Consensus) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            poll = self.world.polls[self.tale.code]
            entries = PollEntry.objects.filter(poll=poll).select_related("proposal__record")
            item_of = {entry.proposal.record.code: str(entry.item_id) for entry in entries}
            objections = {
                self.world.city.person(tale.objection.who): (item_of[tale.code], tale.objection)
                for tale in self._asked_about
                if tale.objection
            }
            with staged_at(at):
                voters = sorted(_voters(poll), key=lambda person: person not in objections)
                for voter in voters[: consensus.agree]:
                    choices, reasons = dict.fromkeys(item_of.values(), "agree"), {}
                    if voter in objections:
                        item, objection = objections[voter]
                        choices[item], reasons[item] = "object", objection.reason
                    open_ballot_cast(actor=voter, poll=poll, choices=choices, reasons=reasons)

        return act

    def _keep_meeting(self, at: datetime) -> None:
        poll = self.world.polls[self.tale.code]
        present = list(poll.electors.voted().select_related("person"))
        meeting_keep(
            actor=self.leader,
            poll=poll,
            place="Aula Puskesmas Latihan",
            chair=self.leader,
            notulis=self.writer,
            held_from=at - timedelta(hours=2),
            held_until=at - timedelta(hours=1),
            agenda="Mufakat tentang indikator kinerja individu",
            notes="Semua pemilih yang hadir diberi kesempatan berbicara. Keberatan dicatat bersama "
            "alasannya; butir yang diberi keberatan dilanjutkan ke pemungutan suara tertutup.",
            present=present,
            is_final=True,
            now=at,
        )

    def _voting(self, vote: Vote) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            poll = self.world.polls[self.tale.code]
            voters = _voters(poll)
            random.Random(self.tale.code).shuffle(voters)  # noqa: S311 (a story, not a draw)
            choices = (
                ["approve"] * vote.approve + ["reject"] * vote.reject + ["abstain"] * vote.abstain
            )
            items = [str(item.pk) for item in poll.items.all()]
            with staged_at(at):
                for voter, choice in zip(voters, choices, strict=False):
                    ballot_cast(
                        actor=voter,
                        poll=poll,
                        choices=dict.fromkeys(items, choice),
                        receipt_token=token_make(poll=poll.pk, person=voter.pk),
                    )

        return act

    def _object(self, at: datetime) -> None:
        objected = self.tale.objected
        if objected is None:
            raise RuntimeError("only an objection that was raised is scheduled")
        protest_add(
            actor=self.world.city.person(objected.who),
            proposal=self.proposal,
            body=objected.body,
            submission=uuid4(),
            now=at,
        )

    def _answer_objection(self, at: datetime) -> None:
        objected = self.tale.objected
        if objected is None:
            raise RuntimeError("only an objection that was raised is scheduled")
        protest_answer(
            actor=self.world.city.person("facilitator"),
            protest=self.proposal.protests.get(),
            outcome=Protest.Outcome.DISMISSED,
            answer=objected.answer,
            now=at,
        )

    def _decide(self, at: datetime) -> None:
        ruling = self.tale.ruling
        if ruling is None:
            raise RuntimeError("only a decision that was taken is scheduled")
        proposal_decide(
            actor=self.leader,
            proposal=self.proposal,
            kind=ruling.kind,
            reason=ruling.reason,
            now=at,
        )


class Asking:
    """What a head asks about several proposals, as deeds. Needs the tales of its codes."""

    def __init__(self, world: World, asked: Asked) -> None:
        self.world, self.asked = world, asked
        self._poll: list[Poll] = []

    def deeds(self) -> Iterator[Deed]:
        """Opening, voting, and closing where its time is over."""
        opening = Deed(self.world.moment(self.asked.day, 120), self._open)
        yield opening
        yield Deed(opening.at + timedelta(hours=2), self._vote)
        closing = opening.at + timedelta(minutes=POLL_MINUTES + 5)
        if closing < self.world.now:
            yield Deed(closing, clock_strikes, by_clock=True)

    def _open(self, at: datetime) -> None:
        proposals = [self.world.proposals[code] for code in self.asked.codes]
        poll = round_poll_open(
            actor=self.world.city.people[proposals[0].unit.code][0],
            round_=proposals[0].round,
            method=self.asked.method,
            proposals=proposals,
            minutes=POLL_MINUTES,
            now=at,
        )
        self._poll.append(poll)

    def _vote(self, at: datetime) -> None:
        [poll] = self._poll
        asked = poll.round_poll.entries.select_related("proposal__record")
        item_of = {entry.proposal.record.code: str(entry.item_id) for entry in asked}
        keys = [item_of[code] for code in self.asked.codes]
        # Last those whom the README names: where the poll is still open, they have their say left.
        named = {self.world.city.person(part) for part in PARTS}
        voters = sorted(_voters(poll), key=lambda person: person in named)
        with staged_at(at):
            for voter, answers in zip(voters, self.asked.ballots, strict=False):
                ballot_cast(
                    actor=voter,
                    poll=poll,
                    choices=dict(zip(keys, answers, strict=True)),
                    receipt_token=token_make(poll=poll.pk, person=voter.pk),
                )


def _voters(poll: Poll) -> list[Person]:
    """Everyone on a poll's roll, in a fixed order."""
    electors = poll.electors.select_related("person").order_by("person__nip")
    return [elector.person for elector in electors]


def clock_strikes(at: datetime) -> None:
    """Let everything fall due whose time is over at a moment, polls included."""
    with staged_at(at):
        close_due(now=at)
