"""Drafts from a filled template: previewed, then all of them or none."""

import base64
import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from indicators.importing.template import COLUMNS, ROWS
from people.models import Person, Unit
from proposals.models import Proposal, Revision, Round
from tests.proposals.builders import build_round, filled_template

type ClientOf = Callable[[Person], Client]

WHOLE = {
    "name": "Persentase ibu hamil yang diperiksa enam kali",
    "purpose": "Ibu dan bayi selamat.",
    "definition": "Ibu hamil dengan enam pemeriksaan sesuai standar.",
    "unit": "Persen",
    "polarity": "Makin tinggi makin baik (maximize)",
    "target": "87,5",
    "targets": "TW1=20; TW2=45",
    "target_is_max": "tidak",
    "code": "KES-50",
    "owner_unit": "puskesmas-latihan",
    "applies_to": "puskesmas-latihan+",
}


@pytest.fixture
def round_(unit: Unit, now: datetime) -> Round:
    return build_round(unit, now=now)


def upload(client: Client, round_: Round, content: bytes, name: str = "isi.xlsx") -> str:
    """The page after a file was sent for its preview."""
    url = reverse("proposals:import", args=[round_.pk])
    response = client.post(url, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    return response.content.decode()


def test_the_template_has_a_column_for_each_field_all_of_it_text(
    client_of: ClientOf, author: Person, round_: Round
) -> None:
    response = client_of(author).get(reverse("proposals:draft-template", args=[round_.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(response.content))
    sheet = book["Indikator"]
    assert [cell.value for cell in sheet[1]] == [field.label for field in COLUMNS]
    rows = sheet.iter_rows(min_row=2, max_row=ROWS + 1, max_col=len(COLUMNS))
    assert {cell.number_format for row in rows for cell in row} == {"@"}
    assert book["Petunjuk"].max_row > len(COLUMNS)
    assert len(sheet.data_validations.dataValidation) >= 10


def test_a_preview_saves_nothing(client_of: ClientOf, author: Person, round_: Round) -> None:
    page = upload(client_of(author), round_, filled_template(**WHOLE))
    assert "KES-50 Persentase ibu hamil yang diperiksa enam kali" in page
    assert "Baris 2" in page
    assert not Proposal.objects.exists()


def test_a_confirmed_preview_makes_drafts_of_the_uploader_once(
    client_of: ClientOf, author: Person, round_: Round
) -> None:
    content = filled_template(WHOLE, {"name": "Jumlah kunjungan rumah"})
    sent = {
        "content": base64.b64encode(content).decode(),
        "submission": "0b54dd62-9d3e-4b1f-8a43-6f6f1a2f6d10",
    }
    client, url = client_of(author), reverse("proposals:import", args=[round_.pk])
    for _ in range(2):
        assert client.post(url, sent).status_code == 302
    drafts = {draft.record.name: draft for draft in Proposal.objects.select_related("record")}
    assert len(drafts) == 2
    record = drafts[WHOLE["name"]].record
    assert record.target == 87.5
    assert record.targets == {"TW1": "20", "TW2": "45"}
    assert record.applies_to == [
        {"unit": "puskesmas-latihan", "include_sub_units": True, "position_family": None}
    ]
    assert {draft.author for draft in drafts.values()} == {author}
    assert Revision.objects.count() == 2


def bomb() -> bytes:
    """A small file that unpacks to more than a server should hold."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(3):
            parts.writestr(f"xl/{number}.xml", b"0" * (50 * 1024 * 1024))
    return kept.getvalue()


def other_columns() -> bytes:
    book = load_workbook(io.BytesIO(filled_template(**WHOLE)))
    book["Indikator"].cell(1, len(COLUMNS) + 1).value = "Catatan rahasia"
    book["Indikator"].cell(2, len(COLUMNS) + 1).value = "isi"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: b"bukan xlsx", "tidak dapat dibaca"),
        (lambda: filled_template(**WHOLE)[:900], "tidak dapat dibaca"),
        (bomb, "terlalu besar"),
        (lambda: b"0" * (1024 * 1024 + 1), "lebih besar dari 1 MB"),
        (lambda: filled_template(**WHOLE | {"name": "=1+1"}), "berisi rumus"),
        (other_columns, "tidak ada di templat"),
        (lambda: filled_template(WHOLE, WHOLE), "sudah ada di baris 2"),
        (lambda: filled_template(**WHOLE | {"target": 197908142005011992}), "15 digit"),
        (lambda: filled_template(**WHOLE | {"polarity": "miring"}), "salah satu dari"),
        (lambda: filled_template(**WHOLE | {"target": "banyak"}), "Bukan angka"),
        (lambda: filled_template(**WHOLE | {"owner_unit": "tak-ada"}), "tidak dikenal"),
        (lambda: filled_template(**WHOLE | {"definition": "x" * 4001}), "4000"),
        (
            lambda: filled_template(**WHOLE | {"polarity": "minimize", "target": "-1"}),
            "di bawah nol",
        ),
        (lambda: filled_template(), "tidak memuat indikator"),
        (
            lambda: filled_template(*[{"name": f"Nama {n}"} for n in range(ROWS + 1)]),
            "Paling banyak 200",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_and_saves_nothing(
    client_of: ClientOf,
    author: Person,
    round_: Round,
    make: Callable[[], bytes],
    sentence: str,
) -> None:
    assert sentence in upload(client_of(author), round_, make())
    assert not Proposal.objects.exists()


def test_one_bad_line_refuses_all_and_is_named(
    client_of: ClientOf, author: Person, round_: Round
) -> None:
    content = filled_template(WHOLE, {"name": "Kedua", "target": "banyak"})
    page = upload(client_of(author), round_, content)
    assert "baris 3" in page
    assert "Simpan semua" not in page


def test_what_is_confirmed_is_read_anew(client_of: ClientOf, author: Person, round_: Round) -> None:
    bad = filled_template(**WHOLE | {"target": "banyak"})
    sent = {
        "content": base64.b64encode(bad).decode(),
        "submission": "0b54dd62-9d3e-4b1f-8a43-6f6f1a2f6d10",
    }
    response = client_of(author).post(reverse("proposals:import", args=[round_.pk]), sent)
    assert "Bukan angka" in response.content.decode()
    assert not Proposal.objects.exists()


def test_the_template_is_read_in_whatever_language_the_reader_has(
    client_of: ClientOf, author: Person, round_: Round
) -> None:
    client = client_of(author)
    client.cookies["django_language"] = "en"
    assert "KES-50" in upload(client, round_, filled_template(**WHOLE))
