"""Dictionaries of other bodies, as found: taken in, watched, and a later edition over an earlier.

Real data: tests/indicators/data/SOURCES.md. What is expected is computed from the files anew, not
by the code under test.
"""

import io
import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from indicators.documents import read
from indicators.models import IndicatorVersion, Publication
from people.models import Person
from tests.builders import Units

Publish = Callable[..., Publication]

DATA = Path(__file__).parent / "data"
BPS = DATA / "bps_sdsn_indicators.jsonl"
FY21, FY22 = DATA / "pepfar_mer_fy21.jsonl", DATA / "pepfar_mer_fy22.jsonl"
FIVE = (
    *("description", "numerator", "numerator_description"),
    *("denominator", "denominator_description"),
)
FIELD_OF = {
    "description": "definition",
    "numerator": "numerator",
    "denominator": "denominator",
    "numerator_description": "formula",
    "denominator_description": "formula",
    "reporting_frequency": "reporting_period",
}
DOUBLED = ("--without", "15", "--without", "30")


def rows(file: Path) -> dict[str, dict[str, str]]:
    found = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row for row in found}


def plain(text: str) -> str:
    """A text without what the record's canonical form does not hold (DESIGN 4.5)."""
    return text.replace("\r\n", "\n").strip()


def code_of(name: str) -> str:
    longer = {"DIAGNOSED": "DIAG", "SUPPRESSION": "SUPPR", "TOTALCIRC": "TOTAL"}
    return "-".join(longer.get(part, part) for part in name.upper().split("_"))


@pytest.fixture
def take(facilitator: Person, units: Units) -> Callable[..., str]:
    """`take(file, form, *options)`: what the command says, be it a refusal."""

    def take(file: Path, form: str = "pepfar-mer", *options: str) -> str:
        out, errors = io.StringIO(), io.StringIO()
        told = ("--unit", "dinkes", "--decision", "188/9/2026", "--as", facilitator.nip)
        arguments = ("import_dictionary", str(file), "--form", form, *told, *options)
        try:
            call_command(*arguments, stdout=out, stderr=errors)
        except CommandError as error:
            return f"{errors.getvalue()}{error}"
        return out.getvalue()

    return take


@pytest.fixture
def editions(take: Callable[..., str], publish: Publish) -> list[Publication]:
    """FY21, and FY22 over it in the same period; everything is watched."""
    return [publish(watched(take, file)) for file in (FY21, FY22)]


def watched(take: Callable[..., str], file: Path) -> dict[IndicatorVersion, int]:
    take(file)
    codes = [code_of(name) for name in rows(file)]
    return {
        version: 0 for version in IndicatorVersion.objects.latest_of_each() if version.code in codes
    }


# Taking in


def test_an_edition_comes_in_whole_and_once(take: Callable[..., str]) -> None:
    told = [take(FY21), take(FY21), take(FY22)]
    assert told[0] == "45 new, 0 new versions, 0 unchanged, 0 rows are no indicators\n"
    assert told[1] == "0 new, 0 new versions, 45 unchanged, 0 rows are no indicators\n"
    assert told[2] == "1 new, 33 new versions, 11 unchanged, 0 rows are no indicators\n"


def test_texts_come_in_as_they_were_found(take: Callable[..., str]) -> None:
    take(FY21)
    for name, row in rows(FY21).items():
        version = IndicatorVersion.objects.get(code=code_of(name))
        assert version.definition == plain(row["description"])
        assert version.numerator == plain(row["numerator"])
        assert version.denominator == plain(row["denominator"])
        for part in ("numerator_description", "denominator_description"):
            assert plain(row[part]) in version.formula
        assert version.basis.endswith(f": {name}")
        assert (version.target, version.polarity, version.unit) == (None, "", "")


def test_the_national_standard_comes_in_but_for_its_doubled_codes(take: Callable[..., str]) -> None:
    told = take(BPS, "bps-sds")
    assert told.splitlines() == [
        "baris 15, code: kode SD00648-00-00 sudah ada di baris 14",
        "baris 30, code: kode SD00396-00-00 sudah ada di baris 29",
        "bps_sdsn_indicators.jsonl: nothing was imported.",
    ]
    assert not IndicatorVersion.objects.exists()
    assert take(BPS, "bps-sds", *DOUBLED).startswith("39 new, ")
    found = IndicatorVersion.objects.get(code="SD00004-00-01")
    assert found.name.startswith("(a) Limbah B3 yang dihasilkan per kapita; dan (b) Proporsi")
    assert (found.unit, found.data_source) == (
        "Ton; Persen",
        "Kementerian Lingkungan Hidup dan Kehutanan",
    )
    assert found.basis.startswith("12.4.2*\n")
    assert found.ms_ind["ukuran"] == "Jumlah; Persentase"


def test_concepts_and_variables_are_no_indicators(take: Callable[..., str], tmp_path: Path) -> None:
    row = json.loads(BPS.read_text(encoding="utf-8").splitlines()[0])
    file = tmp_path / "bps.jsonl"
    lines = [row, row | {"flag": "KON"}, row | {"flag": "VAR"}]
    file.write_text("\n".join(map(json.dumps, lines)))
    assert take(file, "bps-sds").endswith(
        "1 new, 0 new versions, 0 unchanged, 2 rows are no indicators\n"
    )


def test_a_dry_run_keeps_nothing(take: Callable[..., str]) -> None:
    assert take(FY21, "pepfar-mer", "--dry-run").endswith("(dry run)\n")
    assert not IndicatorVersion.objects.exists()


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"description": " "}, "baris 1, definition: definisi harus diisi"),
        ({"numerator": None}, "baris 1: kamus ini seharusnya berkolom teks numerator"),
        ({"id": "MUCH_TOO_LONG_A_CODE"}, "baris 1, code: Kode terdiri atas huruf kapital"),
        ({"reporting_frequency": "Weekly"}, "baris 1, reporting_period: Isinya salah satu dari"),
        ({"name": "a" * 251}, "baris 1, name: Paling panjang 250 huruf."),
        ({"numerator": "a\x00"}, "baris 1, numerator: Teks memuat karakter"),
    ],
)
def test_a_row_that_does_not_fit_keeps_the_file_out(
    over: dict[str, Any], sentence: str, take: Callable[..., str], tmp_path: Path
) -> None:
    good = rows(FY21)["TX_CURR"]
    file = tmp_path / "mer.jsonl"
    file.write_text("\n".join(map(json.dumps, [good | over, rows(FY21)["TX_NEW"]])))
    assert take(file).startswith(sentence)
    assert not IndicatorVersion.objects.exists()


def test_the_form_of_another_dictionary_is_told(take: Callable[..., str]) -> None:
    assert take(FY21, "bps-sds").startswith("baris 1: kamus ini seharusnya berkolom teks idSds, ")


def test_a_line_that_is_left_out_has_to_be_there(take: Callable[..., str]) -> None:
    assert take(FY21, "pepfar-mer", "--without", "99").startswith("baris 99: baris ini tidak ada")


# A later edition over an earlier


def test_the_two_editions_differ_as_is_known() -> None:
    """34 rows in five texts as bytes; PMTCT_STAT in its line ends alone, which no record holds."""
    old, new = rows(FY21), rows(FY22)
    both = old.keys() & new.keys()
    assert (old.keys() - new.keys(), new.keys() - old.keys()) == ({"PrEP_CURR"}, {"PrEP_CT"})
    changed = {name for name in both if any(old[name][text] != new[name][text] for text in FIVE)}
    told = {
        name
        for name in both
        if any(plain(old[name][text]) != plain(new[name][text]) for text in FIVE)
    }
    assert (len(changed), changed - told) == (34, {"PMTCT_STAT"})


def known_differences() -> set[tuple[str, str | None]]:
    """Code and field of every difference between the files, as the record must tell it."""
    old, new = rows(FY21), rows(FY22)
    return {
        (code_of(name), FIELD_OF[text])
        for name in old.keys() & new.keys()
        for text in FIELD_OF
        if plain(old[name][text]) != plain(new[name][text])
    } | {("PREP-CURR", None), ("PREP-CT", None)}


def test_the_document_tells_the_real_differences(editions: list[Publication]) -> None:
    document = read(editions[1].content)
    told = [(change["code"], change["field"]) for change in document["changes"]]
    assert len(told) == len(set(told))
    assert set(told) == known_differences()
    assert len({code for code, _field in told}) == 33 + 2
    kinds = {change["code"]: change["kind"] for change in document["changes"]}
    assert (kinds["PREP-CURR"], kinds["PREP-CT"]) == ("removed", "added")
    assert {item["weight_percent"] for item in document["indicators"]} == {"0"}


def test_compare_tells_what_the_document_tells(editions: list[Publication], client: Client) -> None:
    answer = client.get("/api/v1/sets/kota/compare?from=1.0.0&to=2.0.0")
    changes = [
        {key: value for key, value in change.items() if key != "name"}
        for change in answer.json()["changes"]
    ]
    assert changes == read(editions[1].content)["changes"]


# Read by hand in both guides: indicator, field, what only FY21 says, what only FY22 says.
BY_HAND = [
    ("AGYW-PREV", "definition", "active DREAMS beneficiaries", "active DREAMS participants"),
    ("CXCA-SCRN", "definition", "Percentage of HIV-positive women", "Number of HIV-positive women"),
    ("FPINT-SITE", "formula", "", "such as multiple fixed locations or mobile clinics"),
    ("HTS-RECENT", "formula", "country- approved", "countryapproved"),
    ("KP-MAT-NAT", "denominator", "Estimated number of PWID", "Estimated number PWID"),
    ("OVC-HIVSTAT", "formula", "", "Partners are encouraged to confirm HIV and ART status"),
    ("OVC-SERV", "numerator", "beneficiaries", "individuals"),
    ("PMTCT-HEI-POS", "definition", "sample was collected", "sample as collected"),
    ("PREP-NEW", "numerator", "oral antiretroviral", ""),
    ("TB-ART", "reporting_period", "Triwulanan", "Tahunan"),
]


def test_ten_differences_are_those_that_were_read_by_hand(editions: list[Publication]) -> None:
    changes = {
        (change["code"], change["field"]): change for change in read(editions[1].content)["changes"]
    }
    for code, field, before, after in BY_HAND:
        change = changes[code, field]
        assert before in change["from"]
        assert after in change["to"]
        assert not before or before not in change["to"]
        assert not after or after not in change["from"]


def test_the_page_tells_them_too(editions: list[Publication], client: Client) -> None:
    page = unescape(client.get("/sets/kota/2.0.0/").content.decode())
    for change in read(editions[1].content)["changes"]:
        assert change["code"] in page
        assert change["sentence"] in page


def test_the_number_follows_what_changed(editions: list[Publication]) -> None:
    """Definitions and numerators changed, and nobody marked that as wording only: MAJOR."""
    assert [item.version for item in editions] == ["1.0.0", "2.0.0"]
    effects = {
        (change["code"], change["field"]): change["effect"]
        for change in read(editions[1].content)["changes"]
    }
    assert effects["TB-ART", "reporting_period"] == effects["AGYW-PREV", "definition"] == "major"
    assert effects["PREP-CURR", None] == effects["PREP-CT", None] == "minor"


def test_what_comes_and_goes_unweighed_is_a_minor_step(
    take: Callable[..., str], publish: Publish
) -> None:
    first = watched(take, FY21)
    publish(first)
    take(FY22)
    came = IndicatorVersion.objects.get(code="PREP-CT")
    stayed = {version: 0 for version in first if version.code != "PREP-CURR"}
    assert publish({**stayed, came: 0}).version == "1.1.0"
