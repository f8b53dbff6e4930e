"""The result and the anonymous ballots of a poll, over the API: all that may be told, no more."""

import json
from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.canonical import canonical_bytes, digest, sha256
from people.models import Person
from tests.voting.builders import (
    ABSTAIN,
    APPROVE,
    REJECT,
    add_staff,
    cast,
    close_by_clock,
    open_poll,
    sealed_poll,
    voters_of,
)
from voting.actions import item_void
from voting.election import answer, read
from voting.models import Poll
from voting.policy import Policy

pytestmark = pytest.mark.django_db

FIVE = [APPROVE, REJECT, APPROVE, ABSTAIN, APPROVE]


def asked(client: Client, name: str, poll: Poll) -> Any:
    response = client.get(reverse(f"api-1:{name}", args=[poll.pk]))
    assert response.status_code == 200, response.content
    assert canonical_bytes(json.loads(response.content)) == response.content
    return json.loads(response.content)


@pytest.fixture
def reader(client: Client, outsider: Person) -> Client:
    """Someone of another unit: every sealed poll can be counted again by everyone in service."""
    client.force_login(outsider)
    return client


def mixed_poll(head: Person, mode: str, majority: str = "1/2") -> Poll:
    """Three items, one of them void, six ballots that differ."""
    add_staff(head.unit, 4)
    policy = Policy(publication_mode=mode, majority=majority)
    poll = open_poll(actor=head, items=3, policy=policy)
    void = poll.items.get(position=2)
    for voter, first, last in zip(voters_of(poll), [*FIVE, REJECT], [REJECT, *FIVE], strict=False):
        cast(poll, voter, first, REJECT, last)
    item_void(actor=head, item=void, reason="Teks dikembalikan.", now=timezone.now())
    return close_by_clock(poll)


@pytest.mark.parametrize("name", ["poll_result", "poll_ballots"])
def test_an_open_poll_tells_nothing(reader: Client, head: Person, name: str) -> None:
    poll = open_poll(actor=head)
    response = reader.get(reverse(f"api-1:{name}", args=[poll.pk]))
    assert response.status_code == 403
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "disegel" in response.json()["detail"]


@pytest.mark.parametrize("name", ["poll_result", "poll_ballots"])
def test_visitors_are_told_to_sign_in(client: Client, head: Person, name: str) -> None:
    poll = sealed_poll(actor=head, choices=FIVE)
    response = client.get(reverse(f"api-1:{name}", args=[poll.pk]))
    assert response.status_code == 401
    assert response.json()["status"] == 401
    assert "Masuk" in response.json()["detail"]


def test_an_unknown_poll_is_a_problem(reader: Client) -> None:
    response = reader.get(reverse("api-1:poll_result", args=[uuid4()]))
    assert (response.status_code, response.json()["title"]) == (404, "Not Found")


def test_result_is_the_sealed_one(reader: Client, head: Person) -> None:
    add_staff(head.unit, 3)
    poll = sealed_poll(actor=head, choices=FIVE)
    found = asked(reader, "poll_result", poll)
    assert sha256(canonical_bytes(found["result"])) == found["seal"]["result_hash"]
    assert found["seal"]["ballots_hash"] == poll.seal.ballots_hash
    assert "nonce" not in found["seal"]
    assert found["roll"] == {"electors": poll.roll_size, "hash": poll.roll_hash}


@pytest.mark.parametrize("mode", ["A", "B", "C"])
@pytest.mark.parametrize("majority", ["1/2", "2/3"])
def test_ballots_are_an_election_file_that_says_what_was_decided(
    reader: Client, head: Person, mode: str, majority: str
) -> None:
    poll = mixed_poll(head, mode, majority)
    document = asked(reader, "poll_ballots", poll)
    counted = answer(read(canonical_bytes(document)))
    entries = document["result"]["items"]
    assert counted["ballots"] == document["result"]["turnout"] == 6
    assert counted["winners"] == [n for n, entry in enumerate(entries) if entry.get("passed")]
    assert counted["counts"] == [entry.get("counts") for entry in entries]
    assert document["void"] == [1]


@pytest.mark.parametrize("mode", ["A", "B", "C"])
def test_the_hashes_can_be_made_again(reader: Client, head: Person, mode: str) -> None:
    document = asked(reader, "poll_ballots", mixed_poll(head, mode))
    seal = document["seal"]
    inner = seal["nonce"].encode() + b"\n" + canonical_bytes(document["kept"])
    assert sha256(inner) == seal["ballots_hash"]
    assert digest(document["receipts"]) == seal["receipts_hash"]
    assert len(document["receipts"]) == (0 if mode == "C" else 6)


def test_whole_ballots_stand_in_mode_b_alone(reader: Client, head: Person) -> None:
    for mode in "AC":
        document = asked(reader, "poll_ballots", mixed_poll(head, mode))
        assert "ballots" not in document
        assert document["kept"]["ballots"] == []
    document = asked(reader, "poll_ballots", mixed_poll(head, "B"))
    assert "columns" not in document
    assert [row[2] for row in document["ballots"]] == document["receipts"]
    assert Counter(row[1]["0"] for row in document["ballots"]) == {
        APPROVE: 3,
        REJECT: 2,
        ABSTAIN: 1,
    }
    assert all("1" not in row[1] for row in document["ballots"])  # that item is void


@pytest.mark.parametrize("mode", ["A", "B", "C"])
def test_below_five_ballots_there_are_decision_and_turnout_alone(
    reader: Client, head: Person, mode: str
) -> None:
    policy = Policy(publication_mode=mode)
    texts = set()
    for choices in ([APPROVE] * 4, [APPROVE, APPROVE, APPROVE, ABSTAIN]):
        poll = sealed_poll(actor=head, choices=choices, policy=policy)
        document = asked(reader, "poll_ballots", poll)
        assert not {"ballots", "columns", "kept", "kind"} & document.keys()
        assert "nonce" not in document["seal"]
        assert document["result"]["turnout"] == 4
        assert document["withheld"]
        text = json.dumps(document)
        for own in (str(poll.pk), str(poll.items.get().pk), *document["receipts"]):
            text = text.replace(own, "")
        seal = document["seal"]
        for own in (*seal.values(), document["poll"]["opened_at"], document["poll"]["closed_at"]):
            text = text.replace(own, "")
        texts.add(text)
    assert len(texts) == 1, "different ballots with the same decision, one document"


def test_no_name_of_a_person_stands_in_an_export(reader: Client, head: Person) -> None:
    poll = mixed_poll(head, "B")
    text = json.dumps(asked(reader, "poll_ballots", poll), ensure_ascii=False)
    for person in [head, *voters_of(poll)]:
        assert person.name not in text
        assert str(person.pk) not in text


def test_result_page_gives_the_file_out(reader: Client, head: Person) -> None:
    poll = sealed_poll(actor=head, choices=FIVE[:4])
    page = reader.get(reverse("voting:detail", args=[poll.pk])).content.decode()
    address = reverse("api-1:poll_ballots", args=[poll.pk])
    assert f'href="{address}"' in page
    response = reader.get(address)
    assert response.headers["Content-Disposition"] == f'attachment; filename="poll-{poll.pk}.json"'
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Access-Control-Allow-Origin" not in response.headers


def test_export_asks_few_queries_whatever_the_number_of_ballots(
    reader: Client, head: Person, django_assert_max_num_queries: Any
) -> None:
    add_staff(head.unit, 20)
    poll = sealed_poll(actor=head, choices=FIVE * 4, items=6, policy=Policy(publication_mode="B"))
    with django_assert_max_num_queries(10):
        asked(reader, "poll_ballots", poll)
