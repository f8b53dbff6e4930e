"""The *Kamus Indikator*: a published set as a paper, one form for each indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation

from core.dates import format_date
from core.numbers import format_number
from indicators.pages import Section, sections_of, target_text
from indicators.units import UnitTree
from web.qr import Qr, qr_of


@dataclass(frozen=True)
class KamusEntry:
    """One indicator: what the list says of it, and its form."""

    code: str
    name: str
    target: str
    weight: str  # empty where it is only watched
    version: int
    sections: list[Section]


@dataclass(frozen=True)
class Kamus:
    """All that the paper says; `address` is permanent, and `qr` leads there."""

    scope: str
    year: int
    version: str
    facts: list[tuple[str, str]]
    address: str
    digest: str
    qr: Qr
    entries: list[KamusEntry]


def kamus_of(document: Mapping[str, Any], tree: UnitTree, *, address: str, digest: str) -> Kamus:
    """The paper of a document; `tree` names the units as they were at publication."""
    with translation.override("id"):
        return Kamus(
            scope=document["scope"]["name"],
            year=document["period"]["year"],
            version=document["version"],
            facts=_facts(document),
            address=address,
            digest=digest,
            qr=qr_of(address),
            entries=[_entry(item, tree) for item in document["indicators"]],
        )


def _facts(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    decision, profile = document["decision"], document["scoring_profile"]
    until = document["effective_until"]
    force = format_date(date.fromisoformat(document["effective_on"]))
    if until:
        force += f" sampai {format_date(date.fromisoformat(until))}"
    return [
        ("Keputusan", f"{decision['by_office']}, nomor {decision['number']}"),
        ("Tanggal", format_date(date.fromisoformat(decision["dated_on"]))),
        ("Berlaku mulai", force),
        ("Penilaian", f"profil {profile['name']} versi {profile['version']}"),
        ("Indikator", str(len(document["indicators"]))),
    ]


def _entry(item: Mapping[str, Any], tree: UnitTree) -> KamusEntry:
    weight = Decimal(item["weight_percent"])
    return KamusEntry(
        code=item["code"],
        name=item["name"],
        target=target_text(item),
        weight=format_number(weight) if weight else "",
        version=item["version"],
        sections=[
            section
            for section in (
                Section(section.title, [x for x in section.lines if x.name not in ("code", "name")])
                for section in sections_of(item, tree.names)
            )
            if section.lines
        ],
    )
