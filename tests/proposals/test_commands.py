"""Importing indicators, checking exported sets, and what falls due by the clock."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from core.canonical import canonical_bytes
from indicators.documents import Entry, indicator_json, profile_json
from indicators.models import IndicatorVersion
from indicators.scoring import KMK
from indicators.signing import KeyPair, jwk, new_key, sign
from indicators.versioning import Listed
from people.models import Person
from proposals.actions import round_create
from proposals.demo.filling import content_for, raw_indicators, record_of
from proposals.exported import file_mismatches
from proposals.management.commands import close_due as command
from proposals.models import Proposal, Round

ROWS = [
    {
        "code": "KES-01",
        "name": "Cakupan imunisasi dasar lengkap",
        "definition": "Bayi yang imunisasinya lengkap.",
        "purpose": "Melindungi bayi.",
        "unit": "Persen",
        "polarity": "maximize",
        "target": "95",
    },
    {
        "code": "KES-03",
        "name": "Jumlah kematian ibu",
        "definition": "Kematian ibu dalam setahun.",
        "purpose": "Mencegah kematian ibu.",
        "unit": "Kasus",
        "polarity": "minimize",
        "target": "2",
    },
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "indicators.json"
    path.write_text(json.dumps(ROWS))
    return path


@pytest.fixture
def open_round(facilitator: Person, now: datetime) -> Round:
    return round_create(
        actor=facilitator,
        fields={
            "title": "Putaran",
            "scope": facilitator.unit.parent.parent,
            "year": now.year,
            "opens_at": now - timedelta(days=1),
            "comments_until": now + timedelta(days=9),
            "closes_at": now + timedelta(days=20),
        },
        now=now,
    )


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


# import_indicators --adopted


def test_indicators_come_in_as_adopted_versions_of_a_decision(
    file: Path, facilitator: Person
) -> None:
    told = run("import_indicators", file, "--adopted", "--decision", "188/5/2026")
    assert "line 1: KES-01: adopted" in told
    version = IndicatorVersion.objects.get(code="KES-01")
    assert version.provenance["poll"] is None
    assert "188/5/2026" in version.provenance["decision"]["reason"]


def test_the_same_file_again_brings_nothing_new(file: Path, facilitator: Person) -> None:
    run("import_indicators", file, "--adopted", "--decision", "188/5/2026")
    told = run("import_indicators", file, "--adopted", "--decision", "188/5/2026")
    assert "0 new, 2 unchanged" in told
    assert IndicatorVersion.objects.count() == 2


def test_a_changed_indicator_becomes_its_next_version(file: Path, facilitator: Person) -> None:
    run("import_indicators", file, "--adopted", "--decision", "1")
    file.write_text(json.dumps([ROWS[0] | {"target": "96"}, ROWS[1]]))
    told = run("import_indicators", file, "--adopted", "--decision", "2")
    assert "KES-01: new version" in told
    assert IndicatorVersion.objects.filter(code="KES-01").count() == 2


def test_a_dry_run_tells_the_same_and_keeps_nothing(file: Path, facilitator: Person) -> None:
    told = run("import_indicators", file, "--adopted", "--decision", "1", "--dry-run")
    assert "2 new, 0 unchanged (dry run)" in told
    assert not IndicatorVersion.objects.exists()


def test_one_bad_line_keeps_the_whole_file_out(tmp_path: Path, facilitator: Person) -> None:
    path = tmp_path / "indicators.jsonl"
    bad = ROWS[1] | {"polarity": "sideways"}
    path.write_text("\n".join(json.dumps(row) for row in [ROWS[0], bad]))
    err = StringIO()
    with pytest.raises(CommandError, match="nothing was imported"):
        call_command("import_indicators", path, adopted=True, decision="1", stderr=err)
    assert err.getvalue().startswith("baris 2, polarity")
    assert not IndicatorVersion.objects.exists()


def test_adopting_asks_for_the_decision(file: Path, facilitator: Person) -> None:
    with pytest.raises(CommandError, match="--decision"):
        run("import_indicators", file, "--adopted")


def test_adopting_is_refused_to_who_may_not(file: Path, author: Person) -> None:
    with pytest.raises(CommandError, match="nothing was imported"):
        run("import_indicators", file, "--adopted", "--decision", "1", "--as", author.nip)
    assert not IndicatorVersion.objects.exists()


def test_the_seventy_indicators_of_the_project_can_be_imported(facilitator: Person) -> None:
    path = Path(settings.BASE_DIR) / "indicators" / "data" / "indicators_id.json"
    told = run("import_indicators", path, "--adopted", "--decision", "1", "--unit", "kota")
    assert "70 new, 0 unchanged" in told


# import_indicators as drafts


def test_without_the_flags_indicators_become_drafts_of_an_author(
    file: Path, author: Person, open_round: Round
) -> None:
    told = run("import_indicators", file, "--as", author.nip)
    assert "line 1: KES-01: draft" in told
    drafts = Proposal.objects.filter(author=author, round=open_round)
    assert set(drafts.values_list("stage", flat=True)) == {"draft"}
    assert set(drafts.values_list("record__code", flat=True)) == {"KES-01", "KES-03"}


def test_the_same_drafts_come_once(file: Path, author: Person, open_round: Round) -> None:
    run("import_indicators", file, "--as", author.nip)
    assert "0 new, 2 unchanged" in run("import_indicators", file, "--as", author.nip)
    assert Proposal.objects.count() == 2


def test_drafts_ask_for_an_author_in_service(
    file: Path, deactivated: Person, open_round: Round
) -> None:
    with pytest.raises(CommandError, match="--as NIP"):
        run("import_indicators", file)
    with pytest.raises(CommandError, match="nobody in service"):
        run("import_indicators", file, "--as", deactivated.nip)


def test_drafts_ask_for_an_open_round(file: Path, author: Person) -> None:
    with pytest.raises(CommandError, match="--round"):
        run("import_indicators", file, "--as", author.nip)


def test_a_unit_answers_where_the_file_names_none(
    file: Path, author: Person, open_round: Round
) -> None:
    run("import_indicators", file, "--as", author.nip, "--unit", "dinkes")
    owners = Proposal.objects.values_list("record__owner_unit", flat=True)
    assert set(owners) == {"dinkes"}
    with pytest.raises(CommandError, match="there is no unit nowhere"):
        run("import_indicators", file, "--as", author.nip, "--unit", "nowhere")


def test_a_file_that_is_not_there_is_told(tmp_path: Path, facilitator: Person) -> None:
    with pytest.raises(CommandError, match=r"absent\.json"):
        run("import_indicators", tmp_path / "absent.json", "--adopted", "--decision", "1")


# close_due


@pytest.mark.django_db(transaction=True)
def test_close_due_tells_what_it_did() -> None:
    assert run("close_due").startswith("polls closed: 0, proposals passed on: 0")


@pytest.mark.django_db(transaction=True)
def test_close_due_scrubs_whatever_else_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    scrubbed: list[int] = []

    def fails(*, now: datetime) -> None:
        raise RuntimeError("telling failed")

    monkeypatch.setattr(command, "close_due", fails)
    monkeypatch.setattr(command, "remains_scrub", lambda: scrubbed.append(1))
    with pytest.raises(RuntimeError, match="telling failed"):
        run("close_due")
    assert scrubbed == [1]


# verify FILE

PROVENANCE = {
    "proposal": None,
    "revision_digest": None,
    "dispositions": [],
    "poll": None,
    "decision": {"kind": "imported", "reason": "Keputusan 1."},
    "dissent": [],
    "adopted_at": "2026-01-02T01:00:00.000000Z",
}


def document(
    *, version: str = "1.0.0", previous: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The smallest published document that its schema takes."""
    listed = Listed(
        content=content_for(record_of(raw_indicators()["KES-03"])),
        version=1,
        weight_percent=Decimal(100),
    )
    return {
        "schema": "martahi.indicator-set/1",
        "scope": {"code": "kota", "name": "Kota"},
        "period": {"year": 2026, "from": "2026-01-01", "until": "2026-12-31"},
        "version": version,
        "previous": previous,
        "replaces": None,
        "withdrawn": [],
        "published_at": "2026-01-02T01:00:00.000000Z",
        "effective_on": "2026-01-02",
        "effective_until": None,
        "decision": {
            "number": "1",
            "dated_on": "2026-01-02",
            "by_office": "Wali Kota",
            "decree_digest": None,
        },
        "transition_note": None,
        "scoring_profile": profile_json(KMK),
        "indicators": [indicator_json(Entry(listed, PROVENANCE))],
        "changes": [],
    }


def key_set(pair: KeyPair, **over: Any) -> bytes:
    """The public keys as the API gives them."""
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return json.dumps({"keys": [jwk(pair.kid, pair.x, created_at=made, **over)]}).encode()


def places(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {mismatch.place: mismatch.what for mismatch in file_mismatches(contents)}


def test_an_exported_set_with_its_signature_and_keys_verifies(tmp_path: Path) -> None:
    pair, content = new_key(), canonical_bytes(document())
    files = {
        "set.json": content,
        "signature.json": json.dumps(
            {"alg": "EdDSA", "kid": pair.kid, "signature": sign(pair.secret, content)}
        ).encode(),
        "keys.json": key_set(pair),
    }
    for name, written in files.items():
        (tmp_path / name).write_bytes(written)
    assert "3 file(s) verify" in run("verify", *(tmp_path / name for name in files))


def test_a_set_that_was_changed_after_signing_is_named() -> None:
    pair, content = new_key(), canonical_bytes(document())
    signature = {"alg": "EdDSA", "kid": pair.kid, "signature": sign(pair.secret, content)}
    found = places(
        {
            "set.json": canonical_bytes(document() | {"effective_on": "2026-02-02"}),
            "signature.json": json.dumps(signature).encode(),
            "keys.json": key_set(pair),
        }
    )
    assert found.keys() == {"set.json", "signature.json"}


def test_a_signature_by_a_revoked_key_is_named() -> None:
    pair, content = new_key(), canonical_bytes(document())
    signature = {"alg": "EdDSA", "kid": pair.kid, "signature": sign(pair.secret, content)}
    found = places(
        {
            "set.json": content,
            "signature.json": json.dumps(signature).encode(),
            "keys.json": key_set(
                pair, revoked_at=datetime(2026, 2, 1, tzinfo=UTC), reason="compromised"
            ),
        }
    )
    assert found["signature.json"] == "ditandatangani dengan kunci yang dicabut"
    assert "set.json" in found


def test_a_signature_without_its_public_key_is_named() -> None:
    pair, content = new_key(), canonical_bytes(document())
    signature = {"alg": "EdDSA", "kid": pair.kid, "signature": sign(pair.secret, content)}
    found = places({"set.json": content, "signature.json": json.dumps(signature).encode()})
    assert found.keys() == {"set.json", "signature.json"}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"{", "bukan JSON"),
        (b"[]", "bukan set indikator"),
        (json.dumps(document()).encode(), "bentuk bakunya"),
        (canonical_bytes(document() | {"version": "one"}), "skema"),
    ],
)
def test_a_file_that_is_no_set_says_why(content: bytes, what: str) -> None:
    assert what in places({"set.json": content})["set.json"]


def test_a_set_that_does_not_follow_the_one_before_is_named() -> None:
    first = canonical_bytes(document())
    wrong = {"version": "1.0.0", "digest": "sha256:" + "0" * 64}
    second = canonical_bytes(document(version="1.1.0", previous=wrong))
    found = places({"first.json": first, "second.json": second})
    assert found == {"second.json": "tidak menyambung ke terbitan sebelumnya"}


def test_the_command_prints_the_place_and_ends_with_an_error(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_bytes(b"{")
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("verify", path, stdout=out)
    assert refused.value.returncode == 1
    assert out.getvalue() == f"{path}: bukan JSON\n"
