"""Random deliberation against a second, plain account of the rules of DESIGN 2.

Hypothesis lets the cast do what comes to its mind, at any stage and in any window. `Told` remembers
what the rules say must have happened; every deed has to succeed exactly when they allow it, and a
refused deed changes nothing.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from core.verdict import Refused
from indicators.models import IndicatorVersion
from ledger.models import Event
from people.models import Person
from people.roles import Roles
from proposals import actions
from proposals.actions.settling import polls_settle
from proposals.models import (
    Comment,
    Decision,
    Disposition,
    Proposal,
    Protest,
    Revision,
    StageChange,
)
from proposals.text import revision_digest
from tests.builders import Cast, Units, build_cast, build_units
from tests.proposals.builders import build_round, everyone_votes, fields_written, join
from tests.state_machines import run_part
from voting.actions import poll_close

PARTS, EXAMPLES, STEPS = 5, 10, 100  # 5,000 moves

PEOPLE = (
    "author",
    "coauthor",
    "elector",
    "head",
    "former_acting_head",
    "superior_head",
    "facilitator",
    "outsider",
)
NO_ROLES = Roles(frozenset())
DEEDS = [
    *("propose", "submit", "withdraw", "revise", "write_along", "comment", "answer"),
    *("adopt_wording", "call_unsolved", "freeze", "give_back", "open_poll", "hold_the_vote"),
    *("protest", "answer_protest", "decide", "wait", "the_clock_strikes"),
]
NEXT = {
    "draft": ("submit", "writer"),
    "returned": ("submit", "writer"),
    "discussion": ("freeze", "leader"),
    "frozen": ("open_poll", "leader"),
    "voting": ("hold_the_vote", "leader"),
    "decision": ("decide", "leader"),
}
GAMING, NOT_ADOPTED = 5, 1  # as `comment` and `answer` read their choice
MUST_BE_ANSWERED = {"question", "objection", "gaming_risk"}
WRITABLE = {"draft", "discussion", "returned"}

# What may follow what, as DESIGN 2 draws it.
WAY = {
    "draft": {"discussion", "withdrawn"},
    "discussion": {"frozen", "withdrawn"},
    "frozen": {"voting", "returned"},
    "voting": {"objection", "returned"},
    "objection": {"decision", "frozen", "returned"},
    "decision": {"adopted", "rejected", "returned"},
    "returned": {"discussion", "withdrawn"},
    "adopted": set(),
    "rejected": set(),
    "withdrawn": set(),
}


@dataclass
class Remark:
    """What the rules know of a comment."""

    key: UUID
    by: str
    kind: str
    said_at: datetime
    holds: bool
    outcome: str = ""
    replied: bool = False


@dataclass
class Told:
    """What the rules know of a proposal."""

    key: UUID
    author: str
    stage: str = "draft"
    coauthors: set[str] = field(default_factory=set)
    revised_at: list[datetime] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    protests: dict[UUID, str] = field(default_factory=dict)
    electors: set[str] = field(default_factory=set)
    votes: int = 0
    window_end: datetime | None = None

    @property
    def writers(self) -> set[str]:
        return {self.author, *self.coauthors}

    @property
    def leader(self) -> str:
        """Who heads the proposer's unit, or the one above where a writer does; never a writer."""
        if self.author == "superior_head":
            return "nobody"  # the city has no head in these tests
        leader = "superior_head" if "head" in self.writers else "head"
        return leader if leader not in self.writers else "nobody"

    @property
    def holds(self) -> bool:
        """Whether something said inside the window waits for its disposition."""
        return any(remark.holds and not remark.outcome for remark in self.remarks)

    @property
    def is_countered(self) -> bool:
        """Whether a way of gaming was told, and countered."""
        countered = {"adopted", "not_adopted"}
        risks = (remark for remark in self.remarks if remark.kind == "gaming_risk")
        return any(risk.outcome in countered for risk in risks)


class Deliberation(RuleBasedStateMachine):
    """Eight people and one round."""

    units: Units
    cast: Cast
    began: datetime
    reached: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self._savepoint = transaction.atomic()
        self._savepoint._from_testcase = True  # type: ignore[attr-defined]  # as a TestCase's is
        self._savepoint.__enter__()
        self.told: list[Told] = []
        self.targets = iter(range(10_000))
        self.turns = cycle(range(len(PEOPLE)))

    @initialize()
    def open_round(self) -> None:
        self.now = self.began
        self.round = build_round(
            self.units.agency,
            now=self.now,
            objection_days=2,
            comments_until=self.now + timedelta(days=20),
            closes_at=self.now + timedelta(days=45),
        )

    def teardown(self) -> None:
        self.reached.update(StageChange.objects.values_list("to_stage", flat=True))
        transaction.set_rollback(True)
        self._savepoint.__exit__(None, None, None)

    # Helpers

    def person(self, name: str) -> Person:
        person: Person = getattr(self.cast, name)
        return person

    def proposal(self, told: Told) -> Proposal:
        return Proposal.objects.get(pk=told.key)

    def pick(self, number: int) -> Told:
        """Any proposal, though mostly one that is still on its way."""
        alive = [told for told in self.told if WAY[told.stage]] if number % 4 else self.told
        chosen = alive or self.told
        return chosen[number % len(chosen)]

    @staticmethod
    def named(told: Told, who: str) -> str:
        named = {"leader": told.leader, "writer": told.author}.get(who, who)
        return named if named != "nobody" else "head"

    def attempt(self, allowed: bool, deed: Callable[[], Any]) -> Any:
        """Do it; it must succeed exactly when allowed, and change nothing when refused."""
        self.now += timedelta(seconds=1)
        before, why = self.fingerprint(), "allowed what the rules refuse"
        try:
            with transaction.atomic():
                done = deed()
        except (Refused, ValidationError) as refusal:
            done, why = None, str(refusal)
        assert (done is not None) is allowed, why
        if done is None:
            assert self.fingerprint() == before
        return done

    def fingerprint(self) -> tuple[object, ...]:
        rows = (Comment, Decision, Disposition, Event, Protest, Revision, StageChange)
        stages = Proposal.objects.order_by("pk").values_list("pk", "stage")
        return (*(model.objects.count() for model in rows), *stages)  # type: ignore[attr-defined]

    @property
    def is_open(self) -> bool:
        return bool(self.round.opens_at <= self.now < self.round.closes_at)

    # Deeds: as often anything by anybody as the next step by whose turn it is, since chance alone
    # brings few proposals to their end. One rule for all: Hypothesis leaves out some rules of a
    # machine at random.

    @rule(
        deed=st.sampled_from(DEEDS),
        number=st.integers(0, 99),
        who=st.sampled_from([*PEOPLE, "leader", "writer"]),
        choice=st.integers(0, 59),
        goes_on=st.booleans(),
    )
    def act(self, deed: str, number: int, who: str, choice: int, goes_on: bool) -> None:
        if goes_on and self.told:
            deed, number, who, choice = self.next_step(number, choice)
        if deed == "propose" or self.told:
            getattr(self, deed)(number, who, choice)

    def next_step(self, number: int, choice: int) -> tuple[str, int, str, int]:
        """What brings the picked proposal on: deed, number, by whom, choice."""
        told = self.pick(number)
        waiting = [one for one in told.remarks if not one.outcome and one.kind != "support"]
        if told.stage == "discussion" and (told.holds or not told.is_countered):
            if not waiting:
                return "comment", number, "outsider", GAMING
            every = [remark for one in self.told for remark in one.remarks]
            by = "facilitator" if waiting[0].by != "facilitator" else "leader"
            return "answer", every.index(waiting[0]), by, NOT_ADOPTED
        if told.stage == "objection":
            if told.protests:
                return "answer_protest", number, "facilitator", choice
            is_over = told.window_end is not None and told.window_end <= self.now
            return ("the_clock_strikes" if is_over else "wait"), number, "head", 3
        deed, by = NEXT.get(told.stage, ("propose", "author"))
        return deed, number, by, choice

    def propose(self, number: int, who: str, choice: int) -> None:
        who = {"leader": "head", "writer": "author"}.get(who, who)
        if sum(bool(WAY[told.stage]) for told in self.told) > 2:
            return
        allowed = self.is_open and who in {
            "author",
            "coauthor",
            "elector",
            "head",
            "former_acting_head",
            "superior_head",
        }
        made = self.attempt(
            allowed,
            lambda: actions.proposal_create(
                actor=self.person(who),
                round_=self.round,
                kind="new",
                amends=None,
                fields=fields_written(
                    code=f"KES-{next(self.targets) + 30}", name=f"Usulan {uuid4()}"
                ),
                submission=uuid4(),
                now=self.now,
            ),
        )
        if made:
            self.told.append(Told(made.pk, who, revised_at=[self.now]))

    def submit(self, number: int, who: str, choice: int) -> None:
        told = self.pick(number)
        who = self.named(told, who)
        allowed = who in told.writers and told.stage in {"draft", "returned"} and self.is_open
        self.move(
            told,
            allowed,
            "discussion",
            lambda: actions.proposal_submit(
                actor=self.person(who), proposal=self.proposal(told), now=self.now
            ),
        )

    def move(self, told: Told, allowed: bool, stage: str, deed: Callable[[], object]) -> None:
        if self.attempt(allowed, deed) is not None:
            told.stage = stage

    def withdraw(self, number: int, who: str, choice: int) -> None:
        told = self.pick(number)
        who = self.named(told, who)
        self.move(
            told,
            who == told.author and told.stage in WRITABLE,
            "withdrawn",
            lambda: actions.proposal_withdraw(
                actor=self.person(who), proposal=self.proposal(told), reason="", now=self.now
            ),
        )

    def revise(self, number: int, who: str, choice: int) -> None:
        reason = ["", "Menurut rapat."][choice % 2]
        told = self.pick(number)
        who = self.named(told, who)
        allowed = (
            who in told.writers and told.stage in WRITABLE and (bool(reason) or not told.remarks)
        )
        saved = self.attempt(
            allowed,
            lambda: actions.revision_save(
                actor=self.person(who),
                proposal=self.proposal(told),
                fields={"purpose": f"Tujuan {next(self.targets)}"},
                reason=reason,
                based_on=len(told.revised_at),
                now=self.now,
            ),
        )
        if saved:
            told.revised_at.append(self.now)

    def write_along(self, number: int, who: str, choice: int) -> None:
        told = self.pick(number)
        who = self.named(told, who)
        if who in told.writers:
            return
        allowed = told.stage in WRITABLE
        self.attempt(allowed, lambda: self._join(told, who))
        if allowed:
            told.coauthors.add(who)

    def _join(self, told: Told, who: str) -> bool:
        join(self.proposal(told), self.person(who), now=self.now)
        return True

    def comment(self, number: int, who: str, choice: int) -> None:
        kind = [*list(Comment.Kind)[:5], "gaming_risk", "gaming_risk"][choice % 7]
        told = self.pick(number)
        who = self.named(told, who)
        words = f"Kata {next(self.targets)}"
        said = self.attempt(
            told.stage == "discussion",
            lambda: actions.comment_add(
                actor=self.person(who),
                proposal=self.proposal(told),
                kind=kind,
                field="purpose",
                wording=words if kind == "suggestion" else "",
                body=words,
                submission=uuid4(),
                now=self.now,
            ),
        )
        if said:
            holds = kind in MUST_BE_ANSWERED and self.now < self.round.comments_until
            told.remarks.append(Remark(said.pk, who, kind, self.now, holds))

    def remark(self, number: int) -> tuple[Told, Remark] | None:
        every = [(told, remark) for told in self.told for remark in told.remarks]
        return every[number % len(every)] if every else None

    def answer(self, number: int, who: str, choice: int) -> None:
        outcome = list(Disposition.Outcome)[choice % 3].value
        found = self.remark(number)
        if found is None:
            return
        told, remark = found
        who = self.named(told, who)
        by_office = who in {told.leader, "facilitator"}
        revised = told.revised_at[-1] > remark.said_at
        allowed = (
            told.stage == "discussion"
            and who != remark.by
            and (by_office or (who in told.writers and outcome != "out_of_scope"))
            and remark.kind != "support"
            and not remark.outcome
            and (outcome != "adopted" or revised)
        )
        given = self.attempt(
            allowed,
            lambda: actions.comment_answer(
                actor=self.person(who),
                comment=Comment.objects.get(pk=remark.key),
                outcome=outcome,
                revision=self.proposal(told).revisions.latest("number"),
                reason="Sesuai aturan.",
                now=self.now,
            ),
        )
        if given:
            remark.outcome = outcome

    def adopt_wording(self, number: int, who: str, choice: int) -> None:
        found = self.remark(number)
        if found is None:
            return
        told, remark = found
        who = self.named(told, who)
        allowed = (
            remark.kind == "suggestion"
            and told.stage == "discussion"
            and who in told.writers
            and who != remark.by
            and not remark.outcome
        )
        comment = Comment.objects.get(pk=remark.key)
        given = self.attempt(
            allowed,
            lambda: actions.suggestion_adopt(
                actor=self.person(who),
                comment=comment,
                wording=comment.wording,
                reason="",
                based_on=len(told.revised_at),
                now=self.now,
            ),
        )
        if given:
            remark.outcome = "adopted"
            told.revised_at.append(self.now)

    def call_unsolved(self, number: int, who: str, choice: int) -> None:
        found = self.remark(number)
        if found is None:
            return
        told, remark = found
        who = self.named(told, who)
        allowed = (
            who == remark.by
            and bool(remark.outcome)
            and not remark.replied
            and told.stage in {"discussion", "frozen"}
        )
        replied = self.attempt(
            allowed,
            lambda: actions.disposition_reply(
                actor=self.person(who),
                comment=Comment.objects.get(pk=remark.key),
                reply="Belum terjawab.",
                now=self.now,
            ),
        )
        remark.replied = remark.replied or replied is not None

    def freeze(self, number: int, who: str, choice: int) -> None:
        told = self.pick(number)
        who = self.named(told, who)
        self.move(
            told,
            who == told.leader
            and told.stage == "discussion"
            and not told.holds
            and told.is_countered,
            "frozen",
            lambda: actions.proposal_freeze(
                actor=self.person(who), proposal=self.proposal(told), now=self.now
            ),
        )

    def give_back(self, number: int, who: str, choice: int) -> None:
        told = self.pick(number)
        who = self.named(told, who)
        self.move(
            told,
            who == told.leader and told.stage in {"frozen", "voting", "objection"},
            "returned",
            lambda: actions.proposal_return(
                actor=self.person(who),
                proposal=self.proposal(told),
                reason="Belum lengkap.",
                now=self.now,
            ),
        )

    def open_poll(self, number: int, who: str, choice: int) -> None:
        told = self.pick(number)
        who = self.named(told, who)
        poll = self.attempt(
            who == told.leader and told.stage == "frozen",
            lambda: actions.poll_open_for(
                actor=self.person(who),
                proposals=[self.proposal(told)],
                minutes=60 * 24 * 365,
                now=self.now,
            ),
        )
        if poll:
            told.stage = "voting"
            told.votes += 1
            roll = set(poll.electors.values_list("person", flat=True))
            told.electors = {name for name in PEOPLE if self.person(name).pk in roll}
            assert told.leader not in told.electors

    def hold_the_vote(self, number: int, who: str, choice: int) -> None:
        told = self.pick(number)
        if told.stage != "voting":
            return
        self.now += timedelta(seconds=1)
        entry = self.proposal(told).poll_entries.order_by("-poll__opened_at")[0]
        everyone_votes(entry.poll, [["approve", "reject", "abstain"][choice % 3]])
        poll_close(actor=None, poll=entry.poll)
        polls_settle(now=self.now)
        told.stage = "objection"
        told.window_end = self.proposal(told).objection_until

    def protest(self, number: int, who: str, choice: int) -> None:
        told = self.pick(number)
        who = self.named(told, who)
        allowed = (
            told.stage == "objection"
            and told.window_end is not None
            and self.now + timedelta(seconds=1) < told.window_end
            and who in told.electors | told.writers
        )
        made = self.attempt(
            allowed,
            lambda: actions.protest_add(
                actor=self.person(who),
                proposal=self.proposal(told),
                body="Waktunya terlalu singkat.",
                submission=uuid4(),
                now=self.now,
            ),
        )
        if made:
            told.protests[made.pk] = who

    def answer_protest(self, number: int, who: str, choice: int) -> None:
        outcome = list(Protest.Outcome)[choice % 3].value
        told = self.pick(number)
        who = self.named(told, who)
        if not told.protests:
            return
        key, by = next(iter(told.protests.items()))
        allowed = (
            who == "facilitator"
            and who != by
            and told.stage == "objection"
            and (outcome != "vote_again" or told.votes == 1)
        )
        answered = self.attempt(
            allowed,
            lambda: actions.protest_answer(
                actor=self.person(who),
                protest=Protest.objects.get(pk=key),
                outcome=outcome,
                answer="Sesuai aturan.",
                now=self.now,
            ),
        )
        if answered:
            del told.protests[key]
            leads_to = {"vote_again": "frozen", "returned": "returned"}
            told.stage = leads_to.get(outcome, told.stage)

    def decide(self, number: int, who: str, choice: int) -> None:
        kind = list(Decision.Kind)[choice % 3].value
        told = self.pick(number)
        who = self.named(told, who)
        allowed = who == told.leader and told.stage == "decision" and who not in told.electors
        decided = self.attempt(
            allowed,
            lambda: actions.proposal_decide(
                actor=self.person(who),
                proposal=self.proposal(told),
                kind=kind,
                reason="Sesuai musyawarah.",
                now=self.now,
            ),
        )
        if decided:
            told.stage = {"adopt": "adopted", "return": "returned", "reject": "rejected"}[kind]

    def wait(self, number: int, who: str, choice: int) -> None:
        hours = [1, 12, 24, 72][choice % 4]
        self.now += timedelta(hours=hours)

    def the_clock_strikes(self, number: int, who: str, choice: int) -> None:
        self.now += timedelta(seconds=1)
        actions.close_due(now=self.now)
        for told in self.told:
            is_over = told.window_end is not None and told.window_end <= self.now
            if told.stage == "objection" and is_over and not told.protests:
                told.stage = "decision"

    # What always holds

    @invariant()
    def stages_are_as_told(self) -> None:
        stages = dict(Proposal.objects.values_list("pk", "stage"))
        assert stages == {told.key: told.stage for told in self.told}

    @invariant()
    def every_move_is_drawn_in_the_design(self) -> None:
        last = {told.key: "draft" for told in self.told}
        for change in StageChange.objects.order_by("at", "pk"):
            assert change.from_stage == last[change.proposal_id]
            assert change.to_stage in WAY[change.from_stage]
            last[change.proposal_id] = change.to_stage

    @invariant()
    def revisions_are_numbered_without_gaps_and_digested(self) -> None:
        saved = Revision.objects.order_by("proposal", "number").values_list("proposal", "number")
        assert sorted(saved) == sorted(
            (told.key, number)
            for told in self.told
            for number in range(1, len(told.revised_at) + 1)
        )
        if self.told:
            proposal = self.proposal(self.told[next(self.turns) % len(self.told)])
            latest = proposal.revisions.latest("number")
            assert latest.digest == revision_digest(proposal, proposal.record)

    @invariant()
    def drafts_are_their_writers_own(self) -> None:
        """Asked of one person after each deed, of another after the next."""
        name = PEOPLE[next(self.turns)]
        drafts = {told.key: told.writers for told in self.told if told.stage == "draft"}
        if drafts:
            seen = Proposal.objects.visible_to(self.person(name), NO_ROLES).filter(pk__in=drafts)
            own = {key for key, writers in drafts.items() if name in writers}
            assert set(seen.values_list("pk", flat=True)) == own

    @invariant()
    def only_what_was_decided_is_a_version(self) -> None:
        adopted = sum(told.stage == "adopted" for told in self.told)
        assert IndicatorVersion.objects.count() == adopted


@pytest.fixture
def machine(db: None, now: datetime) -> type[Deliberation]:
    Deliberation.units = build_units()
    Deliberation.cast = build_cast(Deliberation.units, today=now.date())
    Deliberation.began, Deliberation.reached = now, Counter()
    return Deliberation


@pytest.mark.parametrize("part", range(PARTS))
def test_random_deliberation_breaks_no_rule(machine: type[Deliberation], part: int) -> None:
    run_part(machine, part, examples=EXAMPLES, steps=STEPS)
    assert set(WAY) - {"draft"} <= set(machine.reached), "too tame: some stage was never reached"
