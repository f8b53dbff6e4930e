"""Rules about the target, its direction and what it is compared with."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.numbers import format_number
from indicators.lint import words
from indicators.lint.findings import Hit, Severity, rule
from indicators.lint.reading import Measure, Reading, first_of

# A year's leap that calls for a reason: percentage points, and the share of any other figure.
FAR_POINTS = Decimal(30)
FAR_SHARE = Decimal("0.5")


def _figures(reading: Reading) -> list[tuple[str, Decimal]]:
    """All figures that are to be reached, with the field that holds each."""
    target = reading.figure("target")
    found = [("target", target)] if target is not None else []
    found += [("targets", figure) for figure in reading.period_targets.values()]
    return found + [("target_range", figure) for figure in reading.range_bounds]


@rule(
    "L11",
    Severity.BLOCKS,
    what=_("Target %(found)s melebihi angka tertinggi yang mungkin."),
    why=_("Target yang tidak mungkin dicapai membuat nilai capaian selalu rendah."),
    mend=_("Periksa target, satuan, atau skala yang disebut dalam definisi."),
    source="SMART-C: realistic (DOMAIN 2.3)",
)
def target_beyond_top(reading: Reading) -> Iterable[Hit]:
    if reading.top is None:
        return
    for field, figure in _figures(reading):
        if figure > reading.top:
            yield Hit(field, format_number(figure))
            return


@rule(
    "L12",
    Severity.BLOCKS,
    what=_("Target %(found)s di bawah nol, padahal yang diukur tidak dapat negatif."),
    why=_("Jumlah, waktu, dan bagian dari keseluruhan paling rendah nol."),
    mend=_("Tulis target tanpa tanda minus, atau sebut dalam nama bahwa yang diukur perubahannya."),
    source="SMART-C: realistic (DOMAIN 2.3)",
)
def target_negative(reading: Reading) -> Iterable[Hit]:
    if reading.measure is Measure.UNKNOWN or first_of(words.NEGATIVE, reading.words("name")):
        return
    if "°c" in reading.text("unit").casefold() or "derajat" in reading.words("unit"):
        return
    for field, figure in _figures(reading):
        if figure < 0:
            yield Hit(field, format_number(figure))
            return


@rule(
    "L13",
    Severity.BLOCKS,
    what=_("Target negatif (%(found)s) hanya dapat dinilai bila makin tinggi makin baik."),
    why=_("Rumus minimize dan stabilize membagi dengan target; hasilnya terbalik di bawah nol."),
    mend=_("Ubah tanda angkanya, misalnya “penurunan 5”, atau pilih makin tinggi makin baik."),
    source="Scoring formulas (DOMAIN 3.1)",
)
def target_negative_not_maximized(reading: Reading) -> Iterable[Hit]:
    target = reading.figure("target")
    if target is not None and target < 0 and reading.text("polarity") in {"minimize", "stabilize"}:
        yield Hit("target", format_number(target))


@rule(
    "L14",
    Severity.BLOCKS,
    what=_("Target 0 dengan makin rendah makin baik memerlukan realisasi terburuk."),
    why=_("Tanpa angka terburuk, satu kejadian saja tidak dapat dinilai: pembaginya nol."),
    mend=_("Isi realisasi terburuk, misalnya jumlah kejadian terbanyak beberapa tahun terakhir."),
    source="Scoring formulas: undefined cases (DOMAIN 3.1)",
)
def zero_without_worst(reading: Reading) -> Iterable[Hit]:
    if (
        reading.figure("target") == 0
        and reading.text("polarity") == "minimize"
        and reading.figure("worst_case") is None
    ):
        yield Hit("worst_case")


@rule(
    "L15",
    Severity.BLOCKS,
    what=_("Target 0 tidak dapat menjadi pembagi."),
    why=_("Capaian adalah realisasi dibagi target; dengan target 0 nilainya tidak ada."),
    mend=_("Pilih target di atas nol, atau makin rendah makin baik bila 0 yang diinginkan."),
    source="Scoring formulas: undefined cases (DOMAIN 3.1)",
)
def zero_not_minimized(reading: Reading) -> Iterable[Hit]:
    if reading.figure("target") == 0 and reading.text("polarity") in {"maximize", "stabilize"}:
        yield Hit("target")


@rule(
    "L16",
    Severity.ADVISES,
    what=_("Target %(found)s sudah angka tertinggi, tetapi konversi 120 tidak dipilih."),
    why=_("Target yang tidak dapat dilampaui paling tinggi bernilai 100, padahal yang lain 120."),
    mend=_("Centang “target sudah tertinggi”, atau pilih target yang dapat dilampaui."),
    source="Konversi 120 (DOMAIN 2.1)",
)
def top_without_flag(reading: Reading) -> Iterable[Hit]:
    target = reading.figure("target")
    if (
        target is not None
        and target == reading.top
        and reading.text("polarity") == "maximize"
        and not reading.content.get("target_is_max")
    ):
        yield Hit("target_is_max", format_number(target))


@rule(
    "L17",
    Severity.ADVISES,
    what=_("Konversi 120 dipilih, tetapi target (%(found)s) masih dapat dilampaui."),
    why=_("Konversi 120 hanya untuk target yang tidak mungkin dilampaui, misalnya 100 persen."),
    mend=_("Hapus centang konversi 120, atau tetapkan target pada angka tertinggi."),
    source="Konversi 120 (DOMAIN 2.1)",
)
def flag_without_top(reading: Reading) -> Iterable[Hit]:
    target = reading.figure("target")
    if not reading.content.get("target_is_max") or target is None or reading.top is None:
        return
    if target < reading.top and reading.text("polarity") == "maximize":
        yield Hit("target_is_max", format_number(target))


@rule(
    "L18",
    Severity.BLOCKS,
    what=_("Polarisasi berlawanan dengan nama: “%(found)s”."),
    why=_("Dengan arah yang terbalik, hasil yang buruk bagi warga mendapat nilai tinggi."),
    mend=_("Balik polarisasinya, atau sebut dalam nama apa yang membaik (misalnya “penurunan …”)."),
    source="Polarisasi (DOMAIN 2.1); SMART-C: specific (DOMAIN 2.3)",
)
def polarity_contradicts(reading: Reading) -> Iterable[Hit]:
    name, polarity = reading.words("name"), reading.text("polarity")
    if polarity == "maximize":
        found = first_of(words.LOWER_IS_BETTER, name)
        if found and not _may_rise(reading, found, _without(name, found)):
            yield Hit("polarity", found)
    elif polarity == "minimize":
        found = first_of(words.HIGHER_IS_BETTER, name)
        if reading.measure is Measure.TIME and found.endswith("waktu"):
            return  # how late, in days
        against = (*words.HIGHER_UNLESS, *words.LOWER_IS_BETTER)
        if found and not first_of(against, _without(name, found)):
            yield Hit("polarity", found)


def _without(name: str, phrase: str) -> str:
    return name.replace(f" {phrase} ", "  ")


def _may_rise(reading: Reading, found: str, rest: str) -> bool:
    """Whether more of a bad thing may be meant well: it is dealt with, or a share within a bound.

    `rest` is the name without the words that were `found`.
    """
    if any(sign in reading.text("name") for sign in "≤<≥>"):
        return True
    if found in words.SHORTER_IS_BETTER:
        if reading.measure is Measure.TIME:
            return bool(first_of(words.SHORTER_UNLESS, rest))
        definition = reading.text("definition")
        is_bounded = any(sign in definition for sign in "≤<") or first_of(
            words.CRITERIA, reading.words("definition")
        )
        if reading.is_share and is_bounded:
            return True
    return bool(first_of(words.LOWER_UNLESS, rest))


@rule(
    "L19",
    Severity.BLOCKS,
    what=_("Polarisasi stabilize belum mempunyai skala nilai."),
    why=_("Mendekati target dinilai menurut skala; tanpa skala nilainya tidak dapat dihitung."),
    mend=_("Isi skala nilai, misalnya 0 → 0; 90 → 100; 100 → 120."),
    source="Scoring formulas: stabilize (DOMAIN 3.1)",
)
def stabilize_without_scale(reading: Reading) -> Iterable[Hit]:
    if reading.text("polarity") == "stabilize" and not reading.content.get("stabilize_scale"):
        yield Hit("stabilize_scale")


@rule(
    "L20",
    Severity.BLOCKS,
    what=_("Realisasi terburuk (%(found)s) tidak lebih buruk daripada target."),
    why=_("Nilai dihitung dari jarak antara target dan angka terburuk."),
    mend=_("Isi angka yang lebih tinggi daripada target."),
    source="Scoring formulas (DOMAIN 3.1)",
)
def worst_is_not_worse(reading: Reading) -> Iterable[Hit]:
    target, worst = reading.figure("target"), reading.figure("worst_case")
    if target is None or worst is None or reading.text("polarity") != "minimize":
        return
    if worst <= target:
        yield Hit("worst_case", format_number(worst))


@rule(
    "L21",
    Severity.ADVISES,
    what=_("Target %(found)s berupa pecahan, padahal yang dihitung utuh."),
    why=_("Orang, kasus, dan dokumen dihitung utuh; target pecahan tidak pernah tepat tercapai."),
    mend=_("Bulatkan targetnya, atau sebut rata-rata dalam namanya."),
    source="SMART-C: measurable (DOMAIN 2.3)",
)
def count_in_fractions(reading: Reading) -> Iterable[Hit]:
    target = reading.figure("target")
    averaged = ("rata rata", "rerata", "rasio", "per", "indeks", "tingkat", "angka", "kapita")
    if target is None or reading.measure is not Measure.COUNT or len(reading.units) > 1:
        return
    is_scaled = {"ribu", "juta", "miliar", "kapita"} & set(reading.words("unit").split())
    if target % 1 and not is_scaled and not first_of(averaged, reading.words("name", "unit")):
        yield Hit("target", format_number(target))


@rule(
    "L22",
    Severity.ADVISES,
    what=_("Target lebih mudah daripada data dasar (%(found)s)."),
    why=_("Kinerja diharapkan terus membaik; target di bawah capaian lalu memerlukan alasan."),
    mend=_("Naikkan target, atau jelaskan dalam definisi mengapa keadaannya berubah."),
    source="SMART-C: realistic yet challenging, continuously improved (DOMAIN 2.3)",
)
def easier_than_baseline(reading: Reading) -> Iterable[Hit]:
    target, baseline = reading.figure("target"), reading.figure("baseline")
    if target is None or baseline is None:
        return
    polarity = reading.text("polarity")
    if (polarity == "maximize" and target < baseline) or (
        polarity == "minimize" and target > baseline
    ):
        yield Hit("target", format_number(baseline))


@rule(
    "L23",
    Severity.ADVISES,
    what=_("Target jauh dari data dasar (%(found)s)."),
    why=_("Lompatan besar dalam setahun jarang tercapai dan membuat orang menyerah sejak awal."),
    mend=_("Bagi target dalam beberapa tahap, atau jelaskan mengapa lompatan itu mungkin."),
    source="SMART-C: realistic (DOMAIN 2.3); PP 30/2019: realistis",
)
def far_from_baseline(reading: Reading) -> Iterable[Hit]:
    target, baseline = reading.figure("target"), reading.figure("baseline")
    if target is None or baseline is None or reading.content.get("target_is_max"):
        return
    if reading.text("polarity") not in {"maximize", "minimize"} or list(
        easier_than_baseline(reading)
    ):
        return
    distance = abs(target - baseline)
    if reading.measure in {Measure.PERCENT, Measure.PER_MILLE}:
        is_far = distance > FAR_POINTS
    else:
        is_far = distance > FAR_SHARE * abs(baseline) and distance > 2
    if is_far:
        yield Hit("baseline", format_number(baseline))


@rule(
    "L24",
    Severity.ADVISES,
    what=_("Target per periode tidak sejalan dengan target setahun: %(found)s."),
    why=_("Target setahun adalah hasil penggabungan target periodenya."),
    mend=_("Samakan angkanya, atau ubah cara konsolidasi periode."),
    source="Consolidation, then score (DOMAIN 3.3)",
)
def periods_differ_from_year(reading: Reading) -> Iterable[Hit]:
    target, periods = reading.figure("target"), reading.period_targets
    if target is None or len(periods) < 2:
        return
    ordered = [periods[key] for key in sorted(periods, key=_period_order)]
    match reading.text("period_consolidation"):
        case "sum":
            year = sum(ordered, Decimal(0))
        case "average":
            year = sum(ordered, Decimal(0)) / len(ordered)
        case "take_last_known":
            year = ordered[-1]
        case _:
            return
    if abs(year - target) > abs(target) / 100:
        yield Hit("targets", f"{format_number(round(year, 2))} ≠ {format_number(target)}")


def _period_order(key: str) -> tuple[int, str]:
    digits = "".join(sign for sign in key if sign.isdigit())
    return int(digits or 0), key


@rule(
    "L25",
    Severity.BLOCKS,
    what=_("Target berada di luar rentangnya (%(found)s)."),
    why=_("Di dalam rentang nilainya penuh; target di luarnya bertentangan dengan itu."),
    mend=_("Ubah target atau batas rentangnya."),
    source="Scoring formulas: stabilize (DOMAIN 3.1)",
)
def target_outside_range(reading: Reading) -> Iterable[Hit]:
    target, bounds = reading.figure("target"), reading.range_bounds
    if target is not None and len(bounds) == 2 and not bounds[0] <= target <= bounds[1]:
        yield Hit("target_range", f"{format_number(bounds[0])}–{format_number(bounds[1])}")
