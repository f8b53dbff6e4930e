"""Proposals in every stage, through the doors that people use."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from indicators.record import values_of
from people.models import Person, Unit
from proposals import actions
from proposals.actions.polls import polls_settle
from proposals.models import Comment, Proposal, Round
from tests.indicators.builders import record_content
from voting.actions import ballot_cast, poll_close
from voting.models import Poll
from voting.receipts import token_make


def build_round(scope: Unit, *, now: datetime, **over: Any) -> Round:
    """An open round without waiting times; by keyword otherwise."""
    fields = {
        "title": "Putaran contoh",
        "year": now.year,
        "opens_at": now - timedelta(days=30),
        "comments_until": now + timedelta(days=30),
        "closes_at": now + timedelta(days=60),
        "minimum_discussion_days": 0,
        "objection_days": 0,
        "voting_minutes": 5,
    } | over
    return Round.objects.create(scope=scope, **fields)


def fields_written(code: str = "KES-20", **over: Any) -> dict[str, Any]:
    """The fields of a complete text, as an author writes them."""
    return {**values_of(record_content(code)), "proposed_weight_percent": None, **over}


def build_draft(
    author: Person, round_: Round, *, now: datetime, code: str = "KES-20", **over: Any
) -> Proposal:
    return actions.proposal_create(
        actor=author,
        round_=round_,
        kind=Proposal.Kind.NEW,
        amends=None,
        fields=fields_written(code, **over),
        submission=uuid4(),
        now=now,
    )


def join(proposal: Proposal, person: Person, *, now: datetime) -> None:
    """A colleague is asked to write, and accepts."""
    invitation = actions.invitation_send(
        actor=proposal.author, proposal=proposal, colleague=person, now=now
    )
    actions.invitation_accept(actor=person, invitation=invitation, now=now)


def build_discussion(author: Person, round_: Round, *, now: datetime, **over: Any) -> Proposal:
    draft = build_draft(author, round_, now=now, **over)
    return actions.proposal_submit(actor=author, proposal=draft, now=now)


def build_comment(
    person: Person, proposal: Proposal, *, now: datetime, kind: str = "objection", **over: Any
) -> Comment:
    fields = {"body": "Target ini terlalu tinggi untuk wilayah kami.", "field": "target"} | over
    return actions.comment_add(
        actor=person, proposal=proposal, kind=kind, submission=uuid4(), now=now, **fields
    )


def counter_gaming(
    reporter: Person, answerer: Person, proposal: Proposal, *, now: datetime
) -> None:
    """Somebody tells how the indicator can be gamed, and is answered: what the freeze gate asks."""
    risk = build_comment(
        reporter,
        proposal,
        now=now,
        kind="gaming_risk",
        body="Angkanya dapat dinaikkan dengan mencatat tanpa melihat.",
        field="data_source",
    )
    actions.comment_answer(
        actor=answerer,
        comment=risk,
        outcome="not_adopted",
        revision=None,
        reason="Setiap triwulan sepuluh catatan dicocokkan dengan register.",
        now=now,
    )


def build_frozen(
    author: Person, head: Person, round_: Round, *, now: datetime, **over: Any
) -> Proposal:
    proposal = build_discussion(author, round_, now=now, **over)
    counter_gaming(head, author, proposal, now=now)
    return actions.proposal_freeze(actor=head, proposal=proposal, now=now)


def build_voting(
    author: Person, head: Person, round_: Round, *, now: datetime, **over: Any
) -> tuple[Proposal, Poll]:
    frozen = build_frozen(author, head, round_, now=now, **over)
    poll = actions.poll_open_for(actor=head, proposals=[frozen], minutes=5, now=now)
    frozen.refresh_from_db()
    return frozen, poll


def vote(person: Person, poll: Poll, choices: Mapping[str, str] | str = "approve") -> str:
    """Cast a ballot, the same choice for all items where one word is given; the receipt's code."""
    if isinstance(choices, str):
        choices = {str(item.pk): choices for item in poll.items.standing()}
    token = token_make(poll=poll.pk, person=person.pk)
    return ballot_cast(actor=person, poll=poll, choices=choices, receipt_token=token).code


def everyone_votes(poll: Poll, choices: Sequence[str] = ("approve",)) -> None:
    """All electors vote, taking turns through `choices`."""
    for number, elector in enumerate(poll.electors.select_related("person").order_by("pk")):
        vote(elector.person, poll, choices[number % len(choices)])


def close_and_settle(poll: Poll, *, now: datetime) -> None:
    """Everyone has voted: close, seal, and pass the proposals on."""
    poll_close(actor=None, poll=poll)
    polls_settle(now=now)


def build_decision_pending(
    author: Person, head: Person, round_: Round, *, now: datetime, **over: Any
) -> tuple[Proposal, Poll]:
    """A proposal after its vote: in its objection window if the round has one, else to decide."""
    proposal, poll = build_voting(author, head, round_, now=now, **over)
    everyone_votes(poll)
    close_and_settle(poll, now=now)
    proposal.refresh_from_db()
    return proposal, poll


def build_decided(
    author: Person, head: Person, round_: Round, kind: str, *, now: datetime, **over: Any
) -> Proposal:
    proposal, _ = build_decision_pending(author, head, round_, now=now, **over)
    actions.proposal_decide(
        actor=head, proposal=proposal, kind=kind, reason="Sesuai hasil musyawarah.", now=now
    )
    proposal.refresh_from_db()
    return proposal
