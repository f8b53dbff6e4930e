"""Rules about names and definitions."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from indicators.lint import words
from indicators.lint.findings import Hit, Severity, rule
from indicators.lint.reading import Reading, first_of, plain
from indicators.lint.similarity import similarity

LONGEST_NAME = 120
# Above this a definition says no more than the name (similarity of trigrams).
SAME_TEXT = 0.9
PROSE = ("name", "purpose", "definition", "formula", "numerator", "denominator", "data_source")

_ENUMERATED = re.compile(r"(?:^|\s)\(?[a-c1-3]\)\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PERIOD = re.compile(
    r"\b(?:triwulan|semester|tw|smt|caturwulan) ?(?:i{1,3}|iv|[1-4])\b"
    r"|\bbulan (?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november"
    r"|desember)\b|\btahun (?:anggaran|berjalan|ini|lalu|depan|n)\b"
)
_REGULATION = re.compile(r"(?:nomor|no\.?) ?\d+ tahun \d{4}|\b\d+/\d{4}\b", re.IGNORECASE)
_AREA = re.compile(
    r"\b(kota|kabupaten|kab\.?|provinsi|prov\.?|Kecamatan|Kelurahan|Desa|Kota|Kabupaten|Provinsi"
    r"|Kab\.?|Prov\.?|KOTA|KABUPATEN|PROVINSI|Puskesmas|RSUD|SDN|SMPN) ([A-Z][A-Za-z]+)"
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ROMAN = re.compile(r"^[IVX]+$")


@rule(
    "L26",
    Severity.ADVISES,
    what=_("Kata “%(found)s” tidak terukur."),
    why=_("Dua orang dapat menilai hal yang sama secara berbeda."),
    mend=_("Tulis dalam definisi ukurannya: angka, standar, atau daftar syarat yang diperiksa."),
    source="SMART-C: specific, measurable (DOMAIN 2.3)",
)
def vague_word(reading: Reading) -> Iterable[Hit]:
    everything = reading.words("name", "definition", "formula", "unit")
    if any(sign.isdigit() for sign in reading.text("definition") + reading.text("name")):
        return
    if first_of(words.CRITERIA, everything):
        return
    for name in ("name", "definition"):
        if found := first_of(words.VAGUE, reading.words(name)):
            yield Hit(name, found)
            return


@rule(
    "L27",
    Severity.BLOCKS,
    what=_("Nama memuat beberapa ukuran yang diberi nomor."),
    why=_("Satu indikator mempunyai satu angka, satu target, dan satu nilai."),
    mend=_("Pisahkan menjadi satu usulan untuk setiap ukuran."),
    source="SMART-C: specific, unique (DOMAIN 2.3); KMK 467 (DOMAIN 2.1)",
)
def measures_enumerated(reading: Reading) -> Iterable[Hit]:
    if len(_ENUMERATED.findall(f" {reading.text('name').casefold()} ")) > 1:
        yield Hit("name")


@rule(
    "L28",
    Severity.ADVISES,
    what=_("Nama tampaknya memuat dua ukuran: “%(found)s”."),
    why=_("Bila satu naik dan yang lain turun, tidak jelas apa yang tercapai."),
    mend=_("Pisahkan menjadi dua indikator, atau pilih yang paling menentukan sasaran."),
    source="SMART-C: specific, unique (DOMAIN 2.3)",
)
def several_measures(reading: Reading) -> Iterable[Hit]:
    if list(measures_enumerated(reading)):
        return
    signs = reading.text("name").casefold().replace("/", " / ").replace("&", " dan ")
    found = re.findall(r"[^\W_]+|/", signs)
    for place, word in enumerate(found):
        if word not in {"dan", "serta", "/"} or not 0 < place < len(found) - 1:
            continue
        before, after = found[place - 1], found[place + 1]
        joins_measures = after in words.MEASURE_HEADS and found[0] in words.MEASURE_HEADS
        joins_objectives = after in words.OBJECTIVE_OPENINGS
        joins_counted = place == 2 and found[0] in {"jumlah", "banyaknya", "angka"} and word != "/"
        if word == "serta" or joins_measures or joins_objectives or joins_counted:
            yield Hit("name", f"{before} {word} {after}")
            return


@rule(
    "L29",
    Severity.ADVISES,
    what=_("Nama memuat periode: “%(found)s”."),
    why=_("Nama berlaku untuk semua tahun; periode berada pada target dan laporan."),
    mend=_("Hapus tahun atau triwulan dari nama."),
    source="MS-Ind: no period in the name (DOMAIN 2.4)",
)
def name_with_period(reading: Reading) -> Iterable[Hit]:
    name = _REGULATION.sub(" ", reading.text("name"))
    found = _YEAR.search(name) or _PERIOD.search(name.casefold())
    if found:
        yield Hit("name", found.group())


@rule(
    "L30",
    Severity.ADVISES,
    what=_("Nama memuat wilayah atau unit: “%(found)s”."),
    why=_("Indikator yang sama dipakai di banyak tempat; wilayah berada pada “berlaku bagi”."),
    mend=_("Hapus nama wilayah, dan pilih unit kerjanya pada “berlaku bagi”."),
    source="MS-Ind: no area in the name (DOMAIN 2.4)",
)
def name_with_area(reading: Reading) -> Iterable[Hit]:
    name = " ".join(reading.text("name").split())
    for found in _AREA.finditer(name):
        if found.group(2).casefold() in words.NOT_A_PLACE:
            continue
        is_end = found.end() >= len(name.rstrip(".")) - 24
        is_located = name[: found.start()].casefold().rstrip().endswith(("di", "wilayah", "se"))
        if is_end or is_located or not _is_title_case(name):
            yield Hit("name", found.group())
            return


def _is_title_case(text: str) -> bool:
    found = [word for word in text.split() if word[:1].isalpha()]
    return sum(word[:1].isupper() for word in found) * 3 > len(found) * 2


@rule(
    "L31",
    Severity.ADVISES,
    what=_("Singkatan “%(found)s” dalam nama belum dijelaskan."),
    why=_("Warga dan pegawai baru tidak mengenal singkatan bidang lain."),
    mend=_("Tulis lengkap dalam nama, atau sebut kepanjangannya dalam definisi."),
    source="MS-Ind: no abbreviations in the name (DOMAIN 2.4)",
)
def abbreviation_unexplained(reading: Reading) -> Iterable[Hit]:
    name = reading.text("name")
    letters = [sign for sign in name if sign.isalpha()]
    if sum(sign.isupper() for sign in letters) * 2 > len(letters):
        return  # written in capitals throughout
    concept = reading.content.get("ms_ind")
    spelled = str(concept.get("konsep", "")) if isinstance(concept, dict) else ""
    texts = " ".join((name, reading.text("definition"), spelled))
    for word in _WORD.findall(name):
        head, _hyphen, tail = word.partition("-")
        short = head if tail.islower() else word  # AKIP-nya, KTP-el
        if not short.isupper() or len(short) < 2 or short[0].isdigit() or _ROMAN.match(short):
            continue
        is_explained = f"({short})" in texts or f"{short} (" in texts
        if short in words.COMMON_ABBREVIATIONS or is_explained:
            continue
        if not _spelled_out(short, texts):
            yield Hit("name", short)
            return


def _spelled_out(short: str, text: str) -> bool:
    """Whether consecutive words of a text begin with the letters of an abbreviation."""
    initials = "".join(word[0] for word in plain(text).split() if word != short.casefold())
    letters = "".join(sign for sign in short.casefold() if sign.isalpha())
    return len(letters) > 1 and letters in initials


@rule(
    "L32",
    Severity.ADVISES,
    what=_("Nama terlalu panjang (%(found)s huruf)."),
    why=_("Nama dibaca di tabel, surat suara, dan telepon genggam."),
    mend=_("Sebut apa yang diukur saja; pindahkan syarat dan rincian ke definisi."),
    source="SMART-C: specific (DOMAIN 2.3)",
)
def name_too_long(reading: Reading) -> Iterable[Hit]:
    length = len(" ".join(reading.text("name").split()))
    if length > LONGEST_NAME:
        yield Hit("name", str(length))


@rule(
    "L33",
    Severity.ADVISES,
    what=_("Definisi hanya mengulang nama."),
    why=_("Definisi memberi tahu apa yang dihitung dan apa yang tidak."),
    mend=_("Tulis siapa atau apa yang termasuk, yang tidak termasuk, dan kapan dihitung."),
    source="Manual IKU: definition (DOMAIN 2.1); MS-Ind column 4 (DOMAIN 2.4)",
)
def definition_repeats_name(reading: Reading) -> Iterable[Hit]:
    name, definition = reading.text("name"), reading.text("definition")
    if definition and similarity(name, definition) >= SAME_TEXT:
        yield Hit("definition")


@rule(
    "L34",
    Severity.ADVISES,
    what=_("Nama berbunyi sasaran: “%(found)s …”."),
    why=_("Sasaran mengatakan yang diinginkan; indikator mengatakan apa yang dihitung."),
    mend=_("Mulai dengan ukurannya: Jumlah, Persentase, Rata-rata, Indeks, atau Tingkat."),
    source="SMART-C: measurable (DOMAIN 2.3)",
)
def name_is_objective(reading: Reading) -> Iterable[Hit]:
    opening = reading.words("name").split()[:1]
    if opening and opening[0] in words.OBJECTIVE_OPENINGS:
        yield Hit("name", opening[0].capitalize())


@rule(
    "L35",
    Severity.BLOCKS,
    what=_("Isinya belum ditulis: “%(found)s”."),
    why=_("Yang dibekukan adalah teks yang akan dinilai dan diputuskan."),
    mend=_("Ganti dengan isi yang sebenarnya, atau kosongkan bila belum diketahui."),
    source="PP 30/2019: spesifik (DOMAIN 2.3)",
)
def placeholder(reading: Reading) -> Iterable[Hit]:
    for name in PROSE:
        text = reading.text(name)
        plain_text = reading.words(name).strip()
        is_short = len(plain_text) < 80
        if text and (
            not plain_text
            or plain_text in words.EMPTY_WORDS
            or (is_short and first_of(words.PLACEHOLDERS, f" {plain_text} "))
        ):
            yield Hit(name, text[:60].strip("* "))
