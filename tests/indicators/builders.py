"""Builders of indicators, sets and publications, through the doors that people use."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from indicators.actions import (
    SetDetails,
    Weight,
    set_change,
    set_compose,
    set_draft,
    set_publish,
    version_adopt,
)
from indicators.documents import Decision
from indicators.models import IndicatorSet, IndicatorVersion, Publication
from people.models import Person, Unit

YEAR = 2026


def record_content(code: str = "KES-01", **over: Any) -> dict[str, Any]:
    """A complete canonical content: an indicator of the training puskesmas, ready to be frozen."""
    return {
        "code": code,
        "name": "Persentase balita yang ditimbang setiap bulan",
        "purpose": "Balita yang tidak tumbuh sehat ditemukan sedini mungkin.",
        "objective": "Meningkatnya kesehatan ibu dan anak",
        "perspective": "penerima_layanan",
        "level": "IKU",
        "kind": "outcome",
        "basis": "Permenkes tentang standar pelayanan minimal",
        "definition": "Balita sasaran yang ditimbang di posyandu atau puskesmas setiap bulan.",
        "formula": "(Balita yang ditimbang ÷ seluruh balita sasaran) × 100",
        "numerator": "Balita sasaran yang ditimbang",
        "denominator": "Seluruh balita sasaran",
        "unit": "Persen",
        "aspect": "kuantitas",
        "polarity": "maximize",
        "target": "80",
        "targets": {},
        "target_range": [],
        "target_is_max": False,
        "worst_case": None,
        "stabilize_scale": [],
        "baseline": "72.5",
        "reporting_period": "triwulanan",
        "period_consolidation": "average",
        "location_consolidation": "raw_data",
        "validity": "proxy",
        "control": "moderate",
        "cascading": "non_cascading",
        "supports": "",
        "owner_unit": "puskesmas-latihan",
        "data_provider": "Petugas gizi",
        "data_source": "Register posyandu",
        "applies_to": [
            {"unit": "puskesmas-latihan", "include_sub_units": False, "position_family": None}
        ],
        "ms_ind": {},
        **over,
    }


def provenance(**over: Any) -> dict[str, Any]:
    """How a version came about: decided by its head after a vote of nine."""
    return {
        "proposal": "0b54dd62-9d3e-4b1f-8a43-6f6f1a2f6d10",
        "revision_digest": "sha256:" + "ab" * 32,
        "dispositions": [
            {
                "kind": "objection",
                "field": "target",
                "text": "Target 90 persen tidak realistis untuk wilayah pegunungan.",
                "count": 1,
                "outcome": "adopted",
                "answer": "Target diturunkan menjadi 80 persen.",
                "revision": 2,
            }
        ],
        "poll": {
            "id": "5a0f3f0e-51a4-4a55-9a0f-6f3a1c2b7d11",
            "seal": "sha256:" + "cd" * 32,
            "method": "approve",
            "in_favour": 7,
            "against": 1,
            "abstained": 1,
            "roll": 11,
            "turnout": 9,
        },
        "decision": {"kind": "adopted", "reason": "Sesuai hasil pemungutan suara."},
        "dissent": [{"text": "Penimbangan tidak dapat dilakukan saat jalan putus."}],
        **over,
    }


def adopt(
    *,
    actor: Person,
    now: datetime,
    content: Mapping[str, Any] | None = None,
    code: str = "KES-01",
    amends: str = "",
    retires: bool = False,
    editorial: Sequence[str] = (),
    **over: Any,
) -> IndicatorVersion:
    """An adopted version; `over` are fields of its content."""
    return version_adopt(
        actor=actor,
        content={**(content or record_content(code)), **over},
        provenance=provenance(),
        amends=amends,
        retires=retires,
        editorial=editorial,
        now=now,
    )


def details(**over: Any) -> SetDetails:
    """The details of a set for the whole of `YEAR`."""
    fields: dict[str, Any] = {
        "year": YEAR,
        "period_from": date(YEAR, 1, 1),
        "period_until": date(YEAR, 12, 31),
        "effective_on": date(YEAR, 1, 1),
        "transition_note": "Realisasi yang sudah dilaporkan dihitung ulang dengan versi ini.",
        "transition_on": date(YEAR, 11, 24),
    }
    return SetDetails(**(fields | over))


def draft_set(
    *,
    facilitator: Person,
    scope: Unit,
    weights: Mapping[IndicatorVersion, str | int],
    now: datetime,
    editorial_confirmed: Sequence[str] = (),
    **over: Any,
) -> IndicatorSet:
    """A draft with these versions and weights; `over` are fields of its details."""
    written = details(**over)
    indicator_set = set_draft(
        actor=facilitator, scope=scope, details=written, submission=uuid.uuid4(), now=now
    )
    return set_change(
        actor=facilitator,
        indicator_set=indicator_set,
        details=written,
        entries={
            version.pk: Weight(Decimal(weight), version.code in editorial_confirmed)
            for version, weight in weights.items()
        },
        now=now,
    )


def decision(**over: Any) -> Decision:
    """The decision that a set is published by."""
    fields: dict[str, Any] = {
        "number": "700/14/1277/2026",
        "dated_on": date(YEAR, 11, 23),
        "by_office": "Wali Kota Contoh",
    }
    return Decision(**(fields | over))


def publish_set(
    *,
    facilitator: Person,
    publisher: Person,
    scope: Unit,
    weights: Mapping[IndicatorVersion, str | int],
    now: datetime,
    decree: bytes = b"",
    raised_bump: str = "",
    editorial_confirmed: Sequence[str] = (),
    **over: Any,
) -> Publication:
    """A published set; each publication of a scope needs a later `now` than the one before."""
    drafted = draft_set(
        facilitator=facilitator,
        scope=scope,
        weights=weights,
        now=now,
        editorial_confirmed=editorial_confirmed,
        **over,
    )
    composed = set_compose(actor=facilitator, indicator_set=drafted, now=now)
    return set_publish(
        actor=publisher,
        indicator_set=composed,
        decision=decision(),
        decree=decree,
        raised_bump=raised_bump,
        now=now,
    )


def later(now: datetime, minutes: int = 1) -> datetime:
    """A moment some minutes after `now`."""
    return now + timedelta(minutes=minutes)
