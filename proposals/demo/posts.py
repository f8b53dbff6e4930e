"""The posts of the demo city, and who plays which part in its story."""

from dataclasses import dataclass

from people.models import Person
from proposals.demo.units import TRAINING_UNIT, UNITS, VACANT

_MANAGER, _HEALTH, _TEACHER = Person.Family.MANAGER, Person.Family.HEALTH, Person.Family.TEACHER
_EXPERT, _STAFF = Person.Family.OTHER_EXPERT, Person.Family.STAFF


@dataclass(frozen=True)
class Post:
    """A post in a unit: who sits there is made up, unless `nip` is one of the demo accounts."""

    position: str
    family: str
    grade: str
    nip: str = ""
    presence: str = Person.Presence.PRESENT

    @property
    def is_on_contract(self) -> bool:
        """Whether a PPPK holds it: their grades are Roman numbers without a letter."""
        return "/" not in self.grade


def _head(position: str, grade: str = "III/d", nip: str = "") -> Post:
    return Post(position, _MANAGER, grade, nip)


def _analyst(nip: str = "") -> Post:
    return Post("Analis Kebijakan Ahli Muda", _EXPERT, "III/c", nip)


# The posts of a unit, its head first. Units that are not named get a head alone.
POSTS: dict[str, tuple[Post, ...]] = {
    "kota": (),
    "setda": (_head("Sekretaris Daerah", "IV/d"),),
    "bag-organisasi": (
        _head("Kepala Bagian Organisasi", "IV/a", "197702092003122993"),
        _analyst("198503152010011991"),
        Post("Pengolah Data dan Informasi", _STAFF, "II/c"),
    ),
    "inspektorat": (
        _head("Inspektur", "IV/c"),
        Post("Auditor Ahli Muda", _EXPERT, "III/d", "198109092006042996"),
        Post("Auditor Ahli Pertama", _EXPERT, "III/b"),
    ),
    "dinkes": (
        _head("Kepala Dinas Kesehatan", "IV/b", "197503152000121991"),
        Post("Epidemiolog Kesehatan Ahli Muda", _HEALTH, "III/c"),
        Post("Tenaga Promosi Kesehatan Ahli Pertama", _HEALTH, "III/a"),
    ),
    TRAINING_UNIT: (
        _head("Kepala Puskesmas Latihan", "III/d", "197908142005011992"),
        Post("Perawat Ahli Pertama", _HEALTH, "III/b", "199207232019032994"),
        Post("Perawat Terampil", _HEALTH, "VII", "199012312023211993"),
        Post("Dokter Ahli Pertama", _HEALTH, "III/c"),
        Post("Bidan Ahli Muda", _HEALTH, "III/c"),
        Post("Bidan Terampil", _HEALTH, "VII"),
        Post("Apoteker Ahli Pertama", _HEALTH, "III/b"),
        Post("Nutrisionis Terampil", _HEALTH, "II/c"),
        Post("Sanitarian Terampil", _HEALTH, "II/d"),
        Post("Pranata Laboratorium Kesehatan Terampil", _HEALTH, "VII"),
        Post("Perekam Medis Terampil", _HEALTH, "II/c"),
        Post("Pengelola Keuangan", _STAFF, "II/b"),
    ),
    **{
        code: (
            _head(f"Kepala {name}"),
            Post("Perawat Ahli Pertama", _HEALTH, "III/a"),
            Post("Bidan Terampil", _HEALTH, "VII"),
        )
        for code, name, _kind, _above in UNITS
        if code.startswith("puskesmas-") and code != TRAINING_UNIT
    },
    VACANT: (
        Post("Perawat Ahli Pertama", _HEALTH, "III/a"),
        Post("Bidan Terampil", _HEALTH, "VII", presence=Person.Presence.ON_LEAVE),
    ),
    "rsud": (
        _head("Direktur RSUD", "IV/b"),
        Post("Dokter Spesialis Bedah Ahli Madya", _HEALTH, "IV/a"),
        Post("Perawat Ahli Muda", _HEALTH, "III/c"),
        Post("Perawat Terampil", _HEALTH, "VII"),
        Post("Bidan Ahli Pertama", _HEALTH, "III/b"),
        Post("Perekam Medis Terampil", _HEALTH, "II/d"),
        Post("Apoteker Ahli Pertama", _HEALTH, "IX"),
    ),
    "disdik": (
        _head("Kepala Dinas Pendidikan", "IV/b"),
        Post("Guru Ahli Muda", _TEACHER, "III/d", "198801152012041995"),
        Post("Pengembang Teknologi Pembelajaran Ahli Muda", _EXPERT, "III/c"),
        Post("Analis Sarana Pendidikan", _STAFF, "III/a"),
    ),
    **{
        code: (
            _head(f"Kepala {name}", "IV/a"),
            Post("Guru Ahli Pertama", _TEACHER, "III/b"),
            Post("Guru Ahli Pertama", _TEACHER, "IX"),
        )
        for code, name, _kind, _above in UNITS
        if code.startswith(("sdn-", "smpn-"))
    },
    "disdukcapil": (
        _head("Kepala Dinas Kependudukan dan Pencatatan Sipil", "IV/b"),
        Post("Administrator Database Kependudukan Ahli Muda", _EXPERT, "III/c"),
        Post("Operator Layanan Operasional", _STAFF, "II/c"),
        Post("Pengadministrasi Perkantoran", _STAFF, "V"),
        Post("Analis Kependudukan Ahli Pertama", _EXPERT, "III/a"),
    ),
    "pupr": (
        _head("Kepala Dinas PUPR", "IV/b"),
        Post("Penata Kelola Perumahan Ahli Muda", _EXPERT, "III/c"),
        Post("Pembina Jasa Konstruksi Ahli Pertama", _EXPERT, "III/b"),
        Post("Pengawas Jalan", _STAFF, "II/d"),
        Post("Teknik Pengairan Terampil", _EXPERT, "VII"),
    ),
    "diskominfo": (
        _head("Kepala Dinas Komunikasi dan Informatika", "IV/b"),
        Post("Pranata Komputer Ahli Muda", _EXPERT, "III/c"),
    ),
    "bappeda": (
        _head("Kepala Bappeda", "IV/b"),
        Post("Perencana Ahli Muda", _EXPERT, "III/d"),
    ),
    "bkpsdm": (
        _head("Kepala BKPSDM", "IV/b"),
        Post("Analis SDM Aparatur Ahli Muda", _EXPERT, "III/c", "198406172009012997"),
        Post("Analis SDM Aparatur Ahli Pertama", _EXPERT, "III/a"),
        Post("Asesor SDM Aparatur Ahli Muda", _EXPERT, "III/d"),
        Post("Pranata SDM Aparatur Terampil", _EXPERT, "II/c"),
        Post("Pengolah Data dan Informasi", _STAFF, "VII"),
    ),
    "kec-utara": (
        _head("Camat Padangsidimpuan Utara", "III/d"),
        Post("Penata Pelayanan Umum", _STAFF, "III/b"),
        Post("Pengelola Pajak dan Retribusi", _STAFF, "II/d"),
        Post("Penelaah Teknis Kebijakan", _STAFF, "III/a"),
        Post("Pengadministrasi Perkantoran", _STAFF, "V"),
        Post("Penyuluh Sosial Ahli Pertama", _EXPERT, "IX"),
    ),
}

# Parts in the story by name: unit and place among its posts.
PARTS = {
    "author": (TRAINING_UNIT, 1),
    "colleague": (TRAINING_UNIT, 2),
    "teacher": ("disdik", 1),
    "head": (TRAINING_UNIT, 0),
    "superior": ("dinkes", 0),
    "facilitator": ("bag-organisasi", 1),
    "publisher": ("bag-organisasi", 0),
    "auditor": ("inspektorat", 1),
    "administrator": ("bkpsdm", 1),
}
SMALLEST = sum(len(POSTS[code]) if code in POSTS else 1 for code, *_rest in UNITS)
