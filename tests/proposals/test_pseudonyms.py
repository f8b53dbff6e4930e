"""Comments under a pseudonym: no trace of their author but in one table, opened by two."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.verdict import Refused
from ledger.models import Event
from notices.models import Follow, Notice
from people.models import Appointment, Person, Unit
from proposals import actions
from proposals.actions.moves import standing_in
from proposals.models import Comment, Proposal, Pseudonym, PseudonymAuthor, Unsealing
from proposals.pseudonyms import crowd_of
from proposals.text import dispositions_of
from tests.builders import Units, build_appointment, build_person
from tests.proposals.builders import build_comment, build_discussion, build_round, counter_gaming

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def speaker(unit: Unit) -> Person:
    """A colleague who does nothing else in the whole database, so that every trace is theirs."""
    return build_person(unit=unit, name="Sunyi Rahasia Contoh")


@pytest.fixture
def proposal(author: Person, unit: Unit, now: datetime, speaker: Person) -> Proposal:
    for _ in range(3):
        build_person(unit=unit)
    return build_discussion(author, build_round(unit, now=now), now=now)


def _say(person: Person, proposal: Proposal, now: datetime, **over: object) -> Comment:
    return build_comment(person, proposal, now=now, is_unnamed=True, **over)


def _rows() -> Iterator[tuple[str, str]]:
    """Every row of every table, as its columns' texts; people and sessions aside."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608, the name of a table
            for row in cursor.fetchall():
                yield table, " ".join(map(str, row))


def _tables_that_name(person: Person) -> set[str]:
    keys = (str(person.pk), person.pk.hex, person.name)
    return {table for table, row in _rows() if any(key in row for key in keys)}


# No trace


def test_the_author_stands_in_one_table_alone(
    author: Person, head: Person, speaker: Person, proposal: Proposal, now: datetime
) -> None:
    before = _tables_that_name(speaker)
    comment = _say(speaker, proposal, now)
    _say(speaker, proposal, now, kind="reply", field="", parent=comment, body="Tambahan.")
    actions.comment_edit(
        actor=speaker, comment=comment, kind=comment.kind, body="Target terlalu berat.", now=now
    )
    actions.comment_answer(
        actor=author,
        comment=comment,
        outcome="not_adopted",
        revision=None,
        reason="Sesuai target dinas.",
        now=now,
    )
    actions.disposition_reply(actor=speaker, comment=comment, reply="Belum terjawab.", now=now)
    actions.suggestion_add(
        actor=speaker,
        proposal=proposal,
        field="target",
        wording="61.5",
        body="Sesuai tren tiga tahun.",
        is_unnamed=True,
        submission=uuid4(),
        now=now,
    )
    counter_gaming(head, author, proposal, now=now)
    actions.proposal_freeze(actor=head, proposal=proposal, now=now)
    actions.poll_open_for(actor=head, proposals=[proposal], minutes=5, now=now)
    elector_rows = {"voting_elector", "notices_notice"}  # as everybody on the roll
    assert _tables_that_name(speaker) - before - elector_rows == {"proposals_pseudonymauthor"}
    assert set(Notice.objects.filter(person=speaker).values_list("topic", flat=True)) == {
        f"voting.poll:{proposal.poll_entries.get().poll_id}"
    }


@pytest.mark.parametrize("part", ["author", "head", "facilitator", "auditor", "administrator"])
def test_no_page_shows_the_author(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    speaker: Person,
    proposal: Proposal,
    now: datetime,
    part: str,
) -> None:
    comment = _say(speaker, proposal, now)
    actions.comment_edit(
        actor=speaker, comment=comment, kind=comment.kind, body="Target terlalu berat.", now=now
    )
    client = client_of(request.getfixturevalue(part))
    addresses = [
        reverse("proposals:detail", args=[proposal.pk]),
        reverse("proposals:list"),
        reverse("proposals:home"),
        reverse("notices:list"),
        *(
            reverse(f"proposals:{name}", args=[comment.pk])
            for name in ("thread", "reply", "answer", "versions")
        ),
    ]
    for address in addresses:
        page = client.get(address).content.decode()
        page = re.sub(r"<option.*?</option>", "", page, flags=re.DOTALL)  # whom to ask to co-write
        assert speaker.name not in page, address
        assert str(speaker.pk) not in page, address
    assert comment.pseudonym is not None
    assert comment.pseudonym.name in client.get(addresses[0]).content.decode()


def test_the_row_and_the_page_know_the_day_alone(
    client_of: ClientOf, author: Person, speaker: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _say(speaker, proposal, now)
    local = timezone.localtime(comment.created_at)
    assert (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    assert local.date() == timezone.localdate(now)
    thread = client_of(author).get(reverse("proposals:thread", args=[comment.pk]))
    assert "pukul" not in thread.content.decode()


def test_followers_are_told_as_of_the_day_and_the_author_among_them(
    author: Person, speaker: Person, proposal: Proposal, now: datetime
) -> None:
    actions_before = Notice.objects.count()
    Follow.objects.create(person=speaker, topic=proposal.topic, created_at=now)
    comment = _say(speaker, proposal, now)
    told = Notice.objects.filter(text__startswith="Keberatan baru")
    assert set(told.values_list("person", flat=True)) == {author.pk, speaker.pk}
    assert set(told.values_list("created_at", flat=True)) == {comment.created_at}
    assert Notice.objects.count() == actions_before + 2


def test_speaking_unnamed_makes_nobody_a_follower(
    speaker: Person, proposal: Proposal, now: datetime
) -> None:
    _say(speaker, proposal, now)
    assert not Follow.objects.filter(person=speaker).exists()


def test_the_ledger_does_not_hear_of_what_is_said_unnamed(
    speaker: Person, proposal: Proposal, now: datetime
) -> None:
    before = Event.objects.count()
    comment = _say(speaker, proposal, now)
    actions.comment_edit(actor=speaker, comment=comment, kind="question", body="Apa?", now=now)
    assert Event.objects.count() == before


def test_the_published_disposition_names_nobody(
    author: Person, speaker: Person, proposal: Proposal, now: datetime
) -> None:
    comment = _say(speaker, proposal, now)
    actions.comment_answer(
        actor=author,
        comment=comment,
        outcome="not_adopted",
        revision=None,
        reason="Sesuai target dinas.",
        now=now,
    )
    told = json.dumps(dispositions_of(proposal))
    assert "terlalu tinggi" in told
    assert comment.pseudonym is not None
    assert speaker.name not in told
    assert comment.pseudonym.name not in told


# The author's own


def test_one_person_has_one_pseudonym_per_proposal(
    speaker: Person, author: Person, unit: Unit, proposal: Proposal, now: datetime
) -> None:
    first = _say(speaker, proposal, now)
    second = _say(speaker, proposal, now, body="Sumber datanya belum ada.")
    assert first.pseudonym == second.pseudonym
    other = build_discussion(author, proposal.round, now=now, code="KES-45")
    assert _say(speaker, other, now).pseudonym != first.pseudonym


def test_the_same_submission_under_a_pseudonym_is_one_comment(
    speaker: Person, proposal: Proposal, now: datetime
) -> None:
    submission = uuid4()
    for _ in range(2):
        actions.comment_add(
            actor=speaker,
            proposal=proposal,
            kind="question",
            body="Dari mana angkanya?",
            is_unnamed=True,
            submission=submission,
            now=now,
        )
    assert Comment.objects.count() == 1


def test_the_form_offers_a_pseudonym_and_says_among_whom(
    client_of: ClientOf, speaker: Person, proposal: Proposal
) -> None:
    client = client_of(speaker)
    page = client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert "7 pegawai aktif dalam lingkup putaran ini" in page
    client.post(
        reverse("proposals:comment", args=[proposal.pk]),
        {
            "kind": "objection",
            "field": "",
            "body": "Terlalu berat.",
            "is_unnamed": "on",
            "submission": str(uuid4()),
        },
    )
    assert Comment.objects.get().author is None


def test_nobody_answers_the_own_comment_by_another_name(
    former_acting_head: Person,
    speaker: Person,
    facilitator: Person,
    unit: Unit,
    now: datetime,
    proposal: Proposal,
) -> None:
    comment = _say(speaker, proposal, now)
    proposal.coauthors.add(speaker)
    with pytest.raises(Refused, match="bukan oleh Anda sendiri"):
        actions.comment_answer(
            actor=speaker,
            comment=comment,
            outcome="not_adopted",
            revision=None,
            reason="Tidak.",
            now=now,
        )


def test_new_comments_count_the_unnamed_of_the_same_day(
    client_of: ClientOf, author: Person, speaker: Person, proposal: Proposal, now: datetime
) -> None:
    actions.visit_keep(actor=author, proposal=proposal, now=now - timedelta(minutes=31))
    _say(speaker, proposal, now)
    page = client_of(author).get(reverse("proposals:detail", args=[proposal.pk]))
    if timezone.localdate(now) == timezone.localdate(now - timedelta(minutes=31)):
        assert "1 tanggapan baru sejak kunjungan Anda" in page.content.decode()


# Who may


def test_four_people_are_no_crowd(
    speaker: Person, proposal: Proposal, now: datetime, unit: Unit
) -> None:
    standing = standing_in(proposal, speaker, now=now)
    while crowd_of(standing).size > 4:
        leaver = (
            Person.objects.active()
            .filter(unit=unit)
            .exclude(pk__in=[speaker.pk, proposal.author_id, *standing.leadership.keys])
        )
        Person.objects.filter(pk=leaver.values("pk")[:1]).update(is_active=False)
    with pytest.raises(Refused, match="lima orang"):
        _say(speaker, proposal, now)
    assert not Comment.objects.exists()
    assert not Pseudonym.objects.exists()


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("author", "nama sendiri"),
        ("head", "nama sendiri"),
        ("outsider", "dalam lingkup putaran"),
    ],
)
def test_who_decides_or_stands_apart_speaks_by_name(
    request: pytest.FixtureRequest, proposal: Proposal, now: datetime, part: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        _say(request.getfixturevalue(part), proposal, now)
    assert not Pseudonym.objects.exists()


# Opening


@pytest.fixture
def pseudonym(speaker: Person, proposal: Proposal, now: datetime) -> Pseudonym:
    said = _say(speaker, proposal, now).pseudonym
    assert said is not None
    return said


def test_an_auditor_and_an_administrator_open_it_together(
    client_of: ClientOf,
    auditor: Person,
    administrator: Person,
    speaker: Person,
    pseudonym: Pseudonym,
) -> None:
    url = reverse("proposals:pseudonym", args=[pseudonym.pk])
    asking, agreeing = client_of(auditor), client_of(administrator)
    asking.post(url, {"reason": "Laporan ancaman nomor 7."})
    assert speaker.name not in asking.get(url).content.decode()
    assert speaker.name not in agreeing.get(url).content.decode()
    agreeing.post(url, {"reason": "Laporan sudah diperiksa."})
    assert speaker.name in asking.get(url).content.decode()
    assert speaker.name in agreeing.get(url).content.decode()
    told = Event.objects.filter(subject=f"proposals.pseudonym:{pseudonym.pk}").order_by("number")
    assert list(told.values_list("action", "actor")) == [
        ("pseudonym.opening_requested", auditor.pk),
        ("pseudonym.opened", administrator.pk),
    ]


def test_a_third_reader_is_not_told(
    client_of: ClientOf,
    auditor: Person,
    administrator: Person,
    units: Units,
    speaker: Person,
    pseudonym: Pseudonym,
    now: datetime,
) -> None:
    unsealing = _request(auditor, pseudonym, now)
    actions.unsealing_confirm(actor=administrator, unsealing=unsealing, reason="Ya.", now=now)
    url = reverse("proposals:pseudonym", args=[pseudonym.pk])
    third = build_person(unit=units.inspectorate)
    build_appointment(third, Appointment.Role.AUDITOR)
    page = client_of(third).get(url)
    assert page.status_code == 200
    assert speaker.name not in page.content.decode()


def _request(person: Person, pseudonym: Pseudonym, now: datetime) -> Unsealing:
    return actions.unsealing_request(
        actor=person, pseudonym=pseudonym, reason="Laporan ancaman nomor 7.", now=now
    )


def test_nobody_opens_it_alone(auditor: Person, pseudonym: Pseudonym, now: datetime) -> None:
    unsealing = _request(auditor, pseudonym, now)
    with pytest.raises(Refused, match="orang lain"):
        actions.unsealing_confirm(actor=auditor, unsealing=unsealing, reason="Ya.", now=now)
    unsealing.refresh_from_db()
    assert not unsealing.is_confirmed


def test_two_of_one_office_do_not_open_it(
    auditor: Person, facilitator: Person, head: Person, pseudonym: Pseudonym, now: datetime
) -> None:
    unsealing = _request(auditor, pseudonym, now)
    for person in (facilitator, head):
        with pytest.raises(Refused):
            actions.unsealing_confirm(actor=person, unsealing=unsealing, reason="Ya.", now=now)
    unsealing.refresh_from_db()
    assert not unsealing.is_confirmed


def test_an_opening_gives_a_reason_without_names(
    auditor: Person, head: Person, pseudonym: Pseudonym, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="jangan sebut nama"):
        actions.unsealing_request(
            actor=auditor, pseudonym=pseudonym, reason=f"Kata {head.name}.", now=now
        )
    with pytest.raises(ValidationError):
        actions.unsealing_request(actor=auditor, pseudonym=pseudonym, reason=" ", now=now)
    assert not Unsealing.objects.exists()


def test_an_opening_stays_as_it_was_made(
    auditor: Person, administrator: Person, pseudonym: Pseudonym, now: datetime
) -> None:
    unsealing = _request(auditor, pseudonym, now)
    actions.unsealing_confirm(actor=administrator, unsealing=unsealing, reason="Ya.", now=now)
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
        Unsealing.objects.update(request_reason="Lain.")
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
        PseudonymAuthor.objects.all().delete()
