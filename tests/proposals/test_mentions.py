"""Colleagues named in a comment with an @."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from notices.models import Notice
from people.models import Person, Unit
from proposals import actions
from proposals.mentions import mentioned_in, name_offered
from proposals.models import Comment, Mention, Proposal
from tests.builders import build_person
from tests.proposals.builders import build_comment, build_discussion, build_round

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def proposal(author: Person, unit: Unit, now: datetime) -> Proposal:
    return build_discussion(author, build_round(unit, now=now), now=now)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mohon dicek @Luar Contoh.", ["Luar Contoh"]),
        ("@luar contoh, @Kepala Contoh dan lagi @Luar Contoh", ["Luar Contoh", "Kepala Contoh"]),
        ("@Luar Contoh (Dinas Pendidikan) tahu.", ["Luar Contoh"]),
        ("Luar Contoh tanpa tanda", []),
        ("@Luar Contohnya", []),
        ("@Pensiunan Contoh", []),
        ("@", []),
        ("surat@contoh.go.id", []),
    ],
)
def test_whom_a_text_names(cast: object, text: str, names: list[str]) -> None:
    assert [person.name for person in mentioned_in(text)] == names


def test_a_name_that_two_bear_needs_its_unit(unit: Unit, other_unit: Unit) -> None:
    one, other = (build_person(unit=where, name="Sama Persis") for where in (unit, other_unit))
    assert mentioned_in("@Sama Persis") == []
    assert mentioned_in(f"@{name_offered(other)} mohon dicek") == [other]
    assert mentioned_in(f"@{name_offered(one)}") == [one]


def test_who_is_named_is_told_once(
    elector: Person, outsider: Person, proposal: Proposal, now: datetime
) -> None:
    comment = build_comment(elector, proposal, now=now, body=f"Mohon dicek @{outsider.name}.")
    actions.comment_edit(
        actor=elector,
        comment=comment,
        kind=comment.kind,
        body=f"Mohon dicek ulang @{outsider.name}.",
        now=now,
    )
    assert Mention.objects.get().person == outsider
    told = Notice.objects.filter(person=outsider)
    assert [notice.text for notice in told] == [
        f"{elector.name} menyebut Anda pada “{proposal.record.name}”."
    ]


def test_an_unnamed_comment_tells_nobody_whose_it_is(
    elector: Person, outsider: Person, unit: Unit, proposal: Proposal, now: datetime
) -> None:
    for _ in range(3):
        build_person(unit=unit)
    build_comment(
        elector, proposal, now=now, is_unnamed=True, body=f"Mohon dicek @{outsider.name}."
    )
    notice = Notice.objects.get(person=outsider)
    assert notice.text.startswith("Seorang rekan menyebut Anda")


def test_a_name_from_the_list_joins_the_words(
    client_of: ClientOf, elector: Person, outsider: Person, proposal: Proposal
) -> None:
    data = {"kind": "question", "field": "", "body": "Sudah benar?", "submission": str(uuid4())}
    client_of(elector).post(
        reverse("proposals:comment", args=[proposal.pk]), data | {"mention": name_offered(outsider)}
    )
    assert Comment.objects.get().body == f"Sudah benar?\n\n@{name_offered(outsider)}"
    assert Mention.objects.get().person == outsider


def test_a_name_that_nobody_bears_is_refused(
    client_of: ClientOf, elector: Person, proposal: Proposal
) -> None:
    data = {"kind": "question", "field": "", "body": "Sudah benar?", "submission": str(uuid4())}
    page = client_of(elector).post(
        reverse("proposals:comment", args=[proposal.pk]), data | {"mention": "Tidak Ada"}
    )
    assert "Tidak ada rekan bernama demikian" in page.content.decode()
    assert not Comment.objects.exists()


def test_names_are_offered_from_three_letters_on(
    client_of: ClientOf, elector: Person, outsider: Person
) -> None:
    client, url = client_of(elector), reverse("proposals:mention-names")
    assert outsider.name not in client.post(url, {"mention": "Lu"}).content.decode()
    assert name_offered(outsider) in client.post(url, {"mention": "@Lua"}).content.decode()
