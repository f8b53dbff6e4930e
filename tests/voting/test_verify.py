"""Verification finds every kind of tampering, and names the poll; without it, it finds nothing."""

import json
from collections.abc import Callable

import pytest
from django.db import connection

from core.canonical import canonical_bytes, sha256
from ledger.immutability import maintenance
from ledger.models import Event
from people.models import Person
from tests.voting.builders import ABSTAIN, APPROVE, REJECT, add_staff, open_poll, sealed_poll
from voting import kept
from voting.models import Ballot, ChoiceCount, Elector, Item, Poll, ReceiptCode, Seal
from voting.policy import Policy
from voting.verify import mismatches

pytestmark = pytest.mark.django_db

CHOICES = [APPROVE, APPROVE, APPROVE, REJECT, ABSTAIN, ABSTAIN]


def add_name(poll: Poll) -> None:
    (stranger,) = add_staff(poll.scope, 1)
    Elector.objects.create(poll=poll, person=stranger, presence="present", has_voted=True)


def drop_name(poll: Poll) -> None:
    poll.electors.waiting()[:1].get().delete()


def swap_name(poll: Poll) -> None:
    (stranger,) = add_staff(poll.scope, 1)
    Elector.objects.filter(pk=poll.electors.voted()[:1].get().pk).update(person=stranger)


def swap_counts(poll: Poll) -> None:
    """Approvals and abstentions change places: all sums stay."""
    counts = poll.items.get().choice_counts
    for choice, other in ((APPROVE, "x"), (ABSTAIN, APPROVE), ("x", ABSTAIN)):
        counts.filter(choice=choice).update(choice=other)


def edit_result(poll: Poll) -> None:
    Seal.objects.filter(poll=poll).update(result=poll.seal.result.replace("true", "false", 1))


def forge_whole_seal(poll: Poll) -> None:
    """The perfect forgery inside voting: counts, result and all hashes agree. The ledger knows."""
    swap_counts(poll)
    items = list(poll.items.all())
    columns = kept.columns_kept(poll, items)
    document = json.loads(poll.seal.result)
    document["items"][0] |= {
        "counts": columns[0],
        "passed": columns[0][APPROVE] > columns[0][REJECT],
        "passed_of_present": columns[0][APPROVE] > 3,
    }
    result = canonical_bytes(document)
    Seal.objects.filter(poll=poll).update(
        result=result.decode(),
        result_hash=sha256(result),
        ballots_hash=kept.ballots_hash(poll.seal.nonce, kept.ballots_document(items, columns, [])),
    )


TAMPERINGS: dict[str, Callable[[Poll], object]] = {
    "a name is added": add_name,
    "a name is dropped": drop_name,
    "a name is swapped": swap_name,
    "a mark is added": lambda poll: poll.electors.waiting().update(has_voted=True),
    "a mark is taken": lambda poll: poll.electors.update(has_voted=False),
    "the roll hash is changed": lambda poll: Poll.objects.update(roll_hash="sha256:0"),
    "the roll size is changed": lambda poll: Poll.objects.update(roll_size=99),
    "the majority is changed": lambda poll: Poll.objects.update(majority="2/3"),
    "the quorum is changed": lambda poll: Poll.objects.update(quorum="1/4"),
    "the title is changed": lambda poll: Poll.objects.update(title="Lain"),
    "an item's text is changed": lambda poll: Item.objects.update(text="Lain"),
    "an item's shown text is changed": lambda poll: Item.objects.update(text_html="Lain"),
    "an item's digest is changed": lambda poll: Item.objects.update(digest="sha256:0"),
    "a count is raised": lambda poll: ChoiceCount.objects.filter(choice=APPROVE).update(ballots=4),
    "counts are swapped": swap_counts,
    "a count is dropped": lambda poll: ChoiceCount.objects.filter(choice=REJECT).delete(),
    "a count is added": lambda poll: ChoiceCount.objects.create(
        item=poll.items.get(), choice="maybe", ballots=1
    ),
    "a code is changed": lambda poll: ReceiptCode.objects.filter(
        pk=poll.receipt_codes.all()[0].pk
    ).update(code="x"),
    "a code is dropped": lambda poll: poll.receipt_codes.all()[0].delete(),
    "a code is added": lambda poll: ReceiptCode.objects.create(poll=poll, code="x"),
    "the result is edited": edit_result,
    "the result hash is changed": lambda poll: Seal.objects.update(result_hash="sha256:0"),
    "the ballots hash is changed": lambda poll: Seal.objects.update(ballots_hash="sha256:0"),
    "the receipts hash is changed": lambda poll: Seal.objects.update(receipts_hash="sha256:0"),
    "the seal's roll hash is changed": lambda poll: Seal.objects.update(roll_hash="sha256:0"),
    "the nonce is changed": lambda poll: Seal.objects.update(nonce="0" * 64),
    "the seal is gone": lambda poll: poll.seal.delete(),
    "the whole seal is forged": forge_whole_seal,
    "the opening is unheard of": lambda poll: Event.objects.filter(action="poll.opened").update(
        action="poll.closed"
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_located(head: Person, name: str) -> None:
    add_staff(head.unit, 4)
    poll = sealed_poll(actor=head, choices=CHOICES)
    assert list(mismatches()) == []
    with maintenance(), connection.constraint_checks_disabled():
        TAMPERINGS[name](poll)
    found = list(mismatches())
    assert found
    assert all(str(poll.pk) in mismatch.place for mismatch in found)


@pytest.mark.parametrize("mode", ["A", "B", "C"])
@pytest.mark.parametrize("ballots", [0, 3, 6])
def test_polls_that_nobody_touched_verify(head: Person, mode: str, ballots: int) -> None:
    add_staff(head.unit, 4)
    sealed_poll(
        actor=head, choices=CHOICES[:ballots], items=2, policy=Policy(publication_mode=mode)
    )
    open_poll(actor=head)
    assert list(mismatches()) == []


def test_a_published_ballot_that_was_changed_is_found(head: Person) -> None:
    poll = sealed_poll(actor=head, choices=CHOICES[:4], policy=Policy(publication_mode="B"))
    row = Ballot.objects.filter(poll=poll, choices=[REJECT]).get()
    with maintenance():
        Ballot.objects.filter(pk=row.pk).update(choices=[APPROVE])
    assert any("surat suara" in mismatch.what for mismatch in mismatches())


def test_tampering_with_one_poll_is_not_blamed_on_another(head: Person) -> None:
    touched = sealed_poll(actor=head, choices=CHOICES[:4])
    sealed_poll(actor=head, choices=CHOICES[:4])
    with maintenance():
        Item.objects.filter(poll=touched).update(text="Lain")
    assert {mismatch.place for mismatch in mismatches()} == {f"poll {touched.pk}"}
