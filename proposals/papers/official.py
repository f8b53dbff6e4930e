"""How the office writes names, ranks and letterheads.

Source: DOMAIN 5.5 (Permendagri 1/2023, Pasal 44), 1.3 (golongan).
"""

import re
import unicodedata

from people.models import Person, Unit

BLANK = "…" * 12  # filled in by hand

_STEPS = {
    "I": ("Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I"),
    "II": ("Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I"),
    "III": ("Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I"),
    "IV": (
        "Pembina",
        "Pembina Tingkat I",
        "Pembina Utama Muda",
        "Pembina Utama Madya",
        "Pembina Utama",
    ),
}
RANKS = {
    f"{group}/{letter}": rank
    for group, ranks in _STEPS.items()
    for letter, rank in zip("abcde", ranks, strict=False)
}

_UNPRINTED = {"Cc", "Cs", "Cn", "Co"}
_TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}

# Degrees that are written before a name; those behind it follow a comma.
_BEFORE = re.compile(r"^(?:(?:prof|dr|drg|drh|drs|dra|ir|apt|ns|bdn)\.?\s+)+", re.IGNORECASE)


def rank_words(grade: str) -> str:
    """`Penata Muda (III/a)` of a PNS; of a PPPK, who has no rank, the grade alone."""
    return f"{RANKS[grade]} ({grade})" if grade in RANKS else grade


def name_without_titles(name: str) -> str:
    """A name as papers that determine something carry it: without academic degrees.

    `dr. Hj. Nur Siregar, M.Kes.` becomes `Hj. Nur Siregar`: what is not academic stays.
    """
    return _BEFORE.sub("", name.split(",")[0].strip()) or name


def printable(text: str) -> str:
    """A text that any document can hold, and that stands in it as it is read.

    Without control characters, line ends excepted, and without those that turn the direction of
    what follows.
    """
    return "".join(
        letter
        for letter in text.replace("\r\n", "\n").replace("\r", "\n")
        if letter == "\n" or not (letter in _TURNING or unicodedata.category(letter) in _UNPRINTED)
    )


def lineage(unit: Unit) -> list[Unit]:
    """The units from the city down to one. One query."""
    return list(Unit.objects.all().ancestors(unit, include_self=True))


def letterhead(units: list[Unit]) -> list[str]:
    """The lines of a kop, from a unit's lineage: government of the city, agency, unit."""
    city, *below = units
    return [f"Pemerintah {city.name}".upper(), *(unit.name.upper() for unit in below)]


def seat(units: list[Unit]) -> str:
    """Where papers are signed: the city, without the word for it."""
    return units[0].name.removeprefix("Kota ")


def office_of(person: Person, unit: Unit) -> str:
    """The office in which a head signs: the position, with its unit where it names none."""
    position = person.position
    return f"{position} {unit.name}" if position.casefold() in {"kepala", "ketua"} else position
