"""`import_people` and `import_units`: all or nothing, with the line of every problem."""

import io
import stat
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class

from ledger.models import Event
from people.models import Person, Unit
from people.roster import PEOPLE, UNITS, RosterRefused, read_roster
from tests.builders import Cast
from tests.people.builders import PEOPLE_HEADER, UNIT_HEADER, build_csv, build_xlsx, person_row

FIRST, SECOND = "200001012024032990", "199901012023211990"


@pytest.fixture
def file(tmp_path: Path) -> Any:
    """`file(content, name)`: a file on the disk with this content."""

    def write(content: bytes, name: str = "pegawai.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def run(command: str, path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command(command, path, stdout=out, **options)
    return out.getvalue()


def refusal(command: str, path: Path, **options: Any) -> tuple[list[str], str]:
    """The problems and the last sentence of an import that is refused."""
    errors = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(command, path, stdout=io.StringIO(), stderr=errors, **options)
    return errors.getvalue().splitlines(), str(refused.value)


# People


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_roster_registers_people(units: Any, file: Any, kind: str) -> None:
    build = build_csv if kind == "csv" else build_xlsx
    content = build(PEOPLE_HEADER, person_row(FIRST), person_row(SECOND, unit="Dinas Pendidikan"))
    assert run("import_people", file(content, f"p.{kind}")) == "2 baru\n"
    assert Person.objects.get(nip=FIRST).unit == units.unit
    assert Person.objects.get(nip=SECOND).unit == units.other_unit


def test_the_same_roster_again_changes_nothing(units: Any, file: Any) -> None:
    path = file(build_csv(PEOPLE_HEADER, person_row(FIRST), person_row(SECOND)))
    run("import_people", path)
    before = list(Person.objects.order_by("pk").values())
    assert run("import_people", path) == "2 tetap\n"
    assert list(Person.objects.order_by("pk").values()) == before
    assert list(Event.objects.values_list("action", flat=True)).count("person.created") == 2


def test_a_preview_keeps_nothing(units: Any, file: Any) -> None:
    path = file(build_csv(PEOPLE_HEADER, person_row(FIRST)))
    told = run("import_people", path, dry_run=True)
    assert "Baris 2: baru" in told
    assert "tidak ada yang disimpan" in told
    assert (Person.objects.count(), Event.objects.count()) == (0, 0)


def test_a_roster_corrects_and_moves(cast: Cast, file: Any) -> None:
    rows = [
        person_row(cast.elector.nip, name="Nama Baru", grade="VII"),
        person_row(cast.author.nip, unit="disdik", name=cast.author.name),
    ]
    assert run("import_people", file(build_csv(PEOPLE_HEADER, *rows))) == "1 berubah, 1 pindah\n"
    cast.author.refresh_from_db()
    cast.elector.refresh_from_db()
    assert cast.author.unit == cast.outsider.unit
    assert cast.elector.name == "Nama Baru"


def test_columns_that_are_not_there_leave_the_fields_alone(cast: Cast, file: Any) -> None:
    Person.objects.filter(pk=cast.elector.pk).update(email="a@example.org")
    run("import_people", file(build_csv(PEOPLE_HEADER, person_row(cast.elector.nip))))
    cast.elector.refresh_from_db()
    assert cast.elector.email == "a@example.org"


def test_the_import_is_an_event_without_names(units: Any, file: Any) -> None:
    run("import_people", file(build_csv(PEOPLE_HEADER, person_row(FIRST))))
    event = Event.objects.latest("number")
    assert (event.action, event.actor) == ("people.imported", None)
    assert FIRST not in event.content.body
    assert "Contoh" not in event.content.body


def test_every_problem_is_told_with_its_line_and_nothing_is_kept(cast: Cast, file: Any) -> None:
    rows = [
        person_row(FIRST),
        person_row("198502302010011991"),
        person_row(SECOND, unit="atlantis"),
        person_row("19990101 202321 1 991", family="Dukun"),
        person_row(FIRST),
        person_row(cast.deactivated.nip),
        person_row("199901012023211992", name=""),
    ]
    count = Person.objects.count()
    problems, last = refusal("import_people", file(build_csv(PEOPLE_HEADER, *rows)))
    assert [line.split(":")[0] for line in problems] == [
        "Baris 3",
        "Baris 4",
        "Baris 5",
        "Baris 6",
        "Baris 7",
        "Baris 8",
    ]
    assert "tanggal lahir" in problems[0]
    assert "atlantis" in problems[1]
    assert "Tenaga kesehatan" in problems[2]
    assert "sudah ada di baris 2" in problems[3]
    assert "dinonaktifkan" in problems[4]
    assert last == "pegawai.csv: 6 masalah; tidak ada yang disimpan."
    assert (Person.objects.count(), Event.objects.count()) == (count, 0)


def test_a_nip_kept_as_a_number_is_refused(units: Any, file: Any) -> None:
    row: list[Any] = person_row(FIRST)
    row[0] = int(FIRST)
    problems, _ = refusal("import_people", file(build_xlsx(PEOPLE_HEADER, row), "p.xlsx"))
    assert problems[0].startswith("Baris 2: NIP tersimpan sebagai angka")
    assert not Person.objects.exists()


def test_temporary_passwords_go_into_a_new_file_of_ones_own(
    units: Any, file: Any, tmp_path: Path
) -> None:
    target = tmp_path / "kata-sandi.csv"
    run("import_people", file(build_csv(PEOPLE_HEADER, person_row(FIRST))), passwords=target)
    password = target.read_text(encoding="utf-8-sig").splitlines()[1].split(",")[2]
    person = Person.objects.get(nip=FIRST)
    assert person.check_password(password)
    assert person.password_is_temporary
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_an_existing_file_is_never_overwritten_by_passwords(
    units: Any, file: Any, tmp_path: Path
) -> None:
    target = tmp_path / "kata-sandi.csv"
    target.write_text("penting")
    refusal("import_people", file(build_csv(PEOPLE_HEADER, person_row(FIRST))), passwords=target)
    assert target.read_text() == "penting"
    assert not Person.objects.exists()


def test_a_refused_import_leaves_no_file_of_passwords(
    units: Any, file: Any, tmp_path: Path
) -> None:
    target = tmp_path / "kata-sandi.csv"
    path = file(build_csv(PEOPLE_HEADER, person_row(FIRST), person_row("123")))
    refusal("import_people", path, passwords=target)
    assert not target.exists()


# Units


def test_a_tree_comes_in_whatever_its_order(db: None, file: Any) -> None:
    rows = [
        ["pkm", "Puskesmas", "Puskesmas", "dinkes"],
        ["dinkes", "Dinas Kesehatan", "Perangkat daerah", "kota"],
        ["kota", "Kota", "city", ""],
    ]
    path = file(build_csv(UNIT_HEADER, *rows))
    assert run("import_units", path) == "3 baru\n"
    assert run("import_units", path) == "3 tetap\n"
    assert Unit.objects.get(code="pkm").parent == Unit.objects.get(code="dinkes")


def test_a_tree_corrects_what_is_there(units: Any, file: Any) -> None:
    rows = [["disdik", "Dinas Pendidikan dan Kebudayaan", "Perangkat daerah", "kota"]]
    assert run("import_units", file(build_csv(UNIT_HEADER, *rows))) == "1 berubah\n"
    units.other_unit.refresh_from_db()
    assert units.other_unit.name == "Dinas Pendidikan dan Kebudayaan"


@pytest.mark.parametrize(
    ("rows", "line", "sentence"),
    [
        ([["a", "A", "Kota", "b"], ["b", "B", "Kota", "a"]], 2, "melingkar"),
        ([["a", "A", "Kota", "tidak-ada"]], 2, "tidak dikenal"),
        ([["a", "A", "Galaksi", ""]], 2, "pilihannya"),
        ([["a", "A", "Kota", ""], ["a", "B", "Kota", ""]], 3, "sudah ada di baris 2"),
        ([["A B", "A", "Kota", ""]], 2, "slug"),
        ([["a", "", "Kota", ""]], 2, "."),
    ],
)
def test_a_bad_tree_is_refused_whole(
    db: None, file: Any, rows: list[list[str]], line: int, sentence: str
) -> None:
    problems, _ = refusal("import_units", file(build_csv(UNIT_HEADER, *rows)))
    assert any(text.startswith(f"Baris {line}:") and sentence in text for text in problems)
    assert (Unit.objects.count(), Event.objects.count()) == (0, 0)


# Files


@pytest.mark.parametrize(
    ("name", "content", "line", "sentence"),
    [
        ("p.pdf", b"%PDF", 1, "CSV atau XLSX"),
        ("p.csv", b"", 1, "tidak ada"),
        ("p.csv", "NIP;Nama\n1;J\xe9an".encode("latin-1"), 2, "UTF-8"),
        ("p.csv", build_csv(PEOPLE_HEADER), 1, "tidak berisi satu baris pun"),
        ("p.csv", build_csv(["NIP", "Nama"], [FIRST, "X"]), 1, "Kolom “unit” tidak ada"),
        ("p.csv", build_csv([*PEOPLE_HEADER, "nip"], person_row(FIRST)), 1, "dua kali"),
        ("p.csv", build_csv(PEOPLE_HEADER, [*person_row(FIRST), "lebih"]), 2, "lebih banyak isi"),
        ("p.csv", build_csv(PEOPLE_HEADER) + b'\r\n"tak', 2, "tanda kutip"),
        ("p.csv", build_csv(PEOPLE_HEADER, person_row("1.99E+17")), 2, "sebagai angka"),
        ("p.xlsx", b"PK\x03\x04 rusak", 1, "tidak dapat dibaca"),
        ("p.xlsx", b"", 1, "tidak dapat dibaca"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(
    name: str, content: bytes, line: int, sentence: str
) -> None:
    with pytest.raises(RosterRefused) as refused:
        read_roster(name, content, PEOPLE)
    assert any(
        problem.line == line and sentence in problem.sentence for problem in refused.value.problems
    ), refused.value.problems


@pytest.mark.parametrize(
    "header",
    [
        ["NIP", "Nama", "Unit", "Jabatan", "Rumpun jabatan"],
        [" nip/ni pppk ", "NAMA LENGKAP", "Kode Unit", "Nama jabatan", "rumpun"],
        ["Employee number", "Name", "Unit code", "Position", "Position family"],
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_headers_come_in_indonesian_or_english(header: list[str], separator: str) -> None:
    content = build_csv(header, person_row(FIRST)[:5], separator=separator)
    (line,) = read_roster("p.csv", b"\xef\xbb\xbf" + content, PEOPLE)
    assert (line.number, line.values["nip"], line.values["unit"]) == (2, FIRST, "puskesmas-latihan")


def test_empty_lines_are_passed_over_and_lines_keep_their_number() -> None:
    content = build_csv(UNIT_HEADER, ["", "", "", ""], ["kota", "Kota", "Kota", ""])
    assert [line.number for line in read_roster("u.csv", content, UNITS)] == [3]


def test_numbers_in_other_cells_of_a_spreadsheet_are_text() -> None:
    content = build_xlsx(UNIT_HEADER, [1277, "Kota", "Kota", None])
    (line,) = read_roster("u.xlsx", content, UNITS)
    assert line.values == {"code": "1277", "name": "Kota", "kind": "Kota", "parent": ""}


def test_a_missing_file_is_told(tmp_path: Path, db: None) -> None:
    _, last = refusal("import_people", tmp_path / "tidak-ada.csv")
    assert "tidak-ada.csv" in last


@pytest.mark.parametrize("command", ["import_people", "import_units"])
def test_the_help_shows_a_sample_file(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command(command, "--help")
    assert "Contoh berkas" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "columns"), [("import_people", PEOPLE), ("import_units", UNITS)]
)
def test_the_sample_file_can_be_read(command: str, columns: Any) -> None:
    sample = load_command_class("people", command).sample  # type: ignore[attr-defined]
    assert read_roster("contoh.csv", sample.encode(), columns)


def test_a_workbook_that_was_damaged_on_its_way_is_read_or_refused() -> None:
    whole = build_xlsx(PEOPLE_HEADER, person_row(FIRST))
    random = Random(20261124)
    outcomes = set()
    for _turn in range(150):
        damaged = bytearray(whole)
        for place in random.sample(range(len(whole)), random.choice((1, 8))):
            damaged[place] ^= 1 << random.randrange(8)
        try:
            outcomes.add(type(read_roster("p.xlsx", bytes(damaged), PEOPLE)))
        except RosterRefused:
            outcomes.add(RosterRefused)
    assert RosterRefused in outcomes
    assert outcomes <= {list, RosterRefused}
