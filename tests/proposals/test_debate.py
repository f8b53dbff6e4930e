"""A proposal with its whole debate, as a document, a workbook and a page to print."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from people.models import Person, Unit
from proposals import actions
from proposals.actions import Answered
from proposals.checklist import ITEMS
from proposals.debate import SCHEMA, debate_document
from proposals.models import Proposal
from proposals.workbook import debate_workbook
from tests.proposals.builders import (
    build_comment,
    build_decided,
    build_discussion,
    build_draft,
    build_round,
    build_voting,
    counter_gaming,
    everyone_votes,
    fields_written,
)

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def proposal(author: Person, elector: Person, head: Person, unit: Unit, now: datetime) -> Proposal:
    """A text in two revisions, with a risk that was countered, a reply and a review."""
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    counter_gaming(elector, author, proposal, now=now)
    root = proposal.comments.get()
    build_comment(head, proposal, now=now, kind="reply", parent=root, field="", body="Setuju.")
    answers = {key: Answered("yes") for key in ITEMS}
    actions.review_give(
        actor=elector, proposal=proposal, revision_number=1, answers=answers, now=now
    )
    actions.revision_save(
        actor=author,
        proposal=proposal,
        fields=fields_written(target=70),
        reason="Diturunkan.",
        based_on=1,
        now=now,
    )
    return Proposal.objects.for_detail().get(pk=proposal.pk)


def test_the_document_holds_the_whole_debate(proposal: Proposal, elector: Person) -> None:
    document = debate_document(proposal)
    assert document["schema"] == SCHEMA
    [comment] = document["comments"]
    assert comment["author"] == elector.name
    assert comment["disposition"]["outcome"] == "not_adopted"
    assert [reply["body"] for reply in comment["replies"]] == ["Setuju."]
    assert [revision["number"] for revision in document["revisions"]] == [1, 2]
    assert document["revisions"][1]["changes"][0]["after"] == "70 persen"
    assert document["reviews"][0]["answers"].keys() == ITEMS.keys()
    assert [change["to"] for change in document["stage_changes"]] == ["discussion"]


def test_the_document_tells_the_decision(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    decided = build_decided(author, head, build_round(unit, now=now), "adopt", now=now)
    document = debate_document(Proposal.objects.for_detail().get(pk=decided.pk))
    assert [decision["reason"] for decision in document["decisions"]] == [
        "Sesuai hasil musyawarah."
    ]


def test_no_nip_and_no_ballot_is_exported(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    decided = build_decided(author, head, build_round(unit, now=now), "adopt", now=now)
    url = reverse("proposals:debate-json", args=[decided.pk])
    text = client_of(author).get(url).content.decode()
    assert not [person for person in Person.objects.all() if person.nip in text]
    assert "ballot" not in text


def test_the_document_costs_as_many_queries_with_twenty_comments_as_with_one(
    proposal: Proposal, elector: Person, now: datetime
) -> None:
    costs = []
    for count in (0, 20):
        for number in range(count):
            build_comment(elector, proposal, now=now, body=f"Keberatan {number}.")
        with CaptureQueriesContext(connection) as queries:
            debate_document(Proposal.objects.for_detail().get(pk=proposal.pk))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def cells_of(content: bytes) -> list[Any]:
    book = load_workbook(BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def test_no_cell_of_the_workbook_is_a_formula(
    proposal: Proposal, elector: Person, now: datetime
) -> None:
    bomb = '=HYPERLINK("https://contoh.invalid";"buka")'
    build_comment(elector, proposal, now=now, body=bomb)
    cells = cells_of(debate_workbook(debate_document(proposal)))
    assert [cell.data_type for cell in cells if cell.value == bomb] == ["s"]
    assert "f" not in {cell.data_type for cell in cells}


def test_the_workbook_has_a_sheet_for_each_part(proposal: Proposal) -> None:
    book = load_workbook(BytesIO(debate_workbook(debate_document(proposal))))
    assert book.sheetnames == [
        "Teks",
        "Revisi",
        "Tanggapan",
        "Telaah",
        "Perjalanan",
        "Pemungutan suara",
        "Sanggahan dan keputusan",
    ]


def test_the_workbook_speaks_in_words_where_the_document_has_keys(
    proposal: Proposal, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    decided = build_decided(author, head, proposal.round, "adopt", now=now, code="KES-21")
    values = set()
    for one in (proposal, Proposal.objects.for_detail().get(pk=decided.pk)):
        values |= {cell.value for cell in cells_of(debate_workbook(debate_document(one)))}
    keys = {"gaming_risk", "reply", "not_adopted", "yes", "discussion", "adopted", "adopt", *ITEMS}
    assert not keys & values
    for word in ("Balasan", "Masa Tanggapan", "Ditetapkan", "Tetapkan", "Disetujui"):
        assert word in values


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("debate-json", "application/json"), ("debate-xlsx", "spreadsheetml.sheet")],
)
def test_files_are_attachments(
    client_of: ClientOf, proposal: Proposal, elector: Person, name: str, content_type: str
) -> None:
    response = client_of(elector).get(reverse(f"proposals:{name}", args=[proposal.pk]))
    assert content_type in response["Content-Type"]
    assert response["Content-Disposition"].startswith("attachment")


def test_the_printed_page_holds_text_comments_and_history(
    client_of: ClientOf, proposal: Proposal, elector: Person
) -> None:
    page = client_of(elector).get(reverse("proposals:print", args=[proposal.pk])).content.decode()
    assert "Angkanya dapat dinaikkan dengan mencatat tanpa melihat." in page
    assert "Target 80 → 70 persen" in page
    assert "Register posyandu" in page
    assert "Measurable: satuannya jelas?" in page


def test_the_vote_and_the_decision_are_printed_and_exported(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    decided = build_decided(author, head, build_round(unit, now=now), "adopt", now=now)
    [poll] = debate_document(Proposal.objects.for_detail().get(pk=decided.pk))["polls"]
    assert (poll["revision"], poll["passed"]) == (1, True)
    told = (poll["in_favour"], poll["against"], poll["abstained"])
    assert told == ((poll["turnout"], 0, 0) if poll["turnout"] >= 5 else (None, None, None))
    page = client_of(author).get(reverse("proposals:print", args=[decided.pk])).content.decode()
    for words in ("Hasil: disetujui pemilih.", "Keputusan: Tetapkan", "Sesuai hasil musyawarah."):
        assert words in page


def test_nothing_of_an_open_vote_is_exported(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    voted, ballot = build_voting(author, head, build_round(unit, now=now), now=now)
    everyone_votes(ballot)
    [poll] = debate_document(Proposal.objects.for_detail().get(pk=voted.pk))["polls"]
    told = ("turnout", "quorum_reached", "passed", "in_favour", "against", "abstained")
    assert {poll[name] for name in told} == {None}


def test_the_draft_of_somebody_else_is_not_exported(
    client_of: ClientOf, author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    for name in ("print", "debate-json", "debate-xlsx"):
        url = reverse(f"proposals:{name}", args=[draft.pk])
        assert client_of(elector).get(url).status_code == 404
