"""Proposals are found by words of their text and comments, and narrowed by what one knows of them.

The same tests run on both databases, so both find the same.
"""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import Person, Unit
from people.roles import roles_of
from proposals import actions
from proposals.finding import finds_mark
from proposals.models import FoundBy, Proposal, Round
from tests.proposals.builders import (
    build_comment,
    build_discussion,
    build_draft,
    build_frozen,
    build_round,
    build_voting,
    fields_written,
)

type ClientOf = Callable[[Person], Client]

NAME = "Persentase balita yang diukur tinggi badannya"


@pytest.fixture
def round_(unit: Unit, now: datetime) -> Round:
    return build_round(unit, now=now)


@pytest.fixture
def proposal(author: Person, round_: Round, now: datetime) -> Proposal:
    return build_discussion(author, round_, now=now, name=NAME)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("pengukuran", True),
        ("mengukur balita", True),
        ("TINGGI", True),
        ("balita sapi", False),
        ("bali", True),  # the last word may be unfinished
        ("bali tinggi", False),
        ("KES-20", True),
        ("KES-21", False),
        ("yang", False),
        ('"balita" OR *', False),
        ("' OR 1=1 --", False),
        ("%", False),
        ("_alita", False),
    ],
)
def test_what_is_found_by_which_words(proposal: Proposal, text: str, is_found: bool) -> None:
    assert Proposal.objects.matching(text).exists() == is_found


def test_a_proposal_is_found_by_its_comments(
    proposal: Proposal, elector: Person, now: datetime
) -> None:
    assert not Proposal.objects.matching("antropometri").exists()
    build_comment(elector, proposal, now=now, body="Alat antropometri kami rusak.")
    assert Proposal.objects.matching("antropometri").get() == proposal


def test_a_proposal_is_no_longer_found_by_an_older_text(
    proposal: Proposal, author: Person, now: datetime
) -> None:
    actions.revision_save(
        actor=author,
        proposal=proposal,
        fields=fields_written(name="Persentase ibu hamil yang diperiksa"),
        reason="Cakupannya diganti.",
        based_on=1,
        now=now,
    )
    assert not Proposal.objects.matching("tinggi badan").exists()
    assert Proposal.objects.matching("ibu hamil").get() == proposal


def test_a_draft_is_found_by_nobody_else(
    client_of: ClientOf, author: Person, elector: Person, round_: Round, now: datetime
) -> None:
    build_draft(author, round_, now=now, name=NAME)
    url = reverse("proposals:list")
    assert NAME in client_of(author).get(url, {"q": "mengukur"}).content.decode()
    assert NAME not in client_of(elector).get(url, {"q": "mengukur"}).content.decode()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\0", id="a NUL"),
        pytest.param("x" * 10_000, id="10 kB"),
        pytest.param("(" * 200, id="brackets"),
        pytest.param("' OR 1=1 --", id="SQL"),
        pytest.param('"*', id="signs of a search engine"),
    ],
)
def test_whatever_is_typed_is_answered(client_of: ClientOf, author: Person, text: str) -> None:
    assert client_of(author).get(reverse("proposals:list"), {"q": text}).status_code == 200


def test_the_list_is_narrowed_by_the_unit_above(
    client_of: ClientOf, author: Person, proposal: Proposal, agency: Unit, other_unit: Unit
) -> None:
    client, url = client_of(author), reverse("proposals:list")
    assert NAME in client.get(url, {"unit": agency.pk}).content.decode()
    assert NAME not in client.get(url, {"unit": other_unit.pk}).content.decode()


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ({"kind": "new"}, True),
        ({"kind": "retire"}, False),
        ({"author": "penulis"}, True),
        ({"author": "atasan"}, False),
        ({"sort": "name"}, True),
        ({"stage": "discussion", "kind": "new", "q": "ukur"}, True),
        ({"stage": "frozen", "kind": "new"}, False),
    ],
)
def test_the_list_is_narrowed_by_the_address(
    client_of: ClientOf,
    author: Person,
    proposal: Proposal,
    query: dict[str, str],
    is_listed: bool,
) -> None:
    page = client_of(author).get(reverse("proposals:list"), query).content.decode()
    assert (NAME in page) == is_listed


def waiting_for(person: Person, now: datetime) -> list[Proposal]:
    roles = roles_of(person, on=now.date())
    return list(Proposal.objects.needing(person, roles, now=now))


def test_a_draft_waits_for_its_author(author: Person, round_: Round, now: datetime) -> None:
    draft = build_draft(author, round_, now=now)
    assert waiting_for(author, now) == [draft]


def test_a_discussed_text_waits_for_its_author_while_something_is_unanswered(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    assert waiting_for(author, now) == []
    build_comment(elector, proposal, now=now)
    build_comment(elector, proposal, now=now, body="Dan alatnya belum ada.")
    assert waiting_for(author, now) == [proposal]


def test_a_frozen_text_waits_for_the_head(
    author: Person, head: Person, superior_head: Person, round_: Round, now: datetime
) -> None:
    frozen = build_frozen(author, head, round_, now=now)
    assert waiting_for(head, now) == [frozen]
    assert waiting_for(superior_head, now) == []


def test_an_open_ballot_waits_for_its_electors(
    author: Person, head: Person, elector: Person, round_: Round, now: datetime
) -> None:
    voted, _ = build_voting(author, head, round_, now=now)
    assert waiting_for(elector, now) == [voted]
    assert waiting_for(head, now) == []


def test_the_index_has_each_stem_once(proposal: Proposal) -> None:
    stems = list(FoundBy.objects.filter(proposal=proposal).values_list("stem", flat=True))
    assert len(stems) == len(set(stems)) > 10


def test_what_one_follows_is_listed_until_one_stops(
    client_of: ClientOf, author: Person, elector: Person, proposal: Proposal
) -> None:
    url = reverse("proposals:followed")
    assert NAME not in client_of(elector).get(url).content.decode()
    client = client_of(author)
    assert NAME in client.get(url).content.decode()
    client.post(reverse("proposals:follow", args=[proposal.pk]))
    assert NAME not in client.get(url).content.decode()


def found_in(client: Client, text: str) -> str:
    """What the line of the list says about where it was found; empty if nothing."""
    page = client.get(reverse("proposals:list"), {"q": text}).content.decode()
    assert NAME in page
    _before, opened, after = page.partition('<p class="m-find">')
    return after.partition("</p>")[0] if opened else ""


def test_the_line_shows_where_the_words_stand(
    client_of: ClientOf, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    client = client_of(author)
    assert found_in(client, "mengukur balita") == "", "the name says it already"
    in_purpose = found_in(client, "temukan balita")
    assert "Tujuan:" in in_purpose
    assert "<mark>ditemukan</mark> sedini mungkin" in in_purpose

    build_comment(elector, proposal, now=now, body="Alat <b>antropometri</b> kami & rusak.")
    in_comment = found_in(client, "antropo")
    assert "Tanggapan:" in in_comment
    assert "Alat &lt;b&gt;<mark>antropometri</mark>&lt;/b&gt; kami &amp; rusak." in in_comment


def test_words_of_a_hidden_comment_are_not_shown_in_a_search(
    client_of: ClientOf,
    author: Person,
    elector: Person,
    facilitator: Person,
    proposal: Proposal,
    now: datetime,
) -> None:
    comment = build_comment(elector, proposal, now=now, body="Rahasia: antropometri tujuan.")
    actions.comment_hide(actor=facilitator, comment=comment, reason="Nama orang.", now=now)
    page = client_of(author).get(reverse("proposals:list"), {"q": "rahasia"}).content.decode()
    assert NAME not in page
    assert "antropometri" not in found_in(client_of(author), "balita")


def test_the_list_of_a_search_costs_one_query_more_however_many_it_finds(
    author: Person, elector: Person, round_: Round, now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(6):
        one = build_discussion(author, round_, now=now, name=f"{NAME} {number}")
        build_comment(elector, one, now=now, body="Alat antropometri kami rusak.")
    found = list(Proposal.objects.matching("antropometri").select_related("record"))
    with django_assert_num_queries(1):
        finds_mark(found, "antropometri")
    assert all(one.find for one in found)  # type: ignore[attr-defined]
