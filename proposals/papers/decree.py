"""The draft of a *Keputusan* that makes adopted indicators law in a unit.

Source: DOMAIN 5.3 and 5.5 for its parts, 1.1 for the laws that it rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation

from core.dates import WIB, format_date
from indicators.record import FIELDS, content_of, text_of
from people.models import Appointment, Unit
from people.roles import Role
from proposals.models import Decision
from proposals.papers.official import (
    BLANK,
    letterhead,
    lineage,
    name_without_titles,
    office_of,
    printable,
    rank_words,
    seat,
)
from voting.models import Poll
from voting.results import result_of


@dataclass(frozen=True)
class Law:
    """A rule by its rank (1: law, 2: government, 3: president, 4: minister), year and title."""

    rank: int
    year: int
    title: str


# Source: DOMAIN 1.1. Titles as the rules carry them; the office checks them before it signs.
LAWS = (
    Law(1, 2023, "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara"),
    Law(
        2,
        2018,
        "Peraturan Pemerintah Nomor 49 Tahun 2018 tentang Manajemen Pegawai Pemerintah dengan "
        "Perjanjian Kerja",
    ),
    Law(
        2,
        2019,
        "Peraturan Pemerintah Nomor 30 Tahun 2019 tentang Penilaian Kinerja Pegawai Negeri Sipil",
    ),
    Law(
        3,
        2014,
        "Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi "
        "Pemerintah",
    ),
    Law(
        4,
        2007,
        "Peraturan Menteri Negara Pendayagunaan Aparatur Negara Nomor PER/09/M.PAN/5/2007 tentang "
        "Pedoman Umum Penetapan Indikator Kinerja Utama di Lingkungan Instansi Pemerintah",
    ),
    Law(
        4,
        2021,
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 89 Tahun "
        "2021 tentang Penjenjangan Kinerja Instansi Pemerintah",
    ),
    Law(
        4,
        2022,
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 6 Tahun "
        "2022 tentang Pengelolaan Kinerja Pegawai Aparatur Sipil Negara",
    ),
    Law(
        4,
        2023,
        "Peraturan Menteri Dalam Negeri Nomor 1 Tahun 2023 tentang Tata Naskah Dinas di "
        "Lingkungan Pemerintah Daerah",
    ),
)

COLUMNS = ("No", "Kode", "Indikator", "Rumus", "Satuan", "Target", "Periode", "Sumber data")
_SHOWN = ("code", "name", "formula", "unit", "target", "reporting_period", "data_source")
_ORDINALS = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT")


@dataclass(frozen=True)
class Decree:
    """The parts of a keputusan; all texts are plain and safe for any document."""

    letterhead: list[str]
    by: str
    about: str
    considering: list[str]
    recalling: list[str]
    noting: list[str]
    clauses: list[tuple[str, str]]
    place: str
    office: str
    name: str
    rank: str
    rows: list[list[str]]
    copies: list[str]

    @property
    def blank(self) -> str:
        """A place that is filled in by hand: the number, the day, the NIP."""
        return BLANK


def decree_of(poll: Poll, adopted: Sequence[Decision]) -> Decree:
    """The draft over what was adopted after a poll; `adopted` with their versions and entries.

    The NIP stays blank: Martahi shows nobody's but to the administration.
    Raises RuntimeError where nothing was adopted or the poll has no result.
    """
    if not adopted:
        raise RuntimeError("a decree determines something")
    signer, at = adopted[0].decided_by, adopted[0].decided_at.astimezone(WIB).date()
    units = lineage(poll.scope)
    headed = _unit_headed(adopted[0], units)
    upper = units[: units.index(headed) + 1]
    acting = Appointment.objects.in_force(at).of_role(Role.HEAD).filter(person=signer, unit=headed)
    standing = next((one for one in acting if one.standing != "definitive"), None)
    office = office_of(signer, headed) if standing is None else f"Kepala {headed.name}"
    year = adopted[0].entry.proposal.round.year
    about = f"indikator kinerja {poll.scope.name} tahun {year}"
    with translation.override("id"):
        rows = [
            [str(number), *_cells(decision)]
            for number, decision in enumerate(sorted(adopted, key=_code), start=1)
        ]
        considering = _considering(poll, adopted, about)
    return Decree(
        letterhead=[printable(line) for line in letterhead(upper)],
        by=printable(f"Keputusan {office} {units[0].name}".upper()),
        about=printable(about.upper()),
        considering=[printable(text) for text in considering],
        recalling=[law.title for law in sorted(LAWS, key=lambda law: (law.rank, law.year))],
        noting=[
            f"Berita Acara Nomor {BLANK} tanggal {BLANK} tentang pemungutan suara atas "
            f"{printable(poll.title)}"
        ],
        clauses=list(zip(_ORDINALS, _clauses(about), strict=True)),
        place=printable(seat(units)),
        office=printable(
            (f"{standing.get_standing_display()} " if standing else "") + office.upper()
        ),
        name=printable(name_without_titles(signer.name)).upper(),
        rank=printable(rank_words(signer.grade)),
        rows=rows,
        copies=[
            printable(f"{line} {units[0].name}") for line in ("Wali Kota", "Inspektur", "BKPSDM")
        ],
    )


def _unit_headed(decision: Decision, units: list[Unit]) -> Unit:
    """The unit of the lineage that who decided headed then; the scope itself if none is known."""
    on = decision.decided_at.astimezone(WIB).date()
    heads = Appointment.objects.in_force(on).of_role(Role.HEAD).filter(person=decision.decided_by)
    keys = {appointment.unit_id for appointment in heads}
    return next((unit for unit in reversed(units) if unit.pk in keys), units[-1])


def _code(decision: Decision) -> str:
    return decision.version.code if decision.version else ""


def _cells(decision: Decision) -> list[str]:
    """One row of the annex; an indicator that is revoked says so."""
    version = decision.version
    if version is None:
        raise RuntimeError("what was adopted has a version")
    content = content_of(version)
    cells = [printable(text_of(FIELDS[name], content)) for name in _SHOWN]
    if version.retires:
        cells[1] += " (dicabut)"
    return cells


def _considering(poll: Poll, adopted: Sequence[Decision], about: str) -> list[str]:
    result = result_of(poll)
    if result is None or poll.closed_at is None:
        raise RuntimeError("a decree follows a vote")
    passed = {entry.item.pk for entry in result.items if entry.passed}
    against = [decision for decision in adopted if decision.entry.item_id not in passed]
    day = format_date(poll.closed_at.astimezone(WIB).date())
    said = "tidak semuanya disetujui" if against else "disetujui"
    reasons = [
        "bahwa indikator kinerja perlu ditetapkan secara objektif, terukur, akuntabel, "
        "partisipatif, dan transparan",
        f"bahwa berdasarkan hasil musyawarah dan pemungutan suara tanggal {day}, dengan "
        f"{result.turnout} dari {result.electors} pemilih memberikan suara, usulan indikator "
        f"{said} oleh pemilih",
    ]
    reasons += [
        f"bahwa penetapan {_code(decision)} menyimpang dari hasil pemungutan suara dengan alasan: "
        f"{' '.join(decision.reason.split()).rstrip('.')}"
        for decision in against
    ]
    letters = ", ".join(f"huruf {letter}" for letter in "abcdefghijklmnop"[: len(reasons)])
    return [
        *reasons,
        f"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam {letters}, perlu menetapkan "
        f"keputusan tentang {about}",
    ]


def _clauses(about: str) -> list[str]:
    return [
        printable(
            f"Menetapkan {about} sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak "
            "terpisahkan dari Keputusan ini."
        ),
        "Indikator sebagaimana dimaksud dalam Diktum KESATU digunakan dalam perencanaan, "
        "pengukuran, dan pelaporan kinerja.",
        "Perubahan indikator dilakukan melalui musyawarah dengan pegawai yang diukur.",
        "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    ]
