"""Tales of Dinas Pendidikan."""

from decimal import Decimal

from proposals.demo.texts.tale import Answer, Objected, Reply, Rewrite, Said, Tale, Vote

TEACHERS_TRAINING = Tale(
    code="DIK-11",
    who="disdik/2",
    starts=24,
    submitted=22,
    fields={"target": Decimal(95), "targets": {}, "proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            21,
            "teacher",
            "objection",
            "Saya guru dan mendukung pengembangan kompetensi, tetapi 95 persen pada tahun pertama "
            "tidak memperhitungkan sekolah yang kekurangan guru: bila satu orang ikut pelatihan, "
            "satu kelas kosong. Sediakan dulu jadwal dan guru pengganti, baru targetnya adil.",
            field="target",
            replies=(
                Reply(
                    20,
                    "sdn-contoh-1/1",
                    "Di sekolah kami persis begitu. Pelatihan pada libur sekolah akan sangat "
                    "menolong.",
                ),
                Reply(
                    19,
                    "disdik/2",
                    "Masuk akal. Pelatihan akan dijadwalkan pada libur sekolah dan daring; target "
                    "saya turunkan ke 85 persen dengan tahapan.",
                ),
            ),
            answer=Answer(17, "adopted", revision=2),
        ),
        Said(
            20,
            "smpn-contoh-1/1",
            "question",
            "Apakah kegiatan KKG/MGMP dan belajar mandiri di Ruang GTK dihitung sebagai JP?",
            field="definition",
            answer=Answer(16, "adopted", revision=3),
        ),
        Said(
            18,
            "sdn-contoh-2/1",
            "gaming_risk",
            "Sertifikat mudah dikumpulkan tanpa belajar. Kalau yang dihitung hanya JP, yang rajin "
            "mengunduh sertifikat akan tampak paling kompeten.",
            field="validity",
        ),
        Said(
            14,
            "smpn-contoh-2/2",
            "support",
            "Dengan tahapan triwulan dan pelatihan saat libur, saya merasa target ini wajar.",
        ),
    ),
    rewrites=(
        Rewrite(
            18,
            "Target diturunkan dan bertahap karena keterbatasan guru pengganti.",
            {
                "target": Decimal(85),
                "targets": {"TW1": "15", "TW2": "40", "TW3": "65", "TW4": "85"},
            },
        ),
        Rewrite(
            17,
            "Kegiatan yang diakui disebut satu per satu.",
            {
                "definition": "Guru ASN yang dalam setahun mengikuti paling sedikit 20 JP "
                "pengembangan kompetensi: pelatihan, KKG/MGMP terjadwal, dan belajar mandiri di "
                "Ruang GTK yang berakhir dengan aksi nyata.",
            },
        ),
    ),
)

CLASSROOMS = Tale(
    code="DIK-10",
    who="disdik/3",
    starts=22,
    submitted=21,
    fields={"proposed_weight_percent": Decimal(5)},
    said=(
        Said(
            20,
            "smpn-contoh-2/0",
            "question",
            "Siapa yang menilai “kondisi baik”: sekolah sendiri atau tim teknis?",
            field="definition",
            answer=Answer(
                14,
                "not_adopted",
                "Penilaian mengikuti formulir Dapodik yang diisi sekolah dan diperiksa tim teknis; "
                "definisinya sudah merujuk ke sana.",
            ),
        ),
        Said(
            19,
            "sdn-contoh-2/0",
            "objection",
            "Sekolah tidak memegang anggaran rehabilitasi. Jangan sampai kepala sekolah dinilai "
            "atas atap yang menunggu anggaran kota.",
            field="applies_to",
            answer=Answer(
                13,
                "not_adopted",
                "Indikator ini berlaku bagi Dinas Pendidikan, bukan bagi sekolah.",
                who="disdik/0",
            ),
        ),
        Said(
            18,
            "disdik/2",
            "gaming_risk",
            "Ruang rusak dapat tidak didaftarkan sebagai ruang kelas, sehingga persentasenya naik.",
            field="denominator",
            answer=Answer(
                13,
                "not_adopted",
                "Jumlah ruang dikunci pada data Dapodik awal tahun; ruang yang dihapus disertai "
                "berita acara.",
            ),
        ),
    ),
    frozen=7,
    vote=Vote(4, approve=9, reject=2, abstain=1),
    objected=Objected(
        1,
        "smpn-contoh-2/0",
        "Daftar pemilih tetap dibekukan sebelum dua guru PPPK kami selesai dipindahkan, sehingga "
        "mereka memilih di sekolah lama. Mohon dijelaskan apakah ini memengaruhi hasil.",
    ),
)

PRESCHOOLS = Tale(code="DIK-07", who="disdik/2", starts=5)

SCHOOL_TALES = (TEACHERS_TRAINING, CLASSROOMS, PRESCHOOLS)
