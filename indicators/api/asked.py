"""What the API is asked: figures read exactly, days, moments, and the bodies of the requests."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Path, Schema
from ninja.errors import HttpError
from pydantic import BeforeValidator, Field, WithJsonSchema

from indicators import scoring
from indicators.models.record import Polarity
from people.models import Person

MOST_INDICATORS = 2_000


def _exact(value: object) -> Fraction:
    return scoring.exact(value)


def _day(value: object) -> date:
    text = str(value)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(_("Tanggal ditulis seperti 2026-11-24."))
    return date.fromisoformat(text)


def _moment(value: object) -> datetime:
    # A `+` that was not escaped arrives as a space.
    text = re.sub(r" (?=\d{2}:?\d{2}$)", "+", str(value).strip())
    try:
        moment = datetime.fromisoformat(text)
        if moment.utcoffset() is None:
            raise ValueError
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(_("Waktu ditulis seperti 2026-11-24T07:30:00Z.")) from None


NUMBER_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {
            "type": "string",
            "pattern": r"^\s*[-+]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?\s*$",
        },
        {"type": "number", "exclusiveMinimum": -1e30, "exclusiveMaximum": 1e30},
    ],
    "description": "A number, or its text with a decimal point; read exactly.",
    "examples": ["87.4"],
}
Figure = Annotated[Fraction, BeforeValidator(_exact), WithJsonSchema(NUMBER_SCHEMA)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]
Scope = Annotated[str, Path(pattern="^[-a-zA-Z0-9_]{1,40}$", examples=["kota"])]
VERSION = r"^[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}$"
Version = Annotated[str, Path(pattern=VERSION, examples=["1.0.0"])]
WantedVersion = Annotated[str, Field(pattern=VERSION, examples=["1.0.0"])]


Family = Annotated[str, Field(json_schema_extra={"enum": Person.Family.values})]


class MeasureIn(Schema):
    """What of an indicator its score depends on; other keys are ignored."""

    polarity: Annotated[str, Field(json_schema_extra={"enum": Polarity.values})]
    target: Figure | None = None
    worst_case: Figure | None = None
    target_is_max: bool = False
    stabilize_scale: Annotated[list[tuple[Figure, Figure]], Field(max_length=12)] | None = None
    target_range: tuple[Figure, Figure] | None = None

    def measure(self) -> scoring.Measure:
        """The measure. Raises HttpError 422 where its parts contradict each other."""
        try:
            return scoring.Measure(
                polarity=self.polarity,
                target=self.target,
                worst_case=self.worst_case,
                target_is_max=self.target_is_max,
                scale=tuple(self.stabilize_scale or ()),
                target_range=self.target_range,
            )
        except ValueError as error:
            raise HttpError(422, str(error)) from error


class PreviewIn(Schema):
    """One indicator and one figure."""

    indicator: MeasureIn
    actual: Figure | None = None


class LastYearIn(Schema):
    """Target and actual of the year before: how hard this year's target is."""

    target: Figure
    actual: Figure


class ScoresIn(Schema):
    """A unit's figures for one published set; they are answered, never kept."""

    scope: Annotated[str, Field(max_length=40, examples=["kota"])]
    version: Annotated[str, Field(max_length=32, examples=["1.0.0"])]
    unit: Annotated[str, Field(max_length=40)]
    period: Annotated[str, Field(max_length=20, examples=["TW2"])]
    actuals: Annotated[
        dict[str, Figure | dict[str, Figure] | None], Field(max_length=MOST_INDICATORS)
    ]
    position_family: (
        Annotated[str, Field(json_schema_extra={"enum": Person.Family.values})] | None
    ) = None
    last_year: Annotated[dict[str, LastYearIn], Field(max_length=MOST_INDICATORS)] | None = None
