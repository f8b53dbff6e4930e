"""*Daftar hadir* and *notula* of the meeting at which a poll was talked over.

They belong to a meeting and never to a secret vote. The NIP is masked for every reader but the
administrator of BKPSDM, who prints the list for the archive.
Source: DOMAIN 5.5, 5.6.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from core.dates import DAYS, WIB, format_date
from people.models import Person
from proposals.papers.official import letterhead, lineage, printable, rank_words
from voting.models import Elector, Meeting


@dataclass(frozen=True)
class Signer:
    """One line of the list. `is_left`: odd numbers sign on the left, even ones on the right."""

    number: int
    name: str
    nip: str
    rank: str
    position: str
    unit: str

    @property
    def is_left(self) -> bool:
        return self.number % 2 == 1


@dataclass(frozen=True)
class Sheet:
    """What both papers say of the meeting; texts are plain and safe for any document."""

    letterhead: list[str]
    facts: list[tuple[str, str]]
    chair: str
    notulis: str
    signers: list[Signer]
    agenda: str
    notes: SafeString


def sheet_of(meeting: Meeting, *, shows_nip: bool) -> Sheet:
    """Daftar hadir and notula of a meeting: who was there or, before that is kept, who may come.

    A fixed number of queries.
    """
    present = list(_electors(meeting).filter(attendance__is_present=True))
    listed = present or list(_electors(meeting))
    start, end = meeting.held_from.astimezone(WIB), meeting.held_until.astimezone(WIB)
    on = f"{DAYS[start.weekday()]}, {format_date(start.date())}"
    return Sheet(
        letterhead=[printable(line) for line in letterhead(lineage(meeting.poll.scope))],
        facts=[
            ("Hari/tanggal", on),
            ("Waktu", f"{start:%H.%M} sampai {end:%H.%M} WIB"),
            ("Tempat", printable(meeting.place)),
            ("Acara", printable(meeting.poll.title)),
            ("Pimpinan rapat", printable(meeting.chair.name)),
            ("Notulis", printable(meeting.notulis.name)),
            ("Peserta", f"{len(present)} dari {meeting.poll.roll_size} pemilih hadir"),
        ],
        chair=printable(meeting.chair.name),
        notulis=printable(meeting.notulis.name),
        signers=[
            _signer(number, elector.person, shows_nip=shows_nip)
            for number, elector in enumerate(listed, start=1)
        ],
        agenda=printable(meeting.agenda),
        notes=meeting.notes_shown,
    )


def _electors(meeting: Meeting) -> QuerySet[Elector]:
    return meeting.poll.electors.by_name()


def _signer(number: int, person: Person, *, shows_nip: bool) -> Signer:
    return Signer(
        number=number,
        name=printable(person.name),
        nip=person.spaced_nip if shows_nip else person.masked_nip,
        rank=printable(rank_words(person.grade)),
        position=printable(person.position),
        unit=printable(person.unit.name),
    )
