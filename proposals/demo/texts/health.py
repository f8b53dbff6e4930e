"""Tales of Dinas Kesehatan and its puskesmas."""

from decimal import Decimal

from proposals.demo.texts.tale import (
    Answer,
    Objected,
    Reply,
    Reviewed,
    Rewrite,
    Ruling,
    Said,
    Tale,
    Vote,
)

IMMUNISATION = Tale(
    code="KES-01",
    who="dinkes/1",
    coauthor="puskesmas-sadabuan/2",
    starts=74,
    submitted=72,
    fields={"target": Decimal(98), "targets": {}, "proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            71,
            "author",
            "objection",
            "Saya perawat yang turun ke posyandu setiap minggu. Target 98 persen terasa jauh dari "
            "keadaan kami: tahun lalu tercapai 88,4 persen, dan sebagian orang tua masih menunda "
            "karena khawatir anaknya demam. Bila target dipasang terlalu tinggi, yang terjadi "
            "bukan lebih banyak bayi terlindungi, melainkan kami merasa gagal sejak awal tahun. "
            "Mohon target bertahap, dan mohon angka per triwulan agar kami tahu posisi kami.",
            field="target",
            replies=(
                Reply(
                    70,
                    "dinkes/1",
                    "Terima kasih, ini masukan yang saya tunggu dari lapangan. Target nasional "
                    "memang tinggi, tetapi saya sependapat bahwa lompatan hampir sepuluh poin "
                    "dalam setahun tidak wajar. Saya siapkan revisi dengan target 95 dan pembagian "
                    "per triwulan.",
                ),
                Reply(69, "author", "Angka 95 dengan tahapan triwulan dapat kami kejar bersama."),
            ),
            answer=Answer(66, "adopted", revision=2),
        ),
        Said(
            71,
            "puskesmas-batunadua/1",
            "question",
            "Bayi yang pindah domisili sebelum imunisasinya lengkap dihitung di mana? Di wilayah "
            "kami banyak keluarga yang berpindah mengikuti pekerjaan.",
            field="definition",
            answer=Answer(
                65,
                "adopted",
                revision=3,
            ),
        ),
        Said(
            70,
            "puskesmas-padangmatinggi/1",
            "gaming_risk",
            "Ada risiko: petugas mencatat “lengkap” berdasarkan pengakuan orang tua tanpa melihat "
            "buku KIA, supaya angkanya naik. Sebaiknya sumber datanya tegas.",
            field="data_source",
            answer=Answer(65, "adopted", revision=3),
        ),
        Said(
            69,
            "puskesmas-latihan/3",
            "support",
            "Indikator ini mengukur hasil, bukan sekadar kegiatan. Saya mendukung.",
        ),
        Said(
            68,
            "puskesmas-pijorkoling/2",
            "objection",
            "Bobot 10 terlalu kecil dibanding pentingnya. Usul 15.",
            field="proposed_weight_percent",
            answer=Answer(65, "adopted", revision=3),
        ),
        Said(
            67,
            "rsud/2",
            "question",
            "Apakah bayi yang diimunisasi di RSUD ikut dihitung oleh puskesmas domisilinya?",
            field="formula",
            answer=Answer(
                64,
                "not_adopted",
                "Sudah tercakup: ASIK mencatat menurut domisili, di mana pun imunisasi diberikan.",
                who="superior",
            ),
        ),
    ),
    rewrites=(
        Rewrite(
            67,
            "Target diturunkan dan dibagi per triwulan setelah keberatan dari puskesmas.",
            {
                "target": Decimal(95),
                "targets": {"TW1": "22", "TW2": "46", "TW3": "70", "TW4": "95"},
            },
        ),
        Rewrite(
            66,
            "Definisi domisili dan sumber data dipertegas; bobot dinaikkan sesuai saran.",
            {
                "definition": "Bayi usia 0–11 bulan yang berdomisili di wilayah kerja pada akhir "
                "periode dan telah menerima seluruh imunisasi dasar menurut jadwal. Bayi yang "
                "pindah dihitung di puskesmas domisili terakhirnya.",
                "data_source": "ASIK/PWS imunisasi puskesmas, dicocokkan dengan buku KIA; "
                "pengakuan tanpa catatan tidak dihitung.",
                "proposed_weight_percent": Decimal(15),
            },
        ),
    ),
    frozen=62,
    vote=Vote(61, approve=21, reject=3, abstain=2),
    objected=Objected(
        57,
        "puskesmas-sadabuan/1",
        "Pemberitahuan pemungutan suara baru saya terima pada hari kedua karena jaringan di "
        "puskesmas pembantu terputus. Mohon dipastikan waktunya cukup bagi yang bertugas luar.",
        answered_on=56,
        answer="Pemungutan suara dibuka tiga hari penuh dan penyanggah sempat memilih; tata cara "
        "terpenuhi. Pemberitahuan lewat papan pengumuman ditambahkan untuk putaran berikutnya.",
    ),
    ruling=Ruling(
        48,
        "adopt",
        "Didukung sebagian besar pemilih. Target 95 persen dengan tahapan triwulan menjawab "
        "keberatan dari puskesmas, dan sumber datanya dapat diperiksa.",
    ),
)

COUNSELLING = Tale(
    code="KES-12",
    who="dinkes/2",
    starts=20,
    submitted=18,
    fields={"proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            17,
            "puskesmas-latihan/4",
            "gaming_risk",
            "Yang dihitung jumlah kegiatan. Satu penyuluhan besar bisa dipecah menjadi empat "
            "pertemuan kecil lima belas menit, dan angkanya empat. Mungkin perlu syarat lama "
            "kegiatan dan jumlah peserta.",
            field="definition",
            replies=(
                Reply(
                    16,
                    "dinkes/2",
                    "Betul. Saya tambahkan syarat paling sedikit 30 menit dan 10 peserta dengan "
                    "daftar hadir.",
                ),
            ),
            answer=Answer(14, "adopted", revision=2),
        ),
        Said(
            16,
            "author",
            "question",
            "Apakah penyuluhan saat kunjungan rumah ikut dihitung? Di wilayah kami justru "
            "kunjungan rumah yang paling mengubah kebiasaan keluarga.",
            field="definition",
            replies=(
                Reply(
                    15,
                    "puskesmas-batunadua/2",
                    "Kami juga menunggu jawaban ini; kunjungan rumah menyita separuh waktu bidan.",
                ),
            ),
        ),
        Said(
            13,
            "puskesmas-sadabuan/0",
            "question",
            "Bagaimana bila ditambah ukuran pemahaman peserta, misalnya tiga pertanyaan sebelum "
            "dan sesudah? Jumlah kegiatan saja belum menunjukkan manfaat.",
            field="validity",
        ),
        Said(
            12,
            "colleague",
            "support",
            "Dengan syarat daftar hadir, kerja kami di posyandu jadi terlihat. Setuju.",
        ),
    ),
    rewrites=(
        Rewrite(
            15,
            "Syarat lama kegiatan dan jumlah peserta ditambahkan agar tidak mudah diakali.",
            {
                "definition": "Kegiatan penyuluhan kesehatan kepada warga yang berlangsung paling "
                "sedikit 30 menit, dihadiri paling sedikit 10 peserta dengan daftar hadir, dan "
                "dicatat dalam laporan promosi kesehatan.",
            },
        ),
    ),
    reviews=(
        Reviewed(
            14,
            "puskesmas-sadabuan/0",
            no={
                "smart_improved": "Jumlah kegiatan dapat naik tanpa satu orang pun lebih paham.",
            },
        ),
        Reviewed(
            13,
            "colleague",
            not_sure={"realistic": "Tergantung jumlah petugas promosi kesehatan tahun depan."},
        ),
        Reviewed(
            12,
            "puskesmas-latihan/4",
            no={
                "realistic": "Bagi puskesmas dengan satu petugas, target ini tidak terkejar.",
            },
        ),
    ),
)

ACCREDITATION = Tale(code="KES-13", who="dinkes/2", starts=6)

VILLAGE_IMMUNISATION = Tale(
    code="KES-02",
    who="dinkes/1",
    kind="retire",
    starts=16,
    submitted=15,
    fields={
        "retirement_reason": "UCI desa dan imunisasi dasar lengkap (KES-01) mengukur hal yang "
        "sama. Satu anak yang belum diimunisasi mengurangi nilai puskesmas dua kali."
    },
    said=(
        Said(
            14,
            "puskesmas-batunadua/0",
            "question",
            "Bila UCI dicabut, bagaimana kami melihat kelurahan yang tertinggal? Angka kota bisa "
            "tinggi padahal satu desa jauh di bawah.",
            replies=(
                Reply(
                    13,
                    "dinkes/1",
                    "Sejak KES-01 ditetapkan, keduanya mengukur hal yang sama. Data per kelurahan "
                    "tetap ada di ASIK dan akan ditampilkan, hanya tidak dinilai dua kali.",
                ),
            ),
            answer=Answer(
                11,
                "not_adopted",
                "Rincian per kelurahan tetap dilaporkan lewat KES-01; dua bobot untuk hal yang "
                "sama tidak adil bagi puskesmas.",
            ),
        ),
        Said(
            12,
            "puskesmas-pijorkoling/1",
            "support",
            "Setuju dicabut: selama ini kami mengisi dua laporan untuk imunisasi yang sama.",
        ),
    ),
)

HEALTH_TALES = (
    IMMUNISATION,
    COUNSELLING,
    ACCREDITATION,
    VILLAGE_IMMUNISATION,
)
