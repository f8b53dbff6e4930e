"""The columns of the office's forms, and which field of the record each holds.

Titles are those of the forms and stay Indonesian for every reader. A field of the record is named
by its name, a part of `ms_ind` as `ms_ind.konsep`; None is a column that the record has no place
for. Source: DOMAIN 2.1 (Manual IKU), 2.4 (MS-Ind, Peraturan BPS 5/2020).
"""

import re
from collections.abc import Mapping
from typing import Any

MANUAL_IKU: dict[str, str | None] = {
    "Perspektif": "perspective",
    "Sasaran strategis": "objective",
    "Kode IKU": "code",
    "Nama IKU": "name",
    "Definisi": "definition",
    "Formula": "formula",
    "Pembilang": "numerator",
    "Penyebut": "denominator",
    "Tujuan": "purpose",
    "Satuan pengukuran": "unit",
    "Jenis aspek target": "aspect",
    "Tingkat validitas": "validity",
    "Tingkat kendali": "control",
    "Unit penanggung jawab": "owner_unit",
    "Unit penyedia data": "data_provider",
    "Sumber data": "data_source",
    "Jenis cascading": "cascading",
    "Mendukung IKU": "supports",
    "Periode pelaporan": "reporting_period",
    "Konsolidasi periode": "period_consolidation",
    "Konsolidasi lokasi": "location_consolidation",
    "Polarisasi": "polarity",
    "Konversi 120": "target_is_max",
    "Target": "target",
    "Target per periode": "targets",
    "Rentang target": "target_range",
    "Realisasi terburuk": "worst_case",
    "Skala nilai": "stabilize_scale",
    "Realisasi tahun lalu": "baseline",
    "Tingkat": "level",
    "Jenis": "kind",
    "Dasar": "basis",
    "Berlaku bagi": "applies_to",
    "Bobot (%)": None,
    "Versi": None,
}

MS_IND: dict[str, str | None] = {
    "Nomor": None,
    "Nama Indikator": "name",
    "Konsep": "ms_ind.konsep",
    "Definisi": "definition",
    "Interpretasi": "ms_ind.interpretasi",
    "Metode/Rumus Penghitungan": "formula",
    "Ukuran": "ms_ind.ukuran",
    "Satuan": "unit",
    "Klasifikasi Penyajian": "ms_ind.klasifikasi_penyajian",
    "Apakah indikator komposit? Ya-1/Tidak-2": "ms_ind.komposit",
    "Publikasi Ketersediaan": "ms_ind.publikasi_ketersediaan",
    "Nama Indikator Pembangun": "ms_ind.indikator_pembangun",
    "Kegiatan Penghasil": "ms_ind.kegiatan_penghasil",
    "Kode Kegiatan": None,  # by the officer of BPS
    "Nama Variabel Pembangun": "ms_ind.variabel_pembangun",
    "Level Estimasi": "ms_ind.level_estimasi",
    "Apakah dapat diakses umum? Ya-1/Tidak-2": "ms_ind.akses_umum",
}

# The whole record in one row: the Manual IKU, then what only MS-Ind asks for.
WHOLE: dict[str, str | None] = MANUAL_IKU | {
    title: key for title, key in MS_IND.items() if key and key.startswith("ms_ind.")
}
# What MS-Ind has no column for.
BESIDE_MS_IND: dict[str, str | None] = {
    title: key for title, key in MANUAL_IKU.items() if key and key not in MS_IND.values()
}

BY_TITLE: dict[str, str] = {
    title.casefold(): key for title, key in (MANUAL_IKU | MS_IND).items() if key
}
WITHOUT_PLACE = frozenset(
    title.casefold() for title, key in (MANUAL_IKU | MS_IND).items() if key is None
)

MS_IND_HEADING = "METADATA STATISTIK INDIKATOR (MS-Ind)"

_GOES_ON = re.compile(r"(?P<title>.+) \(lanjutan (?P<place>[0-9]{1,3})\)")


def going_on(title: str, place: int) -> str:
    """The title of the column that goes on where a cell was full; `place` counts from 1."""
    return f"{title} (lanjutan {place})"


def joined(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose texts are whole again: columns that go on stand behind the one they belong to."""
    whole: dict[str, Any] = {}
    parts: dict[str, dict[int, str]] = {}
    for title, value in raw.items():
        found = _GOES_ON.fullmatch(title)
        if found and found["title"] in raw:
            parts.setdefault(found["title"], {})[int(found["place"])] = str(value or "")
        else:
            whole[title] = value
    for title, texts in parts.items():
        whole[title] = str(whole[title] or "") + "".join(texts[place] for place in sorted(texts))
    return whole
