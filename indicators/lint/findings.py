"""A rule, what it finds, and the register of all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from indicators.lint.reading import Reading


class Severity(StrEnum):
    """Whether a finding keeps a text from being frozen."""

    BLOCKS = "blocks"
    ADVISES = "advises"


@dataclass(frozen=True)
class Neighbour:
    """Another indicator or proposal, as far as it is compared; `url` leads to it."""

    label: str
    url: str
    name: str
    numerator: str = ""
    denominator: str = ""
    formula: str = ""
    applies_to: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Hit:
    """Where a rule fires: a field, and the words or figures that it fires on."""

    field: str
    found: str = ""
    others: tuple[Neighbour, ...] = ()


type Check = Callable[[Reading], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """One rule: `code` never changes, its words may; `what` may show `%(found)s`."""

    code: str
    severity: Severity
    what: StrOrPromise
    why: StrOrPromise
    mend: StrOrPromise
    source: str
    check: Check


@dataclass(frozen=True)
class Finding:
    """What one rule found in one field."""

    rule: Rule
    field: str
    found: str = ""
    others: tuple[Neighbour, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether it keeps the text from being frozen."""
        return self.rule.severity is Severity.BLOCKS

    @property
    def sentence(self) -> str:
        """What was found, in one sentence."""
        return str(self.rule.what) % {"found": self.found}


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity,
    *,
    what: StrOrPromise,
    why: StrOrPromise,
    mend: StrOrPromise,
    source: str,
) -> Callable[[Check], Check]:
    """Enter a check into the register. Raises ValueError for a code that is taken."""

    def enter(check: Check) -> Check:
        if code in RULES:
            raise ValueError(code)
        RULES[code] = Rule(code, severity, what, why, mend, source, check)
        return check

    return enter
