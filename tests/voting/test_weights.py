"""Method weights: 100 whole points over the items; the medians, brought back to exactly 100."""

import json
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.verdict import Refused
from people.models import Person
from tests.voting.builders import (
    add_staff,
    ballot,
    ballots_in,
    cast,
    held_poll,
    open_poll,
    token,
)
from voting.actions import item_void
from voting.methods import InvalidBallot
from voting.models import ChoiceCount, Poll
from voting.policy import Policy
from voting.results import result_of
from voting.verify import mismatches

pytestmark = pytest.mark.django_db

WEIGHTS = Policy(method="weights")

type ClientOf = Callable[[Person], Client]


def held(head: Person, ballots: Sequence[Sequence[str]], *, mode: str = "A") -> Poll:
    return held_poll(head, Policy(method="weights", publication_mode=mode), ballots, staff=4)


FIVE = [
    ("50", "30", "20"),
    ("60", "30", "10"),
    ("40", "40", "20"),
    ("34", "33", "33"),
    ("100", "", ""),
]


def test_the_medians_are_brought_back_to_exactly_one_hundred(head: Person) -> None:
    """By hand: medians 50, 30, 20 sum to 100 already."""
    result = result_of(held(head, FIVE))
    assert result is not None
    assert [item.median for item in result.items] == [50, 30, 20]
    assert [item.weight for item in result.items] == [50, 30, 20]


def test_weights_sum_to_exactly_one_hundred_after_rounding(head: Person) -> None:
    """By hand: medians 40, 30, 10, of 80: 50, 37.5, 12.5."""
    ballots = [("40", "50", "10"), ("40", "60", "0"), ("80", "10", "10"), ("30", "30", "40")]
    result = result_of(held(head, [*ballots, ("70", "20", "10")]))
    assert result is not None
    assert [item.median for item in result.items] == [40, 30, 10]
    weights = [item.weight for item in result.items]
    assert weights == [Decimal("50"), Decimal("37.5"), Decimal("12.5")]
    assert sum(weight for weight in weights if weight is not None) == 100


@pytest.mark.parametrize("mode", ["A", "B", "C"])
@pytest.mark.parametrize("ballots", [0, 3, 5])
def test_every_mode_verifies(head: Person, mode: str, ballots: int) -> None:
    held(head, FIVE[:ballots], mode=mode)
    assert list(mismatches()) == []


def test_a_changed_column_is_found(head: Person) -> None:
    from ledger.immutability import maintenance

    held(head, FIVE)
    with maintenance():
        ChoiceCount.objects.filter(choice="50").update(choice="51")
    assert list(mismatches())


def test_below_five_ballots_no_weight_is_told(head: Person) -> None:
    poll = held(head, FIVE[:4])
    (entry, *_others) = json.loads(poll.seal.result)["items"]
    assert set(entry) == {"item", "position", "digest", "is_void", "passed"}


BAD = [
    (("50", "30", "19"), "masih kurang 1"),
    (("50", "30", "21"), "kelebihan 1"),
    (("", "", ""), "masih kurang 100"),
    (("100", "100", "100"), "kelebihan 200"),
    (("33.3", "33.3", "33.4"), "bilangan bulat"),
    (("33,5", "33,5", "33"), "bilangan bulat"),
    (("-10", "60", "50"), "bilangan bulat"),
    (("NaN", "50", "50"), "bilangan bulat"),
    (("1e400", "0", "0"), "bilangan bulat"),
    (("1e2", "0", "0"), "bilangan bulat"),
    (("101", "0", "0"), "bilangan bulat"),
    (("9" * 5000, "0", "0"), "bilangan bulat"),
    (("١٠٠", "0", "0"), "bilangan bulat"),
    (("５０", "50", "0"), "bilangan bulat"),
    (("+50", "50", "0"), "bilangan bulat"),
    (("0x32", "50", "0"), "bilangan bulat"),
    (("\x00", "50", "50"), "bilangan bulat"),
]


@pytest.mark.parametrize(("points", "why"), BAD, ids=lambda value: str(value)[:30])
def test_bad_points_are_told_why_and_stored_nowhere(
    client_of: ClientOf, head: Person, elector: Person, points: tuple[str, ...], why: str
) -> None:
    poll = open_poll(actor=head, items=3, policy=WEIGHTS)
    with pytest.raises(InvalidBallot, match=why):
        cast(poll, elector, *points)
    fields = {f"item-{key}": text for key, text in ballot(poll, *points).items()}
    for door in ("review", "cast"):
        response = client_of(elector).post(
            reverse(f"voting:{door}", args=[poll.pk]), fields | {"receipt": token(poll, elector)}
        )
        assert response.status_code == 200
        assert why in response.content.decode()
    assert not poll.electors.voted().exists()
    assert poll.boxes.get().n == 0


def test_points_for_a_foreign_item_are_refused(head: Person, elector: Person) -> None:
    poll, other = (open_poll(actor=head, items=3, policy=WEIGHTS) for _ in range(2))
    raw = ballot(poll, "50", "30", "20") | {str(other.items.all()[0].pk): "0"}
    with pytest.raises(InvalidBallot, match="bukan bagian"):
        cast(poll, elector, raw=raw)


def test_empty_means_nothing_as_the_ballot_says(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, items=3, policy=WEIGHTS)
    page = client_of(elector).get(reverse("voting:detail", args=[poll.pk])).content.decode()
    assert "Kotak yang dikosongkan berarti 0 poin" in page
    cast(poll, elector, " 060 ", "40", "")
    assert ballots_in(poll) == [(("60", "40", "0"), "")]


def test_every_ballot_of_points_has_the_same_length(head: Person) -> None:
    people = add_staff(head.unit, 3)
    lengths = set()
    for points in (("100", "0", "0"), ("34", "33", "33"), ("0", "1", "99")):
        poll = open_poll(actor=head, items=3, policy=WEIGHTS)
        for person in people:
            cast(poll, person, *points)
        lengths.add(len(poll.boxes.get().content))
    assert len(lengths) == 1


def test_weights_are_never_open() -> None:
    with pytest.raises(ValueError, match="selalu tertutup"):
        Policy(method="weights", is_secret=False, publication_mode="N")


def test_no_single_item_becomes_void(head: Person) -> None:
    poll = open_poll(actor=head, items=3, policy=WEIGHTS)
    with pytest.raises(Refused, match="semua butir sekaligus"):
        item_void(actor=head, item=poll.items.all()[0], reason="x", now=timezone.now())


def test_the_page_shows_weights_in_words_chart_and_table(client_of: ClientOf, head: Person) -> None:
    poll = held(head, FIVE)
    page = client_of(head).get(reverse("voting:detail", args=[poll.pk])).content.decode()
    assert "nilai tengah (median)" in page
    assert "m-chart-fill" in page
    assert "Bobot yang disarankan pemilih" in page


def test_of_mode_c_median_and_weight_alone_are_told(client_of: ClientOf, head: Person) -> None:
    poll = held(head, FIVE, mode="C")
    result = result_of(poll)
    assert result is not None
    assert [(item.median, item.weight, item.counts) for item in result.items] == [
        (50, 50, None),
        (30, 30, None),
        (20, 20, None),
    ]
    assert list(mismatches()) == []
