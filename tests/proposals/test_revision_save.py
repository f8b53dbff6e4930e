from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from core.verdict import Refused
from people.models import Person, Unit
from proposals import actions
from proposals.history import history_of
from proposals.models import Revision
from tests.proposals.builders import (
    build_comment,
    build_discussion,
    build_draft,
    build_frozen,
    build_round,
    fields_written,
)


def test_the_first_text_is_revision_one(author: Person, unit: Unit, now: datetime) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    assert [revision.number for revision in draft.revisions.all()] == [1]


def test_a_revision_tells_each_change_by_field_in_words(
    author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(
        author, build_round(unit, now=now), now=now, proposed_weight_percent=10, target=80
    )
    fields = fields_written(target=90, proposed_weight_percent=15)
    actions.revision_save(
        actor=author, proposal=draft, fields=fields, reason="", based_on=1, now=now
    )
    newest = history_of(draft).steps[0]
    assert [item.change.sentence for item in newest.changes] == [
        "target 80 → 90 persen",
        "bobot 10 → 15 persen",
    ]


def test_prose_is_compared_word_by_word(author: Person, unit: Unit, now: datetime) -> None:
    draft = build_draft(
        author, build_round(unit, now=now), now=now, definition="Balita yang ditimbang bulan ini."
    )
    fields = fields_written(definition="Balita yang diukur bulan ini.")
    actions.revision_save(
        actor=author, proposal=draft, fields=fields, reason="", based_on=1, now=now
    )
    [changed] = history_of(draft).steps[0].changes
    assert "ditimbang</del>" in str(changed.diff) or "ditimbang" in str(changed.diff)
    assert "<ins" in str(changed.diff)
    assert "<del" in str(changed.diff)


def test_an_unchanged_text_makes_no_revision(author: Person, unit: Unit, now: datetime) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    with pytest.raises(ValidationError, match="Tidak ada yang berubah"):
        actions.revision_save(
            actor=author, proposal=draft, fields=fields_written(), reason="", based_on=1, now=now
        )
    assert draft.revisions.count() == 1


def test_a_reason_is_required_once_anyone_has_commented(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    build_comment(elector, proposal, now=now)
    with pytest.raises(ValidationError, match="alasan perubahan"):
        actions.revision_save(
            actor=author,
            proposal=proposal,
            fields=fields_written(target=70),
            reason=" ",
            based_on=1,
            now=now,
        )


def test_a_second_tab_does_not_overwrite_a_newer_revision(
    author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    actions.revision_save(
        actor=author,
        proposal=draft,
        fields=fields_written(target=70),
        reason="",
        based_on=1,
        now=now,
    )
    with pytest.raises(Refused, match="Revisi 2"):
        actions.revision_save(
            actor=author,
            proposal=draft,
            fields=fields_written(target=60),
            reason="",
            based_on=1,
            now=now,
        )


def test_a_frozen_text_cannot_be_changed(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now)
    with pytest.raises(Refused, match="dibekukan"):
        actions.revision_save(
            actor=author,
            proposal=frozen,
            fields=fields_written(target=70),
            reason="Salah ketik.",
            based_on=1,
            now=now,
        )


def test_raw_sql_cannot_change_a_revision(author: Person, unit: Unit, now: datetime) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE proposals_revision SET reason = 'lain'")
    assert Revision.objects.get(proposal=draft).reason == ""
