"""Method schulze: ranks with ties and gaps; of the ballots only cells and first choices stay."""

import json
from collections.abc import Callable, Sequence

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from tests.voting.builders import (
    add_staff,
    ballot,
    cast,
    close_by_clock,
    held_poll,
    open_poll,
    token,
    voters_of,
)
from voting.actions import item_void
from voting.forms import Sent
from voting.methods import METHODS, InvalidBallot
from voting.models import ChoiceCount, Poll
from voting.policy import Policy
from voting.results import PollResult, result_of
from voting.verify import mismatches

pytestmark = pytest.mark.django_db

RANKED = Policy(method="schulze")

type ClientOf = Callable[[Person], Client]


def held(head: Person, ballots: Sequence[Sequence[str]], *, mode: str = "A") -> Poll:
    return held_poll(head, Policy(method="schulze", publication_mode=mode), ballots)


def told(poll: Poll) -> PollResult:
    result = result_of(poll)
    assert result is not None
    return result


SIX = [("1", "2", "3")] * 3 + [("1", "1", ""), ("", "1", "2"), ("2", "", "1")]


def test_the_winner_is_the_one_that_nobody_beats(head: Person) -> None:
    """By hand: 1 over 2 four to one, 1 over 3 four to two, 2 over 3 five to one."""
    result = told(held(head, SIX))
    assert [item.passed for item in result.items] == [True, False, False]
    assert [[each.item.position for each in group] for _p, group in result.ranking] == [
        [1],
        [2],
        [3],
    ]
    assert [duel.words for duel in result.duels] == [
        "Butir 1 mengalahkan Butir 2, 4 banding 1.",
        "Butir 1 mengalahkan Butir 3, 4 banding 2.",
        "Butir 2 mengalahkan Butir 3, 5 banding 1.",
    ]
    assert result.first_bars == [("1. Butir 1", 4), ("2. Butir 2", 2), ("3. Butir 3", 1)]


def test_a_tie_is_reported_and_nobody_wins(head: Person) -> None:
    result = told(held(head, [("1", "2", "3"), ("2", "1", "3")] * 3))
    assert [item.passed for item in result.items] == [False, False, False]
    assert [item.is_tie for item in result.items] == [True, True, False]
    assert "berimbang, 3 banding 3" in result.duels[0].words


def test_no_whole_ranking_is_kept_in_mode_a(head: Person) -> None:
    poll = held(head, SIX)
    assert not poll.ballots.exists()
    assert {row.choice for row in ChoiceCount.objects.all()} <= {
        "first",
        "over 1",
        "over 2",
        "over 3",
    }


@pytest.mark.parametrize("mode", ["A", "B", "C"])
@pytest.mark.parametrize("ballots", [0, 4, 6])
def test_every_mode_verifies(head: Person, mode: str, ballots: int) -> None:
    held(head, SIX[:ballots], mode=mode)
    assert list(mismatches()) == []


def test_a_changed_cell_is_found(head: Person) -> None:
    from ledger.immutability import maintenance

    held(head, SIX)
    with maintenance():
        ChoiceCount.objects.filter(choice="over 2").update(ballots=1)
    assert list(mismatches())


def test_below_five_ballots_only_the_winner_is_told(head: Person) -> None:
    poll = held(head, SIX[:4])
    for entry in json.loads(poll.seal.result)["items"]:
        assert set(entry) == {"item", "position", "digest", "is_void", "passed"}


def test_a_void_item_is_left_out_of_the_ranking(head: Person) -> None:
    add_staff(head.unit, 6)
    poll = open_poll(actor=head, items=3, policy=RANKED)
    voters = voters_of(poll)
    for person in voters[:3]:
        cast(poll, person, "1", "2", "3")
    first = poll.items.all()[0]
    item_void(actor=head, item=first, reason="Dikembalikan.", now=timezone.now())
    keys = [str(item.pk) for item in poll.items.all()][1:]
    for person in voters[3:6]:
        cast(poll, person, raw=dict(zip(keys, ("1", "2"), strict=True)))
    sealed = close_by_clock(poll)
    result = told(sealed)
    assert [item.passed for item in result.items] == [False, True, False]
    assert [[each.item.position for each in group] for _p, group in result.ranking] == [[2], [3]]
    assert list(mismatches()) == []


@pytest.mark.parametrize(
    "ranks", [("1", "1", "1"), ("1", "", ""), ("7", "7", "999"), (" 2 ", "1", "1")], ids=str
)
def test_equal_ranks_and_gaps_are_allowed(
    head: Person, elector: Person, ranks: tuple[str, ...]
) -> None:
    poll = open_poll(actor=head, items=3, policy=RANKED)
    cast(poll, elector, *ranks)
    assert poll.boxes.get().n == 1


@pytest.mark.parametrize(
    ("ranks", "why"),
    [
        (("", "", ""), "sekurang-kurangnya satu"),
        (("0", "1", "2"), "mulai dari 1"),
        (("-1", "1", "2"), "mulai dari 1"),
        (("1.5", "1", "2"), "mulai dari 1"),
        (("NaN", "1", "2"), "mulai dari 1"),
        (("1e400", "1", "2"), "mulai dari 1"),
        (("1000", "1", "2"), "mulai dari 1"),
        (("01", "1", "2"), "mulai dari 1"),
        (("٣", "1", "2"), "mulai dari 1"),
        (("x" * 5000, "1", "2"), "mulai dari 1"),
        (("\x00", "1", "2"), "mulai dari 1"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_ranks_are_told_why_and_stored_nowhere(
    client_of: ClientOf, head: Person, elector: Person, ranks: tuple[str, ...], why: str
) -> None:
    poll = open_poll(actor=head, items=3, policy=RANKED)
    with pytest.raises(InvalidBallot, match=why):
        cast(poll, elector, *ranks)
    fields = {f"item-{key}": text for key, text in ballot(poll, *ranks).items()}
    for door in ("review", "cast"):
        response = client_of(elector).post(
            reverse(f"voting:{door}", args=[poll.pk]), fields | {"receipt": token(poll, elector)}
        )
        assert response.status_code == 200
        assert why in response.content.decode()
    assert not poll.electors.voted().exists()


def test_every_ranking_has_the_same_length(head: Person) -> None:
    people = add_staff(head.unit, 3)
    lengths = set()
    for ranks in (("1", "", ""), ("1", "2", "3"), ("999", "100", "10")):
        poll = open_poll(actor=head, items=3, policy=RANKED)
        for person in people:
            cast(poll, person, *ranks)
        lengths.add(len(poll.boxes.get().content))
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("before", "move", "after"),
    [
        ("   ", "a:up", "1  "),
        ("1  ", "b:up", "12 "),
        ("123", "b:up", "213"),
        ("123", "b:down", "132"),
        ("123", "a:up", "123"),
        ("123", "c:down", "12 "),
        ("12 ", "c:down", "12 "),
        ("11 ", "b:up", "21 "),
        ("112", "a:down", "213"),
        ("137", "c:up", "173"),
        ("1x2", "c:up", "2x1"),
        ("123", "d:up", "123"),
        ("123", "a:sideways", "123"),
        ("123", "", "123"),
    ],
)
def test_the_buttons_move_an_item_past_the_next_rank(before: str, move: str, after: str) -> None:
    choices = {key: rank.strip() for key, rank in zip("abc", before, strict=True)}
    moved = METHODS["schulze"].rearranged(choices, move)
    assert "".join(moved[key] or " " for key in "abc") == after


def test_the_buttons_work_as_plain_posts_and_store_nothing(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, items=3, policy=RANKED)
    fields = {f"item-{key}": rank for key, rank in ballot(poll, "1", "2", "3").items()}
    second = list(ballot(poll, "1"))[1]
    response = client_of(elector).post(
        reverse("voting:review", args=[poll.pk]),
        fields | {"receipt": token(poll, elector), "move": f"{second}:up"},
    )
    sent = Sent(response.context["form"].data)
    assert list(sent.choices.values()) == ["2", "1", "3"]
    assert sent.receipt_token
    assert "ds-error-summary" not in response.content.decode()
    assert not poll.electors.voted().exists()


def test_the_rule_for_unranked_items_stands_on_the_ballot(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, items=3, policy=RANKED)
    page = client_of(elector).get(reverse("voting:detail", args=[poll.pk])).content.decode()
    assert "di bawah semua yang Anda beri peringkat" in page


def test_the_page_shows_the_ranking_in_words_table_and_chart(
    client_of: ClientOf, head: Person
) -> None:
    poll = held(head, SIX)
    page = client_of(head).get(reverse("voting:detail", args=[poll.pk])).content.decode()
    assert "Butir 1 mengalahkan Butir 2, 4 banding 1." in page
    assert "m-chart-fill" in page
    assert "Perbandingan dua-dua" in page


def test_of_mode_c_the_order_alone_is_told(client_of: ClientOf, head: Person) -> None:
    poll = held(head, SIX, mode="C")
    result = told(poll)
    assert [place for place, _group in result.ranking] == [1, 2, 3]
    assert (result.duels, result.pairwise, result.first_bars) == ([], [], [])
    assert "over 2" not in poll.seal.result
    page = client_of(head).get(reverse("voting:detail", args=[poll.pk])).content.decode()
    assert "Tempat 1" in page
    assert "mengalahkan Butir" not in page
    assert list(mismatches()) == []
