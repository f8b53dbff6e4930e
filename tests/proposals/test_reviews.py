"""Reviews against the checklist of DOMAIN 2.3."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.verdict import Refused
from people.models import Person, Unit
from proposals import actions
from proposals.actions import Answered
from proposals.checklist import ITEMS, PP_30, SMART_C
from proposals.models import Proposal, Review, ReviewAnswer
from proposals.reviewing import summaries_of
from tests.builders import build_person
from tests.proposals.builders import build_discussion, build_draft, build_round, fields_written

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def proposal(author: Person, unit: Unit, now: datetime) -> Proposal:
    return build_discussion(author, build_round(unit, now=now), now=now)


def answers(**over: Answered) -> dict[str, Answered]:
    """Yes to everything, but for what is said."""
    return {key: Answered("yes") for key in ITEMS} | over


def review(
    person: Person, proposal: Proposal, *, now: datetime, number: int = 1, **over: Answered
) -> Review:
    return actions.review_give(
        actor=person, proposal=proposal, revision_number=number, answers=answers(**over), now=now
    )


def test_the_checklist_has_five_items_of_the_law_and_six_of_smart_c() -> None:
    sources = [item.source for item in ITEMS.values()]
    assert (sources.count(PP_30), sources.count(SMART_C)) == (5, 6)


def test_a_colleague_reviews_each_item(proposal: Proposal, elector: Person, now: datetime) -> None:
    given = review(elector, proposal, now=now, realistic=Answered("no", "Tenaganya tidak ada."))
    assert given.answers.count() == len(ITEMS)
    assert given.answers.get(item="realistic").reason == "Tenaganya tidak ada."


def test_a_second_review_replaces_the_first(
    proposal: Proposal, elector: Person, now: datetime
) -> None:
    review(elector, proposal, now=now)
    review(elector, proposal, now=now, measurable=Answered("not_sure"))
    assert Review.objects.count() == 1
    assert ReviewAnswer.objects.get(item="measurable").verdict == "not_sure"
    assert ReviewAnswer.objects.count() == len(ITEMS)


def test_a_no_says_why(proposal: Proposal, elector: Person, now: datetime) -> None:
    with pytest.raises(ValidationError, match="alasannya"):
        review(elector, proposal, now=now, realistic=Answered("no", "  "))
    assert not Review.objects.exists()


def test_no_item_is_left_out(proposal: Proposal, elector: Person, now: datetime) -> None:
    with pytest.raises(ValidationError, match="setiap butir"):
        actions.review_give(
            actor=elector,
            proposal=proposal,
            revision_number=1,
            answers={"realistic": Answered("yes")},
            now=now,
        )
    assert not Review.objects.exists()


def test_the_author_does_not_review_the_own_text(
    proposal: Proposal, author: Person, now: datetime
) -> None:
    with pytest.raises(Refused, match="orang lain"):
        review(author, proposal, now=now)
    assert not Review.objects.exists()


def test_a_draft_is_not_reviewed(
    author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    with pytest.raises(Refused, match="masih draf"):
        review(elector, draft, now=now)


def test_where_reviewers_disagree_stands_first(
    proposal: Proposal, elector: Person, head: Person, now: datetime
) -> None:
    review(elector, proposal, now=now, smart_agreeable=Answered("no", "Atasan belum setuju."))
    review(head, proposal, now=now)
    first = summaries_of(proposal)[0]
    assert first.item.key == "smart_agreeable"
    assert first.counts == {"yes": 1, "no": 1, "not_sure": 0}
    assert first.disagreement == 1


def test_reviewers_who_all_say_the_same_do_not_disagree(
    proposal: Proposal, elector: Person, head: Person, now: datetime
) -> None:
    for person in (elector, head):
        review(person, proposal, now=now, specific=Answered("no", "Terlalu umum."))
    assert {summary.disagreement for summary in summaries_of(proposal)} == {Decimal(0)}


def form_data(**over: str) -> dict[str, str]:
    return {"revision_number": "1"} | {f"verdict-{key}": "yes" for key in ITEMS} | over


def test_a_review_is_sent_from_its_page(
    client_of: ClientOf, proposal: Proposal, elector: Person
) -> None:
    url = reverse("proposals:review", args=[proposal.pk])
    data = form_data(**{"verdict-realistic": "no", "reason-realistic": "Jalannya putus."})
    page = client_of(elector).post(url, data, follow=True).content.decode()
    assert "Telaah Anda tercatat." in page
    assert "Jalannya putus." in page
    assert elector.name in page


def test_a_no_without_reason_stays_on_the_form(
    client_of: ClientOf, proposal: Proposal, elector: Person
) -> None:
    url = reverse("proposals:review", args=[proposal.pk])
    page = client_of(elector).post(url, form_data(**{"verdict-realistic": "no"})).content.decode()
    assert "Tulis alasannya bila jawabannya tidak." in page
    assert not Review.objects.exists()


def test_a_review_of_an_older_text_says_so(
    client_of: ClientOf, proposal: Proposal, author: Person, elector: Person, now: datetime
) -> None:
    review(elector, proposal, now=now, realistic=Answered("no", "Terlalu tinggi."))
    actions.revision_save(
        actor=author,
        proposal=proposal,
        fields=fields_written(target=60),
        reason="Diturunkan.",
        based_on=1,
        now=now,
    )
    url = reverse("proposals:review", args=[proposal.pk])
    assert "tentang revisi 1; teks sudah berubah" in client_of(author).get(url).content.decode()
    assert "?from=1&amp;to=2#compared" in client_of(elector).get(url).content.decode()


def test_ten_reviews_cost_as_many_queries_as_one(
    client_of: ClientOf, proposal: Proposal, author: Person, unit: Unit, now: datetime
) -> None:
    client, url = client_of(author), reverse("proposals:review", args=[proposal.pk])
    costs = []
    for count in (1, 9):
        for _ in range(count):
            person = build_person(unit=unit)
            review(person, proposal, now=now, specific=Answered("no", "Kurang jelas."))
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        costs.append(len(queries))
    assert costs[0] == costs[1]
