"""Rules about periods, places, quality, data, weights, and what is measured elsewhere already."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.numbers import format_number
from indicators.lint import words
from indicators.lint.findings import Hit, Neighbour, Severity, rule
from indicators.lint.reading import Measure, Reading, decimal_of, first_of, plain
from indicators.lint.similarity import overlap, subject_of, trigrams
from indicators.lint.wording import placeholder

MONTHS = {"bulanan": 1, "triwulanan": 3, "semesteran": 6, "tahunan": 12}
PERIOD_LETTERS = {"bulanan": "B", "triwulanan": "TW", "semesteran": "S"}
# Weights outside of these hardly count, or drown the rest (DOMAIN 3.4: weights sum to 100).
LEAST_WEIGHT, MOST_WEIGHT = Decimal(2), Decimal(50)
# From here on two texts are called alike.
ALIKE_NAME, ALIKE_PART = 0.6, 0.75
MOST_NEIGHBOURS = 3

_NEVER_SUMMED = {Measure.PERCENT, Measure.PER_MILLE, Measure.RATE, Measure.RATIO, Measure.SCORE}


def _is_averaged(reading: Reading) -> bool:
    return bool(first_of(("rata rata", "rerata", "median"), reading.words("name")))


def _is_cumulative(reading: Reading) -> bool:
    return bool(first_of(words.CUMULATIVE, reading.words("name", "definition", "formula")))


@rule(
    "L36",
    Severity.BLOCKS,
    what=_("Angka bersatuan “%(found)s” tidak dapat dijumlahkan antarperiode."),
    why=_("Empat triwulan masing-masing 90 persen bukan 360 persen setahun."),
    mend=_("Pilih rata-rata atau nilai terakhir."),
    source="Konsolidasi periode (DOMAIN 2.1, 3.3)",
)
def periods_summed(reading: Reading) -> Iterable[Hit]:
    if reading.text("period_consolidation") != "sum" or _is_cumulative(reading):
        return
    if _is_not_additive(reading):
        yield Hit("period_consolidation", reading.text("unit"))


@rule(
    "L37",
    Severity.BLOCKS,
    what=_("Angka bersatuan “%(found)s” tidak dapat dijumlahkan antarunit."),
    why=_("Dua puskesmas masing-masing 90 persen bukan 180 persen bagi dinasnya."),
    mend=_("Pilih “dihitung dari data mentah” atau rata-rata."),
    source="Konsolidasi lokasi (DOMAIN 2.1, 3.3)",
)
def places_summed(reading: Reading) -> Iterable[Hit]:
    if reading.text("location_consolidation") == "sum" and _is_not_additive(reading):
        yield Hit("location_consolidation", reading.text("unit"))


def _is_not_additive(reading: Reading) -> bool:
    return reading.measure in _NEVER_SUMMED or (
        reading.measure is Measure.TIME and _is_averaged(reading)
    )


@rule(
    "L38",
    Severity.ADVISES,
    what=_("Yang dihitung per periode digabung dengan nilai terakhir atau rata-rata."),
    why=_("Angka setahun hanya akan memuat sebagian dari yang dikerjakan."),
    mend=_("Pilih jumlah, kecuali bila angkanya sudah dihitung sejak awal tahun."),
    source="Konsolidasi periode (DOMAIN 2.1, 3.3)",
)
def counts_not_summed(reading: Reading) -> Iterable[Hit]:
    flows = (
        *("kegiatan", "kasus", "kejadian", "temuan", "kunjungan", "laporan", "kali", "pelanggaran"),
        *("permohonan", "pengaduan", "rapat", "penyuluhan", "pelatihan", "sosialisasi"),
    )
    is_flow = first_of(flows, reading.words("unit"))
    repeats = MONTHS.get(reading.text("reporting_period"), 12) < 12
    gathered = reading.text("period_consolidation") in {"average", "take_last_known"}
    is_counted = reading.measure is Measure.COUNT and not _is_averaged(reading)
    if is_flow and repeats and gathered and is_counted and not _is_cumulative(reading):
        yield Hit("period_consolidation")


@rule(
    "L39",
    Severity.ADVISES,
    what=_("Persentase antarunit digabung dengan rata-rata."),
    why=_("Unit kecil berpengaruh sebesar unit besar, sehingga angka gabungannya keliru."),
    mend=_("Pilih “dihitung dari data mentah”: pembilang dan penyebut dijumlahkan dahulu."),
    source="Konsolidasi lokasi: raw data (DOMAIN 2.1, 3.3)",
)
def shares_averaged_over_places(reading: Reading) -> Iterable[Hit]:
    if reading.is_share and reading.text("location_consolidation") == "average":
        yield Hit("location_consolidation")


@rule(
    "L40",
    Severity.ADVISES,
    what=_("Target per periode (%(found)s) tidak sesuai dengan periode pelaporan."),
    why=_("Target suatu periode hanya dapat dinilai bila angkanya dilaporkan pada periode itu."),
    mend=_("Samakan periode pelaporan dengan periode targetnya."),
    source="Periode pelaporan, target per periode (DOMAIN 2.1)",
)
def targets_of_other_periods(reading: Reading) -> Iterable[Hit]:
    keys = reading.period_targets
    per_year = {"TW": 3, "S": 6, "SM": 6, "B": 1, "BL": 1}
    months = MONTHS.get(reading.text("reporting_period"))
    if months is None:
        return
    for key in keys:
        letters = "".join(sign for sign in key.upper() if sign.isalpha())
        if per_year.get(letters, months) < months:
            yield Hit("targets", key)
            return


@rule(
    "L41",
    Severity.ADVISES,
    what=_("Validitas tepat (exact) berpasangan dengan kendali tinggi (high)."),
    why=_("Hasil bagi warga jarang sepenuhnya di tangan satu unit; pasangan ini perlu diperiksa."),
    mend=_("Periksa lagi: bila yang diukur keluaran sendiri, validitasnya wakil (proxy)."),
    source="KMK 467: forbidden quality pair exact-high (DOMAIN 2.1)",
)
def exact_and_high(reading: Reading) -> Iterable[Hit]:
    if reading.text("validity") == "exact" and reading.text("control") == "high":
        yield Hit("validity")


@rule(
    "L42",
    Severity.ADVISES,
    what=_("Indikator kegiatan (activity) dengan kendali rendah (low)."),
    why=_("Kegiatan sendiri yang tidak dapat dikendalikan tidak pantas dinilai."),
    mend=_("Pilih kegiatan yang ada di tangan unit, atau ukur hasil yang lebih dekat ke sasaran."),
    source="KMK 467: forbidden quality pair activity-low (DOMAIN 2.1)",
)
def activity_and_low(reading: Reading) -> Iterable[Hit]:
    if reading.text("validity") == "activity" and reading.text("control") == "low":
        yield Hit("validity")


@rule(
    "L43",
    Severity.ADVISES,
    what=_("IKU mengukur kegiatan yang sepenuhnya di tangan unit (activity-high)."),
    why=_("IKU menunjukkan keberhasilan unit; kegiatan selesai belum berarti berhasil."),
    mend=_("Jadikan IKI, atau ukur hasil dari kegiatan itu."),
    source="KMK 467: activity-high for owners of a strategy map (DOMAIN 2.1)",
)
def activity_as_key_indicator(reading: Reading) -> Iterable[Hit]:
    is_activity = reading.text("validity") == "activity" and reading.text("control") == "high"
    if is_activity and reading.text("level") == "IKU":
        yield Hit("validity")


@rule(
    "L44",
    Severity.ADVISES,
    what=_("Sumber data tidak menyebut siapa yang menyerahkan angkanya: “%(found)s”."),
    why=_("Tanpa penyedia data, tidak ada yang dapat ditanya ketika angkanya diragukan."),
    mend=_("Isi penyedia data dengan unit atau seksi yang memegang catatannya."),
    source="Manual IKU: unit penyedia data (DOMAIN 2.1)",
)
def source_without_provider(reading: Reading) -> Iterable[Hit]:
    source = reading.text("data_source")
    is_written = not any(hit.field == "data_source" for hit in placeholder(reading))
    names_agency = first_of(words.AGENCIES, reading.words("data_source"))
    if source and is_written and not names_agency and not reading.text("data_provider"):
        yield Hit("data_provider", source[:60])


@rule(
    "L45",
    Severity.ADVISES,
    what=_("Sumber data “%(found)s” lebih jarang terbit daripada periode pelaporan."),
    why=_("Pada periode yang tidak mempunyai angka baru, capaian hanya mengulang angka lama."),
    mend=_("Perpanjang periode pelaporan, atau pakai sumber yang lebih sering terbit."),
    source="Periode pelaporan, sumber data (DOMAIN 2.1)",
)
def source_too_slow(reading: Reading) -> Iterable[Hit]:
    months = MONTHS.get(reading.text("reporting_period"))
    source = reading.text("data_source")
    if months is None or not source:
        return
    parts = [plain(part) for part in _parts(source)]
    slow = [first_of(words.SLOW_SOURCES, part) for part in parts]
    if all(slow) and min(words.SLOW_SOURCES[name] for name in slow) > months:
        yield Hit("data_source", slow[0])


def _parts(source: str) -> list[str]:
    for sign in (";", ",", "\n", " dan ", " atau ", " serta "):
        source = source.replace(sign, "/")
    return [part for part in source.split("/") if part.strip()]


@rule(
    "L46",
    Severity.ADVISES,
    what=_("Bobot %(found)s persen tidak lazim."),
    why=_("Bobot yang sangat kecil tidak berarti; yang sangat besar menenggelamkan yang lain."),
    mend=_("Pilih bobot antara 2 dan 50 persen, atau 0 bila hanya dipantau."),
    source="Weighting (DOMAIN 3.4)",
)
def weight_odd(reading: Reading) -> Iterable[Hit]:
    weight = decimal_of(reading.content.get("proposed_weight_percent"))
    if weight is not None and weight != 0 and not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
        yield Hit("proposed_weight_percent", format_number(weight))


@rule(
    "L47",
    Severity.ADVISES,
    what=_("Penanggung jawab sudah dipilih, tetapi belum ada yang diukur."),
    why=_("Indikator tanpa “berlaku bagi” tidak menilai siapa pun."),
    mend=_("Pilih unit kerja, dan bila perlu rumpun jabatan, pada “berlaku bagi”."),
    source="The indicator record: applies_to (DESIGN 4.5)",
)
def applies_to_nobody(reading: Reading) -> Iterable[Hit]:
    if reading.text("owner_unit") and not reading.content.get("applies_to"):
        yield Hit("applies_to")


@rule(
    "L48",
    Severity.ADVISES,
    what=_("Yang dihitung sama dengan yang lain, bagi pegawai yang sama."),
    why=_("Hal yang sama akan dinilai dua kali, dan bobotnya berlipat."),
    mend=_("Ubah indikator yang ada, atau cabut salah satunya."),
    source="SMART-C: unique (DOMAIN 2.3)",
)
def counted_twice(reading: Reading) -> Iterable[Hit]:
    parts = [_sorted_words(reading.text(name)) for name in ("numerator", "denominator")]
    formula = _sorted_words(reading.text("formula"))
    found = []
    for other in reading.others:
        if parts[0] and parts[1]:
            same = parts == [_sorted_words(other.numerator), _sorted_words(other.denominator)]
        else:
            same = bool(formula) and formula == _sorted_words(other.formula)
        if same and _share_population(reading.content.get("applies_to") or [], other.applies_to):
            found.append(other)
    if found:
        yield Hit("numerator" if all(parts) else "formula", _labels(found), tuple(found))


def _sorted_words(text: str) -> list[str]:
    """The words that matter, in order of the alphabet: said in another order they are the same."""
    fillers = {"jumlah", "seluruh", "total", "semua", "yang", "banyaknya", "x", "100", "dibagi"}
    return sorted(word for word in plain(text).split() if word not in fillers)


def _share_population(
    one: Iterable[Mapping[str, object]], other: Iterable[Mapping[str, object]]
) -> bool:
    """Whether two populations meet; where either is not written yet, they may."""
    mine, theirs = list(one), list(other)
    if not mine or not theirs:
        return True
    return any(
        left["unit"] == right["unit"]
        and (
            not left["position_family"]
            or not right["position_family"]
            or left["position_family"] == right["position_family"]
        )
        for left in mine
        for right in theirs
    )


def _labels(others: Iterable[Neighbour]) -> str:
    return ", ".join(other.label for other in others)


@rule(
    "L49",
    Severity.ADVISES,
    what=_("Mirip dengan yang sudah ada."),
    why=_("Mungkin hal yang sama sudah diusulkan atau ditetapkan."),
    mend=_("Baca dahulu yang sudah ada; usulkan perubahannya bila yang Anda maksud sama."),
    source="SMART-C: unique (DOMAIN 2.3)",
)
def alike(reading: Reading) -> Iterable[Hit]:
    twice = [other for hit in counted_twice(reading) for other in hit.others]
    others = [other for other in reading.others if other not in twice]
    for field, least in (("name", ALIKE_NAME), ("numerator", ALIKE_PART)):
        mine = trigrams(subject_of(reading.text(field)))
        if not mine:
            continue
        near = [
            (score, other)
            for other in others
            if (score := overlap(mine, trigrams(subject_of(getattr(other, field))))) >= least
        ]
        near.sort(key=lambda pair: (-pair[0], pair[1].label))
        found = [other for _score, other in near[:MOST_NEIGHBOURS]]
        others = [other for other in others if other not in found]
        if found:
            yield Hit(field, _labels(found), tuple(found))
