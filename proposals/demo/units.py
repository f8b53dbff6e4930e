"""The units of Padangsidimpuan as far as they are known.

Known: the kinds of units, the six districts, and the offices that this app names. Assumed, until
the city gives its own list: which bagian, bidang, puskesmas, schools and kelurahan there are.
Puskesmas Latihan and the schools are invented.
"""

from people.models import Unit

TRAINING_UNIT = "puskesmas-latihan"
VACANT = "puskesmas-hutaimbaru"  # without a head, until somebody acts for it (story.py)

_CITY, _AGENCY, _DIVISION = Unit.Kind.CITY, Unit.Kind.AGENCY, Unit.Kind.DIVISION
_SERVICE, _DISTRICT, _VILLAGE = Unit.Kind.SERVICE, Unit.Kind.DISTRICT, Unit.Kind.VILLAGE

# Code, name, kind, code of the unit above; every unit stands after the one above it.
UNITS: tuple[tuple[str, str, str, str], ...] = (
    ("kota", "Kota Padangsidimpuan", _CITY, ""),
    ("setda", "Sekretariat Daerah", _AGENCY, "kota"),
    ("bag-organisasi", "Bagian Organisasi", _DIVISION, "setda"),
    ("bag-pemerintahan", "Bagian Pemerintahan", _DIVISION, "setda"),
    ("bag-hukum", "Bagian Hukum", _DIVISION, "setda"),
    ("bag-umum", "Bagian Umum", _DIVISION, "setda"),
    ("setwan", "Sekretariat DPRD", _AGENCY, "kota"),
    ("inspektorat", "Inspektorat", _AGENCY, "kota"),
    ("dinkes", "Dinas Kesehatan", _AGENCY, "kota"),
    ("dinkes-kesmas", "Bidang Kesehatan Masyarakat", _DIVISION, "dinkes"),
    ("dinkes-p2p", "Bidang Pencegahan dan Pengendalian Penyakit", _DIVISION, "dinkes"),
    (TRAINING_UNIT, "Puskesmas Latihan", _SERVICE, "dinkes"),
    ("puskesmas-sadabuan", "Puskesmas Sadabuan", _SERVICE, "dinkes"),
    ("puskesmas-batunadua", "Puskesmas Batunadua", _SERVICE, "dinkes"),
    ("puskesmas-padangmatinggi", "Puskesmas Padangmatinggi", _SERVICE, "dinkes"),
    ("puskesmas-hutaimbaru", "Puskesmas Hutaimbaru", _SERVICE, "dinkes"),
    ("puskesmas-pijorkoling", "Puskesmas Pijorkoling", _SERVICE, "dinkes"),
    ("rsud", "RSUD Kota Padangsidimpuan", _SERVICE, "dinkes"),
    ("disdik", "Dinas Pendidikan", _AGENCY, "kota"),
    ("disdik-gtk", "Bidang Guru dan Tenaga Kependidikan", _DIVISION, "disdik"),
    ("sdn-contoh-1", "SD Negeri Contoh 1", _SERVICE, "disdik"),
    ("sdn-contoh-2", "SD Negeri Contoh 2", _SERVICE, "disdik"),
    ("smpn-contoh-1", "SMP Negeri Contoh 1", _SERVICE, "disdik"),
    ("smpn-contoh-2", "SMP Negeri Contoh 2", _SERVICE, "disdik"),
    ("disdukcapil", "Dinas Kependudukan dan Pencatatan Sipil", _AGENCY, "kota"),
    ("disdukcapil-dafduk", "Bidang Pelayanan Pendaftaran Penduduk", _DIVISION, "disdukcapil"),
    ("disdukcapil-capil", "Bidang Pelayanan Pencatatan Sipil", _DIVISION, "disdukcapil"),
    ("pupr", "Dinas Pekerjaan Umum dan Penataan Ruang", _AGENCY, "kota"),
    ("pupr-binamarga", "Bidang Bina Marga", _DIVISION, "pupr"),
    ("pupr-ciptakarya", "Bidang Cipta Karya", _DIVISION, "pupr"),
    ("diskominfo", "Dinas Komunikasi dan Informatika", _AGENCY, "kota"),
    ("dinsos", "Dinas Sosial", _AGENCY, "kota"),
    ("dlh", "Dinas Lingkungan Hidup", _AGENCY, "kota"),
    ("dpmptsp", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", _AGENCY, "kota"),
    ("bappeda", "Badan Perencanaan Pembangunan Daerah", _AGENCY, "kota"),
    ("bkpsdm", "Badan Kepegawaian dan Pengembangan SDM", _AGENCY, "kota"),
    ("bpkad", "Badan Pengelolaan Keuangan dan Aset Daerah", _AGENCY, "kota"),
    ("kec-utara", "Kecamatan Padangsidimpuan Utara", _DISTRICT, "kota"),
    ("kel-wek-1", "Kelurahan Wek I", _VILLAGE, "kec-utara"),
    ("kel-tanobato", "Kelurahan Tano Bato", _VILLAGE, "kec-utara"),
    ("kec-selatan", "Kecamatan Padangsidimpuan Selatan", _DISTRICT, "kota"),
    ("kel-wek-5", "Kelurahan Wek V", _VILLAGE, "kec-selatan"),
    ("kel-sitamiang", "Kelurahan Sitamiang", _VILLAGE, "kec-selatan"),
    ("kec-batunadua", "Kecamatan Padangsidimpuan Batunadua", _DISTRICT, "kota"),
    ("kel-batunadua-jae", "Kelurahan Batunadua Jae", _VILLAGE, "kec-batunadua"),
    ("kec-hutaimbaru", "Kecamatan Padangsidimpuan Hutaimbaru", _DISTRICT, "kota"),
    ("kel-hutaimbaru", "Kelurahan Hutaimbaru", _VILLAGE, "kec-hutaimbaru"),
    ("kec-tenggara", "Kecamatan Padangsidimpuan Tenggara", _DISTRICT, "kota"),
    ("kel-pijorkoling", "Kelurahan Pijorkoling", _VILLAGE, "kec-tenggara"),
    ("kec-angkolajulu", "Kecamatan Padangsidimpuan Angkola Julu", _DISTRICT, "kota"),
)
PUSKESMAS = tuple(code for code, *_rest in UNITS if code.startswith("puskesmas-"))
DISTRICTS = tuple(code for code, _name, kind, _above in UNITS if kind == _DISTRICT)
