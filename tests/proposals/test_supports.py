"""The tree of supports: nothing is lost, whatever codes name."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Person, Unit
from proposals.supports import DEEPEST, Branch, Forest, forest_of
from tests.indicators.builders import adopt
from tests.proposals.builders import build_discussion, build_draft, build_round

type ClientOf = Callable[[Person], Client]


def branch(code: str, supports: str = "", proposed: str = "") -> Branch:
    return Branch(code, f"Indikator {code}", supports, f"/{code}/", proposed)


def walk(branches: list[Branch]) -> Iterator[Branch]:
    for one in branches:
        yield one
        yield from walk(one.below)


def shown(forest: Forest) -> list[str]:
    groups = [forest.roots, *forest.orphans.values()]
    return sorted(one.code for group in groups for one in walk(group)) + [
        one.code for one in forest.circles
    ]


def test_an_indicator_stands_below_the_one_that_it_supports() -> None:
    forest = forest_of([branch("KES-02", "KES-01"), branch("KES-01"), branch("KES-03", "KES-02")])
    assert [one.code for one in walk(forest.roots)] == ["KES-01", "KES-02", "KES-03"]
    assert not forest.orphans
    assert not forest.circles


def test_a_missing_parent_is_told_with_what_hangs_on_it() -> None:
    forest = forest_of([branch("KES-02", "KES-99"), branch("KES-03", "KES-02")])
    assert [one.code for one in walk(forest.orphans["KES-99"])] == ["KES-02", "KES-03"]


@pytest.mark.parametrize("circle", [["A-1"], ["A-1", "A-2"], ["A-1", "A-2", "A-3"]])
def test_a_circle_is_told_and_lost_by_nobody(circle: list[str]) -> None:
    turned = [*circle[1:], circle[0]]
    rows = [branch(code, above) for code, above in zip(circle, turned, strict=True)]
    forest = forest_of([*rows, branch("B-1"), branch("B-2", "A-1")])
    assert [one.code for one in forest.circles] == [*circle, "B-2"]
    assert [one.code for one in forest.roots] == ["B-1"]


def test_what_supports_an_amended_code_hangs_on_the_adopted_one() -> None:
    forest = forest_of(
        [branch("KES-01", proposed="usulan"), branch("KES-01"), branch("KES-02", "KES-01")]
    )
    adopted, proposed = forest.roots
    assert [one.code for one in adopted.below] == ["KES-02"]
    assert not proposed.below


def test_a_very_long_chain_stays_shallow_and_whole() -> None:
    rows = [branch(f"K-{n}", f"K-{n - 1}" if n else "") for n in range(3000)]
    forest = forest_of(rows)

    def depth(one: Branch) -> int:
        return 1 + max((depth(child) for child in one.below), default=0)

    assert depth(forest.roots[0]) == DEEPEST
    assert len(shown(forest)) == 3000


def test_the_page_shows_adopted_and_proposed_and_no_draft(
    client_of: ClientOf, author: Person, elector: Person, head: Person, unit: Unit, now: datetime
) -> None:
    adopt(actor=head, now=now, code="KES-01")
    round_ = build_round(unit, now=now)
    build_discussion(author, round_, now=now, code="KES-30", supports="KES-01")
    build_draft(author, round_, now=now, code="KES-31", supports="KES-01")
    page = client_of(elector).get(reverse("proposals:supports")).content.decode()
    assert page.index("KES-01") < page.index("KES-30")
    assert "Masa Tanggapan" in page
    assert "KES-31" not in page


def test_the_page_is_narrowed_to_a_unit(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, other_unit: Unit, now: datetime
) -> None:
    adopt(actor=head, now=now, code="KES-01")
    adopt(actor=head, now=now, code="DIK-01", owner_unit=other_unit.code)
    url = reverse("proposals:supports")
    page = client_of(author).get(url, {"scope": unit.code}).content.decode()
    assert "KES-01" in page
    assert "DIK-01" not in page


def test_a_longer_tree_asks_no_more_queries(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    client, url = client_of(author), reverse("proposals:supports")
    round_ = build_round(unit, now=now)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        return len(queries)

    adopt(actor=head, now=now, code="KES-01")
    build_discussion(author, round_, now=now, code="KES-30", supports="KES-01")
    few = count()
    for number in range(2, 7):
        adopt(actor=head, now=now, code=f"KES-0{number}", supports="KES-01")
        build_discussion(author, round_, now=now, code=f"KES-4{number}", supports="KES-01")
    assert count() == few


def test_a_proposal_links_to_the_tree(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    round_ = build_round(unit, now=now)
    proposal = build_discussion(author, round_, now=now, supports="KES-01")
    page = client_of(author).get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert "Mendukung KES-01" in page
    assert reverse("proposals:supports") in page
