"""Open ballots: by name, changeable until closing, the last one counts, the history stays."""

import json
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.verdict import Refused
from ledger.immutability import maintenance
from ledger.models import Event
from people.models import Person
from tests.voting.builders import (
    ABSTAIN,
    APPROVE,
    REJECT,
    add_staff,
    ballot,
    cast,
    cast_open,
    close_by_clock,
    open_poll,
    token,
    voters_of,
)
from voting import boxes, clock
from voting.actions import item_void
from voting.methods import InvalidBallot
from voting.models import OpenBallot, OpenChoice, Poll
from voting.policy import Policy
from voting.results import result_of
from voting.verify import mismatches

pytestmark = pytest.mark.django_db

OPEN = Policy(is_secret=False, publication_mode="N")

type ClientOf = Callable[[Person], Client]


def said(poll: Poll, person: Person) -> list[tuple[int, list[str]]]:
    """What a person chose, each time."""
    ballots = OpenBallot.objects.of_elector(poll.electors.get(person=person))
    return [(each.number, [line.choice for line in each.choices.all()]) for each in ballots]


def test_an_open_ballot_is_kept_by_name_with_its_time(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, items=2, policy=OPEN)
    before = clock.database_now()
    given = cast_open(poll, elector, APPROVE, ABSTAIN)
    assert said(poll, elector) == [(1, [APPROVE, ABSTAIN])]
    assert before <= given.cast_at <= clock.database_now()
    assert [line.person for line in poll.electors.voted()] == [elector]
    assert poll.boxes.get().n == 1


def test_it_may_be_changed_until_closing_and_the_last_counts(
    head: Person, elector: Person, author: Person
) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    cast_open(poll, elector, APPROVE)
    cast_open(poll, author, APPROVE)
    cast_open(poll, elector, REJECT)
    cast_open(poll, elector, ABSTAIN)
    assert said(poll, elector) == [(1, [APPROVE]), (2, [REJECT]), (3, [ABSTAIN])]
    assert poll.boxes.get().n == 2
    sealed = close_by_clock(poll)
    counts = {row.choice: row.ballots for row in sealed.items.get().choice_counts.all()}
    assert counts == {APPROVE: 1, ABSTAIN: 1}
    assert json.loads(sealed.seal.result)["turnout"] == 2


def test_sending_the_same_again_is_no_change_of_mind(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    first = cast_open(poll, elector, APPROVE)
    assert cast_open(poll, elector, APPROVE) == first
    assert said(poll, elector) == [(1, [APPROVE])]


def test_after_closing_nothing_can_be_changed(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    given = cast_open(poll, elector, APPROVE)
    with clock.staged_at(poll.closes_at), pytest.raises(Refused, match="ditutup"):
        cast_open(poll, elector, REJECT)
    sealed = close_by_clock(poll)
    with pytest.raises(Refused, match="ditutup"):
        cast_open(sealed, elector, REJECT)
    assert said(sealed, elector) == [(1, [APPROVE])]
    line = sealed.electors.get(person=elector)
    now = timezone.now()
    with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
        OpenBallot.objects.create(elector=line, number=2, cast_at=now)
    with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
        OpenChoice.objects.create(ballot=given, item=sealed.items.get(), choice=REJECT)


def test_the_database_refuses_an_open_ballot_of_a_secret_poll(
    head: Person, elector: Person
) -> None:
    secret, named = open_poll(actor=head), open_poll(actor=head, policy=OPEN)
    now = timezone.now()
    with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
        OpenBallot.objects.create(
            elector=secret.electors.get(person=elector), number=1, cast_at=now
        )
    given = cast_open(named, elector, APPROVE)
    with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
        OpenChoice.objects.create(ballot=given, item=secret.items.get(), choice=APPROVE)


def test_the_database_keeps_open_ballots_as_they_were(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    given = cast_open(poll, elector, APPROVE)
    for change in (
        lambda: OpenBallot.objects.filter(pk=given.pk).update(number=7),
        lambda: given.choices.update(choice=REJECT),
        lambda: given.choices.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="martahi"), transaction.atomic():
            change()


def test_each_way_of_casting_refuses_the_other_kind_of_poll(head: Person, elector: Person) -> None:
    secret, named = open_poll(actor=head), open_poll(actor=head, policy=OPEN)
    with pytest.raises(Refused, match="tertutup"):
        cast_open(secret, elector, APPROVE)
    with pytest.raises(Refused, match="terbuka"):
        cast(named, elector, APPROVE)


def test_an_open_poll_needs_no_key(head: Person) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    assert boxes.keys_kept() == []
    assert close_by_clock(poll).state == Poll.State.SEALED


@pytest.mark.parametrize("who", ["head", "outsider", "moved"])
def test_only_the_roll_casts(
    request: pytest.FixtureRequest, head: Person, who: str, elector: Person
) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    with pytest.raises(Refused, match="tidak terdaftar"):
        cast_open(poll, request.getfixturevalue(who), raw=ballot(poll, APPROVE))
    assert not OpenBallot.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"x": APPROVE},
        {"": ""},
        {"ITEM": "maybe"},
        {"ITEM": "agree"},
        {"ITEM": "NaN"},
        {"ITEM": "1e400"},
        {"ITEM": APPROVE, "5b0c1b5e-8c0e-4d56-9f7d-1f3a3f0e8f00": APPROVE},
    ],
    ids=str,
)
def test_a_bad_open_ballot_is_told_why_and_stored_nowhere(
    head: Person, elector: Person, raw: dict[str, str]
) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    key = str(poll.items.get().pk)
    with pytest.raises(InvalidBallot) as caught:
        cast_open(poll, elector, raw={name.replace("ITEM", key): v for name, v in raw.items()})
    assert all(caught.value.sentences.values())
    assert not OpenBallot.objects.exists()
    assert not poll.electors.voted().exists()


def test_a_reason_where_none_belongs_is_refused(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    with pytest.raises(InvalidBallot, match="tidak memuat alasan"):
        cast_open(poll, elector, APPROVE, reasons={str(poll.items.get().pk): "karena"})


def test_a_void_item_is_neither_asked_nor_counted(
    head: Person, elector: Person, author: Person
) -> None:
    poll = open_poll(actor=head, items=2, policy=OPEN)
    cast_open(poll, elector, APPROVE, REJECT)
    first = poll.items.first()
    assert first is not None
    item_void(actor=head, item=first, reason="Dikembalikan.", now=timezone.now())
    cast_open(poll, author, raw={str(poll.items.last().pk): APPROVE})  # type: ignore[union-attr]
    sealed = close_by_clock(poll)
    result = result_of(sealed)
    assert result is not None
    assert [entry.is_void for entry in result.items] == [True, False]
    assert list(mismatches()) == []


# What pages say


def address(name: str, poll: Poll) -> str:
    return reverse(f"voting:{name}", args=[poll.pk])


def test_nobody_but_oneself_sees_anything_before_closing(
    client_of: ClientOf, head: Person, elector: Person, author: Person
) -> None:
    """Two polls alike but for what was chosen look alike to all others, until they are closed."""
    seen = []
    for choice in (APPROVE, REJECT):
        poll = open_poll(actor=head, policy=OPEN, title="Sama")
        cast_open(poll, elector, choice)
        texts = []
        for person in (head, author):
            for name in ("detail", "my-status", "roll"):
                page = client_of(person).get(address(name, poll)).content.decode()
                page = page.replace(str(poll.pk), "").replace(str(poll.items.get().pk), "")
                texts.append(without_tokens(page))
        seen.append(texts)
        own = client_of(elector).get(address("my-status", poll)).content.decode()
        assert {APPROVE: "Setuju", REJECT: "Tidak setuju"}[choice] in own
        close_by_clock(poll)
    for first, second in zip(*seen, strict=True):
        assert first.splitlines() == second.splitlines()


def without_tokens(page: str) -> str:
    import re

    varying = r'(name="(csrfmiddlewaretoken|receipt)" value="|nonce="|X-CSRFToken": ")[^"]*'
    return re.sub(varying, "", page)


def test_the_ballot_says_who_will_read_it(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    page = client_of(elector).get(address("detail", poll)).content.decode()
    assert "Suara terbuka: nama Anda dan pilihan Anda terbaca oleh semua pegawai" in page
    assert "Pemungutan suara terbuka" in page
    assert "Seberapa rahasia suara Anda" not in page


def test_an_open_ballot_is_read_over_cast_and_changed_over_http(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    client, name = client_of(elector), f"item-{poll.items.get().pk}"
    read = client.post(address("review", poll), {name: APPROVE}).content.decode()
    assert "Suara Anda belum tercatat" in read
    assert not OpenBallot.objects.exists()
    done = client.post(address("cast", poll), {name: APPROVE}).content.decode()
    assert "Suara Anda tercatat, selesai." in done
    assert "Kode tanda terima" not in done
    assert client.get(address("detail", poll)).context["form"].initial[name] == APPROVE
    client.post(address("cast", poll), {name: REJECT})
    status = client.get(address("my-status", poll)).content.decode()
    assert "Pilihan Anda yang dihitung" in status
    assert "Pilihan Anda sebelumnya" in status


def test_the_result_page_says_who_chose_what_with_the_history(
    client_of: ClientOf, head: Person, elector: Person, outsider: Person
) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    cast_open(poll, elector, APPROVE)
    cast_open(poll, elector, REJECT)
    close_by_clock(poll)
    page = client_of(outsider).get(address("detail", poll)).content.decode()
    assert "Siapa memilih apa" in page
    assert elector.name in page
    assert "Pilihan sebelumnya" in page
    assert "Kode tanda terima" not in page


def test_names_of_a_secret_poll_are_never_listed(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head)
    cast(poll, elector, APPROVE)
    close_by_clock(poll)
    page = client_of(head).get(address("detail", poll)).content.decode()
    assert "Siapa memilih apa" not in page
    assert elector.name not in page


def test_the_sealed_document_counts_what_the_page_says_by_name(
    head: Person, elector: Person
) -> None:
    """Its numbers hide nothing from staff, however few voted; the public is told none."""
    poll = open_poll(actor=head, policy=OPEN)
    cast_open(poll, elector, APPROVE)
    sealed = close_by_clock(poll)
    counts = json.loads(sealed.seal.result)["items"][0]["counts"]
    assert counts == {APPROVE: 1, REJECT: 0, ABSTAIN: 0}
    result = result_of(sealed)
    assert result is not None
    assert (result.is_shown, result.is_public) == (True, False)


# Ledger and verification


def test_the_ledger_hears_of_opening_and_end_alone(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    cast_open(poll, elector, APPROVE)
    close_by_clock(poll)
    actions = list(Event.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["poll.opened", "poll.closed", "poll.sealed"]


def poll_with_history(head: Person) -> Poll:
    add_staff(head.unit, 4)
    poll = open_poll(actor=head, policy=OPEN)
    for person, choice in zip(voters_of(poll), [APPROVE] * 3 + [REJECT] * 2, strict=False):
        cast_open(poll, person, choice)
    cast_open(poll, voters_of(poll)[0], REJECT)
    cast_open(poll, voters_of(poll)[0], APPROVE)
    return close_by_clock(poll)


TAMPERINGS: dict[str, Callable[[], object]] = {
    "a choice": lambda: OpenChoice.objects.filter(ballot__number=3).update(choice=REJECT),
    "a choice of before": lambda: OpenChoice.objects.filter(ballot__number=2).update(
        choice=ABSTAIN
    ),
    "a reason": lambda: OpenChoice.objects.filter(ballot__number=3).update(reason="x"),
    "a time": lambda: OpenBallot.objects.filter(number=2).update(cast_at=timezone.now()),
    "a ballot of before goes": lambda: (
        OpenChoice.objects.filter(ballot__number=2).delete(),
        OpenBallot.objects.filter(number=2).delete(),
    ),
    "the last ballot goes": lambda: (
        OpenChoice.objects.filter(ballot__number=3).delete(),
        OpenBallot.objects.filter(number=3).delete(),
    ),
    "an answer goes": lambda: OpenChoice.objects.filter(ballot__number=3).delete(),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_with_open_ballots_is_found(head: Person, name: str) -> None:
    poll = poll_with_history(head)
    assert list(mismatches()) == []
    with maintenance():
        TAMPERINGS[name]()
    found = list(mismatches())
    assert found
    assert all(str(poll.pk) in mismatch.place for mismatch in found)


def test_a_mark_without_its_ballot_makes_the_poll_disputed(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    cast_open(poll, elector, APPROVE)
    with maintenance():
        OpenChoice.objects.all().delete()
        OpenBallot.objects.all().delete()
    assert close_by_clock(poll).state == Poll.State.DISPUTED


def test_the_token_of_a_secret_ballot_is_not_asked_for(head: Person, elector: Person) -> None:
    poll = open_poll(actor=head, policy=OPEN)
    assert token(poll, elector)
    assert cast_open(poll, elector, APPROVE).number == 1
