"""`manage.py verify FILE` on exported ballots, offline: what is changed is told, and where."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.canonical import canonical_bytes, sha256
from people.models import Person
from tests.voting.builders import sealed_poll
from tests.voting.test_export import FIVE, mixed_poll
from tests.voting.test_recount import OF_BALLOTS, OF_COLUMNS, TAMPERINGS
from voting.export import ballots_export
from voting.exported import mismatches

pytestmark = pytest.mark.django_db


def copied(document: dict[str, Any]) -> Any:
    return json.loads(canonical_bytes(document))


@pytest.mark.parametrize("mode", ["A", "B", "C"])
def test_an_export_verifies_and_a_tampered_one_does_not(head: Person, mode: str) -> None:
    export = ballots_export(mixed_poll(head, mode))
    assert list(mismatches(copied(export))) == []
    deeds = {} if mode == "C" else TAMPERINGS | (OF_COLUMNS if mode == "A" else OF_BALLOTS)
    for name, deed in deeds.items():
        tampered = copied(export)
        deed(tampered)
        assert list(mismatches(tampered)), name


def test_a_result_that_was_sealed_anew_is_still_not_what_was_kept(head: Person) -> None:
    export = copied(ballots_export(mixed_poll(head, "A")))
    export["result"]["items"][0]["passed"] = not export["result"]["items"][0]["passed"]
    export["seal"]["result_hash"] = sha256(canonical_bytes(export["result"]))
    assert list(mismatches(export)) == ["hitung ulang tidak sama dengan hasil yang disegel"]


def test_below_five_ballots_the_hashes_are_checked(head: Person) -> None:
    export = copied(ballots_export(sealed_poll(actor=head, choices=FIVE[:4])))
    assert list(mismatches(export)) == []
    export["result"]["turnout"] = 5
    assert list(mismatches(export)) == ["hasil tidak sesuai sidik jarinya"]
    del export["withheld"]
    assert "suara yang diumumkan tidak ada" in list(mismatches(export))


def test_whatever_is_left_out_is_told_and_nothing_fails(head: Person) -> None:
    export = copied(ballots_export(mixed_poll(head, "B")))
    for key in export.keys() - {"name", "method", "schema"}:
        for other in (None, [], {}, "x", 7):
            changed = {**export, key: other}
            assert list(mismatches(changed)), (key, other)
        assert list(mismatches({k: v for k, v in export.items() if k != key})), key


def test_the_command_takes_ballots_among_other_files(head: Person, tmp_path: Path) -> None:
    export = ballots_export(mixed_poll(head, "A"))
    path = tmp_path / "poll.json"
    path.write_bytes(canonical_bytes(export))
    call_command("verify", str(path))
    export["result"]["turnout"] += 1
    path.write_bytes(canonical_bytes(export))
    with pytest.raises(CommandError) as refused:
        call_command("verify", str(path))
    assert refused.value.returncode == 1
