"""The training round of Puskesmas Latihan: two indicators that no file holds."""

from decimal import Decimal
from typing import Any

from proposals.demo.texts.tale import Answer, Reply, Said, Tale

_SHARED: dict[str, Any] = {
    "opd": "Puskesmas Latihan",
    "level": "IKI",
    "unit": "Persen",
    "location_consolidation": "raw_data",
    "worst_case": None,
    "target_range": None,
    "stabilize_scale": None,
    "target_is_max": False,
}

# In the form of indicators_id.json.
TRAINING_ROWS: tuple[dict[str, Any], ...] = (
    {
        **_SHARED,
        "code": "PKM-01",
        "name": "Persentase balita yang ditimbang setiap bulan di posyandu",
        "kind": "output",
        "perspective": "penerima_layanan",
        "definition": "Balita di wilayah kerja yang ditimbang di posyandu pada bulan berjalan.",
        "formula": "(Balita yang ditimbang ÷ seluruh balita sasaran posyandu) × 100",
        "polarity": "maximize",
        "aspect": "kuantitas",
        "validity": "proxy",
        "control": "moderate",
        "target_example": 85,
        "reporting_period": "bulanan",
        "period_consolidation": "average",
        "data_source": "Register posyandu dan e-PPGBM",
        "data_provider": "Pengelola gizi puskesmas",
        "basis": "Latihan",
    },
    {
        **_SHARED,
        "code": "PKM-02",
        "name": "Persentase pasien yang menunggu pendaftaran paling lama 10 menit",
        "kind": "process",
        "perspective": "proses_bisnis",
        "definition": "Pasien yang dilayani loket pendaftaran paling lama 10 menit sejak mengambil "
        "nomor antrean.",
        "formula": "(Pasien yang menunggu ≤10 menit ÷ seluruh pasien yang mendaftar) × 100",
        "polarity": "maximize",
        "aspect": "waktu",
        "validity": "exact",
        "control": "high",
        "target_example": 70,
        "reporting_period": "bulanan",
        "period_consolidation": "average",
        "data_source": "Catatan mesin antrean",
        "data_provider": "Perekam medis puskesmas",
        "basis": "Latihan",
    },
)

TRAINING_TALES = (
    Tale(code="PKM-01", who="author", starts=2, asked="colleague", is_training=True),
    Tale(
        code="PKM-02",
        who="puskesmas-latihan/10",
        evidence="Rekap waktu tunggu pendaftaran, Januari sampai Juni",
        starts=5,
        submitted=4,
        is_training=True,
        fields={"proposed_weight_percent": Decimal(20)},
        said=(
            Said(
                3,
                "author",
                "question",
                "Pasien gawat darurat tidak melewati loket. Apakah mereka dikeluarkan dari "
                "penyebut?",
                field="denominator",
                replies=(
                    Reply(2, "puskesmas-latihan/10", "Ya, hanya yang mengambil nomor antrean."),
                ),
            ),
            Said(
                3,
                "colleague",
                "question",
                "Hari Senin selalu padat. Mungkin target dihitung rata-rata sebulan, bukan per "
                "hari.",
                field="period_consolidation",
                answer=Answer(
                    2, "not_adopted", "Sudah demikian: konsolidasi periodenya rata-rata bulanan."
                ),
            ),
            Said(2, "puskesmas-latihan/3", "support", "Ukuran yang dirasakan langsung oleh warga."),
            Said(
                1,
                "puskesmas-latihan/6",
                "gaming_risk",
                "Nomor antrean bisa baru dicetak ketika loket sudah kosong, sehingga waktunya "
                "tampak singkat.",
                field="formula",
                is_unnamed=True,
            ),
            Said(
                1,
                "facilitator",
                "question",
                "Kader kami mengantar lansia yang tidak bisa membaca nomor. Apakah mereka "
                "dihitung?",
                origin="Kader Posyandu Lansia",
            ),
        ),
    ),
)
