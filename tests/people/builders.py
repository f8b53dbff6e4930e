"""Builders of files that come from BKPSDM."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

PEOPLE_HEADER = ["NIP", "Nama", "Unit", "Jabatan", "Rumpun jabatan", "Golongan"]
UNIT_HEADER = ["Kode", "Nama", "Jenis", "Induk"]


def build_csv(*rows: Sequence[str], separator: str = ";") -> bytes:
    return "\r\n".join(separator.join(row) for row in rows).encode()


def build_xlsx(*rows: Sequence[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def person_row(nip: str, *, unit: str = "puskesmas-latihan", **others: str) -> list[str]:
    fields = {
        "name": "Baru Contoh",
        "position": "Perawat Terampil",
        "family": "Tenaga kesehatan",
        "grade": "II/c",
    } | others
    return [nip, fields["name"], unit, fields["position"], fields["family"], fields["grade"]]
