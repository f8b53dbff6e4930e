"""Threads: replies on demand, corrections, hiding, reactions, what is new, what came on paper."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.verdict import Refused
from ledger.models import Event
from notices.actions import follow_add
from notices.models import Notice
from people.models import Person, Unit
from proposals import actions
from proposals.gate import freeze_gate
from proposals.models import Comment, CommentVersion, Hiding, Proposal, Reaction, Visit
from proposals.text import ballot_text, dispositions_of
from tests.proposals.builders import (
    build_comment,
    build_discussion,
    build_frozen,
    build_round,
    counter_gaming,
    fields_written,
)

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def proposal(author: Person, unit: Unit, now: datetime) -> Proposal:
    return build_discussion(author, build_round(unit, now=now), now=now)


def _reply(person: Person, comment: Comment, now: datetime, body: str) -> Comment:
    return build_comment(
        person, comment.proposal, now=now, kind="reply", field="", parent=comment, body=body
    )


def _page(client: Client, proposal: Proposal) -> str:
    return client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()


def _revise(
    author: Person, proposal: Proposal, now: datetime, based_on: int, **over: object
) -> None:
    actions.revision_save(
        actor=author,
        proposal=proposal,
        fields=fields_written(**over),  # type: ignore[arg-type]
        reason="Setelah tanggapan rekan.",
        based_on=based_on,
        now=now,
    )


# Replies on demand


def test_the_page_shows_the_newest_two_replies_and_the_thread_all_of_them(
    client_of: ClientOf, elector: Person, author: Person, proposal: Proposal, now: datetime
) -> None:
    root = build_comment(elector, proposal, now=now)
    for number in range(1, 5):
        _reply(author, root, now + timedelta(minutes=number), f"Balasan ke-{number}.")
    client = client_of(elector)
    page = _page(client, proposal)
    assert [number for number in range(1, 5) if f"Balasan ke-{number}." in page] == [3, 4]
    assert "4 balasan" in page
    thread = client.get(reverse("proposals:thread", args=[root.pk])).content.decode()
    assert all(f"Balasan ke-{number}." in thread for number in range(1, 5))


def test_a_reply_leads_to_its_place_in_the_thread(
    client_of: ClientOf, elector: Person, author: Person, proposal: Proposal, now: datetime
) -> None:
    root = build_comment(elector, proposal, now=now)
    reply = _reply(author, root, now, "Terima kasih.")
    response = client_of(elector).get(reverse("proposals:thread", args=[reply.pk]))
    assert response.headers["Location"].endswith(f"{root.pk}/#comment-{reply.pk}")


def test_htmx_gets_the_thread_alone(
    client_of: ClientOf, elector: Person, proposal: Proposal, now: datetime
) -> None:
    root = build_comment(elector, proposal, now=now)
    url = reverse("proposals:thread", args=[root.pk])
    part = client_of(elector).get(url, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith(f'<li class="m-comment" id="comment-{root.pk}"')


# The text changed since


def test_a_comment_says_that_its_field_changed_since(
    client_of: ClientOf, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    build_comment(elector, proposal, now=now, field="target")
    build_comment(elector, proposal, now=now, field="formula", body="Rumusnya kurang jelas.")
    _revise(author, proposal, now, 1, target=70)
    client = client_of(elector)
    page = _page(client, proposal)
    assert page.count("Bagian ini berubah sejak itu") == 1
    link = f"{reverse('proposals:history', args=[proposal.pk])}?from=1&amp;to=2#changed-target"
    assert link in page
    history = client.get(link.replace("&amp;", "&").split("#")[0]).content.decode()
    assert 'id="changed-target"' in history


def test_a_comment_on_the_whole_says_that_the_text_changed(
    client_of: ClientOf, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    build_comment(elector, proposal, now=now, field="")
    _revise(author, proposal, now, 1, target=70)
    assert "Teks berubah sejak itu" in _page(client_of(elector), proposal)


def test_what_was_changed_and_changed_back_has_not_changed(
    client_of: ClientOf, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    build_comment(elector, proposal, now=now, field="target")
    _revise(author, proposal, now, 1, target=70)
    _revise(author, proposal, now, 2)
    assert "berubah sejak itu" not in _page(client_of(elector), proposal)


def test_a_page_takes_as_many_queries_with_many_comments_and_revisions_as_with_few(
    client_of: ClientOf, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    client = client_of(author)
    actions.visit_keep(actor=author, proposal=proposal, now=now - timedelta(days=1))

    def discuss(start: int, times: int) -> None:
        for number in range(start, start + times):
            root = build_comment(elector, proposal, now=now, body=f"Keberatan {number}.")
            _revise(author, proposal, now, number, target=number)
            for word in ("Pertama", "Kedua", "Ketiga"):
                reply = _reply(author, root, now, f"{word} {number}.")
                actions.reaction_set(actor=elector, comment=reply, kind="helped", now=now)
            actions.reaction_set(actor=author, comment=root, kind="agree", now=now)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            _page(client, proposal)
        return len(captured)

    discuss(1, 2)
    queries()
    few = queries()
    discuss(3, 8)
    assert queries() == few


# Corrections


def _edit(person: Person, comment: Comment, now: datetime, body: str, kind: str = "") -> Comment:
    return actions.comment_edit(
        actor=person, comment=comment, kind=kind or comment.kind, body=body, now=now
    )


def test_a_corrected_comment_keeps_its_old_words_beside_it(
    client_of: ClientOf, elector: Person, head: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now, body="Target terlalu rendah.")
    url = reverse("proposals:comment-edit", args=[comment.pk])
    client_of(elector).post(url, {"kind": "objection", "body": "Target terlalu tinggi."})
    assert "Disunting" in _page(client_of(head), proposal)
    versions = client_of(head).get(reverse("proposals:versions", args=[comment.pk]))
    assert "rendah" in versions.content.decode()
    assert "tinggi" in versions.content.decode()


def test_what_was_never_corrected_says_so(
    client_of: ClientOf, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    page = client_of(elector).get(reverse("proposals:versions", args=[comment.pk]))
    assert "belum pernah diubah" in page.content.decode()


def test_the_same_words_again_are_no_correction(
    elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    assert _edit(elector, comment, now, comment.body).edited_at is None
    assert not CommentVersion.objects.exists()


def test_old_words_are_kept_for_ever(elector: Person, proposal: Proposal, now: datetime) -> None:
    _edit(elector, build_comment(elector, proposal, now=now), now, "Lain.")
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
        CommentVersion.objects.update(body="Tidak pernah begitu.")


def test_nobody_corrects_the_words_of_another(
    elector: Person, author: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    with pytest.raises(Refused, match="penulisnya sendiri"):
        _edit(author, comment, now, "Saya setuju.")
    comment.refresh_from_db()
    assert comment.body != "Saya setuju."


def test_an_answered_comment_stays_as_it_was_answered(
    elector: Person, author: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    actions.comment_answer(
        actor=author,
        comment=comment,
        outcome="not_adopted",
        revision=None,
        reason="Sesuai target dinas.",
        now=now,
    )
    with pytest.raises(Refused, match="sudah ditindaklanjuti"):
        _edit(elector, comment, now, "Lain.")


def test_the_kind_stays_once_somebody_replied(
    elector: Person, author: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    assert _edit(elector, comment, now, comment.body, "question").kind == "question"
    _reply(author, comment, now, "Terima kasih.")
    comment.refresh_from_db()
    with pytest.raises(ValidationError, match="tidak dapat diubah lagi"):
        _edit(elector, comment, now, comment.body, "support")


def test_an_objection_turned_into_support_no_longer_holds_the_gate(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    counter_gaming(elector, author, proposal, now=now)
    comment = build_comment(elector, proposal, now=now)
    assert freeze_gate(proposal, now=now)
    _edit(elector, comment, now, comment.body, "support")
    assert freeze_gate(proposal, now=now) == []


# Hiding


@pytest.fixture
def hidden(elector: Person, facilitator: Person, proposal: Proposal, now: datetime) -> Comment:
    comment = build_comment(elector, proposal, now=now, body="Kata-kata yang menghina rekan.")
    actions.comment_hide(actor=facilitator, comment=comment, reason="Menyerang pribadi.", now=now)
    return Comment.objects.for_thread().get(pk=comment.pk)


def test_hidden_words_leave_every_page_of_others_and_the_reason_stays(
    client_of: ClientOf, author: Person, hidden: Comment
) -> None:
    client = client_of(author)
    addresses = [
        reverse("proposals:detail", args=[hidden.proposal_id]),
        *(
            reverse(f"proposals:{name}", args=[hidden.pk])
            for name in ("thread", "reply", "versions")
        ),
    ]
    for address in addresses:
        page = client.get(address).content.decode()
        assert "menghina" not in page, address
        assert "Menyerang pribadi." in page, address


@pytest.mark.parametrize("part", ["elector", "auditor", "facilitator"])
def test_the_author_and_the_offices_still_read_hidden_words(
    request: pytest.FixtureRequest, client_of: ClientOf, hidden: Comment, part: str
) -> None:
    reader = request.getfixturevalue(part)
    assert "menghina" in _page(client_of(reader), hidden.proposal)


def test_hidden_words_are_not_printed_on_ballots(
    facilitator: Person, hidden: Comment, now: datetime
) -> None:
    actions.comment_answer(
        actor=facilitator,
        comment=hidden,
        outcome="out_of_scope",
        revision=None,
        reason="Bukan tentang teks.",
        now=now,
    )
    told = ballot_text(hidden.proposal, hidden.revision) + str(dispositions_of(hidden.proposal))
    assert "menghina" not in told
    assert "Bukan tentang teks." in told


def test_the_author_is_told_why_the_comment_was_hidden(elector: Person, hidden: Comment) -> None:
    assert Notice.objects.filter(person=elector, text__contains="Menyerang pribadi.").count() == 1


def test_a_hidden_objection_waits_for_the_facilitator(
    author: Person, hidden: Comment, now: datetime
) -> None:
    assert freeze_gate(hidden.proposal, now=now)
    with pytest.raises(Refused, match="oleh fasilitator"):
        actions.comment_answer(
            actor=author,
            comment=hidden,
            outcome="not_adopted",
            revision=None,
            reason="Tidak.",
            now=now,
        )


def test_only_the_facilitator_hides(
    client_of: ClientOf, head: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    url = reverse("proposals:hide", args=[comment.pk])
    assert client_of(head).post(url, {"reason": "Tidak suka."}).status_code == 403
    assert not Hiding.objects.exists()


def test_a_hidden_comment_comes_back(
    client_of: ClientOf, author: Person, facilitator: Person, hidden: Comment
) -> None:
    client_of(facilitator).post(reverse("proposals:show", args=[hidden.pk]))
    assert "menghina" in _page(client_of(author), hidden.proposal)
    told = Event.objects.filter(subject=hidden.proposal.topic).values_list("action", flat=True)
    assert {"comment.hidden", "comment.shown"} <= set(told)


# Reactions


def test_a_reaction_is_counted_and_taken_back(
    client_of: ClientOf, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    client, url = client_of(author), reverse("proposals:react", args=[comment.pk])
    for _ in range(2):
        client.post(url, {"kind": "agree"})
    client.post(url, {"kind": "disagree"})
    assert Reaction.objects.get().kind == "disagree"
    client.post(url, {"kind": ""})
    assert not Reaction.objects.exists()


def test_no_page_names_who_reacted(
    client_of: ClientOf,
    outsider: Person,
    elector: Person,
    head: Person,
    proposal: Proposal,
    now: datetime,
) -> None:
    comment = build_comment(elector, proposal, now=now)
    actions.reaction_set(actor=outsider, comment=comment, kind="agree", now=now)
    page = _page(client_of(head), proposal)
    assert ">1<" in page.replace("\n", "")
    assert outsider.name not in page


def test_nobody_reacts_to_the_own_comment(
    elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    with pytest.raises(Refused, match="orang lain"):
        actions.reaction_set(actor=elector, comment=comment, kind="agree", now=now)


# What is new


def test_the_page_tells_what_is_new_since_the_last_visit(
    client_of: ClientOf, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    build_comment(elector, proposal, now=now - timedelta(hours=3), body="Lama.")
    actions.visit_keep(actor=author, proposal=proposal, now=now - timedelta(hours=2))
    first = build_comment(elector, proposal, now=now - timedelta(hours=1), body="Baru satu.")
    build_comment(elector, proposal, now=now - timedelta(minutes=50), body="Baru dua.")
    build_comment(author, proposal, now=now - timedelta(minutes=40), body="Kata sendiri.")
    page = _page(client_of(author), proposal)
    assert "2 tanggapan baru sejak kunjungan Anda" in page
    assert first.url in page
    assert page.count(">Baru<") == 2


def test_two_tabs_of_one_visit_show_the_same_as_new(
    client_of: ClientOf, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    actions.visit_keep(actor=author, proposal=proposal, now=now - timedelta(hours=2))
    build_comment(elector, proposal, now=now - timedelta(hours=1))
    client = client_of(author)
    assert ["1 tanggapan baru" in _page(client, proposal) for _tab in range(2)] == [True, True]


def test_the_moment_of_a_visit_never_goes_back(
    author: Person, proposal: Proposal, now: datetime
) -> None:
    actions.visit_keep(actor=author, proposal=proposal, now=now)
    actions.visit_keep(actor=author, proposal=proposal, now=now - timedelta(hours=1))
    assert Visit.objects.get().seen_at == now


def test_a_page_fetched_ahead_is_no_visit(
    client_of: ClientOf, author: Person, proposal: Proposal
) -> None:
    url = reverse("proposals:detail", args=[proposal.pk])
    client_of(author).get(url, headers={"Sec-Purpose": "prefetch;prerender"})
    assert not Visit.objects.exists()


def test_lists_count_what_is_new_in_followed_proposals(
    client_of: ClientOf, outsider: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    actions.visit_keep(actor=outsider, proposal=proposal, now=now - timedelta(hours=2))
    build_comment(elector, proposal, now=now - timedelta(hours=1))
    client, url = client_of(outsider), reverse("proposals:list")
    assert "tanggapan baru" not in client.get(url).content.decode()
    follow_add(actor=outsider, topic=proposal.topic, now=now)
    assert "1 tanggapan baru" in client.get(url).content.decode()


# Paper


def _paper(facilitator: Person, proposal: Proposal, now: datetime, **over: str) -> Comment:
    fields = {
        "kind": "objection",
        "field": "target",
        "body": "Kami di desa tidak punya kendaraan.",
        "origin": "Posyandu Mawar",
    } | over
    return actions.paper_add(
        actor=facilitator, proposal=proposal, submission=uuid4(), now=now, **fields
    )


def test_a_comment_from_paper_says_so_and_names_nobody(
    client_of: ClientOf, facilitator: Person, author: Person, proposal: Proposal
) -> None:
    client_of(facilitator).post(
        reverse("proposals:paper", args=[proposal.pk]),
        {
            "kind": "objection",
            "field": "target",
            "body": "Kami tidak punya kendaraan.",
            "origin": "Posyandu Mawar",
            "submission": str(uuid4()),
        },
    )
    page = _page(client_of(author), proposal)
    assert "Posyandu Mawar" in page
    assert "disampaikan lewat kertas, dicatat oleh fasilitator" in page
    assert facilitator.name not in page


def test_the_facilitator_may_answer_what_came_on_paper(
    author: Person, elector: Person, facilitator: Person, proposal: Proposal, now: datetime
) -> None:
    counter_gaming(elector, author, proposal, now=now)
    comment = _paper(facilitator, proposal, now)
    assert freeze_gate(proposal, now=now)
    actions.comment_answer(
        actor=facilitator,
        comment=comment,
        outcome="out_of_scope",
        revision=None,
        reason="Bukan tentang teks.",
        now=now,
    )
    assert freeze_gate(proposal, now=now) == []
    assert Notice.objects.filter(person=facilitator, text__contains="dari kertas").exists()


def test_the_origin_of_a_paper_is_no_person(
    facilitator: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="bukan nama orang"):
        _paper(facilitator, proposal, now, origin=f"Ibu {elector.name}")
    assert not Comment.objects.exists()


def test_only_the_facilitator_copies_paper(head: Person, proposal: Proposal, now: datetime) -> None:
    with pytest.raises(Refused, match="dicatat oleh fasilitator"):
        _paper(head, proposal, now)


def test_a_comment_has_exactly_one_source(
    elector: Person, facilitator: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    comment.recorded_by, comment.origin = facilitator, "Posyandu Mawar"
    with pytest.raises(ValidationError, match="satu orang"):
        comment.full_clean()
    with pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(author=None)


def test_nobody_says_anything_more_once_the_text_is_frozen(
    facilitator: Person, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now, code="KES-44")
    with pytest.raises(Refused, match="sudah berakhir"):
        _paper(facilitator, frozen, now)
