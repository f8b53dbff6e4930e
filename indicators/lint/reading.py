"""A content as the rules read it: its texts in plain words, its figures, its unit of measure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from typing import Any

from indicators.lint import words
from indicators.lint.findings import Neighbour

_NUMBER = r"(\d{1,6}(?:,\d{1,2})?)"
_TO = r" ?(?:-|–|—|s\.d\.|sampai dengan|sampai|hingga) ?"
_SCALE = re.compile(
    rf"(?:skala|level|rentang nilai|konversi ke|konversi menjadi) {_NUMBER}{_TO}{_NUMBER}"
)
_TIMES = re.compile(r" [×xX*] ?1[0.,]")
_TOGETHER = re.compile(" dan | atau | serta ")


class Measure(StrEnum):
    """What kind of figure a unit of measure stands for."""

    PERCENT = "percent"
    PER_MILLE = "per mille"
    RATE = "rate"  # per so many
    RATIO = "ratio"
    SCORE = "score"
    TIME = "time"
    MONEY = "money"
    PHYSICAL = "physical"
    COUNT = "count"
    UNKNOWN = "unknown"


def plain(text: str) -> str:
    """A text in lower case, its words set apart by single spaces; `≤`, `%` and the like kept out.

    With a space at both ends, so that ` word ` finds whole words only.
    """
    kept = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return f" {' '.join(kept.split())} "


def first_of(phrases: Iterable[str], text: str) -> str:
    """The first of these phrases that stands in a plain text as whole words; empty if none."""
    return next((phrase for phrase in phrases if f" {phrase} " in text), "")


def unit_words(unit: str) -> list[str]:
    """The words of a unit, `%`, `‰` and `°c` included."""
    return re.findall(r"[%‰]|°c|us\$|[^\W_]+[²³]?", unit.casefold())


def measure_of(unit: str) -> Measure:
    """What kind of figure a unit stands for, by its first word that is known."""
    found = unit_words(unit)
    if not found:
        return Measure.UNKNOWN
    if found[:2] == ["per", "mil"]:
        return Measure.PER_MILLE
    if found[0] == "per" or re.search(r"/\s?\d|\bper \d", unit.casefold()):
        return Measure.RATE
    if found[0] in {"rasio", "proporsi"}:
        return Measure.RATIO
    kinds = (
        (words.UNIT_PERCENT, Measure.PERCENT),
        (words.UNIT_PER_MILLE, Measure.PER_MILLE),
        (words.UNIT_SCORE, Measure.SCORE),
        (words.UNIT_TIME, Measure.TIME),
        (words.UNIT_MONEY, Measure.MONEY),
        (words.UNIT_PHYSICAL, Measure.PHYSICAL),
        (words.UNIT_COUNT, Measure.COUNT),
    )
    for word in found:
        for known, measure in kinds:
            if word in known:
                return measure
    return Measure.UNKNOWN


@dataclass(frozen=True)
class Reading:
    """A content, and the indicators beside it."""

    content: Mapping[str, Any]
    others: tuple[Neighbour, ...] = ()

    def text(self, name: str) -> str:
        """A text, or a choice, as it stands; empty where nothing is written."""
        value = self.content.get(name)
        return value.strip() if isinstance(value, str) else ""

    def words(self, *names: str) -> str:
        """The plain words of some fields, one after the other."""
        return "".join(self._plain(name) for name in names)

    def _plain(self, name: str) -> str:
        if name not in self._plains:
            self._plains[name] = plain(self.text(name))
        return self._plains[name]

    @cached_property
    def _plains(self) -> dict[str, str]:
        return {}

    def figure(self, name: str) -> Decimal | None:
        """A figure; None where none is given."""
        return decimal_of(self.content.get(name))

    @cached_property
    def denominator(self) -> tuple[str, str]:
        """What is divided by, and the field that says it: its own, or the formula `a ÷ b`."""
        written = self.text("denominator")
        above, _sign, below = self.text("formula").partition("÷")
        if written or not above or "÷" in below:
            return "denominator", written
        below = _TIMES.split(below)[0].strip()
        while below.endswith(")") and below.count(")") > below.count("("):
            below = below.removesuffix(")").strip()
        return "formula", below.removeprefix("(").strip() if below.endswith(")") else below

    @cached_property
    def period_targets(self) -> dict[str, Decimal]:
        """The targets by period."""
        figures = {key: decimal_of(value) for key, value in self._mapping("targets").items()}
        return {key: value for key, value in figures.items() if value is not None}

    def _mapping(self, name: str) -> Mapping[str, Any]:
        value = self.content.get(name)
        return value if isinstance(value, Mapping) else {}

    @cached_property
    def range_bounds(self) -> list[Decimal]:
        """The two bounds of the range of targets; empty where it has none."""
        bounds = [decimal_of(bound) for bound in self.content.get("target_range") or []]
        return [bound for bound in bounds if bound is not None]

    @cached_property
    def measure(self) -> Measure:
        """What kind of figure the unit stands for."""
        return measure_of(self.text("unit"))

    @property
    def is_share(self) -> bool:
        """Whether the figure is one thing divided by another."""
        return self.measure in {
            Measure.PERCENT,
            Measure.PER_MILLE,
            Measure.RATE,
            Measure.RATIO,
        }

    @cached_property
    def units(self) -> list[str]:
        """The parts of a unit that each are one: `Ton; Persen` has two, `Jam, menit` is one.

        Things that are counted together, `Bayi dan balita`, are one; set apart, `Orang; KK`, two.
        """
        found: dict[object, str] = {}
        without_brackets = re.sub(r"\([^()]*\)", " ", self.text("unit"))
        for part in re.split("[;,]", without_brackets):
            for piece in _TOGETHER.split(part):
                known = [word for word in unit_words(piece) if word in words.SEPARATE_UNITS]
                if not known and unit_words(piece)[:1] != ["per"]:
                    continue
                kind = measure_of(" ".join(unit_words(piece)))
                is_scale = kind is Measure.RATE and any("/" in one for one in found.values())
                if not is_scale:
                    key = (kind, part) if kind is Measure.COUNT else kind
                    found.setdefault(key, piece.strip())
        return list(found.values())

    @cached_property
    def top(self) -> Decimal | None:
        """The highest figure that can be, as far as unit and definition tell."""
        written = " ".join(
            " ".join(self.text(name).casefold().split())
            for name in ("unit", "name", "definition", "formula")
        )
        scales = [
            Decimal(high.replace(",", "."))
            for low, high in _SCALE.findall(written)
            if Decimal(low.replace(",", ".")) <= 25
        ]
        if self.measure is Measure.SCORE and scales:
            return max(scales)
        if first_of(words.UNBOUNDED, self.words("name")):
            return None
        if self.measure is Measure.PERCENT:
            return Decimal(100)
        return Decimal(1000) if self.measure is Measure.PER_MILLE else None


def decimal_of(value: object) -> Decimal | None:
    """A figure as Decimal; None for nothing and for what is no figure."""
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if value is None or isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        figure = Decimal(value)
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
