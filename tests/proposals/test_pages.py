"""The pages of the deliberation, asked over HTTP as the people who use them."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Person, Unit
from proposals import actions
from proposals.models import Comment, Proposal, Revision, Round, WorkingCopy
from proposals.stages import Stage
from tests.proposals.builders import (
    build_comment,
    build_decided,
    build_decision_pending,
    build_discussion,
    build_draft,
    build_frozen,
    build_round,
    build_voting,
    fields_written,
)

type ClientOf = Callable[[Person], Client]


def text_data(**over: str) -> dict[str, str]:
    """A draft as typed into the form."""
    return {
        "name": "Persentase ibu hamil yang diperiksa enam kali",
        "purpose": "Ibu dan bayi selamat.",
        "definition": "Ibu hamil dengan enam pemeriksaan sesuai standar.",
        "unit": "Persen",
        "polarity": "maximize",
        "target": "87,5",
        "submission": str(uuid4()),
    } | over


def test_a_draft_begins_with_its_name_and_goes_on_where_it_saves_itself(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    url = reverse("proposals:create", args=[build_round(unit, now=now).pk])
    response = client_of(author).post(url, {"name": "Waktu tunggu", "submission": str(uuid4())})
    proposal = Proposal.objects.get()
    assert response.url == reverse("proposals:edit", args=[proposal.pk])  # type: ignore[attr-defined]
    assert proposal.record.name == "Waktu tunggu"


def test_a_text_is_written_on_the_form(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    data = text_data(applies_units=unit.code, based_on="1", reason="")
    client_of(author).post(reverse("proposals:edit", args=[draft.pk]), data)
    draft.record.refresh_from_db()
    assert str(draft.record.target) == "87.5000"
    assert draft.record.applies_to == [
        {"unit": unit.code, "include_sub_units": False, "position_family": None}
    ]


def test_the_form_sent_twice_is_one_draft(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    url, data = reverse("proposals:create", args=[build_round(unit, now=now).pk]), text_data()
    client = client_of(author)
    assert client.post(url, data).url == client.post(url, data).url  # type: ignore[attr-defined]
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("target", "delapan puluh", "Tulis sebuah angka"),
        ("target", "1e400", "Tulis sebuah angka"),
        ("targets_text", "TW1 20", "TW1: 20"),
        ("targets_text", "TW1: 20; tw1: 30", "TW1: 20"),
        ("purpose", "x" * 4001, "4000 karakter"),
        ("data_source", "x" * 4001, "4000 karakter"),
        ("ms_konsep", "x" * 4001, "4000 karakter"),
        ("targets_text", "TW9: 20", "TW1 sampai TW4"),
        ("target_range_text", "85–60", "batas bawah dan batas atas"),
        ("scale_text", "90 → 100; 80 → 120", "makin besar"),
        ("name", "", "wajib"),
        ("code", "kes 1", "huruf kapital"),
        ("proposed_weight_percent", "101", "antara 0 dan 100"),
        ("polarity", "sideways", "pilihan"),
    ],
)
def test_wrong_input_gets_a_sentence_and_stays_on_the_form(
    client_of: ClientOf,
    author: Person,
    unit: Unit,
    now: datetime,
    field: str,
    typed: str,
    sentence: str,
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    url = reverse("proposals:edit", args=[draft.pk])
    response = client_of(author).post(url, text_data(based_on="1", **{field: typed}))
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence.lower() in page.lower()
    assert "Ibu hamil dengan enam pemeriksaan sesuai standar." in page
    assert draft.revisions.count() == 1


def test_saving_a_revision_from_the_form(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    data = text_data(based_on="1", reason="")
    response = client_of(author).post(reverse("proposals:edit", args=[draft.pk]), data)
    assert response.status_code == 302
    assert Revision.objects.filter(proposal=draft).count() == 2


def test_an_outdated_tab_keeps_what_was_typed(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    actions.revision_save(
        actor=author,
        proposal=draft,
        fields=fields_written(target=70),
        reason="",
        based_on=1,
        now=now,
    )
    data = text_data(based_on="1", purpose="Tujuan dari jendela lama.")
    page = client_of(author).post(reverse("proposals:edit", args=[draft.pk]), data)
    assert "menyimpan revisi 2" in page.content.decode()
    assert "Tujuan dari jendela lama." in page.content.decode()
    assert Revision.objects.filter(proposal=draft).count() == 2


def test_the_working_copy_comes_back_on_the_form(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    client = client_of(author)
    client.post(
        reverse("proposals:working-copy", args=[draft.pk]),
        text_data(purpose="Setengah kalimat", edition="0", based_on="1"),
    )
    assert WorkingCopy.objects.get().fields["purpose"] == "Setengah kalimat"
    assert (
        "Setengah kalimat"
        in client.get(reverse("proposals:edit", args=[draft.pk])).content.decode()
    )


def test_a_draft_is_not_there_for_others(
    client_of: ClientOf, author: Person, elector: Person, auditor: Person, unit: Unit, now: datetime
) -> None:
    url = reverse(
        "proposals:detail", args=[build_draft(author, build_round(unit, now=now), now=now).pk]
    )
    assert client_of(author).get(url).status_code == 200
    assert client_of(elector).get(url).status_code == 404
    assert client_of(auditor).get(url).status_code == 200


@pytest.mark.parametrize("body", ["  ", "\n\u200b \u202e"])
def test_an_empty_comment_is_refused_beside_its_field(
    client_of: ClientOf, author: Person, elector: Person, unit: Unit, now: datetime, body: str
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    response = client_of(elector).post(
        reverse("proposals:comment", args=[proposal.pk]),
        {"kind": "objection", "field": "", "body": body, "submission": str(uuid4())},
    )
    assert response.status_code == 200
    assert not Comment.objects.exists()


def test_markup_in_a_comment_is_rendered_harmless(
    client_of: ClientOf, author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    build_comment(elector, proposal, now=now, body="**tegas** <script>alert(1)</script>")
    page = client_of(author).get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert "<strong>tegas</strong>" in page
    assert "<script>alert" not in page


def test_a_missing_button_says_why(
    client_of: ClientOf, author: Person, elector: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    build_comment(elector, proposal, now=now)
    page = client_of(head).get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert "1 tanggapan belum ditindaklanjuti" in page
    assert reverse("proposals:freeze", args=[proposal.pk]) not in page


def test_the_decision_and_its_reason_are_on_the_page(
    client_of: ClientOf, author: Person, head: Person, outsider: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_decided(author, head, build_round(unit, now=now), "reject", now=now)
    page = client_of(outsider).get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert "Sesuai hasil musyawarah." in page
    assert proposal.stage == Stage.REJECTED


def test_the_home_page_says_what_is_asked(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    build_decision_pending(author, head, build_round(unit, now=now), now=now)
    assert "Menunggu keputusan Anda" in client_of(head).get("/").content.decode()


def _queries(client: Client, url: str) -> int:
    client.get(url)  # the session and the content types are warm
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_proposal_page_takes_as_many_queries_with_thirty_comments_as_with_one(
    client_of: ClientOf, author: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    url = reverse("proposals:detail", args=[proposal.pk])
    client = client_of(author)

    def discuss(times: int) -> None:
        for number in range(times):
            comment = build_comment(elector, proposal, now=now, body=f"Keberatan {number}.")
            actions.comment_add(
                actor=author,
                proposal=proposal,
                kind="reply",
                body="Terima kasih.",
                parent=comment,
                submission=uuid4(),
                now=now,
            )

    discuss(1)
    few = _queries(client, url)
    discuss(29)
    assert _queries(client, url) == few


@pytest.mark.parametrize("name", ["proposals:home", "proposals:list", "proposals:rounds"])
def test_lists_take_as_many_queries_with_many_proposals_as_with_one(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, now: datetime, name: str
) -> None:
    round_ = build_round(unit, now=now)
    client = client_of(head)

    def propose(start: int, end: int) -> None:
        for number in range(start, end):
            build_frozen(author, head, round_, now=now, code=f"KES-{number}")

    propose(30, 31)
    few = _queries(client, reverse(name))
    propose(31, 40)
    assert _queries(client, reverse(name)) == few


def test_the_history_takes_as_many_queries_with_ten_revisions_as_with_two(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    url = reverse("proposals:history", args=[draft.pk])
    client = client_of(author)

    def revise(number: int) -> None:
        actions.revision_save(
            actor=author,
            proposal=draft,
            fields=fields_written(target=60 + number),
            reason="",
            based_on=number,
            now=now,
        )

    revise(1)
    few = _queries(client, url)
    for number in range(2, 10):
        revise(number)
    assert _queries(client, url) == few


def test_who_is_on_the_roll_is_asked_for_a_vote_until_when(
    client_of: ClientOf, author: Person, head: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal, poll = build_voting(author, head, build_round(unit, now=now), now=now)
    page = client_of(elector).get(reverse("proposals:detail", args=[proposal.pk]))
    asked = page.content.decode().split('class="m-callout"')[1].split("</div>")[0]
    assert "Berikan suara Anda." in asked
    assert reverse("voting:detail", args=[poll.pk]) in asked


def test_a_disposition_without_a_reason_is_refused_beside_its_field(
    client_of: ClientOf, author: Person, head: Person, elector: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_discussion(author, build_round(unit, now=now), now=now)
    comment = build_comment(elector, proposal, now=now)
    url = reverse("proposals:answer", args=[comment.pk])
    page = client_of(head).post(url, {"outcome": "not_adopted", "reason": " "})
    assert page.context["form"].errors["reason"]
    assert page.context["form"].non_field_errors() == []


def test_a_weight_above_the_whole_is_refused_beside_its_field(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    draft = build_draft(author, build_round(unit, now=now), now=now)
    url = reverse("proposals:edit", args=[draft.pk])
    page = client_of(author).post(url, text_data(based_on="1", proposed_weight_percent="100,5"))
    assert page.context["form"].errors["proposed_weight_percent"]
    assert draft.revisions.count() == 1


def test_a_round_whose_windows_are_out_of_order_is_refused_beside_the_dates(
    client_of: ClientOf, facilitator: Person, unit: Unit
) -> None:
    data = {
        "title": "Putaran",
        "scope": unit.pk,
        "year": "2027",
        "opens_at": "2026-12-03T08:00",
        "comments_until": "2026-12-02T08:00",
        "closes_at": "2026-12-01T08:00",
        "minimum_discussion_days": "3",
        "voting_minutes": "4320",
        "objection_days": "3",
        "quorum": "2/3",
        "majority": "1/2",
        "is_secret": "yes",
        "publication_mode": "A",
    }
    page = client_of(facilitator).post(reverse("proposals:round-create"), data)
    assert set(page.context["form"].errors) >= {"comments_until", "closes_at"}
    assert not Round.objects.exists()


def test_what_nobody_has_filled_in_is_told_in_one_line(
    client_of: ClientOf, author: Person, unit: Unit, now: datetime
) -> None:
    proposal = build_draft(author, build_round(unit, now=now), now=now, target_range=[])
    page = client_of(author).get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert '<span id="field-target_range">rentang target</span>' in page
