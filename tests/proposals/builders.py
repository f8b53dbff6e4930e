"""Proposals in every stage, through the doors that people use."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from openpyxl import load_workbook

from indicators.importing.template import COLUMNS, template_xlsx
from indicators.models import Publication
from indicators.record import values_of
from people.models import Person, Unit
from proposals import actions
from proposals.actions import Wanted
from proposals.actions.settling import polls_settle
from proposals.bundles import carried_of
from proposals.models import Bundle, Comment, Proposal, Round
from tests.indicators.builders import adopt, publish_set, record_content
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


def build_publication(
    facilitator: Person, publisher: Person, head: Person, scope: Unit, *, now: datetime
) -> Publication:
    """A published set of this year: KES-01 (target 80), KES-02 and KES-03."""
    versions = [adopt(actor=head, now=now, code=code) for code in ("KES-01", "KES-02", "KES-03")]
    return publish_set(
        facilitator=facilitator,
        publisher=publisher,
        scope=scope,
        weights=dict(zip(versions, (50, 25, 25), strict=True)),
        now=now,
    )


def wanted_of(publication: Publication, round_: Round, **targets: str) -> dict[UUID, Wanted]:
    """The targets of the next year, by code (`KES_01="85"`); the others stay, `"x"` retires."""
    wanted = {}
    for carried in carried_of(publication, round_):
        typed = targets.get(carried.version.code.replace("-", "_"))
        target = carried.version.target if typed in (None, "x") else Decimal(typed or 0)
        wanted[carried.version.pk] = Wanted(target, retires=typed == "x")
    return wanted


def build_bundle(
    facilitator: Person, publication: Publication, round_: Round, *, now: datetime, **targets: str
) -> Bundle:
    """A bundle of drafts: KES-01 to 85, KES-02 retired, KES-03 kept, unless told otherwise."""
    return actions.bundle_create(
        actor=facilitator,
        round_=round_,
        publication=publication,
        title="Target tahun depan",
        wanted=wanted_of(publication, round_, **(targets or {"KES_01": "85", "KES_02": "x"})),
        submission=uuid4(),
        now=now,
    )


def filled_template(*rows: Mapping[str, Any], **first: Any) -> bytes:
    """The template, filled by field name: one row for each mapping, or one by keyword."""
    sheet_bytes = template_xlsx({"puskesmas-latihan": "Puskesmas Latihan"})
    book = load_workbook(io.BytesIO(sheet_bytes))
    for number, row in enumerate(rows or (first,), 2):
        for name, value in row.items():
            column = [field.name for field in COLUMNS].index(name) + 1
            book["Indikator"].cell(number, column).value = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
