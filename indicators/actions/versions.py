"""Adoption: an indicator's text becomes a version, once and for ever."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.canonical import digest, instant_text
from core.verdict import Refused
from indicators import rules
from indicators.documents import require_valid
from indicators.models import Indicator, IndicatorVersion, Objection
from indicators.record import FIELDS, Content, Effect, content_of, values_of
from ledger.actions import event_record
from notices.actions import notice_send, told
from people.models import Person
from people.roles import roles_of


@transaction.atomic
def version_adopt(
    *,
    actor: Person,
    content: Content,
    provenance: Mapping[str, Any],
    amends: str = "",
    retires: bool = False,
    editorial: Collection[str] = (),
    now: datetime,
) -> IndicatorVersion:
    """Make the next version of an indicator, or its first.

    `content` is canonical (`record.content_of`). `amends` is the code of the indicator that is
    amended or retired, empty for a new one. `provenance` lacks only `adopted_at`. `editorial` names
    the changed fields that the author marked as wording only.
    Raises Refused where the actor may not, or the code belongs to another indicator;
    ValidationError where the content breaks a rule of the record; InvalidDocument where the
    provenance does not follow the schema of published sets.
    """
    rules.may_adopt(roles_of(actor, on=localdate(now))).require()
    code = content["code"]
    if (amends or code) != code:
        raise Refused(_("Kode indikator tidak berubah: %s.") % amends)
    if retires and not amends:
        raise Refused(_("Pencabutan menyebut kode indikatornya."))
    indicator = _indicator_for(code, amends=amends, now=now)
    number = indicator.versions.count() + 1
    version = IndicatorVersion(
        indicator=indicator,
        number=number,
        retires=retires,
        editorial_fields=_editorial(editorial),
        provenance=_provenance(provenance, now),
        digest="",
        adopted_at=now,
        **values_of(content),
    )
    version.digest = digest(content_of(version))
    version.full_clean(exclude=["editorial_fields"])
    version.save()
    event_record(
        actor=actor.pk,
        action="indicator_retired" if retires else "indicator_adopted",
        subject=f"indicators.indicatorversion:{version.pk}",
        content={
            "code": code,
            "number": number,
            "digest": version.digest,
            "provenance": digest(version.provenance),
        },
        now=now,
    )
    if retires:
        _objections_end(version, now=now)
    return version


def _objections_end(version: IndicatorVersion, *, now: datetime) -> None:
    """Settle what was objected to an indicator that is retired, and tell who objected."""
    objections = Objection.objects.unsettled().filter(version__indicator=version.indicator)
    people = {one.person_id: one.person for one in objections.select_related("person")}
    objections.update(settled_at=now)
    notice_send(
        recipients=list(people.values()),
        topic=f"indicators.indicatorversion:{version.pk}",
        text=told(
            "Indikator %(code)s dicabut, dan keberatan Anda atasnya selesai.", code=version.code
        ),
        url=reverse("indicators:indicator", args=[version.code]),
        now=now,
    )


def _indicator_for(code: str, *, amends: str, now: datetime) -> Indicator:
    """The indicator, locked if it is there; a new one where nothing is amended.

    Raises Refused for a code that is taken, or an amended one that is not there.
    """
    indicator = Indicator.objects.select_for_update().filter(code=code).first()
    if amends:
        if indicator is None:
            raise Refused(_("Indikator %s tidak ada.") % amends)
        if indicator.versions.filter(retires=True).exists():
            raise Refused(_("Indikator %s sudah dicabut.") % amends)
        return indicator
    if indicator is not None:
        raise Refused(
            _("Kode %s sudah dipakai indikator lain dan tidak pernah dipakai ulang.") % code
        )
    indicator = Indicator(code=code, created_at=now)
    indicator.full_clean()
    indicator.save()
    return indicator


def _editorial(fields: Collection[str]) -> list[str]:
    """Sorted names of fields whose change may count as wording only; others are refused."""
    for name in fields:
        if name not in FIELDS or FIELDS[name].effect is not Effect.WORDING:
            raise Refused(_("Perubahan bagian ini tidak dapat ditandai sebagai redaksi saja."))
    return sorted(set(fields))


def _provenance(provenance: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    told = {**provenance, "adopted_at": instant_text(now)}
    require_valid(told, part="provenance")
    return told


@dataclass(frozen=True)
class ImportReport:
    """What an import did, by code."""

    created: list[str]
    amended: list[str]
    unchanged: list[str]


@transaction.atomic
def versions_import_adopted(
    *,
    actor: Person,
    contents: Iterable[Content],
    decision_number: str,
    now: datetime,
) -> ImportReport:
    """Bring existing indicators in as adopted versions, without a poll: all or none.

    Safe to repeat: a text that is already the newest version stays as it is; another text of a
    known code becomes its next version. `decision_number` is the decision by which they hold.
    """
    report = ImportReport([], [], [])
    provenance: dict[str, Any] = {
        "proposal": None,
        "revision_digest": None,
        "dispositions": [],
        "poll": None,
        "decision": {
            "kind": "imported",
            "reason": f"Ditetapkan dengan Keputusan Nomor {decision_number}.",
        },
        "dissent": [],
    }
    contents = list(contents)
    newest = {
        version.code: version
        for version in IndicatorVersion.objects.latest_of_each().filter(
            code__in=[content["code"] for content in contents]
        )
    }
    for content in contents:
        code = content["code"]
        known = newest.get(code)
        if known and known.digest == digest(content):
            report.unchanged.append(code)
            continue
        version_adopt(
            actor=actor,
            content=content,
            provenance=provenance,
            amends=code if known else "",
            now=now,
        )
        (report.amended if known else report.created).append(code)
    return report
