"""What Puskesmas Latihan asks its people: consensus, then weights; and which rival comes first."""

from typing import Any

from proposals.demo.texts.tale import (
    Answer,
    Asked,
    Consensus,
    Keberatan,
    Ruling,
    Said,
    Tale,
    Vote,
)

_SHARED: dict[str, Any] = {
    "opd": "Puskesmas Latihan",
    "level": "IKI",
    "unit": "Persen",
    "location_consolidation": "raw_data",
    "worst_case": None,
    "target_range": None,
    "stabilize_scale": None,
    "target_is_max": False,
    "polarity": "maximize",
    "reporting_period": "triwulanan",
    "period_consolidation": "take_last_known",
    "basis": "Contoh: standar pelayanan puskesmas",
}

# In the form of indicators_id.json.
PUSKESMAS_ROWS: tuple[dict[str, Any], ...] = (
    {
        **_SHARED,
        "code": "PKM-03",
        "name": "Persentase pasien hipertensi yang berobat teratur",
        "kind": "outcome",
        "perspective": "penerima_layanan",
        "definition": "Pasien hipertensi di wilayah kerja yang diperiksa dan diberi obat setiap "
        "bulan.",
        "formula": "(Pasien hipertensi yang berobat teratur ÷ seluruh pasien hipertensi yang "
        "tercatat) × 100",
        "aspect": "kualitas",
        "validity": "exact",
        "control": "moderate",
        "target_example": 60,
        "data_source": "Register penyakit tidak menular",
        "data_provider": "Pengelola penyakit tidak menular",
    },
    {
        **_SHARED,
        "code": "PKM-04",
        "name": "Persentase rekam medis yang lengkap dalam 24 jam",
        "kind": "process",
        "perspective": "proses_bisnis",
        "definition": "Rekam medis rawat jalan yang diisi lengkap paling lama 24 jam sesudah "
        "pelayanan.",
        "formula": "(Rekam medis lengkap dalam 24 jam ÷ seluruh rekam medis yang diperiksa) × 100",
        "aspect": "waktu",
        "validity": "exact",
        "control": "high",
        "target_example": 90,
        "data_source": "Telaah rekam medis tertutup",
        "data_provider": "Perekam medis puskesmas",
    },
    {
        **_SHARED,
        "code": "PKM-05",
        "name": "Persentase keluarga berisiko yang dikunjungi di rumah",
        "kind": "output",
        "perspective": "penerima_layanan",
        "definition": "Keluarga berisiko yang dikunjungi petugas sedikitnya sekali dalam triwulan.",
        "formula": "(Keluarga berisiko yang dikunjungi ÷ seluruh keluarga berisiko) × 100",
        "aspect": "kuantitas",
        "validity": "proxy",
        "control": "moderate",
        "target_example": 75,
        "data_source": "Catatan kunjungan rumah",
        "data_provider": "Perawat penanggung jawab wilayah",
    },
    {
        **_SHARED,
        "code": "PKM-06",
        "name": "Persentase pasien yang selesai dilayani paling lama 60 menit",
        "kind": "process",
        "perspective": "proses_bisnis",
        "definition": "Pasien rawat jalan yang menerima obat paling lama 60 menit sejak mendaftar.",
        "formula": "(Pasien selesai dalam 60 menit ÷ seluruh pasien rawat jalan) × 100",
        "aspect": "waktu",
        "validity": "exact",
        "control": "moderate",
        "target_example": 80,
        "data_source": "Cap waktu pendaftaran dan penyerahan obat",
        "data_provider": "Perekam medis puskesmas",
    },
    {
        **_SHARED,
        "code": "PKM-07",
        "name": "Persentase pasien yang puas dengan cepatnya pelayanan",
        "kind": "outcome",
        "perspective": "penerima_layanan",
        "definition": "Pasien yang menjawab puas atau sangat puas tentang cepatnya pelayanan.",
        "formula": "(Pasien yang puas ÷ seluruh pasien yang menjawab) × 100",
        "aspect": "kualitas",
        "validity": "proxy",
        "control": "low",
        "target_example": 85,
        "data_source": "Survei singkat di loket obat",
        "data_provider": "Pengelola umpan balik pasien",
    },
    {
        **_SHARED,
        "code": "PKM-08",
        "name": "Persentase pasien lansia yang dilayani tanpa antre",
        "kind": "process",
        "perspective": "penerima_layanan",
        "definition": "Pasien berusia 60 tahun ke atas yang dilayani di loket khusus lansia.",
        "formula": "(Pasien lansia di loket khusus ÷ seluruh pasien lansia) × 100",
        "aspect": "kuantitas",
        "validity": "activity",
        "control": "high",
        "target_example": 95,
        "data_source": "Catatan mesin antrean",
        "data_provider": "Perekam medis puskesmas",
    },
)


def _gamed(day: int, who: str, risk: str, answer: str, field: str = "data_source") -> Said:
    """How an indicator can be gamed, and what is done against it: the freeze gate asks for both."""
    return Said(
        day, who, "gaming_risk", risk, field=field, answer=Answer(day - 1, "not_adopted", answer)
    )


PUSKESMAS_TALES = (
    Tale(
        code="PKM-03",
        who="author",
        starts=43,
        submitted=42,
        said=(
            _gamed(
                40,
                "puskesmas-latihan/6",
                "Obat dapat dicatat diberikan untuk tiga bulan sekaligus tanpa tekanan darahnya "
                "diperiksa.",
                "Yang dihitung adalah kunjungan dengan hasil pengukuran, bukan resepnya.",
            ),
            Said(
                39,
                "puskesmas-latihan/3",
                "support",
                "Inilah yang kami kejar setiap hari di poli umum.",
            ),
        ),
        frozen=37,
        consensus=Consensus(36, agree=10),
        ruling=Ruling(26, "adopt", "Mufakat tercapai tanpa keberatan."),
    ),
    Tale(
        code="PKM-04",
        who="puskesmas-latihan/10",
        starts=43,
        submitted=42,
        said=(
            _gamed(
                40,
                "puskesmas-latihan/9",
                "Kolom dapat diisi dengan salinan kunjungan sebelumnya supaya tampak lengkap.",
                "Sepuluh rekam medis setiap bulan dicocokkan dengan dokter pemeriksanya.",
            ),
        ),
        frozen=37,
        beside="PKM-03",
        ruling=Ruling(26, "adopt", "Mufakat tercapai tanpa keberatan."),
    ),
    Tale(
        code="PKM-05",
        who="puskesmas-latihan/4",
        starts=43,
        submitted=42,
        said=(
            _gamed(
                40,
                "colleague",
                "Kunjungan dapat dicatat hanya dari pintu, tanpa memeriksa siapa pun.",
                "Catatan kunjungan memuat hasil pemeriksaan dan paraf anggota keluarga.",
            ),
        ),
        frozen=37,
        beside="PKM-03",
        objection=Keberatan(
            "puskesmas-latihan/8",
            "Kendaraan dinas hanya satu. Bila semua keluarga berisiko dikunjungi, pemeriksaan air "
            "dan jamban tertunda. Saya minta hal ini diputuskan dengan suara tertutup.",
        ),
        vote=Vote(32, approve=7, reject=2, abstain=1),
        ruling=Ruling(
            20,
            "adopt",
            "Disetujui pemilih. Keberatan tentang kendaraan dijawab dengan jadwal bergilir.",
        ),
    ),
    Tale(
        code="PKM-06",
        who="puskesmas-latihan/6",
        starts=12,
        submitted=11,
        said=(
            _gamed(
                9,
                "author",
                "Obat dapat diserahkan di sistem sebelum pasien dipanggil.",
                "Cap waktu diambil ketika pasien menandatangani penerimaan obat.",
            ),
        ),
        frozen=3,
    ),
    Tale(
        code="PKM-07",
        who="puskesmas-latihan/11",
        starts=12,
        submitted=11,
        said=(
            _gamed(
                9,
                "puskesmas-latihan/5",
                "Lembar survei dapat diberikan hanya kepada pasien yang tampak senang.",
                "Lembar diberikan kepada setiap pasien kesepuluh menurut nomor antrean.",
            ),
        ),
        frozen=3,
    ),
    Tale(
        code="PKM-08",
        who="colleague",
        starts=12,
        submitted=11,
        said=(
            _gamed(
                9,
                "puskesmas-latihan/7",
                "Pasien muda dapat dicatat sebagai lansia supaya loketnya tampak ramai.",
                "Umur diambil dari tanggal lahir pada kartu, bukan dari pilihan petugas.",
            ),
        ),
        frozen=3,
    ),
)

# What the head asks about several of them. One row for each ballot, in the order of the codes.
PUSKESMAS_ASKED = (
    Asked(
        "weights",
        16,
        ("PKM-03", "PKM-04", "PKM-05"),
        (
            ("50", "20", "30"),
            ("40", "30", "30"),
            ("60", "10", "30"),
            ("40", "40", "20"),
            ("50", "25", "25"),
            ("35", "25", "40"),
            ("50", "30", "20"),
            ("45", "20", "35"),
        ),
    ),
    Asked(
        "schulze",
        1,
        ("PKM-06", "PKM-07", "PKM-08"),
        (("1", "2", "3"), ("2", "1", ""), ("1", "1", "2"), ("1", "3", "2")),
    ),
)
