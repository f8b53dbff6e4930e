"""What the database refuses by itself: every column of every table, by raw SQL."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from core.canonical import digest
from ledger.immutability import create_triggers, drop_asking_triggers, protected_tables
from people.models import Person
from tests.voting.builders import APPROVE, add_staff, cast_all, open_poll, sealed_poll
from voting.models import Ballot, Box, ChoiceCount, Elector, Item, Poll, ReceiptCode, Seal
from voting.policy import Policy

pytestmark = pytest.mark.django_db

# What may be written while a poll is open (the actions write it), and after sealing.
WRITABLE_OPEN = {
    Poll: {"state", "closed_at"},
    Item: {"voided_at", "void_reason"},
    Elector: {"has_voted"},
    Box: {"is_open", "n", "content"},
}
WRITABLE_SEALED = {
    Elector: {"box"},  # nothing over nothing: to any box it is refused
    Item: {"voided_at", "void_reason"},  # the rule refuses it: rules.may_void
    Seal: {"scrubbed_at"},
}


def writable(row: models.Model) -> set[str]:
    """Every column of a row that the database lets be written."""
    return {field.name for field in row._meta.concrete_fields if rewrite(row, field.name)}


def _is_ours(error: DatabaseError) -> bool:
    """False, if a trigger of Martahi refused it; every other error is one of the test."""
    if "martahi" not in str(error):
        raise error
    return False


def rewrite(row: models.Model, name: str) -> bool:
    """Write a column over with its own value, by raw SQL; whether the database let it."""
    table = connection.ops.quote_name(row._meta.db_table)
    field = row._meta.get_field(name)
    column = connection.ops.quote_name(str(field.column))  # type: ignore[union-attr]
    key = row._meta.pk
    assert key is not None
    value = key.get_db_prep_value(row.pk, connection)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {column} = {column} WHERE {key.column} = %s", [value]
            )
            assert cursor.rowcount == 1
    except DatabaseError as error:
        return _is_ours(error)
    return True


def remove(row: models.Model) -> bool:
    """Delete a row by raw SQL; whether the database let it."""
    key = row._meta.pk
    assert key is not None
    value = key.get_db_prep_value(row.pk, connection)
    table = connection.ops.quote_name(row._meta.db_table)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {key.column} = %s", [value])
    except DatabaseError as error:
        return _is_ours(error)
    return True


def row_of(model: type[models.Model], poll: Poll) -> models.Model:
    rows = model._default_manager.all()
    if model is Elector:
        rows = rows.filter(has_voted=False)
    row = rows.first()
    assert row is not None
    return row


@pytest.mark.parametrize("model", [Poll, Item, Elector, Box], ids=lambda v: v.__name__)
def test_of_an_open_poll_only_what_voting_writes_can_be_written(
    head: Person, model: type[models.Model]
) -> None:
    assert writable(row_of(model, open_poll(actor=head))) == WRITABLE_OPEN[model]


@pytest.mark.parametrize(
    "model", [Poll, Item, Elector, Seal, ChoiceCount, ReceiptCode, Ballot], ids=lambda v: v.__name__
)
def test_of_a_sealed_poll_nothing_can_be_written(head: Person, model: type[models.Model]) -> None:
    mode = "B" if model is Ballot else "A"
    poll = sealed_poll(actor=head, choices=[APPROVE], policy=Policy(publication_mode=mode))
    assert writable(row_of(model, poll)) == WRITABLE_SEALED.get(model, set())


@pytest.mark.parametrize("model", [Poll, Item, Elector, Box], ids=lambda v: v.__name__)
def test_nothing_of_an_open_poll_can_be_deleted(head: Person, model: type[models.Model]) -> None:
    poll = open_poll(actor=head)
    assert not remove(row_of(model, poll))


@pytest.mark.parametrize(
    "model", [Poll, Item, Elector, Seal, ChoiceCount, ReceiptCode, Ballot], ids=lambda v: v.__name__
)
def test_nothing_of_a_sealed_poll_can_be_deleted(head: Person, model: type[models.Model]) -> None:
    mode = "B" if model is Ballot else "A"
    poll = sealed_poll(actor=head, choices=[APPROVE], policy=Policy(publication_mode=mode))
    assert not remove(row_of(model, poll))


def refused(make: object) -> bool:
    try:
        with transaction.atomic():
            make()  # type: ignore[operator]
    except DatabaseError as error:
        return not _is_ours(error)
    return False


def test_no_name_no_item_and_no_box_comes_to_an_open_poll(head: Person) -> None:
    poll = open_poll(actor=head)
    (newcomer,) = add_staff(head.unit, 1)
    box = poll.boxes.get()
    text = {"title": "x", "text": "x", "text_html": "x", "digest": digest({}), "url": "/"}
    assert refused(
        lambda: Elector.objects.create(poll=poll, person=newcomer, presence="present", box=box)
    )
    assert refused(lambda: Item.objects.create(poll=poll, position=9, **text))
    assert refused(lambda: Box.objects.create(poll=poll, number=9, content=b""))


def test_nothing_comes_to_a_sealed_result(head: Person) -> None:
    poll = sealed_poll(actor=head, choices=[APPROVE])
    item = poll.items.get()
    assert refused(lambda: ChoiceCount.objects.create(item=item, choice="reject", ballots=1))
    assert refused(lambda: ReceiptCode.objects.create(poll=poll, code="x"))
    assert refused(lambda: Ballot.objects.create(poll=poll, code="x", choices=[]))


def test_an_open_poll_is_not_sealed_from_outside(head: Person) -> None:
    poll = open_poll(actor=head)
    fields = dict.fromkeys(("result_hash", "ballots_hash", "receipts_hash", "roll_hash"), "x")
    assert refused(
        lambda: Seal.objects.create(
            poll=poll, result="{}", nonce="", sealed_at=timezone.now(), **fields
        )
    )


def test_a_mark_is_not_taken_back_and_no_vote_is_marked_after_sealing(head: Person) -> None:
    poll = open_poll(actor=head)
    cast_all(poll, [APPROVE])
    marked = poll.electors.voted()
    assert refused(lambda: marked.update(has_voted=False))
    done = sealed_poll(actor=head, choices=[APPROVE])
    assert refused(lambda: done.electors.waiting().update(has_voted=True))


def test_an_elector_is_not_moved_to_another_box(head: Person) -> None:
    poll, other = open_poll(actor=head), open_poll(actor=head)
    done = sealed_poll(actor=head, choices=[APPROVE])
    assert refused(lambda: poll.electors.update(box=other.boxes.get()))
    assert refused(lambda: done.electors.update(box=other.boxes.get()))


@pytest.mark.parametrize("state", ["open", "closed", "disputed"])
def test_a_sealed_poll_never_leaves_that_state(head: Person, state: str) -> None:
    poll = sealed_poll(actor=head, choices=[APPROVE])
    assert refused(lambda: Poll.objects.filter(pk=poll.pk).update(state=state))


def test_a_closed_poll_is_not_opened_again(head: Person) -> None:
    poll = open_poll(actor=head)
    now = timezone.now()
    Poll.objects.filter(pk=poll.pk).update(state="closed", closed_at=now)
    Box.objects.filter(poll=poll).update(is_open=False)
    assert refused(lambda: Poll.objects.filter(pk=poll.pk).update(state="open"))
    assert refused(
        lambda: Poll.objects.filter(pk=poll.pk).update(closed_at=now + timedelta(days=1))
    )
    assert refused(lambda: Box.objects.filter(poll=poll).update(is_open=True))
    assert refused(lambda: Box.objects.filter(poll=poll).update(content=b""))


def test_an_item_is_voided_once(head: Person) -> None:
    item = open_poll(actor=head).items.get()
    Item.objects.filter(pk=item.pk).update(voided_at=timezone.now(), void_reason="x")
    assert refused(lambda: Item.objects.filter(pk=item.pk).update(void_reason="y"))


def test_every_table_of_voting_is_protected() -> None:
    tables = {model._meta.db_table for model in WRITABLE_OPEN | WRITABLE_SEALED}
    tables |= {model._meta.db_table for model in (ChoiceCount, ReceiptCode, Ballot)}
    assert tables <= set(protected_tables())


def test_triggers_come_back_after_a_migration(head: Person) -> None:
    """SQLite takes them away while tables are remade (signal pre_migrate)."""
    drop_asking_triggers()
    create_triggers()
    poll = open_poll(actor=head)
    assert refused(lambda: Box.objects.create(poll=poll, number=9, content=b""))


def test_the_same_person_is_on_a_roll_once(head: Person, elector: Person) -> None:
    poll = Poll(
        id=uuid.uuid4(),
        scope=head.unit,
        title="x",
        subject_url="/",
        opened_by=head,
        decider=head,
        opened_at=timezone.now(),
        closes_at=timezone.now() + timedelta(days=1),
        roll_size=2,
        **Policy().as_dict(),
    )
    poll.save(force_insert=True)
    twice = [Elector(poll=poll, person=elector, presence="present") for _ in range(2)]
    with pytest.raises(DatabaseError, match=r"(?i)unique|over a row"), transaction.atomic():
        Elector.objects.bulk_create(twice)
