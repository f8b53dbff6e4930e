"""Tales of Disdukcapil."""

from decimal import Decimal

from proposals.demo.texts.tale import Answer, Reply, Rewrite, Said, Tale

PROCESSING_TIME = Tale(
    code="DUK-08",
    who="disdukcapil/1",
    starts=13,
    submitted=12,
    fields={"proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            11,
            "disdukcapil/2",
            "objection",
            "Target 1 hari kerja tidak mungkin ketika server pusat terganggu; tahun ini terjadi "
            "berkali-kali. Petugas loket akan menanggung yang bukan kesalahannya.",
            field="target",
        ),
        Said(
            11,
            "disdukcapil/3",
            "gaming_risk",
            "Berkas bisa “diterima” baru setelah hampir selesai, sehingga waktunya tampak singkat. "
            "Jam masuk harus dicatat saat warga mengambil nomor antrean.",
            field="data_source",
            replies=(Reply(10, "disdukcapil/1", "Setuju, saya tuliskan dalam revisi berikutnya."),),
        ),
        Said(
            8,
            "teacher",
            "support",
            "Sebagai warga yang mengurus KIA murid, waktu yang pasti sangat menolong.",
        ),
    ),
)

ON_TIME = Tale(
    code="DUK-09",
    who="disdukcapil/4",
    starts=30,
    submitted=29,
    fields={"proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            27,
            "disdukcapil/2",
            "question",
            "Permohonan yang berkasnya kurang lengkap dihitung sejak kapan?",
            field="denominator",
            answer=Answer(20, "adopted", revision=2),
        ),
        Said(
            26,
            "disdukcapil/3",
            "suggestion",
            "Hari layanan keliling sebaiknya ikut dicatat di register yang sama.",
            field="data_source",
            wording="Register pelayanan kantor dan layanan keliling",
            answer=Answer(
                19,
                "out_of_scope",
                "Register layanan keliling diatur dalam standar pelayanan, bukan di sini.",
                who="disdukcapil/0",
                reply="Warga desa hanya bertemu layanan keliling; waktunya tetap tidak terukur.",
            ),
        ),
        Said(
            25,
            "disdukcapil/2",
            "gaming_risk",
            "Berkas dapat ditahan di loket dan baru dinyatakan lengkap setelah dokumennya hampir "
            "jadi.",
            field="denominator",
            answer=Answer(
                20,
                "not_adopted",
                "Nomor antrean mencatat saat berkas diterima; selisih lebih dari satu hari "
                "diperiksa kepala bidang.",
            ),
        ),
    ),
    rewrites=(
        Rewrite(
            21,
            "Penyebut diperjelas: waktu berjalan sejak berkas lengkap.",
            {"denominator": "Seluruh permohonan sejak berkasnya dinyatakan lengkap"},
        ),
    ),
    frozen=3,
)

DIGITAL_IDENTITY = Tale(
    code="DUK-07",
    who="disdukcapil/1",
    kind="amend",
    starts=11,
    submitted=10,
    fields={"target": Decimal(35)},
    said=(
        Said(
            9,
            "disdukcapil/4",
            "objection",
            "Aktivasi IKD memerlukan telepon pintar. Menaikkan target dari 30 ke 35 persen tidak "
            "adil bagi kelurahan yang banyak lansianya.",
            field="target",
        ),
    ),
)

REGISTRY_TALES = (PROCESSING_TIME, ON_TIME, DIGITAL_IDENTITY)
