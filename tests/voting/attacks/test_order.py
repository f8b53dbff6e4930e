"""Which ballot is whose cannot be read from the order in which the rows lie.

RELIABILITY, invariant 13: the roll and the ballots, each sorted by what a database knows of its
rows, are laid side by side; 200 people vote, and of 200 guesses some five may be right by chance.
The control is the naive design, a mark and a ballot written together: it gives everybody away.
"""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from people.models import Person
from tests.voting.builders import APPROVE, REJECT, add_staff, cast, close_by_clock, open_poll
from voting.models import Ballot, Elector, Poll
from voting.policy import Policy

pytestmark = pytest.mark.django_db(transaction=True)

VOTERS = 200
BY_CHANCE = 8  # of 200; one is expected, and this many come less than once in 100,000 times

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL's own column"
)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own column")
ORDERS = [
    pytest.param("id", id="key"),
    pytest.param("rowid", id="rowid", marks=on_sqlite),
    pytest.param("ctid", id="ctid", marks=on_postgresql),
]


def rows(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [tuple(map(str, row)) for row in cursor.fetchall()]


def by_order(marks: str, ballots: str, order: str) -> list[tuple[str, str]]:
    """Who voted beside what was cast, both in one order."""
    people = rows(f"SELECT person_id FROM {marks} WHERE has_voted ORDER BY {order}")
    codes = rows(f"SELECT code FROM {ballots} ORDER BY {order}")
    return [(_plain(person), code) for (person,), (code,) in zip(people, codes, strict=True)]


def by_transaction(marks: str, ballots: str) -> list[tuple[str, str]]:
    """Who voted beside the one ballot that the same transaction wrote."""
    found = rows(
        f"SELECT person_id, code FROM {marks} JOIN {ballots} ON {marks}.xmin = {ballots}.xmin "
        "WHERE has_voted"
    )
    many = Counter(person for person, _code in found)
    return [(_plain(person), code) for person, code in found if many[person] == 1]


def _plain(person: str) -> str:
    return person.replace("-", "")  # SQLite keeps a UUID without hyphens


def hits(guesses: list[tuple[str, str]], truth: dict[str, str]) -> int:
    return sum(truth[person] == code for person, code in guesses)


@pytest.fixture
def secret(head: Person) -> tuple[Poll, dict[str, str]]:
    """A sealed poll that publishes whole ballots, and the truth: whose code is which."""
    people = add_staff(head.unit, VOTERS)
    random.Random(20261124).shuffle(people)
    poll = open_poll(actor=head, policy=Policy(publication_mode="B"))
    truth = {}
    for number, person in enumerate(people):
        truth[person.pk.hex] = cast(poll, person, (APPROVE, REJECT)[number % 2]).code
    return close_by_clock(poll), truth


@pytest.fixture
def naive(head: Person) -> Iterator[dict[str, str]]:
    """Two tables with a key each, a mark and a ballot in one transaction; and the truth."""
    key = "serial" if connection.vendor == "postgresql" else "integer"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE naive_mark (id {key} PRIMARY KEY, person_id text, has_voted boolean)"
        )
        cursor.execute(f"CREATE TABLE naive_ballot (id {key} PRIMARY KEY, code text)")
        truth = {f"person{number}": f"code{number}" for number in range(VOTERS)}
        for person, code in truth.items():
            with transaction.atomic():
                cursor.execute(
                    "INSERT INTO naive_mark (person_id, has_voted) VALUES (%s, true)", [person]
                )
                cursor.execute("INSERT INTO naive_ballot (code) VALUES (%s)", [code])
        yield truth
        cursor.execute("DROP TABLE naive_mark")
        cursor.execute("DROP TABLE naive_ballot")


ROLL, BALLOTS = Elector._meta.db_table, Ballot._meta.db_table


@pytest.mark.parametrize("order", ORDERS)
def test_no_order_of_rows_tells_whose_a_ballot_is(
    secret: tuple[Poll, dict[str, str]], order: str
) -> None:
    _poll, truth = secret
    guesses = by_order(ROLL, BALLOTS, order)
    assert len(guesses) == VOTERS
    assert hits(guesses, truth) <= BY_CHANCE


@pytest.mark.parametrize("order", ORDERS)
def test_the_same_order_tells_it_of_the_naive_tables(naive: dict[str, str], order: str) -> None:
    assert hits(by_order("naive_mark", "naive_ballot", order), naive) == VOTERS


@on_postgresql
def test_no_ballot_was_written_by_the_transaction_of_its_voter(
    secret: tuple[Poll, dict[str, str]],
) -> None:
    _poll, truth = secret
    assert hits(by_transaction(ROLL, BALLOTS), truth) == 0


@on_postgresql
def test_the_naive_tables_are_joined_by_their_transactions(naive: dict[str, str]) -> None:
    assert hits(by_transaction("naive_mark", "naive_ballot"), naive) == VOTERS


@on_postgresql
def test_while_open_a_box_was_last_written_by_one_voter_alone(head: Person) -> None:
    """Of that one it tells that he or she was the last, whose ballot lies among all the others."""
    people = add_staff(head.unit, 20)
    poll = open_poll(actor=head)
    for person in people:
        cast(poll, person, APPROVE)
    joined = rows(
        f"SELECT person_id FROM {ROLL} JOIN voting_box ON voting_box.id = {ROLL}.box_id "
        f"WHERE {ROLL}.xmin = voting_box.xmin"
    )
    assert joined == [(str(people[-1].pk),)]
