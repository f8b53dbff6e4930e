"""Windows in working days: fixed when they begin, by the holidays known then."""

from datetime import date, datetime

from core.dates import WIB
from people.models import Person, Unit
from proposals import actions
from proposals.actions.settling import objection_end
from proposals.gate import Mender, freeze_gate
from proposals.models import Proposal
from tests.builders import build_holiday
from tests.proposals.builders import build_draft, build_round, counter_gaming

THURSDAY = datetime(2026, 12, 24, 9, 0, tzinfo=WIB)
CHRISTMAS = {"month": 12, "day": 25}


def submitted(author: Person, unit: Unit) -> Proposal:
    round_ = build_round(unit, now=THURSDAY, minimum_discussion_days=1)
    draft = build_draft(author, round_, now=THURSDAY)
    return actions.proposal_submit(actor=author, proposal=draft, now=THURSDAY)


def test_the_objection_window_leaves_holidays_out(db: None) -> None:
    build_holiday(2026, **CHRISTMAS)
    assert objection_end(THURSDAY, 1) == datetime(2026, 12, 28, 23, 59, tzinfo=WIB)


def test_the_shortest_discussion_leaves_holidays_out(author: Person, unit: Unit) -> None:
    build_holiday(2026, **CHRISTMAS)
    assert submitted(author, unit).freezable_on == date(2026, 12, 28)


def test_a_holiday_added_later_moves_no_window_that_runs(
    author: Person, head: Person, unit: Unit
) -> None:
    proposal = submitted(author, unit)
    counter_gaming(head, author, proposal, now=THURSDAY)
    build_holiday(2026, **CHRISTMAS)
    friday = datetime(2026, 12, 25, 9, 0, tzinfo=WIB)
    proposal.refresh_from_db()
    assert proposal.freezable_on == date(2026, 12, 25)
    assert freeze_gate(proposal, now=friday) == []


def test_a_text_is_not_frozen_before_its_shortest_discussion_is_over(
    author: Person, unit: Unit
) -> None:
    [lack] = [
        lack
        for lack in freeze_gate(submitted(author, unit), now=THURSDAY)
        if lack.who == Mender.TIME
    ]
    assert "25 Desember 2026" in lack.sentence
