"""The 111 real indicators that the linter is judged by, as contents, and what it finds in them."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from indicators.lint import Finding, lint

DATA = Path(__file__).parent.parent / "data"
LABELS = DATA / "lint_labels.jsonl"
CITY = Path(settings.BASE_DIR) / "indicators" / "data" / "indicators_id.json"
BPS = DATA / "bps_sdsn_indicators.jsonl"

_LIKE_THE_RECORD = (
    *("code", "name", "definition", "formula", "unit", "polarity", "aspect", "validity", "control"),
    *("level", "kind", "basis", "perspective", "reporting_period", "period_consolidation"),
    *("location_consolidation", "data_source", "data_provider", "target_is_max"),
)


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and content of each indicator; what a file does not have stays absent."""
    for row in json.loads(CITY.read_text(encoding="utf-8"), parse_float=Decimal):
        yield (
            row["code"],
            {name: row[name] for name in _LIKE_THE_RECORD}
            | {
                "target": row["target_example"],
                "worst_case": row["worst_case"],
                "target_range": row["target_range"] or [],
                "stabilize_scale": row["stabilize_scale"] or [],
            },
        )
    for line in BPS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield (
            f"BPS-{row['id']}",
            {
                "name": _spaced(row["judulIndikator"]),
                "definition": _spaced(row["definisi"]),
                "unit": _spaced(row["satuan"]),
                "data_source": _spaced(row.get("sumberData") or ""),
                "ms_ind": {
                    "konsep": _spaced(row["konsep"]),
                    "ukuran": _spaced(row["ukuran"]),
                    "klasifikasi_penyajian": _spaced(row["klasifikasi"]),
                },
            },
        )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def findings() -> Iterator[tuple[str, Finding]]:
    """All findings with the key of their indicator."""
    for key, content in contents():
        for finding in lint(content):
            yield key, finding


def labels() -> dict[tuple[str, str, str], dict[str, Any]]:
    """The judgements by (indicator, rule, field)."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    return {(row["indicator"], row["rule"], row["field"]): row for row in rows}
