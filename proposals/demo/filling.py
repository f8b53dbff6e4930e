"""The demo's indicators as whole records: what the file lacks is filled in, as an example."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings

from indicators.record import content_of, empty_content, is_ratio, values_of
from indicators.shapes import clean_applies_to, clean_scale, clean_target_range, clean_targets
from proposals.demo.figures import BASELINES, PURPOSES, QUARTERS, SUPPORTS
from proposals.demo.units import DISTRICTS, PUSKESMAS, TRAINING_UNIT, VACANT

FILE = Path(settings.BASE_DIR) / "indicators" / "data" / "indicators_id.json"

# The unit that answers for an indicator, by the letters of its code.
OWNERS = {
    "DIK": "disdik",
    "KES": "dinkes",
    "DUK": "disdukcapil",
    "UMU": "bag-organisasi",
    "INS": "inspektorat",
    "BKP": "bkpsdm",
    "BAP": "bappeda",
    "PUP": "pupr",
    "KEC": "bag-pemerintahan",
    "RSU": "rsud",
    "SET": "setda",
    "PKM": TRAINING_UNIT,
}
OWNERS_BY_CODE = {"SET-02": "diskominfo", "SET-03": "bag-organisasi", "DIK-11": "disdik-gtk"}

OBJECTIVES = {
    "DIK": "Meningkatnya mutu dan pemerataan layanan pendidikan dasar.",
    "KES": "Meningkatnya derajat kesehatan masyarakat kota.",
    "DUK": "Terwujudnya tertib administrasi kependudukan.",
    "UMU": "Meningkatnya akuntabilitas dan mutu pelayanan perangkat daerah.",
    "INS": "Meningkatnya mutu pengawasan intern pemerintah kota.",
    "BKP": "Meningkatnya profesionalitas aparatur sipil negara.",
    "BAP": "Meningkatnya mutu perencanaan dan pengendalian pembangunan.",
    "PUP": "Meningkatnya mutu prasarana dasar perkotaan.",
    "KEC": "Meningkatnya mutu pelayanan kecamatan kepada warga.",
    "RSU": "Meningkatnya mutu pelayanan rujukan dan keselamatan pasien.",
    "SET": "Terwujudnya tata kelola pemerintahan yang baik.",
    "PKM": "Meningkatnya mutu pelayanan kesehatan tingkat pertama.",
}

_SERVING = ("disdukcapil", "rsud", *DISTRICTS)
_SCORED = (
    *("setda", "inspektorat", "dinkes", "disdik", "disdukcapil", "pupr", "diskominfo"),
    *("bappeda", "bkpsdm", *DISTRICTS),
)
# Scored units with enough people for their figures to be shown; one has fewer (posts.py).
STAFFED = (*_SCORED, "rsud", *(code for code in PUSKESMAS if code != VACANT))
# Whom an indicator measures, where that is not the unit that answers for it.
MEASURED: dict[str, tuple[str, ...]] = {
    "UMU-01": _SERVING,
    "UMU-02": ("diskominfo", *_SERVING),
    "UMU-03": _SCORED,
    "UMU-04": (*_SCORED, "rsud"),
    "KES-01": ("dinkes", *PUSKESMAS),
    **dict.fromkeys(("KES-07", "KES-08", "KES-09", "KES-10", "KES-12"), PUSKESMAS),
    **dict.fromkeys(("KEC-01", "KEC-02", "KEC-03", "KEC-04"), DISTRICTS),
    "SET-03": ("setda",),
    "DIK-11": ("disdik", "sdn-contoh-1", "sdn-contoh-2", "smpn-contoh-1", "smpn-contoh-2"),
}
FAMILIES = {"KES-12": "health", "DIK-11": "teacher", "RSU-06": "health"}


def raw_indicators() -> dict[str, dict[str, Any]]:
    """The indicators of the file by code, figures as Decimal."""
    rows = json.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    return {row["code"]: row for row in rows}


def record_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the file as a whole record: values for a model that inherits `IndicatorRecord`."""
    code = row["code"]
    group = code.split("-")[0]
    owner = OWNERS_BY_CODE.get(code, OWNERS[group])
    numerator, denominator = ratio_of(row["formula"])
    supports = SUPPORTS.get(code, "")
    taken = (
        *("code", "name", "perspective", "level", "kind", "basis", "definition", "formula"),
        *("unit", "aspect", "polarity", "target_is_max", "reporting_period"),
        *("period_consolidation", "validity", "control", "data_source", "data_provider"),
    )
    return values_of(empty_content()) | {
        **{name: row[name] for name in taken},
        "purpose": PURPOSES[code],
        "objective": OBJECTIVES[group],
        "numerator": numerator,
        "denominator": denominator,
        "target": Decimal(row["target_example"]),
        "targets": clean_targets(QUARTERS.get(code, {})),
        "target_range": clean_target_range(row["target_range"] or []),
        "worst_case": row["worst_case"] and Decimal(row["worst_case"]),
        "stabilize_scale": clean_scale(row["stabilize_scale"] or []),
        "baseline": Decimal(BASELINES[code]),
        "location_consolidation": row["location_consolidation"] or _over_units(row),
        "cascading": "cascading_non_peta" if supports else "cascading_peta",
        "supports": supports,
        "owner_unit": owner,
        "applies_to": clean_applies_to(
            [
                {
                    "unit": unit,
                    "include_sub_units": False,
                    "position_family": FAMILIES.get(code),
                }
                for unit in MEASURED.get(code, (owner,))
            ]
        ),
        "ms_ind": {
            "komposit": row["unit"] in ("Indeks", "Nilai", "Level"),
            "akses_umum": True,
            "konsep": OBJECTIVES[group],
            "level_estimasi": "Kota",
            "ukuran": row["unit"],
        },
    }


def content_for(record: Mapping[str, Any]) -> dict[str, Any]:
    """The canonical content of a record."""
    return content_of(SimpleNamespace(**record))


def ratio_of(formula: str) -> tuple[str, str]:
    """Numerator and denominator of a formula `(a ÷ b) × 100`; two empty texts for any other."""
    fraction = formula.rsplit(" × ", 1)[0] if formula.endswith(("× 100", "000")) else formula
    above, mark, below = _bare(fraction).partition(" ÷ ")
    if not mark or "÷" in below or "Σ" in formula:
        return "", ""
    return _capital(_bare(above)), _capital(_bare(below))


def _bare(text: str) -> str:
    """A text without the brackets around all of it."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and _closes_last(text):
        text = text[1:-1].strip()
    return text


def _closes_last(text: str) -> bool:
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(text) - 1
    return False


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _over_units(row: Mapping[str, Any]) -> str:
    if is_ratio(row["unit"]):
        return "raw_data"
    return "sum" if row["period_consolidation"] == "sum" else "average"
