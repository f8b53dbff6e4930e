"""The export of an open poll: every ballot under the key of its voter, for strangers to count."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.canonical import canonical_bytes, sha256
from people.models import Person
from tests.voting.builders import (
    ABSTAIN,
    APPROVE,
    REJECT,
    add_staff,
    ballot,
    cast_open,
    close_by_clock,
    open_poll,
    voters_of,
)
from tests.voting.test_recount import recount, written
from voting.actions import item_void
from voting.export import ballots_export
from voting.exported import mismatches
from voting.models import Poll
from voting.policy import Policy

pytestmark = pytest.mark.django_db

AGREE, OBJECT = "agree", "object"
POLICIES = {
    method: Policy(method=method, is_secret=False, publication_mode="N")
    for method in ("approve", "consensus")
}
FIRST = {"approve": (APPROVE, REJECT, ABSTAIN), "consensus": (OBJECT, OBJECT, AGREE)}
LATER = {"approve": (REJECT, APPROVE, APPROVE), "consensus": (AGREE, AGREE, AGREE)}


def say(poll: Poll, person: Person, choices: tuple[str, ...]) -> None:
    raw = ballot(poll, *choices)
    reasons = {key: 'Lihat "agree".' for key, choice in raw.items() if choice == OBJECT}
    cast_open(poll, person, raw=raw, reasons=reasons)


def told_poll(head: Person, method: str, *, voters: int = 6, staff: int = 4) -> Poll:
    """Three items, one of them void; of the voters the first changed his mind, twice."""
    add_staff(head.unit, staff)
    poll = open_poll(actor=head, items=3, policy=POLICIES[method])
    for place, person in enumerate(voters_of(poll)[:voters]):
        say(poll, person, (FIRST if place % 3 else LATER)[method])
    if voters:
        first = voters_of(poll)[0]
        say(poll, first, FIRST[method])
        say(poll, first, LATER[method])
    item = poll.items.get(position=2)
    item_void(actor=head, item=item, reason="Teks dikembalikan.", now=timezone.now())
    return close_by_clock(poll)


def copied(document: dict[str, Any]) -> Any:
    return json.loads(canonical_bytes(document))


@pytest.mark.parametrize("voters", [0, 1, 4, 6])
@pytest.mark.parametrize("method", POLICIES)
def test_an_open_poll_is_counted_again_however_few_voted(
    tmp_path: Path, head: Person, method: str, voters: int
) -> None:
    poll = told_poll(head, method, voters=voters)
    export = copied(ballots_export(poll))
    assert "withheld" not in export
    assert len(export.get("ballots", [])) == voters
    assert list(mismatches(export)) == []
    path, out = written(tmp_path, export), StringIO()
    call_command("tally", str(path), stdout=out)
    again = recount(path)
    assert (again.returncode, again.stderr.strip()) == (0, "")
    assert again.stdout == out.getvalue()
    passed = [n for n, entry in enumerate(export["result"]["items"]) if entry.get("passed")]
    assert json.loads(out.getvalue())["winners"] == passed


@pytest.mark.parametrize(
    ("objections", "passed"), [(0, [0, 1, 2]), (1, [2])], ids=["agreed", "one objection"]
)
def test_one_objection_outweighs_all_in_the_file_too(
    tmp_path: Path, head: Person, objections: int, passed: list[int]
) -> None:
    add_staff(head.unit, 8)
    poll = open_poll(actor=head, items=3, policy=POLICIES["consensus"])
    for place, person in enumerate(voters_of(poll)):
        say(poll, person, (FIRST if place < objections else LATER)["consensus"])
    path, out = written(tmp_path, ballots_export(close_by_clock(poll))), StringIO()
    call_command("tally", str(path), stdout=out)
    assert json.loads(out.getvalue())["winners"] == passed
    assert recount(path).returncode == 0


def test_the_last_ballot_counts_and_the_others_are_kept(head: Person) -> None:
    poll = told_poll(head, "approve")
    export = copied(ballots_export(poll))
    key = str(voters_of(poll)[0].pk)
    mine = [each for each in export["kept"]["named"] if each["person"] == key]
    assert [each["number"] for each in mine] == [1, 2, 3]
    assert [row[1] for row in export["ballots"] if row[2] == key] == [{"0": REJECT, "2": APPROVE}]
    assert [row[2] for row in export["ballots"]] == sorted(row[2] for row in export["ballots"])


def test_names_stay_in_martahi_and_keys_lead_to_them(
    client_of: Callable[[Person], Client], head: Person, outsider: Person
) -> None:
    poll = told_poll(head, "consensus")
    client = client_of(outsider)
    file = client.get(reverse("api-1:poll_ballots", args=[poll.pk])).content.decode()
    page = client.get(reverse("voting:detail", args=[poll.pk])).content.decode()
    voters = voters_of(poll)
    for place, person in enumerate(voters):
        assert person.name not in file
        assert (str(person.pk) in file) == (place < 6), "who did not vote stands in no file"
        assert (str(person.pk) in page) == (place < 6)
    assert "Kunci dalam berkas hitung ulang" in page
    assert "tanpa nama: setiap pemilih ditandai dengan kunci acak" in page


def last_of(document: dict[str, Any]) -> dict[str, Any]:
    """The ballot of the voter who has three that counts."""
    found: dict[str, Any] = max(document["kept"]["named"], key=lambda each: each["number"])
    return found


def others_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    person = last_of(document)["person"]
    return [each for each in document["kept"]["named"] if each["person"] != person]


def sealed_anew(deed: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], object]:
    """The same, with the hash of what was kept made again."""

    def both(document: dict[str, Any]) -> None:
        deed(document)
        inner = document["seal"]["nonce"].encode() + b"\n" + canonical_bytes(document["kept"])
        document["seal"]["ballots_hash"] = sha256(inner)

    return both


TAMPERINGS: dict[str, Callable[[dict[str, Any]], object]] = {
    "the decision": lambda d: d["result"]["items"][2].update(passed=False),
    "a ballot": lambda d: d["ballots"][0][1].update({"0": "abstain"}),
    "a ballot dropped": lambda d: d["ballots"].pop(),
    "a ballot twice": lambda d: d["ballots"][0].__setitem__(0, 2),
    "voters exchanged": lambda d: d["ballots"].reverse(),
    "a voter": lambda d: d["ballots"][0].__setitem__(2, "x"),
    "the majority": lambda d: d["majority_required"].update({"0": "1/9"}),
    "a reason": lambda d: last_of(d)["choices"][0].update(reason="Lain."),
    "a time": lambda d: last_of(d).update(cast_at="2020-01-01T00:00:00.000000Z"),
    "a choice, sealed anew": sealed_anew(
        lambda d: [choice.update(choice="abstain") for choice in last_of(d)["choices"]]
    ),
    "a column, sealed anew": sealed_anew(lambda d: d["kept"]["columns"][0]["choices"].update(x=1)),
    "a ballot of before counts, sealed anew": sealed_anew(lambda d: last_of(d).update(number=0)),
    "a voter less, sealed anew": sealed_anew(lambda d: d["kept"].update(named=others_of(d))),
}  # fmt: skip


@pytest.mark.parametrize("method", POLICIES)
def test_a_tampered_export_is_told_by_both(tmp_path: Path, head: Person, method: str) -> None:
    export = copied(ballots_export(told_poll(head, method)))
    assert recount(written(tmp_path, export)).returncode == 0, "the control"
    for name, deed in TAMPERINGS.items():
        tampered = copied(export)
        deed(tampered)
        assert canonical_bytes(tampered) != canonical_bytes(export), name
        assert list(mismatches(tampered)), name
        assert recount(written(tmp_path, tampered)).returncode == 1, name


def test_a_history_with_a_gap_is_told(head: Person) -> None:
    export = copied(ballots_export(told_poll(head, "approve")))
    export["kept"]["named"] = [each for each in export["kept"]["named"] if each["number"] != 2]
    sealed_anew(lambda _document: None)(export)
    assert list(mismatches(export)) == ["riwayat surat suara terbuka tidak utuh"]
