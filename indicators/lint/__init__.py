"""The linter: what is wrong with the text of an indicator, why, and how to mend it.

Pure: it reads a content (indicators/record.py) and asks no database; the indicators beside it are
given to it. Absent fields are the business of `record.missing`: a rule speaks of what is written.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from indicators.lint import measure, process, target, wording
from indicators.lint.findings import RULES, Finding, Neighbour, Rule, Severity
from indicators.lint.reading import Reading
from indicators.record import FIELDS

__all__ = [
    "RULES",
    "Finding",
    "Neighbour",
    "Rule",
    "Severity",
    "blocking",
    "lint",
    "measure",
    "process",
    "target",
    "wording",
]

_PLACES = {name: place for place, name in enumerate(FIELDS)}


def lint(content: Mapping[str, Any], others: Iterable[Neighbour] = ()) -> list[Finding]:
    """What the rules find in a content, in the order of its fields, what blocks first in each.

    `content` may lack fields, and may carry the proposed weight (proposals/text.py). `others` are
    the indicators and proposals that the reader may know of: none is told of that is not given.
    """
    reading = Reading(content, tuple(others))
    found = [
        Finding(one, hit.field, hit.found, hit.others)
        for one in RULES.values()
        for hit in one.check(reading)
    ]
    found.sort(
        key=lambda finding: (
            _PLACES.get(finding.field, len(_PLACES)),
            not finding.blocks,
            finding.rule.code,
        )
    )
    return found


def blocking(content: Mapping[str, Any]) -> list[Finding]:
    """What must be mended before the text is frozen."""
    return [finding for finding in lint(content) if finding.blocks]
