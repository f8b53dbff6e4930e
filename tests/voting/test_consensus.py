"""Consensus first: sepakat or keberatan with its reason, by name; no objection and quorum agree."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from tests.voting.builders import (
    add_staff,
    ballot,
    cast_open,
    close_by_clock,
    open_poll,
    voters_of,
)
from voting.methods import InvalidBallot
from voting.models import OpenBallot, OpenChoice, Poll
from voting.policy import Policy
from voting.results import result_of
from voting.verify import mismatches

pytestmark = pytest.mark.django_db

CONSENSUS = Policy(method="consensus", is_secret=False, publication_mode="N")
AGREE, OBJECT = "agree", "object"

type ClientOf = Callable[[Person], Client]


def reasons(poll: Poll, text: str) -> dict[str, str]:
    return {str(item.pk): text for item in poll.items.all()}


def held(head: Person, choices: list[str]) -> Poll:
    """A consensus poll that is over; objections have their reason."""
    poll = open_poll(actor=head, policy=CONSENSUS)
    for person, choice in zip(voters_of(poll), choices, strict=False):
        why = reasons(poll, "Belum **terukur**.") if choice == OBJECT else {}
        cast_open(poll, person, choice, reasons=why)
    return close_by_clock(poll)


@pytest.mark.parametrize("method_policy", [{"is_secret": True}, {"publication_mode": "A"}])
def test_consensus_is_never_secret(method_policy: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="terbuka"):
        Policy(**{"method": "consensus", "is_secret": False} | method_policy)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choices", "passed"),
    [
        ([AGREE] * 7, True),
        ([AGREE] * 6 + [OBJECT], False),
        ([AGREE] * 2, False),  # no quorum
        ([], False),
        ([OBJECT] * 7, False),
    ],
)
def test_no_objection_and_quorum_agree(head: Person, choices: list[str], passed: bool) -> None:
    add_staff(head.unit, 4)
    result = result_of(held(head, choices))
    assert result is not None
    assert [item.passed for item in result.items] == [passed]
    assert list(mismatches()) == []


def test_papers_read_the_counts_as_in_favour_and_against(head: Person) -> None:
    add_staff(head.unit, 4)
    result = result_of(held(head, [AGREE] * 5 + [OBJECT]))
    assert result is not None
    (item,) = result.items
    assert (item.in_favour, item.against, item.abstained) == (5, 1, 0)


@pytest.mark.parametrize("reason", ["", "   ", "\r\n"])
def test_an_objection_without_its_reason_is_refused(
    head: Person, elector: Person, reason: str
) -> None:
    poll = open_poll(actor=head, policy=CONSENSUS)
    with pytest.raises(InvalidBallot, match="Tulis alasan keberatan"):
        cast_open(poll, elector, OBJECT, reasons=reasons(poll, reason))
    assert not OpenBallot.objects.exists()
    assert not poll.electors.voted().exists()


@pytest.mark.parametrize(
    ("reason", "why"),
    [("a" * 2001, "2.000"), ("[" * 500, "terlalu banyak"), ("a\x00b", "tidak dapat disimpan")],
)
def test_a_reason_that_cannot_be_kept_is_refused(
    head: Person, elector: Person, reason: str, why: str
) -> None:
    poll = open_poll(actor=head, policy=CONSENSUS)
    with pytest.raises(InvalidBallot, match=why):
        cast_open(poll, elector, OBJECT, reasons=reasons(poll, reason))
    assert not OpenBallot.objects.exists()


def test_the_database_refuses_an_objection_without_its_reason(
    head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, policy=CONSENSUS)
    given = OpenBallot.objects.create(
        elector=poll.electors.get(person=elector), number=1, cast_at=timezone.now()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        OpenChoice.objects.create(ballot=given, item=poll.items.get(), choice=OBJECT)


def test_a_reason_is_rendered_safely_once(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, policy=CONSENSUS)
    given = cast_open(
        poll, elector, OBJECT, reasons=reasons(poll, "**tebal** <script>alert(1)</script>")
    )
    (line,) = given.choices.all()
    assert "<strong>tebal</strong>" in line.reason_shown
    assert "<script" not in line.reason_shown


def test_the_answer_to_an_objection_may_change_a_mind(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, policy=CONSENSUS)
    for person in voters_of(poll):
        cast_open(poll, person, AGREE)
    cast_open(poll, elector, OBJECT, reasons=reasons(poll, "Belum."))
    cast_open(poll, elector, AGREE)
    result = result_of(close_by_clock(poll))
    assert result is not None
    assert result.items[0].passed


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"item-KEY": "object"},
        {"item-KEY": "approve"},
        {"item-KEY": "agree", "reason-x": "y"},
        {"item-KEY": "agree", "item-x": "agree"},
        {"reason-KEY": "ada"},
        {"item-KEY": "object", "reason-KEY": "a" * 5000},
        {"item-KEY": ["agree", "object"], "reason-KEY": "\x00"},
    ],
    ids=str,
)
@pytest.mark.parametrize("door", ["review", "cast"])
def test_a_bad_body_is_answered_with_a_sentence(
    client_of: ClientOf, head: Person, elector: Person, door: str, fields: dict[str, object]
) -> None:
    poll = open_poll(actor=head, policy=CONSENSUS)
    key = str(poll.items.get().pk)
    body = {name.replace("KEY", key): value for name, value in fields.items()}
    response = client_of(elector).post(reverse(f"voting:{door}", args=[poll.pk]), body)
    assert response.status_code == 200
    assert "ds-error-summary" in response.content.decode()
    assert not OpenBallot.objects.exists()


def test_the_result_says_that_a_vote_follows_and_why(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, policy=CONSENSUS)
    cast_open(poll, elector, OBJECT, reasons=reasons(poll, "Belum terukur."))
    close_by_clock(poll)
    page = client_of(head).get(reverse("voting:detail", args=[poll.pk])).content.decode()
    assert "Mufakat belum tercapai: pemungutan suara menyusul" in page
    assert "Belum terukur." in page
    assert elector.name in page


def test_what_is_typed_comes_back_to_be_changed(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, policy=CONSENSUS)
    key = ballot(poll, OBJECT)
    fields = {f"item-{name}": choice for name, choice in key.items()}
    fields |= {f"reason-{name}": "Alasan saya <b>" for name in key}
    client = client_of(elector)
    read = client.post(reverse("voting:review", args=[poll.pk]), fields)
    assert "Alasan saya &lt;b&gt;" in read.content.decode()
    again = client.post(reverse("voting:review", args=[poll.pk]), fields | {"back": "yes"})
    page = again.content.decode()
    assert "Alasan saya &lt;b&gt;" in page
    assert "ds-error-summary" not in page
    assert again.headers["Cache-Control"].count("no-store") == 1
