"""The demo city: units of Padangsidimpuan as far as they are known, and people who do not exist.

Known: the kinds of units, the six districts, and who sits where in the offices that this app names.
Assumed, until the city gives its own list: which bagian, bidang, puskesmas, schools and kelurahan
there are, and that the Sekda heads the city where a head of an agency proposes. Puskesmas Latihan
and the schools are invented. Every name ends in a word that no family bears; every NIP has a serial
(99x) that the state has given to nobody.
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from people.actions import appointment_create, person_create, unit_create
from people.models import Appointment, Person, Unit

PASSWORD = "martahi-demo"
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

_WOMEN = (
    *("Siti", "Nur", "Dewi", "Rina", "Maya", "Ratna", "Lestari", "Wulan", "Indah", "Fitri"),
    *("Sari", "Hanna", "Rahma", "Melati", "Kartika", "Yuni", "Aisyah", "Mutiara", "Intan"),
)
_MEN = (
    *("Budi", "Ahmad", "Rizal", "Agus", "Hendra", "Dedi", "Irwan", "Syahrul", "Bayu", "Eko"),
    *("Fajar", "Hasan", "Joko", "Lukman", "Putra", "Rahmat", "Surya", "Taufik", "Yusuf"),
)
_FAMILIES = ("Contoh", "Peraga", "Umpama", "Misalan", "Percobaan", "Simulasi", "Teladan")


@dataclass(frozen=True)
class City:
    """The loaded units by code and people by unit, head first."""

    units: dict[str, Unit]
    people: dict[str, list[Person]]

    def person(self, part: str) -> Person:
        """A person by part (`facilitator`), or by unit and place (`dinkes/1`; 0 is the head)."""
        if "/" in part:
            unit, place = part.split("/")
            return self.people[unit][int(place)]
        code, number = PARTS[part]
        return self.people[code][number]


def city_build(*, size: int, now: datetime) -> City:
    """The units, `size` people with one password, and their appointments; all through actions."""
    units: dict[str, Unit] = {}
    for code, name, kind, above in UNITS:
        units[code] = unit_create(
            actor=None, code=code, name=name, kind=kind, parent=units.get(above), now=now
        )
    names = _names()
    people: dict[str, list[Person]] = {code: [] for code in units}
    for code, post in _posts(size):
        nip, name = next(names) if not post.nip else (post.nip, "")
        if post.is_on_contract and not post.nip:
            nip = f"{nip[:8]}202321{nip[14:]}"
        people[code].append(
            person_create(
                actor=None,
                nip=nip,
                name=name or _account_name(nip),
                unit=units[code],
                position=post.position,
                position_family=post.family,
                grade=post.grade,
                presence=post.presence,
                now=now,
            )
        )
    # One slow hash for all: the password is written in the README.
    Person.objects.update(password=make_password(PASSWORD))
    city = City(units, people)
    _appoint(city, now=now)
    return city


def _posts(size: int) -> Iterator[tuple[str, Post]]:
    """Every post of the city, then clerks for its units in turn, until there are `size`."""
    for code, name, kind, _above in UNITS:
        default = "Lurah" if kind == _VILLAGE else "Camat" if kind == _DISTRICT else "Kepala"
        title = f"{default} {name.split(' ', 1)[1] if default != 'Kepala' else name}"
        for post in POSTS.get(code, (_head(title),)):
            yield code, post
    clerks = [code for code, *_rest in UNITS if code not in ("kota", TRAINING_UNIT)]
    for number in range(size - SMALLEST):
        yield clerks[number % len(clerks)], Post("Pengadministrasi Perkantoran", _STAFF, "II/a")


def _names() -> Iterator[tuple[str, str]]:
    """NIPs of PNS with names that fit their sex; always the same ones, no two alike."""
    chance = random.Random(1277)  # noqa: S311 (the code of the city, not a secret)
    taken: set[str] = set()
    for number in itertools.count():
        born_on = date(1968, 1, 1) + timedelta(days=number * 97 % 9_800)
        since = min(born_on.year + 24 + number % 5, 2022)
        sex = 1 + number % 2
        first = _WOMEN if sex == 2 else _MEN
        name = " ".join([*chance.sample(first, 2), _FAMILIES[number % len(_FAMILIES)]])
        if name not in taken:
            taken.add(name)
            serial = 990 + number // 9_800 % 10
            yield f"{born_on:%Y%m%d}{since}{1 + number % 12:02}{sex}{serial}", name


def _account_name(nip: str) -> str:
    return {
        "197702092003122993": "Ratna Kartika Teladan",
        "198503152010011991": "Fajar Putra Contoh",
        "198109092006042996": "Melati Sari Peraga",
        "197503152000121991": "Hasan Surya Teladan",
        "197908142005011992": "Lukman Rahmat Umpama",
        "199207232019032994": "Nur Aisyah Contoh",
        "199012312023211993": "Bayu Eko Misalan",
        "198801152012041995": "Taufik Irwan Simulasi",
        "198406172009012997": "Dewi Mutiara Percobaan",
    }[nip]


def _appoint(city: City, *, now: datetime) -> None:
    role = Appointment.Role
    since = timezone.localdate(now)
    for code, people in city.people.items():
        if people and code != VACANT:
            appointment_create(
                actor=None,
                person=people[0],
                unit=city.units[code],
                role=role.HEAD,
                starts_on=since,
                now=now,
            )
    # The head of the agencies' heads: the mayor is no civil servant, so the Sekda decides here.
    appointment_create(
        actor=None,
        person=city.person("setda/0"),
        unit=city.units["kota"],
        role=role.HEAD,
        starts_on=since,
        now=now,
    )
    for part, held in (
        ("facilitator", role.FACILITATOR),
        ("publisher", role.PUBLISHER),
        ("auditor", role.AUDITOR),
        ("administrator", role.ADMINISTRATOR),
    ):
        person = city.person(part)
        appointment_create(
            actor=None, person=person, unit=person.unit, role=held, starts_on=since, now=now
        )
