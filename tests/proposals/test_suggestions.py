from datetime import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.verdict import Refused
from notices.models import Notice
from people.models import Person, Unit
from proposals import actions
from proposals.forms import CommentForm, PaperForm
from proposals.models import Comment, Proposal, WorkingCopy
from proposals.text import ballot_text, dispositions_of, text_content
from tests.proposals.builders import (
    build_comment,
    build_discussion,
    build_round,
    counter_gaming,
    fields_written,
)

WORDING = "Jumlah bayi yang mendapat imunisasi lengkap sebelum berumur satu tahun"


@pytest.fixture
def proposal(author: Person, unit: Unit, now: datetime) -> Proposal:
    return build_discussion(author, build_round(unit, now=now), now=now)


def _suggest(
    person: Person, proposal: Proposal, now: datetime, field: str = "numerator", **over: str
) -> Comment:
    fields = {"wording": WORDING, "body": "Lebih jelas siapa yang dihitung."} | over
    return actions.suggestion_add(
        actor=person, proposal=proposal, field=field, submission=uuid4(), now=now, **fields
    )


def _adopt(person: Person, comment: Comment, now: datetime, **over: object) -> None:
    fields = {"wording": comment.wording, "reason": "", "based_on": 1} | over
    actions.suggestion_adopt(actor=person, comment=comment, now=now, **fields)  # type: ignore[arg-type]


def test_a_suggestion_shows_what_it_would_change(
    elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _suggest(elector, proposal, now, field="target", wording="70")
    assert "<ins>" in comment.wording_html
    assert "<del>" in comment.wording_html


def test_a_suggestion_that_changes_nothing_is_refused(
    elector: Person, proposal: Proposal, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="sama dengan teks"):
        _suggest(elector, proposal, now, wording=proposal.record.numerator)
    assert not Comment.objects.exists()


def test_two_wordings_for_the_same_reason_are_two_suggestions(
    elector: Person, proposal: Proposal, now: datetime
) -> None:
    _suggest(elector, proposal, now)
    _suggest(elector, proposal, now, wording=f"{WORDING} di wilayah kerja")
    assert Comment.objects.count() == 2


def test_nothing_but_its_own_form_offers_a_suggestion() -> None:
    for form in (CommentForm(), PaperForm()):
        kinds = dict(form.fields["kind"].choices)  # type: ignore[attr-defined]
        assert Comment.Kind.SUGGESTION not in kinds
        assert Comment.Kind.OBJECTION in kinds


def test_the_code_and_structures_take_no_suggestion(
    elector: Person, proposal: Proposal, now: datetime
) -> None:
    for field in ("code", "applies_to", "nothing"):
        with pytest.raises(ValidationError, match="tanggapan biasa"):
            _suggest(elector, proposal, now, field=field)


def test_the_database_refuses_a_suggestion_without_wording(
    elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _suggest(elector, proposal, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(wording="")


def test_an_adopted_suggestion_makes_a_revision_that_credits_its_author(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _suggest(elector, proposal, now)
    _adopt(author, comment, now)
    revision = proposal.revisions.latest("number")
    assert revision.number == 2
    assert revision.text.numerator == WORDING
    assert [credit.comment.author for credit in revision.dispositions.all()] == [elector]


def test_adopting_changes_no_other_field(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    before = text_content(proposal.record)
    _adopt(author, _suggest(elector, proposal, now), now)
    after = text_content(Proposal.objects.get(pk=proposal.pk).record)
    assert after == before | {"numerator": WORDING}


@pytest.mark.parametrize(
    ("field", "wording"), [("target", "72.5"), ("polarity", "stabilize"), ("name", "Nama baru")]
)
def test_figures_choices_and_lines_are_adopted_as_their_kind(
    author: Person, elector: Person, proposal: Proposal, now: datetime, field: str, wording: str
) -> None:
    _adopt(author, _suggest(elector, proposal, now, field=field, wording=wording), now)
    assert text_content(Proposal.objects.get(pk=proposal.pk).record)[field] == wording


def test_a_changed_wording_needs_a_reason(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _suggest(elector, proposal, now)
    with pytest.raises(ValidationError, match="Jelaskan"):
        _adopt(author, comment, now, wording="Jumlah bayi")
    _adopt(author, comment, now, wording="Jumlah bayi", reason="Lebih pendek.")
    assert Comment.objects.get().disposition.reason == "Lebih pendek."


def test_only_writers_adopt(
    head: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _suggest(elector, proposal, now)
    for person in (head, elector):
        with pytest.raises(Refused):
            _adopt(person, comment, now)
    assert proposal.revisions.count() == 1


def test_a_suggestion_is_adopted_once(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _suggest(elector, proposal, now)
    _adopt(author, comment, now)
    with pytest.raises(Refused, match="sudah ditindaklanjuti"):
        _adopt(author, comment, now, based_on=2, wording="Lain", reason="Lain")
    assert proposal.revisions.count() == 2


def test_a_revision_in_between_is_shown_before_adopting(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _suggest(elector, proposal, now)
    actions.revision_save(
        actor=author,
        proposal=proposal,
        fields=fields_written(target=70),
        reason="Menurut rapat.",
        based_on=1,
        now=now,
    )
    with pytest.raises(Refused, match="Revisi 2"):
        _adopt(author, comment, now, based_on=1)
    assert proposal.revisions.count() == 2


def test_what_was_typed_survives_an_adoption(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    typed = {"numerator": proposal.record.numerator, "definition": "Belum selesai saya tulis"}
    actions.working_copy_save(
        actor=author,
        proposal=proposal,
        fields=typed,
        based_on=1,
        edition=0,
        window=uuid4(),
        now=now,
    )
    _adopt(author, _suggest(elector, proposal, now), now)
    assert WorkingCopy.objects.get().fields == typed


def _answered(author: Person, comment: Comment, now: datetime) -> None:
    actions.comment_answer(
        actor=author,
        comment=comment,
        outcome="not_adopted",
        revision=None,
        reason="Sesuai target dinas.",
        now=now,
    )


def test_the_commenter_answers_a_disposition_once(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    _answered(author, comment, now)
    actions.disposition_reply(actor=elector, comment=comment, reply="Belum dijawab.", now=now)
    with pytest.raises(Refused, match="satu kali"):
        actions.disposition_reply(actor=elector, comment=comment, reply="Lagi.", now=now)
    assert Comment.objects.get().disposition.reply == "Belum dijawab."


def test_only_the_commenter_answers_a_disposition(
    author: Person, elector: Person, coauthor: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    _answered(author, comment, now)
    for person in (author, coauthor):
        with pytest.raises(Refused, match="penanggap"):
            actions.disposition_reply(actor=person, comment=comment, reply="Tidak.", now=now)


def test_who_gave_the_disposition_is_told_that_it_solves_nothing(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    _answered(author, comment, now)
    actions.disposition_reply(actor=elector, comment=comment, reply="Belum dijawab.", now=now)
    assert Notice.objects.filter(person=author, text__contains="belum terselesaikan").count() == 1


def test_the_reply_stands_on_the_ballot_and_in_the_provenance(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    _answered(author, comment, now)
    actions.disposition_reply(actor=elector, comment=comment, reply="Belum dijawab.", now=now)
    assert "Belum dijawab." in ballot_text(proposal, proposal.revisions.get())
    assert dispositions_of(proposal)[0]["reply"] == "Belum dijawab."


def test_a_reply_names_nobody(
    author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    _answered(author, comment, now)
    with pytest.raises(ValidationError, match="bukan nama orang"):
        actions.disposition_reply(
            actor=elector, comment=comment, reply=f"Tanya {author.name}.", now=now
        )


def test_after_the_ballot_is_printed_nothing_is_replied(
    author: Person, elector: Person, head: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now)
    _answered(author, comment, now)
    counter_gaming(head, author, proposal, now=now)
    frozen = actions.proposal_freeze(actor=head, proposal=proposal, now=now)
    actions.poll_open_for(actor=head, proposals=[frozen], minutes=5, now=now)
    with pytest.raises(Refused, match="surat suara dicetak"):
        actions.disposition_reply(actor=elector, comment=comment, reply="Lambat.", now=now)


def test_a_suggestion_is_sent_and_adopted_over_http(
    client: Client, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    client.force_login(elector)
    page = reverse("proposals:suggest", args=[proposal.pk, "target"])
    assert "Yang sekarang tertulis" in client.get(page).content.decode()
    sent = {"wording": "72,5", "body": "Sesuai tren tiga tahun.", "submission": uuid4()}
    client.post(page, sent)
    comment = Comment.objects.get()
    assert comment.wording == "72.5"

    client.force_login(author)
    page = reverse("proposals:adopt-wording", args=[comment.pk])
    assert "72,5" in client.get(page).content.decode()
    client.post(page, {"wording": "72,5", "based_on": 1})
    told = client.get(reverse("proposals:said", args=[proposal.pk])).content.decode()
    assert "revisi 2" in told
    assert "72,5 persen" in told


def test_the_page_of_an_adoption_says_that_the_field_has_moved(
    client: Client, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _suggest(elector, proposal, now, field="target", wording="72.5")
    actions.revision_save(
        actor=author,
        proposal=proposal,
        fields=fields_written(target=60),
        reason="Menurut rapat.",
        based_on=1,
        now=now,
    )
    client.force_login(author)
    page = client.get(reverse("proposals:adopt-wording", args=[comment.pk])).content.decode()
    assert "sudah berubah sejak revisi 1" in page


def test_what_was_said_takes_as_many_queries_for_many_as_for_few(
    client: Client,
    author: Person,
    elector: Person,
    proposal: Proposal,
    now: datetime,
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    page = reverse("proposals:said", args=[proposal.pk])
    client.force_login(author)
    _adopt(author, _suggest(elector, proposal, now), now)
    few = count()
    for number in range(2, 12):
        comment = _suggest(elector, proposal, now, wording=f"{WORDING} {number}")
        _adopt(author, comment, now, based_on=number)
    assert count() == few


def test_one_reads_what_became_of_the_own_words_only(
    client: Client, author: Person, elector: Person, proposal: Proposal, now: datetime
) -> None:
    build_comment(elector, proposal, now=now, body="Kata pemilih sendiri.")
    build_comment(author, proposal, now=now, body="Kata orang lain.")
    client.force_login(elector)
    page = client.get(reverse("proposals:my-words")).content.decode()
    assert "Kata pemilih sendiri." in page
    assert "Kata orang lain." not in page


def test_support_is_not_said_to_wait(
    client: Client, elector: Person, proposal: Proposal, now: datetime
) -> None:
    build_comment(elector, proposal, now=now, kind="support", body="Saya setuju.")
    client.force_login(elector)
    page = client.get(reverse("proposals:said", args=[proposal.pk])).content.decode()
    assert "Dukungan tidak memerlukan tindak lanjut." in page
    assert "Belum ada tindak lanjut." not in page
