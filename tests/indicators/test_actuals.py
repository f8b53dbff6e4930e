"""Actuals come in by file: exactly, all or none, and safe to repeat."""

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from openpyxl import Workbook

from core.canonical import decimal_text
from indicators.models import Actual, IndicatorVersion
from ledger.models import Event
from tests.builders import Units

Adopt = Callable[..., IndicatorVersion]
HEAD = "unit;kode;tahun;periode;realisasi\n"


@pytest.fixture
def indicators(adopt: Adopt, units: Units) -> None:
    adopt("KES-01")
    adopt("KES-02", target="-10")


def run(tmp_path: Path, content: str | bytes, *options: str, name: str = "angka.csv") -> str:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    out, errors = io.StringIO(), io.StringIO()
    try:
        call_command("import_actuals", str(file), *options, stdout=out, stderr=errors)
    except CommandError:
        return errors.getvalue()
    return out.getvalue()


def kept() -> dict[tuple[str, str], str]:
    return {
        (actual.indicator.code, actual.period): decimal_text(actual.figure)
        for actual in Actual.objects.select_related("indicator")
    }


@pytest.mark.usefixtures("indicators")
def test_a_file_is_read_exactly(tmp_path: Path) -> None:
    rows = (
        "puskesmas-latihan;KES-01;2026;TW1;87,4\n"
        "puskesmas-latihan;KES-01;2026;TW2;1.234,5\n"
        "puskesmas-latihan;KES-02;2026;;-12\n"
    )
    assert run(tmp_path, HEAD + rows).startswith("3 new, 0 corrected, 0 unchanged")
    assert kept() == {("KES-01", "TW1"): "87.4", ("KES-01", "TW2"): "1234.5", ("KES-02", ""): "-12"}


@pytest.mark.usefixtures("indicators")
def test_the_same_file_again_changes_nothing_and_a_later_one_corrects(tmp_path: Path) -> None:
    row = "puskesmas-latihan;KES-01;2026;TW1;87,4\n"
    run(tmp_path, HEAD + row)
    before = Event.objects.count()
    assert run(tmp_path, HEAD + row).startswith("0 new, 0 corrected, 1 unchanged")
    assert Event.objects.count() == before
    assert run(tmp_path, HEAD + row.replace("87,4", "90")).startswith("0 new, 1 corrected")
    assert kept() == {("KES-01", "TW1"): "90"}


@pytest.mark.usefixtures("indicators")
def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    told = run(tmp_path, HEAD + "puskesmas-latihan;KES-01;2026;TW1;87\n", "--dry-run")
    assert told.startswith("1 new")
    assert "(dry run)" in told
    assert not Actual.objects.exists()


@pytest.mark.usefixtures("indicators")
@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("puskesmas-latihan;KES-01;2026;TW1;delapan puluh", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;2026-11-24", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;1,234.5", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;24/11/2026", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;1,234.56", "koma untuk pecahan: 1.234,56."),
        ("puskesmas-latihan;KES-01;2026;TW1;1,234,567", "koma untuk pecahan: 1.234.567."),
        ("puskesmas-latihan;KES-01;2026;TW1;1.234.56", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;1e400", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;-inf", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;٨٧", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;87 persen", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;0,00001", "baris 3, actual: Paling banyak"),
        ("puskesmas-latihan;KES-01;2026;TW1;NaN", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;=1+1", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;", "baris 3, actual: Bukan angka"),
        ("puskesmas-latihan;KES-01;2026;TW1;999999999999", "baris 3, actual: Paling banyak"),
        ("puskesmas-latihan;KES-01;2026;TW1;-5", "baris 3, actual: Realisasi di bawah nol"),
        ("puskesmas-latihan;KES-99;2026;TW1;5", "baris 3, code: Indikator tidak dikenal: KES-99"),
        ("bukan-unit;KES-01;2026;TW1;5", "baris 3, unit: Unit kerja tidak dikenal: bukan-unit"),
        ("puskesmas-latihan;KES-01;1026;TW1;5", "baris 3, year: Tahun kinerja"),
        ("puskesmas-latihan;KES-01;2026;TW5;5", "baris 3, period: Periode ditulis"),
        (
            "puskesmas-latihan;KES-02;2026;TW1;5",
            "baris 3: realisasi yang sama sudah ada di baris 2",
        ),
    ],
)
def test_a_line_that_is_wrong_keeps_the_whole_file_out(row: str, told: str, tmp_path: Path) -> None:
    good = "puskesmas-latihan;KES-02;2026;TW1;5\n"
    assert told in run(tmp_path, HEAD + good + row + "\n")
    assert not Actual.objects.exists()


@pytest.mark.usefixtures("indicators")
def test_a_workbook_with_dates_and_formulas_is_refused(tmp_path: Path) -> None:
    def workbook(figure: Any) -> bytes:
        book, out = Workbook(), io.BytesIO()
        assert book.active is not None
        book.active.append(["Unit kerja", "Kode", "Tahun", "Periode", "Realisasi"])
        book.active.append(["puskesmas-latihan", "KES-01", 2026, "TW1", figure])
        book.save(out)
        return out.getvalue()

    assert "Bukan angka" in run(tmp_path, workbook(date(2026, 3, 1)), name="angka.xlsx")
    assert "rumus" in run(tmp_path, workbook("=1+1"), name="angka.xlsx")
    assert run(tmp_path, workbook(87.4), name="angka.xlsx").startswith("1 new")
    assert kept() == {("KES-01", "TW1"): "87.4"}


@pytest.mark.usefixtures("indicators")
@pytest.mark.parametrize(
    "figure", ["1e400", "-1e400", "1e999999999", "1e-999999999", "NaN", "9" * 99]
)
def test_a_figure_beyond_all_measure_costs_nothing(figure: str, tmp_path: Path) -> None:
    """Written out, `1e999999999` would fill the memory."""
    row = (
        '{"unit": "puskesmas-latihan", "kode": "KES-01", "tahun": 2026, "periode": "TW1", '
        f'"realisasi": {figure}}}'
    )
    assert "baris 1" in run(tmp_path, f"[{row}]", name="angka.json")
    assert not Actual.objects.exists()


@pytest.mark.usefixtures("indicators")
def test_every_wrong_line_of_a_file_is_told_and_none_is_kept(tmp_path: Path) -> None:
    rows = "".join(f"puskesmas-latihan;KES-01;20{year};TW1;dua\n" for year in range(21, 30))
    told = run(tmp_path, HEAD + rows)
    assert [f"baris {line}," in told for line in range(2, 11)] == [True] * 9
    assert not Actual.objects.exists()


@pytest.mark.parametrize("content", ["", "unit;kode\n", b"\xff\xfe\x00", HEAD])
def test_a_file_without_actuals_is_refused(content: str | bytes, tmp_path: Path, db: None) -> None:
    assert "baris 1" in run(tmp_path, content)


@pytest.mark.usefixtures("indicators")
def test_the_database_keeps_one_figure_for_a_period(units: Units, now: datetime) -> None:
    version = IndicatorVersion.objects.get(code="KES-01")
    row = {"unit": units.unit, "indicator": version.indicator, "year": 2026, "period": "TW1"}
    Actual.objects.create(**row, figure=1, recorded_at=now)
    with pytest.raises(IntegrityError):
        Actual.objects.create(**row, figure=2, recorded_at=now)
