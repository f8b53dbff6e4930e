"""Tales of the other agencies and of a district."""

from decimal import Decimal

from proposals.demo.texts.tale import Answer, Reply, Rewrite, Ruling, Said, Tale, Vote

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
        Said(
            32,
            "pupr/2",
            "gaming_risk",
            "Kawasan yang baru diperbaiki jalannya saja dapat dicatat sudah tertangani seluruhnya.",
            field="numerator",
            answer=Answer(
                26,
                "not_adopted",
                "Berita acara verifikasi memeriksa ketujuh aspek kekumuhan; satu aspek yang belum "
                "terpenuhi membuat kawasan belum terhitung.",
            ),
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
            wording="Usulan prioritas kecamatan yang lengkap syaratnya dan masuk dalam RKPD",
            answer=Answer(5, "adopted"),
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
        Said(
            40,
            "kec-utara/1",
            "gaming_risk",
            "Surat dapat dicatat tersampaikan padahal hanya ditinggal di kantor kelurahan.",
            field="data_source",
            answer=Answer(
                36,
                "not_adopted",
                "Yang dihitung hanya surat dengan tanda terima; sepuluh tanda terima dicocokkan "
                "setiap bulan.",
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
            wording="Kuesioner sesudah sosialisasi, dengan satu pertanyaan hitung yang dinilai",
        ),
    ),
)

OFFICE_TALES = (
    SLUMS,
    BUILDING_PERMITS,
    MEETING_PROPOSALS,
    LAND_TAX,
    DISCIPLINE,
    MERIT,
    REPORTS_ON_TIME,
    UNDERSTANDING,
)
