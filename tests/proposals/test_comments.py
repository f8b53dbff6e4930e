from datetime import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.verdict import Refused
from notices.models import Notice
from people.models import Person, Unit
from proposals import actions
from proposals.gate import freeze_gate
from proposals.models import Comment
from tests.proposals.builders import (
    build_comment,
    build_decided,
    build_discussion,
    build_draft,
    build_frozen,
    build_round,
    counter_gaming,
    fields_written,
)


def _answer(actor: Person, comment: Comment, now: datetime, **over: object) -> None:
    fields = {"outcome": "not_adopted", "revision": None, "reason": "Sesuai target dinas."} | over
    actions.comment_answer(actor=actor, comment=comment, now=now, **fields)  # type: ignore[arg-type]


def test_the_same_submission_is_one_comment(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    submission = uuid4()
    for _ in range(2):
        actions.comment_add(
            actor=elector,
            proposal=proposal,
            kind="question",
            body="Dari mana angkanya?",
            submission=submission,
            now=now,
        )
    assert Comment.objects.count() == 1


def test_a_comment_is_pinned_to_the_latest_revision(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    actions.revision_save(
        actor=author,
        proposal=proposal,
        fields=fields_written(target=70),
        reason="",
        based_on=1,
        now=now,
    )
    assert build_comment(elector, proposal, now=now).revision.number == 2


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        ("objection", True),
        ("question", True),
        ("gaming_risk", True),
        ("support", False),
        ("suggestion", False),
    ],
)
def test_the_gate_waits_for_what_must_be_answered(
    author: Person, elector: Person, unit: Unit, now: datetime, kind: str, holds: bool
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    counter_gaming(elector, author, proposal, now=now)
    wording = "Rumusan lain" if kind == "suggestion" else ""
    build_comment(elector, proposal, now=now, kind=kind, field="name", wording=wording)
    assert bool(freeze_gate(proposal, now=now)) is holds


def test_an_answered_objection_opens_the_gate(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    counter_gaming(elector, author, proposal, now=now)
    _answer(author, build_comment(elector, proposal, now=now), now)
    assert freeze_gate(proposal, now=now) == []


def test_the_commenter_is_told_what_became_of_the_word(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    _answer(author, build_comment(elector, proposal, now=now), now)
    assert Notice.objects.filter(person=elector, text__contains="tidak diterima").count() == 1


def test_nobody_answers_the_own_comment(author: Person, unit: Unit, now: datetime) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    comment = build_comment(author, proposal, now=now)
    with pytest.raises(Refused, match="orang lain"):
        _answer(author, comment, now)


def test_out_of_scope_is_said_by_the_head_only(
    author: Person, elector: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    comment = build_comment(elector, proposal, now=now)
    with pytest.raises(Refused, match="di luar lingkup"):
        _answer(author, comment, now, outcome="out_of_scope")
    _answer(head, comment, now, outcome="out_of_scope")


def test_adopted_names_a_revision_younger_than_the_comment(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    comment = build_comment(elector, proposal, now=now)
    with pytest.raises(ValidationError, match="lebih tua"):
        _answer(author, comment, now, outcome="adopted", revision=comment.revision)


def test_a_published_reason_names_no_person(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    comment = build_comment(elector, proposal, now=now)
    with pytest.raises(ValidationError, match=elector.name):
        _answer(author, comment, now, reason=f"Menurut {elector.name.upper()} sudah cukup.")


def test_a_draft_takes_no_comments(author: Person, unit: Unit, now: datetime) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    with pytest.raises(Refused, match="masih draf"):
        build_comment(author, draft, now=now)


def test_a_disposition_is_given_once(
    author: Person, head: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    comment = build_comment(elector, proposal, now=now)
    _answer(author, comment, now)
    with pytest.raises(Refused, match="sudah ditindaklanjuti"):
        _answer(head, comment, now)


def test_the_gate_refuses_the_code_of_another_indicator(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now)
    build_decided(author, head, round_, "adopt", now=now, code="KES-30")
    proposal = build_discussion(author, round_, now=now, code="KES-30")
    counter_gaming(head, author, proposal, now=now)
    assert [lack.anchor for lack in freeze_gate(proposal, now=now)] == ["field-code"]


def test_the_gate_refuses_a_code_that_another_frozen_text_carries(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now)
    build_frozen(author, head, round_, now=now, code="KES-31")
    proposal = build_discussion(author, round_, now=now, code="KES-31")
    counter_gaming(head, author, proposal, now=now)
    assert [lack.anchor for lack in freeze_gate(proposal, now=now)] == ["field-code"]


def test_the_same_words_at_the_same_place_are_one_comment(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    first = build_comment(elector, proposal, now=now)
    assert build_comment(elector, proposal, now=now) == first
    assert build_comment(author, proposal, now=now) != first
    assert build_comment(elector, proposal, now=now, field="formula") != first


def test_what_people_are_told_is_indonesian_whatever_its_cause_reads(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    with translation.override("en"):
        _answer(author, build_comment(elector, proposal, now=now), now)
    told = Notice.objects.filter(person__in=[author, elector]).values_list("text", flat=True)
    assert any(text.startswith("Keberatan baru pada usulan") for text in told)
    assert any(text.endswith("tidak diterima.") for text in told)
