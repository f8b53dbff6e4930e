"""Plain builders: each makes one valid thing, everything else by keyword.

`build_cast` makes the one cast of the tests, the permission matrix and the crawler.
NIPs are synthetic: their serial is 99x, which no real person holds.
"""

import itertools
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from people.models import Appointment, Holiday, Person, Unit

PASSWORD = "martahi-demo"
SINCE = date(2025, 1, 1)

_serial = itertools.count()


def synthetic_nip() -> str:
    """A valid NIP of a PNS that no other call has given: the birth date counts up."""
    number = next(_serial)
    born_on = date(1970, 1, 1) + timedelta(days=number // 10)
    return f"{born_on:%Y%m%d}1995011{990 + number % 10}"


def build_unit(
    code: str,
    *,
    name: str = "",
    kind: str = Unit.Kind.SERVICE,
    parent: Unit | None = None,
    **others: Any,
) -> Unit:
    return Unit.objects.create(
        code=code, name=name or f"Unit {code}", kind=kind, parent=parent, **others
    )


def build_person(*, unit: Unit, nip: str = "", **others: Any) -> Person:
    nip = nip or synthetic_nip()
    fields = {
        "name": f"Pegawai {nip[-3:]}",
        "position": "Pengelola Program",
        "position_family": Person.Family.STAFF,
        "grade": "III/a",
    } | others
    return Person.objects.create_user(nip, PASSWORD, unit=unit, **fields)


def build_appointment(
    person: Person,
    role: str,
    *,
    unit: Unit | None = None,
    starts_on: date = SINCE,
    **others: Any,
) -> Appointment:
    return Appointment.objects.create(
        person=person, role=role, unit=unit or person.unit, starts_on=starts_on, **others
    )


def build_holiday(
    year: int, *, month: int = 1, day: int = 1, name: str = "Tahun Baru Masehi", **others: Any
) -> Holiday:
    fields = {"kind": Holiday.Kind.NATIONAL} | others
    return Holiday.objects.create(day=date(year, month, day), name=name, **fields)


@dataclass(frozen=True)
class Units:
    """The small unit tree of the tests; indented units stand below the one before."""

    city: Unit  # kota
    agency: Unit  # - dinkes
    unit: Unit  # - - puskesmas-latihan
    other_unit: Unit  # - disdik
    secretariat: Unit  # - setda
    organization: Unit  # - - bag-organisasi
    inspectorate: Unit  # - inspektorat
    personnel: Unit  # - bkpsdm


def build_units() -> Units:
    kind = Unit.Kind
    city = build_unit("kota", name="Kota Contoh", kind=kind.CITY)
    agency = build_unit("dinkes", name="Dinas Kesehatan", kind=kind.AGENCY, parent=city)
    secretariat = build_unit("setda", name="Sekretariat Daerah", kind=kind.AGENCY, parent=city)
    return Units(
        city=city,
        agency=agency,
        unit=build_unit(
            "puskesmas-latihan", name="Puskesmas Latihan", kind=kind.SERVICE, parent=agency
        ),
        other_unit=build_unit("disdik", name="Dinas Pendidikan", kind=kind.AGENCY, parent=city),
        secretariat=secretariat,
        organization=build_unit(
            "bag-organisasi", name="Bagian Organisasi", kind=kind.DIVISION, parent=secretariat
        ),
        inspectorate=build_unit("inspektorat", name="Inspektorat", kind=kind.AGENCY, parent=city),
        personnel=build_unit("bkpsdm", name="BKPSDM", kind=kind.AGENCY, parent=city),
    )


@dataclass(frozen=True)
class Cast:
    """Everyone who plays a part. A visitor is nobody: not signed in."""

    outsider: Person  # staff of another unit
    author: Person
    coauthor: Person
    elector: Person  # on the roll, a contract employee (PPPK)
    head: Person
    former_acting_head: Person  # was Plt. head of the unit; the term is over
    superior_head: Person
    facilitator: Person
    publisher: Person
    auditor: Person
    administrator: Person
    deactivated: Person  # left the service, was the author's colleague
    moved: Person  # was the author's colleague, works in another unit now

    def everyone(self) -> dict[str, Person]:
        """The people by the name of their part."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def build_cast(units: Units, *, today: date) -> Cast:
    """The cast on `today`; the demo accounts of DESIGN 4.1 keep their NIPs."""
    family, role = Person.Family, Appointment.Role
    cast = Cast(
        outsider=build_person(
            nip="198801152012041995",
            unit=units.other_unit,
            name="Luar Contoh",
            position="Guru Ahli Muda",
            position_family=family.TEACHER,
        ),
        author=build_person(
            nip="199207232019032994",
            unit=units.unit,
            name="Penulis Contoh",
            position="Perawat Ahli Pertama",
            position_family=family.HEALTH,
        ),
        coauthor=build_person(
            nip="199106112018012994",
            unit=units.unit,
            name="Pendamping Contoh",
            position="Bidan Terampil",
            position_family=family.HEALTH,
        ),
        elector=build_person(
            nip="199012312023211993",
            unit=units.unit,
            name="Pemilih Contoh",
            position="Sanitarian Terampil",
            position_family=family.HEALTH,
            grade="VII",
        ),
        head=build_person(
            nip="197908142005011992",
            unit=units.unit,
            name="Kepala Contoh",
            position="Kepala Puskesmas Latihan",
            position_family=family.MANAGER,
            grade="III/d",
        ),
        former_acting_head=build_person(
            nip="198205052008011993",
            unit=units.unit,
            name="Mantan Contoh",
            position="Apoteker Ahli Muda",
            position_family=family.HEALTH,
        ),
        superior_head=build_person(
            nip="197503152000121991",
            unit=units.agency,
            name="Atasan Contoh",
            position="Kepala Dinas Kesehatan",
            position_family=family.MANAGER,
            grade="IV/b",
        ),
        facilitator=build_person(
            nip="198503152010011991",
            unit=units.organization,
            name="Fasilitator Contoh",
            position="Analis Kebijakan Ahli Muda",
            position_family=family.OTHER_EXPERT,
        ),
        publisher=build_person(
            nip="197702092003122993",
            unit=units.organization,
            name="Penerbit Contoh",
            position="Kepala Bagian Organisasi",
            position_family=family.MANAGER,
            grade="IV/a",
        ),
        auditor=build_person(
            nip="198109092006042996",
            unit=units.inspectorate,
            name="Auditor Contoh",
            position="Auditor Ahli Muda",
            position_family=family.OTHER_EXPERT,
        ),
        administrator=build_person(
            nip="198406172009012997",
            unit=units.personnel,
            name="Administrator Contoh",
            position="Analis SDM Aparatur Ahli Muda",
            position_family=family.OTHER_EXPERT,
        ),
        deactivated=build_person(
            nip="196801011990031995", unit=units.unit, name="Pensiunan Contoh", is_active=False
        ),
        moved=build_person(nip="198702022011012996", unit=units.other_unit, name="Pindah Contoh"),
    )
    build_appointment(cast.head, role.HEAD)
    build_appointment(
        cast.former_acting_head, role.HEAD, standing=Appointment.Standing.PLT, ends_on=today
    )
    build_appointment(cast.superior_head, role.HEAD)
    build_appointment(cast.facilitator, role.FACILITATOR)
    build_appointment(cast.publisher, role.PUBLISHER)
    build_appointment(cast.publisher, role.HEAD)
    build_appointment(cast.auditor, role.AUDITOR)
    build_appointment(cast.administrator, role.ADMINISTRATOR)
    return cast
