"""What the history shows: every field, any two revisions, how many are concerned, and restoring."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.verdict import Refused
from indicators.reach import Staff
from indicators.record import FIELDS, Shape
from people.models import Person, Unit
from proposals import actions
from proposals.history import history_of
from proposals.models import Proposal, Revision, WorkingCopy
from proposals.text import RETIREMENT, WEIGHT, text_changes, text_content
from tests.builders import Cast, build_person
from tests.indicators.builders import record_content
from tests.proposals.builders import build_draft, build_frozen, build_round, fields_written

type ClientOf = Callable[[Person], Client]

OTHER_VALUES: dict[Shape, Any] = {
    Shape.LINE: "Lainnya",
    Shape.PROSE: "Kalimat yang lain.",
    Shape.DECIMAL: "41.5",
    Shape.FLAG: True,
    Shape.UNIT: "dinkes",
    Shape.TARGETS: {"TW1": "20"},
    Shape.RANGE: ["70", "90"],
    Shape.SCALE: [["0", "0"], ["90", "100"]],
    Shape.APPLIES_TO: [{"unit": "dinkes", "include_sub_units": True, "position_family": None}],
    Shape.MS_IND: {"konsep": "Gizi balita"},
}


def other_value(name: str, content: dict[str, Any]) -> Any:
    """A value that the field does not have."""
    field = FIELDS[name]
    if field.shape is Shape.CHOICE:
        return next(value for value in field.choices if value and value != content[name])
    return OTHER_VALUES[field.shape]


@pytest.mark.django_db
@pytest.mark.parametrize("name", FIELDS)
def test_a_change_of_any_field_is_told(name: str) -> None:
    before: dict[str, Any] = record_content() | {WEIGHT: None}
    after = before | {name: other_value(name, before)}
    [change] = text_changes(before, after, {})
    assert change.field == name
    assert change.sentence.startswith(FIELDS[name].label)
    assert change.old_text != change.new_text


@pytest.mark.django_db
def test_a_change_of_the_weight_is_told() -> None:
    before: dict[str, Any] = record_content() | {WEIGHT: None}
    [change] = text_changes(before, before | {WEIGHT: "15"}, {})
    assert change.sentence == "bobot (kosong) → 15 persen"


def test_every_field_of_a_text_is_compared(author: Person, unit: Unit, now: datetime) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    kept = {field.name for field in draft.record._meta.fields} - {"proposal"}
    assert kept == {*text_content(draft.record), RETIREMENT}


def revise(proposal: Proposal, *, now: datetime, based_on: int = 1, **over: Any) -> Revision:
    return actions.revision_save(
        actor=proposal.author,
        proposal=proposal,
        fields=fields_written(**over),
        reason="Diperbaiki.",
        based_on=based_on,
        now=now,
    )


@pytest.fixture
def draft(author: Person, unit: Unit, now: datetime) -> Proposal:
    """A text in two revisions: target 80, then 85."""
    proposal = build_draft(author, build_round(unit, now=now), now=now)
    revise(proposal, now=now, target=85)
    return proposal


def restore(proposal: Proposal, *, now: datetime, **over: Any) -> Revision:
    fields: dict[str, Any] = {
        "actor": proposal.author,
        "number": 1,
        "reason": "Target lama lebih masuk akal.",
        "based_on": 2,
        "edition": 0,
    }
    return actions.revision_restore(proposal=proposal, now=now, **fields | over)


def test_an_old_text_comes_back_as_a_new_revision(draft: Proposal, now: datetime) -> None:
    restored = restore(draft, now=now)
    first = draft.revisions.get(number=1)
    assert restored.number == 3
    assert restored.digest == first.digest
    assert restored.reason == "Target lama lebih masuk akal."


def test_restoring_needs_a_reason(draft: Proposal, now: datetime) -> None:
    with pytest.raises(ValidationError, match="alasan"):
        restore(draft, now=now, reason=" ")
    assert draft.revisions.count() == 2


def test_restoring_does_not_pass_over_a_newer_revision(draft: Proposal, now: datetime) -> None:
    with pytest.raises(Refused, match="Revisi 2 sudah disimpan lebih dulu"):
        restore(draft, now=now, based_on=1)
    assert draft.revisions.count() == 2


def test_restoring_does_not_throw_away_what_was_typed_unseen(
    draft: Proposal, author: Person, now: datetime
) -> None:
    actions.working_copy_save(
        actor=author,
        proposal=draft,
        fields={"name": "Setengah"},
        based_on=2,
        edition=0,
        window=uuid4(),
        now=now,
    )
    with pytest.raises(Refused, match="Salinan kerja"):
        restore(draft, now=now)
    assert WorkingCopy.objects.get().fields == {"name": "Setengah"}


def test_the_latest_text_is_not_restored(draft: Proposal, now: datetime) -> None:
    with pytest.raises(ValidationError, match="Tidak ada yang berubah"):
        restore(draft, now=now, number=2)


def test_a_colleague_restores_nothing(draft: Proposal, elector: Person, now: datetime) -> None:
    with pytest.raises(Refused):
        restore(draft, now=now, actor=elector)
    assert draft.revisions.count() == 2


def test_a_frozen_text_is_not_restored(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now)
    with pytest.raises(Refused, match="dibekukan"):
        restore(frozen, now=now, based_on=1)


def test_a_text_is_restored_from_the_history(
    client_of: ClientOf, draft: Proposal, author: Person
) -> None:
    client = client_of(author)
    url = reverse("proposals:restore", args=[draft.pk, 1])
    assert url in client.get(reverse("proposals:history", args=[draft.pk])).content.decode()
    assert "Target 85 → 80 persen" in client.get(url).content.decode()
    data = {"reason": "Kembali ke semula.", "based_on": "2", "edition": "0"}
    page = client.post(url, data, follow=True).content.decode()
    assert "Teks revisi 1 dikembalikan sebagai revisi 3." in page


def test_a_conflict_while_restoring_stays_on_the_form(
    client_of: ClientOf, draft: Proposal, author: Person
) -> None:
    url = reverse("proposals:restore", args=[draft.pk, 1])
    data = {"reason": "Kembali ke semula.", "based_on": "1", "edition": "0"}
    page = client_of(author).post(url, data).content.decode()
    assert "Revisi 2 sudah disimpan lebih dulu" in page
    assert "Kembali ke semula." in page


def test_a_revision_that_never_was_is_not_there(
    client_of: ClientOf, draft: Proposal, author: Person
) -> None:
    url = reverse("proposals:restore", args=[draft.pk, 9])
    assert client_of(author).get(url).status_code == 404


# How many people are concerned


def entry(unit: Unit, *, below: bool = False, family: str | None = None) -> dict[str, Any]:
    return {"unit": unit.code, "include_sub_units": below, "position_family": family}


def test_people_in_service_are_counted_once(cast: Cast, unit: Unit, agency: Unit) -> None:
    in_unit = Person.objects.active().filter(unit=unit).count()
    both = [entry(unit), entry(agency, below=True)]
    assert Staff.current().reached([entry(unit)]) == in_unit
    assert Staff.current().reached(both) == in_unit + Person.objects.filter(unit=agency).count()


def test_a_position_family_narrows_who_is_concerned(cast: Cast, unit: Unit) -> None:
    for _ in range(3):
        build_person(unit=unit, position_family=Person.Family.TEACHER)
    assert Staff.current().reached([entry(unit, family="teacher")]) == 3


def test_the_staff_is_counted_in_two_queries(
    cast: Cast, unit: Unit, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        Staff.current().reached([entry(unit)] * 50)


def test_the_history_tells_how_many_are_concerned_now_and_before(
    client_of: ClientOf, draft: Proposal, author: Person, unit: Unit, now: datetime
) -> None:
    for _ in range(3):
        build_person(unit=unit, position_family=Person.Family.TEACHER)
    everyone = Person.objects.active().filter(unit=unit).count()
    over = {"target": 85, "applies_to": [entry(unit, family="teacher")]}
    revise(draft, now=now, based_on=2, **over)
    client = client_of(author)
    told = f"Menyangkut 3 pegawai (sebelumnya {everyone})"
    assert told in client.get(reverse("proposals:history", args=[draft.pk])).content.decode()
    page = client.get(reverse("proposals:detail", args=[draft.pk])).content.decode()
    assert "Menyangkut 3 pegawai" in page


# Sixty revisions


def test_sixty_revisions_cost_as_many_queries_as_two(
    client_of: ClientOf, draft: Proposal, author: Person, now: datetime
) -> None:
    client = client_of(author)
    url = reverse("proposals:history", args=[draft.pk]) + "?from=1&to=2"
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(2, 60):
        revise(draft, now=now, based_on=number, target=number)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)


def test_only_the_steps_that_are_shown_are_compared(draft: Proposal) -> None:
    steps = history_of(draft).steps
    assert all("changes" not in vars(step) for step in steps)
