"""Words of Indonesian indicator texts that the rules look for, as `reading.plain` writes them."""


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


def _words(text: str) -> list[str]:
    return text.split()


MEASURE_HEADS = frozenset(
    _words(
        "jumlah persentase prosentase presentase rasio angka tingkat indeks rata rerata nilai "
        "cakupan proporsi prevalensi laju skor besaran luas panjang frekuensi insidensi volume"
    )
)

# A percentage of these may exceed 100, or fall below 0.
UNBOUNDED = _phrases(
    "pertumbuhan, perubahan, peningkatan, kenaikan, penurunan, pengurangan, laju, inflasi, "
    "deflasi, rasio, realisasi, capaian, pencapaian, kasar, apk, deviasi, selisih, defisit, "
    "surplus, saldo, neto, bor, occupancy, kemandirian, pengembalian, terhadap target, "
    "terhadap rencana, efisiensi, penerimaan, pendapatan"
)
NEGATIVE = _phrases(
    "pertumbuhan, perubahan, peningkatan, kenaikan, laju, inflasi, deviasi, selisih, surplus, "
    "defisit, saldo, neto, suhu, neraca, penurunan, migrasi, keuntungan, laba"
)

SHORTER_IS_BETTER = _phrases(
    "waktu tunggu, waktu tanggap, response time, respon time, waktu respon, waktu respons, "
    "rata rata waktu, lama waktu, lama proses, lama antrean, lama antrian, lama menunggu, "
    "waktu penyelesaian, waktu penerbitan, waktu proses, lama pelayanan, turn around time, "
    "turnaround time"
)
# In such a name time is saved, or is what is wanted.
SHORTER_UNLESS = _phrases(
    "penurunan, pengurangan, penghematan, percepatan, harapan, sekolah, kerja efektif"
)
LOWER_IS_BETTER = SHORTER_IS_BETTER + _phrases(
    "angka kematian, jumlah kematian, death rate, kasus kematian, persentase kematian, "
    "kematian ibu, kematian bayi, kematian balita, kematian neonatal, case fatality rate, "
    "mortality rate, angka kesakitan, incidence rate, insidensi, insiden keselamatan, "
    "prevalensi, stunting, gizi buruk, gizi kurang, wasting, kemiskinan, penduduk miskin, "
    "pengangguran, putus sekolah, buta aksara, buta huruf, jumlah pengaduan, jumlah keluhan, "
    "jumlah komplain, temuan, pelanggaran, kecelakaan, kebocoran, kehilangan air, "
    "keterlambatan, penundaan, kriminalitas, kejahatan, tindak pidana, korban, gini, "
    "ketimpangan, kumuh, kemacetan, kebakaran, angka kelahiran remaja, penyalahgunaan, "
    "ketidakhadiran, ketidakpatuhan, ketidakpuasan, kerawanan, emisi, pencemaran, perceraian, "
    "pernikahan dini, perkawinan anak, kekerasan, tunggakan, sampah yang tidak, rumah tidak "
    "layak huni, jalan rusak"
)
# Beside such a word it is a deed, a share in time, or a fall that is counted: either way is right.
LOWER_UNLESS = _phrases(
    "ditindaklanjuti, tindak lanjut, diselesaikan, terselesaikan, selesai, penyelesaian, "
    "ditangani, tertangani, penanganan, mendapat, mendapatkan, memperoleh, menerima, "
    "dilayani, terlayani, pelayanan, layanan, penurunan, menurunnya, pengurangan, "
    "berkurangnya, penanggulangan, pengendalian, pencegahan, penemuan, ditemukan, dilaporkan, "
    "pelaporan, ketepatan, tepat, sesuai, kurang dari, maksimal, paling lama, tidak lebih, di "
    "bawah, tanpa, bebas, akta, kepuasan, cakupan, keberhasilan, kesembuhan, sembuh, diobati, "
    "pengobatan, kepatuhan, kepesertaan, rehabilitasi, direhabilitasi, ditata, penataan, "
    "pemulihan, dipulihkan, diperbaiki, dipadamkan, pemadaman, kesiapsiagaan, keselamatan, "
    "dievakuasi, diselamatkan, perlindungan, dilindungi, pendampingan, didampingi, terungkap, "
    "pengungkapan, penertiban, ditertibkan, pengawasan, diawasi, ditekan, dientaskan, "
    "pengentasan, kembali bersekolah, kesetaraan, terbayar, tertagih, penagihan, "
    "diverifikasi, pemeriksaan, diperiksa, skrining, deteksi, berpartisipasi, memenuhi, "
    "pemenuhan, indeks kualitas, skor, terpenuhi, tercapai, turun, menurun, tidak, bantuan, "
    "dibantu, pemberdayaan, diberdayakan, pembinaan, dibina, tanggap darurat, sosialisasi, "
    "penyuluhan, pelatihan, peningkatan kualitas, standar, ditindak, kontrasepsi, kb, "
    "pemakaian, penggunaan, asi, lulus, uji, berkurang, audit, ditempatkan, penempatan, "
    "penegakan, ditegakkan, temuan kasus, kembali, kapasitas, kesiapan, ketahanan, diberi, "
    "diberikan, dinotifikasi, notifikasi, diungkap, mediasi, dimediasi, terjangkau, "
    "dijangkau, ditampung"
)
HIGHER_IS_BETTER = _phrases(
    "kepuasan, kepatuhan, cakupan, ketepatan waktu, ketepatan, tepat waktu, keberhasilan, "
    "kesembuhan, kelulusan, harapan hidup, lama sekolah, pembangunan manusia, terakreditasi, "
    "akreditasi, sesuai standar, kepemilikan, partisipasi, reformasi birokrasi, "
    "profesionalitas, sistem merit, maturitas, kematangan, kapabilitas, literasi, keterbukaan "
    "informasi, inovasi, daya saing, ditindaklanjuti, diselesaikan, kualitas pelayanan, "
    "kualitas layanan, kesadaran, keterisian jabatan"
)
HIGHER_UNLESS = _phrases(
    "tidak, belum, bukan, kurang, tanpa, keluhan, pengaduan, penurunan, gap, selisih, "
    "deviasi, kesenjangan, risiko, keterlambatan, pelanggaran, terlambat, lambat, gagal, "
    "kegagalan, biaya, waktu, rendah, sisa, ketidakpuasan, kasus, ketidakpatuhan, putus, "
    "dicabut, kehilangan, tunggakan, kematian, rata rata hari"
)

VAGUE = _phrases(
    "optimal, memadai, berkualitas, bermutu, efektif, efisien, prima, handal, andal, unggul, "
    "cukup, signifikan, profesional, kondusif, tertib, terbaik, maksimal, layak, mantap, "
    "berdaya saing, berhasil guna, baik, secara berkala, sesuai kebutuhan, "
    "seperlunya, dan lain lain, dan sebagainya, dll, dsb, sejenisnya"
)
# What turns a vague word into a measured one: a norm, a scale, a list of what counts.
CRITERIA = _phrases(
    "standar, pedoman, peraturan, permen, perpres, perda, menurut, berdasarkan, berdasar, "
    "skala, kategori, kriteria, syarat, persyaratan, akreditasi, sk, ambang, batas, baku "
    "mutu, minimal, sekurangnya, paling sedikit, paling lama, sertifikat, predikat, "
    "peringkat, opini, nilai, skor, yaitu, meliputi, didefinisikan, dinyatakan, kerusakan, "
    "undang undang, ketentuan, kualifikasi"
)

# A name that opens so states an objective, not what is measured (SMART-C: measurable).
OBJECTIVE_OPENINGS = frozenset(
    _words(
        "meningkatnya terwujudnya terlaksananya terselenggaranya tersusunnya tercapainya "
        "terpenuhinya menurunnya berkurangnya tersedianya terciptanya optimalnya membaiknya "
        "adanya terbangunnya terjaganya berkembangnya menguatnya terkendalinya meningkatkan "
        "mewujudkan menurunkan melaksanakan menyusun menyelenggarakan mengoptimalkan"
    )
)

# Written instead of a text that is still to come.
PLACEHOLDERS = _phrases(
    "akan dikembangkan, perlu dikembangkan, belum ditentukan, belum ditetapkan, akan "
    "ditentukan, akan diisi, diisi kemudian, menyusul, lorem ipsum, to be determined, tbd, n "
    "a"
)
EMPTY_WORDS = frozenset(
    _phrases(
        "0, x, xx, xxx, tes, test, coba, idem, sama, belum ada, tidak ada, kosong, nihil, na, "
        "none, null, todo, asdf, contoh"
    )
)

# Words before the head of a numerator or denominator.
TOTALS = frozenset(_words("jumlah seluruh total semua banyaknya keseluruhan"))

# Things that may not happen at all in a period of a small unit.
RARE_EVENTS = _phrases(
    "pengaduan, keluhan, komplain, aduan, laporan masyarakat, laporan berkategori, temuan, "
    "pelanggaran, insiden, sengketa, gugatan, perkara, kejadian, kasus, korban, klb, bencana, "
    "kebakaran, kecelakaan, banding, sanggahan"
)
SAYS_OF_ZERO = _phrases(
    "bila tidak ada, jika tidak ada, apabila tidak ada, dalam hal tidak ada, bila nol, jika "
    "nol, apabila nol, bila nihil, jika nihil, apabila nihil, tidak terdapat, penyebut 0, "
    "penyebut nol, bila 0, jika 0, apabila 0, tidak ada kasus"
)

# Who can be asked for a figure, where a source names one.
AGENCIES = _phrases(
    "dinas, badan, kementerian, kemen, bps, bappeda, bappenas, inspektorat, puskesmas, rsud, "
    "rumah sakit, bidang, seksi, bagian, subbag, sekretariat, kantor, bpkp, bpk, bkn, bkpsdm, "
    "bpjs, kecamatan, kelurahan, kemenkes, diskominfo, disdukcapil, dinkes, disdik, polres, "
    "kepolisian, opd, esdm, perangkat daerah, upt, uptd, satpol, komite, lembaga, sekolah, "
    "kemdikbud, universitas, politeknik, perguruan tinggi, unit kerja, pengadilan, kejaksaan, "
    "ban pdm, kemendikdasmen, kemendagri, kemenkeu, petugas, pengelola, bank"
)

# Sources whose figures come at most so often: months between two of them.
SLOW_SOURCES = {
    "susenas": 12,
    "ssgi": 12,
    "sakernas": 6,
    "sensus penduduk": 120,
    "supas": 60,
    "sdki": 60,
    "riskesdas": 60,
    "survei kesehatan indonesia": 60,
    "podes": 36,
    "asesmen nasional": 12,
    "rapor pendidikan": 12,
    "lhe akip": 12,
    "laporan keuangan tahunan": 12,
    "laporan tahunan": 12,
    "survei tahunan": 12,
    "tahunan": 12,
    "setahun sekali": 12,
    "sekali setahun": 12,
    "laporan semesteran": 6,
    "semesteran": 6,
    "per semester": 6,
    "laporan triwulanan": 3,
    "triwulanan": 3,
}

CUMULATIVE = _phrases(
    "kumulatif, sampai dengan, sampai periode, s d, akumulasi, bertahap, progres, kemajuan, "
    "tambahan, penambahan, per periode"
)

# Abbreviations that every civil servant of a city reads as words.
COMMON_ABBREVIATIONS = frozenset(
    _words(
        "SD SMP SMA SMK MI MA TK PAUD ASN PNS PPPK KTP KK RS RSUD RT RW TNI POLRI BPS BPK UMKM "
        "OPD APBD APBN DPRD HIV AIDS TBC USD PT CV IT CCTV BUMD BUMN NIK QR"
    )
)

# Words that follow Kota, Kabupaten, Desa … without naming one.
NOT_A_PLACE = frozenset(
    _words(
        "layak sehat cerdas pintar kreatif tangguh mandiri siaga aktif bersih hijau dalam yang "
        "dengan sesuai dan atau untuk terhadap kumuh inklusif ramah bebas maju berkembang "
        "tertinggal sadar berdaya tanggap inovatif digital pusaka terbaik berketahanan "
        "administrasi wisata adat uci universal odf stop binaan percontohan lokus prioritas pada "
        "di ke dari setara sedang besar kecil se contoh terpadu peduli layanan antikorupsi cantik"
    )
)

UNIT_PERCENT = frozenset(_words("% persen persentase prosentase presentase percent pct"))
UNIT_PER_MILLE = frozenset(_words("‰ permil promil"))
UNIT_TIME = frozenset(
    _words(
        "thn th bln mgg hr detik menit jam hari minggu pekan bulan triwulan semester tahun tanggal"
    )
)
UNIT_MONEY = frozenset(_words("rupiah rp idr usd us$ dolar dollar juta miliar milyar triliun ribu"))
UNIT_SCORE = frozenset(
    _words(
        "indeks index nilai skor poin point level tingkat kategori predikat peringkat opini "
        "bintang skala rasio proporsi grade angka rerata rata koefisien maturitas strata rangking "
        "ranking huruf klasifikasi status kelas"
    )
)
UNIT_PHYSICAL = frozenset(
    _words(
        "km kilometer m meter m² m2 m³ m3 cm mm ha hektare hektar are ton kg kilogram kuintal "
        "kwintal gram mg µg liter l ml kwh mw mwh gwh watt kw kva volt joule gj boe sbm ppm db "
        "derajat celsius °c mbps gbps gb mb tb byte mil knot kalori kkal bar co2 co₂ co2e persegi "
        "kubik setara rit kapita"
    )
)
UNIT_COUNT = frozenset(
    _words(
        "org dok lap keg kel kec kab lbg klp orang jiwa penduduk warga kasus kegiatan dokumen "
        "laporan unit buah paket lembaga kelompok keluarga kk rumah tangga desa kelurahan "
        "kecamatan kabupaten kota provinsi negara sekolah siswa murid mahasiswa guru dosen "
        "peserta pasien bayi balita anak ibu lansia remaja pegawai asn pns pppk opd skpd "
        "perangkat temuan rekomendasi inovasi aplikasi sistem layanan pelayanan permohonan izin "
        "ijin perizinan sertifikat perkara kejadian kali frekuensi berkas arsip naskah peraturan "
        "perda perwal perbup produk lokasi titik ruas kawasan bidang persil kendaraan trayek "
        "koperasi umkm ukm ikm usaha pasar investor proyek wisatawan kunjungan event even atlet "
        "medali cabang penghargaan judul buku eksemplar koleksi oh ojp jp jpl sks sampel spesimen "
        "tes dosis surat keputusan kebijakan strategi rencana rancangan bantuan kelahiran "
        "kematian kh lhp lhe sop mou kerjasama forum rapat sosialisasi pelatihan penyuluhan "
        "angkatan rombel soal menara bts jaringan website situs konten berita publikasi posting "
        "pengunjung ekor batang butir pohon bangunan gedung ruang ruangan kamar tempat tidur "
        "fasilitas sarana prasarana jembatan saluran embung pompa sumur sambungan pelanggan "
        "rekening akun pengguna responden pengaduan aduan keluhan insiden pelanggaran kecelakaan "
        "korban pekerja naker perusahaan kontrak tenaga dokter perawat bidan kader posyandu "
        "puskesmas klinik apotek lulusan tim satuan pos patroli operasi pokja raperda usulan "
        "indikator program subkegiatan data dataset modul video artikel materi galeri pameran "
        "kerja hibah set tanaman benih bibit ternak kapal alat mesin item jenis metadata variabel "
        "kuesioner kajian penelitian jurnal konsultasi tamu halaman transaksi penduduk/km "
        "pensiunan formasi jabatan personel anggota organisasi ormas partai tps pemilih yayasan "
        "panti pksk ppks pmks disabilitas penyandang penerima manfaat kpm akta akte bayi/ibu "
        "baris lembar bundel blok petak kolam keramba kontainer tong bak tps3r bank sampah taman "
        "makam lampu rambu halte terminal parkir bus penumpang penerbangan jemaah umat ibadah "
        "masjid gereja hotel restoran objek destinasi sanggar seniman cagar budaya museum number "
        "person people case cases visit bed"
    )
)
KNOWN_UNITS = (
    UNIT_PERCENT | UNIT_PER_MILLE | UNIT_TIME | UNIT_MONEY | UNIT_SCORE | UNIT_PHYSICAL | UNIT_COUNT
)
# How a figure was computed, not what it counts.
UNIT_STATISTIC = frozenset(_words("rerata rata angka"))
SEPARATE_UNITS = KNOWN_UNITS - UNIT_STATISTIC - {"skala"}
# Said of a thing, never counted: no figure stands before such a word.
UNIT_NOT_MEASURED = frozenset(
    _words(
        "baik optimal tinggi rendah sedang ya tidak ada tercapai terlaksana selesai tertib lancar "
        "meningkat menurun maksimal memadai kualitas kuantitas lainnya"
    )
)
