"""Rules about what is measured: unit, formula, numerator and denominator."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from indicators.lint import words
from indicators.lint.findings import Hit, Severity, rule
from indicators.lint.reading import Measure, Reading, first_of, measure_of, plain, unit_words

# A slash and a colon may divide, too: whether they do, only a reader can tell.
_MAY_DIVIDE = re.compile(r"[/:∕⁄]")
_DIVIDES_IN_WORDS = (
    *("dibagi", "dibanding", "dibandingkan", "berbanding", "per", "terhadap", "perbandingan"),
    *("dibagikan", "pembagian", "divided by", "rasio", "rata rata", "rerata", "dari"),
    *("persentase", "prosentase", "proporsi", "persen"),
)
_PER_SO_MANY = re.compile(r"\bper 100?(?:[.,]?000)+\b|\bper 1[.,]?000\b")
_MULTIPLIER = re.compile(r"[×x*] ?(1(?:[.,]?000|0|00){1,3}) ?(%?)")


@rule(
    "L01",
    Severity.BLOCKS,
    what=_("Satuan belum ditulis."),
    why=_("Angka tanpa satuan tidak dapat dibandingkan dengan target."),
    mend=_("Tulis satuan angkanya, misalnya Persen, Kasus, atau Hari kerja."),
    source="SMART-C: measurable (DOMAIN 2.3); Manual IKU (DOMAIN 2.1)",
)
def unit_missing(reading: Reading) -> Iterable[Hit]:
    if not reading.text("unit"):
        yield Hit("unit")


@rule(
    "L02",
    Severity.BLOCKS,
    what=_("“%(found)s” bukan satuan."),
    why=_("Satuan menyebut apa yang dihitung; sifat, angka, atau tanda saja tidak dapat dihitung."),
    mend=_("Tulis satuan yang dapat dihitung, misalnya Persen, Orang, atau Indeks."),
    source="SMART-C: measurable (DOMAIN 2.3); MS-Ind column 8 (DOMAIN 2.4)",
)
def unit_is_none(reading: Reading) -> Iterable[Hit]:
    unit = reading.text("unit")
    if not unit or reading.measure is not Measure.UNKNOWN:
        return
    found = unit_words(unit)
    if all(word.isdigit() or word in words.UNIT_NOT_MEASURED for word in found):
        yield Hit("unit", unit)


@rule(
    "L03",
    Severity.ADVISES,
    what=_("Satuan “%(found)s” tidak dikenal."),
    why=_("Satuan yang lazim membuat angka dapat digabungkan dan dibandingkan antarunit."),
    mend=_("Periksa ejaannya, atau pakai satuan yang lazim; biarkan bila istilah bidangnya."),
    source="MS-Ind column 8 (DOMAIN 2.4)",
)
def unit_unknown(reading: Reading) -> Iterable[Hit]:
    unit = reading.text("unit")
    if unit and reading.measure is Measure.UNKNOWN and not list(unit_is_none(reading)):
        yield Hit("unit", unit)


@rule(
    "L04",
    Severity.BLOCKS,
    what=_("Ada lebih dari satu satuan: %(found)s."),
    why=_("Satu target adalah satu angka; dua satuan berarti dua ukuran."),
    mend=_("Pilih satu satuan; ukuran lainnya menjadi indikator tersendiri."),
    source="SMART-C: specific, unique (DOMAIN 2.3)",
)
def unit_several(reading: Reading) -> Iterable[Hit]:
    if len(reading.units) > 1:
        yield Hit("unit", "; ".join(reading.units))


@rule(
    "L05",
    Severity.BLOCKS,
    what=_("Rasio ini belum mempunyai pembilang dan penyebut."),
    why=_("Satuan rasio berarti satu angka dibagi angka lain; keduanya harus jelas."),
    mend=_("Tulis rumus sebagai (pembilang ÷ penyebut) × 100, atau isi pembilang dan penyebut."),
    source="Manual IKU: formula as numerator and denominator (DOMAIN 2.1)",
)
def ratio_without_parts(reading: Reading) -> Iterable[Hit]:
    if not reading.is_share:
        return
    above, below = reading.text("numerator"), reading.text("denominator")
    formula = reading.text("formula")
    if (above and below) or not (above or below or formula):
        return
    if formula and not _has_both_sides(formula):
        yield Hit("formula")
    elif not formula:
        yield Hit("denominator" if above else "numerator")


def _has_both_sides(formula: str) -> bool:
    """Whether a formula divides one thing by another, in signs or in words."""
    above, sign, below = formula.partition("÷")
    if sign:
        return bool(_named(above)) and bool(_named(below))
    return bool(_MAY_DIVIDE.search(formula) or first_of(_DIVIDES_IN_WORDS, plain(formula)))


def _named(side: str) -> list[str]:
    """The words of one side of a division, the multiplier left out."""
    return [word for word in plain(side).split() if not word.isdigit() and word != "x"]


@rule(
    "L06",
    Severity.BLOCKS,
    what=_("Penyebutnya selalu nol: %(found)s."),
    why=_("Pembagian dengan nol tidak mempunyai hasil."),
    mend=_("Tulis penyebut yang dapat dihitung dan lebih besar dari nol."),
    source="Formula as numerator and denominator (DOMAIN 2.1); undefined cases (DOMAIN 3.1)",
)
def denominator_is_zero(reading: Reading) -> Iterable[Hit]:
    field, below = reading.denominator
    parts = [part.strip() for part in re.split(r"[−–-]", below.casefold())]
    takes_itself_away = len(parts) == 2 and parts[0] == parts[1] != ""
    if plain(below).strip() in {"0", "nol", "0 nol"} or takes_itself_away:
        yield Hit(field, below)


@rule(
    "L07",
    Severity.ADVISES,
    what=_("Penyebutnya dapat nol: “%(found)s” mungkin tidak ada dalam satu periode."),
    why=_("Tanpa kejadian tidak ada pembagi, sehingga capaian belum dapat dihitung."),
    mend=_("Tulis dalam definisi apa yang berlaku bila tidak ada, misalnya dinyatakan 100 persen."),
    source="Undefined cases (DOMAIN 3.1)",
)
def denominator_may_be_zero(reading: Reading) -> Iterable[Hit]:
    if not reading.is_share and reading.measure is not Measure.TIME:
        return
    if first_of(words.SAYS_OF_ZERO, reading.words("definition", "formula", "denominator")):
        return
    field, below = reading.denominator
    # The head of the denominator is what is counted: `pengaduan yang masuk`, `seluruh temuan`.
    head = [word for word in plain(below).split() if word not in words.TOTALS][:2]
    if event := first_of(words.RARE_EVENTS, f" {' '.join(head)} "):
        yield Hit(field, event)


@rule(
    "L08",
    Severity.BLOCKS,
    what=_("Pembilang dan penyebut sama."),
    why=_("Angka yang dibagi dirinya sendiri selalu 100 persen."),
    mend=_("Tulis pada penyebut seluruh kelompok yang menjadi pembanding."),
    source="Formula as numerator and denominator (DOMAIN 2.1)",
)
def parts_are_equal(reading: Reading) -> Iterable[Hit]:
    above, below = reading.words("numerator"), reading.words("denominator")
    if above.strip() and above == below:
        yield Hit("denominator")


@rule(
    "L09",
    Severity.ADVISES,
    what=_("Pengali dalam rumus (%(found)s) tidak sesuai dengan satuannya."),
    why=_("Hasil rumus dan target harus berada pada skala yang sama."),
    mend=_("Samakan: × 100 untuk Persen, × 1.000 untuk Per mil, × 100.000 untuk Per 100.000."),
    source="Formula and unit (DOMAIN 2.1)",
)
def multiplier_differs(reading: Reading) -> Iterable[Hit]:
    formula = " ".join(reading.text("formula").split())
    found = _MULTIPLIER.findall(formula)
    if not found:
        return
    number = re.sub(r"[.,]", "", found[-1][0])
    unit = re.sub(r"(?<=\d)[.,](?=\d{3})", "", reading.text("unit"))
    wanted = {Measure.PERCENT: {"100"}, Measure.PER_MILLE: {"1000"}}.get(
        reading.measure, set(re.findall(r"1000+|100\b", unit))
    )
    has_scale = reading.measure in {Measure.PERCENT, Measure.PER_MILLE, Measure.RATE}
    if has_scale and wanted and number not in wanted:
        yield Hit("formula", f"× {found[-1][0]}{found[-1][1]}")


@rule(
    "L10",
    Severity.ADVISES,
    what=_("Nama menyebut “%(found)s”, tetapi satuannya berkata lain."),
    why=_("Pembaca nama harus dapat menebak satuannya."),
    mend=_("Samakan nama dengan satuan: Persentase dengan Persen, Jumlah dengan Kasus."),
    source="KMK 467: the unit shows in the name or beside it (DOMAIN 2.1)",
)
def name_and_unit_differ(reading: Reading) -> Iterable[Hit]:
    opening = reading.words("name").split()[:1]
    measure = measure_of(opening[0]) if opening else Measure.UNKNOWN
    unit = reading.measure
    if unit is Measure.UNKNOWN or len(reading.units) > 1:
        return
    per_so_many = _PER_SO_MANY.search(reading.text("name").casefold())
    if (
        measure is Measure.PERCENT
        and unit is not Measure.PERCENT
        or opening in (["jumlah"], ["banyaknya"])
        and reading.is_share
        and unit is not Measure.RATIO
    ):
        yield Hit("unit", opening[0])
    elif per_so_many and unit in {Measure.COUNT, Measure.PERCENT}:
        yield Hit("unit", per_so_many.group())
