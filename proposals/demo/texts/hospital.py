"""Tales of the hospital."""

from decimal import Decimal

from proposals.demo.texts.tale import Answer, Reply, Rewrite, Said, Tale, Vote

HAND_HYGIENE = Tale(
    code="RSU-06",
    who="rsud/2",
    coauthor="rsud/3",
    starts=28,
    submitted=26,
    fields={"proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            25,
            "rsud/4",
            "gaming_risk",
            "Bila petugas tahu sedang diamati, kepatuhan naik hanya saat itu. Pengamatan sebaiknya "
            "tanpa pemberitahuan dan bergilir antarunit.",
            field="data_source",
            answer=Answer(20, "adopted", revision=2),
        ),
        Said(
            24,
            "rsud/6",
            "question",
            "Apakah petugas farmasi yang tidak menyentuh pasien ikut diukur?",
            field="applies_to",
            answer=Answer(
                19,
                "not_adopted",
                "Yang diamati lima momen kebersihan tangan; petugas tanpa kontak pasien tidak "
                "mempunyai peluang yang dihitung.",
            ),
        ),
    ),
    rewrites=(
        Rewrite(
            21,
            "Cara pengamatan dipertegas.",
            {
                "data_source": "Observasi PPI tanpa pemberitahuan, bergilir antarunit, paling "
                "sedikit 200 peluang setiap bulan.",
            },
        ),
    ),
    frozen=4,
    vote=Vote(1, approve=2, reject=0, abstain=1),
)

POSTPONED_SURGERY = Tale(
    code="RSU-07",
    who="rsud/1",
    starts=27,
    submitted=25,
    fields={"proposed_weight_percent": Decimal(10)},
    said=(
        Said(
            23,
            "rsud/2",
            "objection",
            "Penundaan karena keadaan pasien berubah (demam, tekanan darah tinggi) bukan kesalahan "
            "tim. Jangan sampai tim terdorong memaksakan operasi demi angka.",
            field="numerator",
            answer=Answer(18, "adopted", revision=2),
        ),
        Said(
            22,
            "rsud/2",
            "gaming_risk",
            "Jadwal dapat dimundurkan pada pagi harinya, sehingga operasi yang terlambat tampak "
            "tepat waktu.",
            field="data_source",
            answer=Answer(
                18,
                "not_adopted",
                "Jadwal dikunci pukul 16.00 hari sebelumnya; perubahan sesudahnya tercatat dan "
                "tetap dihitung tertunda.",
            ),
        ),
    ),
    rewrites=(
        Rewrite(
            19,
            "Penundaan atas alasan medis dikeluarkan dari hitungan.",
            {
                "numerator": "Operasi elektif yang tertunda lebih dari 1 jam tanpa alasan medis "
                "yang tercatat",
            },
        ),
    ),
    frozen=4,
    beside="RSU-06",
)

WAITING_TIME = Tale(
    code="RSU-05",
    who="rsud/5",
    starts=15,
    submitted=13,
    said=(
        Said(
            12,
            "rsud/3",
            "objection",
            "Waktu tunggu dihitung sejak pasien mendaftar, padahal banyak pasien datang dua jam "
            "sebelum dokter mulai. Petugas poliklinik akan dinilai atas hal yang tidak mereka "
            "atur.",
            field="formula",
            replies=(
                Reply(
                    11,
                    "rsud/5",
                    "Pedoman INM memang menghitung sejak mendaftar. Saya sedang membandingkan data "
                    "SIMRS bila dihitung sejak jam praktik; hasilnya saya tempel di sini minggu "
                    "ini.",
                ),
                Reply(10, "rsud/3", "Terima kasih, dengan data kita bisa bicara lebih tenang."),
            ),
        ),
        Said(
            9,
            "author",
            "suggestion",
            "Dari sisi puskesmas: pasien rujukan kami sering menunggu karena berkas rujukan belum "
            "terbaca. Barangkali perlu dibedakan pasien rujukan dan pasien umum.",
            field="denominator",
            wording="Seluruh pasien rawat jalan; pasien rujukan dihitung terpisah",
        ),
    ),
)

HOSPITAL_TALES = (
    HAND_HYGIENE,
    POSTPONED_SURGERY,
    WAITING_TIME,
)
