"""Method *weights* as voters meet it: 100 points, shared out among the items in whole points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from core.canonical import decimal_text
from core.numbers import format_number
from voting.methods.base import (
    Choices,
    Column,
    Counted,
    InvalidBallot,
    ItemOutcome,
    Method,
    columns_apart,
    columns_or_ballots,
)
from voting.tally import weights
from web.forms import NumberInput

if TYPE_CHECKING:
    from voting.policy import Policy

POINTS = 100
_WHOLE = re.compile(r"[0-9]{1,3}")


class Weights(Method):
    name = "weights"
    width = len(str(POINTS))
    is_secret = True
    decides = False  # the weights are set by who composes
    answers_items_apart = False  # points that were given to a void item would be missing elsewhere

    @property
    def label(self) -> str:
        return _("Bagi 100 poin kepada semua butir")

    @property
    def how_to(self) -> str:
        return _(
            "Bagikan tepat 100 poin kepada semua butir, dengan bilangan bulat: makin penting, "
            "makin banyak poinnya. Kotak yang dikosongkan berarti 0 poin."
        )

    def rule_words(self, policy: Policy) -> str:
        return _(
            "Bobot sebuah butir adalah nilai tengah (median) poin dari semua pemilih: separuh "
            "memberi sebanyak itu atau lebih, separuh memberi sebanyak itu atau kurang. Lalu semua "
            "nilai tengah disesuaikan sebanding sehingga jumlahnya tepat 100."
        )

    @property
    def columns_words(self) -> str:
        return _("berapa suara memberi berapa poin kepada setiap butir")

    @property
    def totals_words(self) -> str:
        return _("nilai tengah dan bobot setiap butir")

    def outcome_words(self, *, passed: bool, is_tie: bool, more: Mapping[str, Any]) -> str:
        if not passed or "weight_percent" not in more:
            return _("tanpa bobot")
        weight = format_number(Decimal(more["weight_percent"]))
        return _("bobot %(weight)s persen") % {"weight": weight}

    def question(self, number: int) -> str:
        return _("Poin Anda untuk butir %(number)s") % {"number": number}

    def field(self, title: str) -> forms.Field:
        widget = NumberInput({"inputmode": "numeric", "data-points": ""})
        return forms.CharField(label=title, required=False, widget=widget)

    def words(self, choice: str) -> str:
        return _("%(points)s poin") % {"points": choice}

    def choice(self, text: str) -> str:
        text = text.strip()
        if not text:
            return "0"  # as the ballot says
        if not _WHOLE.fullmatch(text) or int(text) > POINTS:
            raise ValueError(_("Tulis bilangan bulat dari 0 sampai 100, tanpa koma."))
        return str(int(text))

    def check_whole(self, choices: Choices) -> None:
        given = sum(int(choice) for choice in choices if choice is not None)
        if given < POINTS:
            sentence = _("Jumlah poin Anda %(given)s: masih kurang %(off)s dari 100.")
        elif given > POINTS:
            sentence = _("Jumlah poin Anda %(given)s: kelebihan %(off)s dari 100.")
        else:
            return
        raise InvalidBallot({"": sentence % {"given": given, "off": abs(given - POINTS)}})

    def columns(self, ballots: Counted) -> Iterator[tuple[int, str, int]]:
        return columns_apart(ballots)

    def outcomes(
        self,
        columns: Iterable[Column | None],
        *,
        ballots: int,
        quorum_reached: bool,
        policy: Policy,
    ) -> list[ItemOutcome]:
        held = list(columns)
        more = iter(_weighed([column for column in held if column is not None], ballots))
        return [
            ItemOutcome(
                counts=dict(column or {}),
                passed=quorum_reached and column is not None,
                passed_of_present=quorum_reached and column is not None,
                is_tie=False,
                is_unanimous=column is not None and len(column) == 1,
                more={} if column is None else next(more),
            )
            for column in held
        ]

    totals_are_columns = False  # the totals are the weights

    def file_part(
        self,
        policy: Policy,
        columns: Sequence[Column | None],
        ballots: Sequence[tuple[str, Sequence[str | None]]],
    ) -> dict[str, Any]:
        return {"kind": "weights", **columns_or_ballots(columns, ballots)}


def _weighed(columns: Sequence[Column], ballots: int) -> list[dict[str, object]]:
    """Median and weight of each item as texts; no weight where all medians are 0.

    Raises ValueError for a column that holds something else than points.
    """
    points = [{Fraction(_points(text)): n for text, n in column.items()} for column in columns]
    if not ballots:
        return [{} for _column in columns]
    medians = weights.medians(points)
    told: list[dict[str, object]] = [
        {"median": decimal_text(Decimal(value.numerator) / value.denominator)} for value in medians
    ]
    if any(medians):
        for entry, share in zip(told, weights.renormalised(medians), strict=True):
            entry["weight_percent"] = decimal_text(share)
    return told


def _points(text: str) -> int:
    if not _WHOLE.fullmatch(text) or int(text) > POINTS:
        raise ValueError(f"not points: {text!r}")
    return int(text)
