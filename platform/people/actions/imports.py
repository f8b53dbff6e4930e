"""Taking in a roster or a tree of units: all or nothing, and the same file twice changes nothing.

Raised problems name the line of the file. Whoever is not in the file stays as they are.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.canonical import digest
from ledger.actions import event_record
from people.actions.ground import roles_now
from people.actions.passwords import password_issue
from people.actions.persons import person_create, person_move, person_update
from people.actions.units import unit_create, unit_update
from people.models import Person, Unit
from people.nip import parse_nip
from people.roster import Line, Problem, RosterRefused
from people.rules import may_manage_people


@dataclass
class Report:
    """What an import did, line by line; `passwords` are those of the new people, if asked for."""

    outcomes: list[tuple[int, str]] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    passwords: list[tuple[str, str, str]] = field(default_factory=list)  # NIP, name, password

    def counts(self) -> Counter[str]:
        """How many lines had each outcome."""
        return Counter(outcome for _line, outcome in self.outcomes)


@transaction.atomic
def people_import(
    *,
    actor: Person | None,
    lines: Sequence[Line],
    with_passwords: bool = False,
    now: datetime,
) -> Report:
    """The people of a roster, registered, corrected and moved; temporary passwords if asked for.

    Raises Refused unless the actor is administrator, RosterRefused with every problem there is.
    """
    may_manage_people(roles_now(actor, now)).require()
    units = list(Unit.objects.active())
    places = _Places(units)
    known = {person.nip: person for person in Person.objects.with_unit()}
    seen: dict[str, int] = {}
    report = Report()

    def take(line: Line) -> str:
        nip = parse_nip(line.values["nip"], today=timezone.localdate(now))
        if nip.digits in seen:
            raise ValueError(_("NIP ini sudah ada di baris %(line)s.") % {"line": seen[nip.digits]})
        seen[nip.digits] = line.number
        if nip.warning:
            report.warnings.append(Problem(line.number, nip.warning))
        fields = _person_fields(line) | {"nip": nip.digits}
        unit = places.named(line.values["unit"])
        person = known.get(nip.digits)
        if person is None:
            person = person_create(actor=actor, unit=unit, **fields, now=now)
            if with_passwords:
                password = password_issue(actor=actor, person=person, now=now)
                report.passwords.append((person.nip, person.name, password))
            return _("baru")
        if not person.is_active:
            raise ValueError(_("Pegawai ini sudah dinonaktifkan; aktifkan kembali lebih dulu."))
        changed = any(getattr(person, name) != value for name, value in fields.items())
        if changed:
            person_update(actor=actor, person=person, fields=fields, now=now)
        if unit != person.unit:
            person_move(actor=actor, person=person, unit=unit, now=now)
            return _("pindah")
        return _("berubah") if changed else _("tetap")

    _take_all(lines, take, report)
    _tell_import(actor, "people", lines, report, now)
    return report


@transaction.atomic
def units_import(*, actor: Person | None, lines: Sequence[Line], now: datetime) -> Report:
    """The units of a tree, added and corrected; a parent may stand below its children in the file.

    Raises Refused unless the actor is administrator, RosterRefused with every problem there is.
    """
    may_manage_people(roles_now(actor, now)).require()
    known = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    seen: dict[str, int] = {}
    report = Report()

    def take(line: Line) -> str:
        code = line.values["code"]
        if code in seen:
            raise ValueError(_("Kode ini sudah ada di baris %(line)s.") % {"line": seen[code]})
        seen[code] = line.number
        parent_code = line.values["parent"]
        if parent_code and parent_code not in known:
            raise ValueError(
                _("Induk “%(code)s” tidak dikenal, atau melingkar.") % {"code": parent_code}
            )
        fields: dict[str, Any] = {
            "name": line.values["name"],
            "kind": choice_of(Unit.Kind, line.values["kind"]),
            "parent": known[parent_code] if parent_code else None,
        }
        unit = known.get(code)
        if unit is None:
            known[code] = unit_create(actor=actor, code=code, **fields, now=now)
            return _("baru")
        if all(getattr(unit, name) == value for name, value in fields.items()):
            return _("tetap")
        known[code] = unit_update(actor=actor, unit=unit, fields=fields, now=now)
        return _("berubah")

    _take_all(_parents_first(lines, known.keys()), take, report)
    report.outcomes.sort()
    _tell_import(actor, "units", lines, report, now)
    return report


class _Places:
    """Units by code, or by a name that only one has."""

    def __init__(self, units: list[Unit]) -> None:
        self.by_code = {unit.code: unit for unit in units}
        self.by_name: dict[str, list[Unit]] = {}
        for unit in units:
            self.by_name.setdefault(unit.name.casefold(), []).append(unit)

    def named(self, text: str) -> Unit:
        """The unit of a code or name. Raises ValueError with a sentence."""
        if unit := self.by_code.get(text):
            return unit
        found = self.by_name.get(text.casefold(), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(
                _("Ada beberapa unit bernama “%(name)s”; tulis kodenya.") % {"name": text}
            )
        raise ValueError(_("Unit “%(name)s” tidak dikenal.") % {"name": text})


def choice_of(choices: Any, text: str) -> str:
    """The stored value of a choice, given as value, label or a part of the label between slashes.

    Raises ValueError with a sentence that lists the labels.
    """
    wanted = text.strip().casefold()
    for value, label in choices.choices:
        names = {value.casefold(), str(label).casefold()}
        names |= {part.strip().casefold() for part in str(label).split("/")}
        if wanted in names:
            return str(value)
    raise ValueError(
        _("“%(text)s” tidak dikenal; pilihannya: %(labels)s.")
        % {"text": text, "labels": ", ".join(str(label) for label in choices.labels)}
    )


def _person_fields(line: Line) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": line.values["name"],
        "position": line.values["position"],
        "position_family": choice_of(Person.Family, line.values["position_family"]),
    }
    for name in ("grade", "email"):
        if name in line.values:
            fields[name] = line.values[name]
    if line.values.get("presence"):
        fields["presence"] = choice_of(Person.Presence, line.values["presence"])
    return fields


def _take_all(lines: Sequence[Line], take: Callable[[Line], str], report: Report) -> None:
    """Take every line, so that all problems are told at once; any problem refuses the whole."""
    problems: list[Problem] = []
    for line in lines:
        try:
            report.outcomes.append((line.number, take(line)))
        except ValidationError as error:
            problems += [Problem(line.number, sentence) for sentence in error.messages]
        except ValueError as error:
            problems.append(Problem(line.number, str(error)))
    if problems:
        raise RosterRefused(problems)


def _parents_first(lines: Sequence[Line], known: Any) -> list[Line]:
    """The lines so that each comes after its parent's, where that is possible at all."""
    ordered: list[Line] = []
    ready, waiting = set(known), list(lines)
    while waiting:
        turn = [line for line in waiting if line.values["parent"] in ready | {""}]
        if not turn:
            return ordered + waiting  # unknown parent, or a ring: told line by line
        ordered += turn
        ready |= {line.values["code"] for line in turn}
        waiting = [line for line in waiting if line not in turn]
    return ordered


def _tell_import(
    actor: Person | None, what: str, lines: Sequence[Line], report: Report, now: datetime
) -> None:
    """Record that a file came in: its digest and what became of its lines, without a name."""
    event_record(
        actor=actor.pk if actor else None,
        action=f"{what}.imported",
        subject=f"people.{what}",
        content={
            "lines": len(lines),
            "outcomes": dict(report.counts()),
            "digest": digest([[line.number, dict(line.values)] for line in lines]),
        },
        now=now,
    )
