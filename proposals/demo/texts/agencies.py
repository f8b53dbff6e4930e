"""Tales of the other agencies and districts."""

from decimal import Decimal

from proposals.demo.texts.tale import (
    Answer,
    Objected,
    Reply,
    Rewrite,
    Ruling,
    Said,
    Tale,
    Vote,
)

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
            answer=Answer(
                19,
                "out_of_scope",
                "Register layanan keliling diatur dalam standar pelayanan, bukan di sini.",
                who="disdukcapil/0",
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

SLUMS = Tale(
    code="PUP-04",
    who="pupr/1",
    starts=36,
    submitted=35,
    fields={"proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            33,
            "bappeda/1",
            "question",
            "Apakah luasnya mengikuti SK Kawasan Kumuh terakhir atau hasil survei tahun berjalan?",
            field="formula",
            answer=Answer(26, "adopted", revision=2),
        ),
    ),
    rewrites=(
        Rewrite(
            27,
            "Rujukan luas kawasan dipastikan.",
            {
                "formula": "Luas kawasan kumuh dalam SK terakhir − luas yang tertangani menurut "
                "berita acara verifikasi tahun berjalan",
            },
        ),
    ),
    frozen=17,
    vote=Vote(16, approve=4, reject=2, abstain=0),
)

BUILDING_PERMITS = Tale(code="PUP-05", who="pupr/2", starts=4)

MEETING_PROPOSALS = Tale(
    code="KEC-02",
    who="kec-utara/3",
    starts=10,
    submitted=9,
    said=(
        Said(
            8,
            "kel-wek-1/0",
            "objection",
            "Kecamatan dapat mengusulkan, tetapi yang menerima atau menolak adalah perangkat "
            "daerah. Camat dinilai atas keputusan orang lain.",
            field="control",
        ),
        Said(
            7,
            "bappeda/1",
            "suggestion",
            "Batasi pada usulan prioritas yang lengkap syaratnya; bagian itu memang di tangan "
            "kecamatan.",
            field="numerator",
        ),
    ),
)

LAND_TAX = Tale(
    code="KEC-04",
    who="kec-utara/2",
    starts=44,
    submitted=43,
    fields={"proposed_weight_percent": Decimal(20)},
    said=(
        Said(
            41,
            "kel-tanobato/0",
            "objection",
            "Penagihan PBB-P2 ada pada BPKAD; kelurahan hanya mengantar surat. Bobot 20 terlalu "
            "berat bagi kecamatan.",
            field="proposed_weight_percent",
            answer=Answer(
                35,
                "not_adopted",
                "Mengantar surat dan mengingatkan warga tetap berpengaruh; bobotnya diputuskan "
                "saat set disusun.",
            ),
        ),
    ),
    frozen=33,
    vote=Vote(32, approve=2, reject=3, abstain=1),
    ruling=Ruling(
        20,
        "return",
        "Suara terbanyak tidak setuju. Perbaiki pembilangnya supaya hanya memuat surat yang "
        "menjadi tugas kecamatan, lalu ajukan kembali.",
    ),
)

DISCIPLINE = Tale(
    code="BKP-05",
    who="bkpsdm/2",
    starts=52,
    submitted=51,
    fields={"proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            49,
            "bkpsdm/3",
            "gaming_risk",
            "Cara termudah menurunkan angka ini adalah tidak memproses pelanggaran. Indikator yang "
            "menghukum kejujuran sebaiknya tidak dipakai.",
            answer=Answer(
                42,
                "not_adopted",
                "Akan dipasangkan dengan jumlah laporan yang ditindaklanjuti.",
            ),
        ),
        Said(
            48,
            "auditor",
            "question",
            "Apakah pelanggaran yang ditemukan Inspektorat dihitung pada tahun kejadian atau tahun "
            "keputusan?",
            field="definition",
            answer=Answer(41, "not_adopted", "Tahun keputusan, sebagaimana tertulis di rumus."),
        ),
    ),
    frozen=39,
    vote=Vote(38, approve=1, reject=4, abstain=0),
    ruling=Ruling(
        26,
        "reject",
        "Pemilih menolak dan alasannya kuat: angka yang turun dapat berarti pelanggaran tidak "
        "diproses. Usulkan ukuran tindak lanjut laporan sebagai gantinya.",
    ),
)

MERIT = Tale(code="BKP-02", who="bkpsdm/4", starts=3)

REPORTS_ON_TIME = Tale(
    code="INS-05",
    who="inspektorat/2",
    starts=30,
    submitted=28,
    said=(
        Said(
            27,
            "bag-organisasi/2",
            "question",
            "Apakah terlambat karena dokumen OPD belum masuk juga dihitung?",
            field="formula",
        ),
    ),
    withdrawn=24,
    reason="Setelah berdiskusi dengan rekan, jadwal LHE lebih tepat diatur dalam PKPT daripada "
    "dijadikan indikator.",
)

UNDERSTANDING = Tale(
    code="SET-03",
    who="bag-organisasi/2",
    starts=9,
    submitted=8,
    fields={"proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            7,
            "author",
            "question",
            "Bagaimana bila seseorang berkata “memahami” hanya supaya acaranya cepat selesai?",
            field="validity",
            replies=(
                Reply(
                    6,
                    "bag-organisasi/2",
                    "Pernyataan tidak memakai nama, dan pertanyaan yang belum terjawab dicatat per "
                    "indikator. Yang belum paham tidak dirugikan.",
                ),
            ),
        ),
        Said(
            5,
            "diskominfo/1",
            "suggestion",
            "Tambahkan satu pertanyaan hitung: “bila realisasi 90, berapa nilainya?” Jawabannya "
            "lebih jujur daripada pernyataan.",
            field="data_source",
        ),
    ),
)

AGENCY_TALES = (
    TEACHERS_TRAINING,
    CLASSROOMS,
    PRESCHOOLS,
    PROCESSING_TIME,
    ON_TIME,
    DIGITAL_IDENTITY,
    SLUMS,
    BUILDING_PERMITS,
    MEETING_PROPOSALS,
    LAND_TAX,
    DISCIPLINE,
    MERIT,
    REPORTS_ON_TIME,
    UNDERSTANDING,
)
