"""What the tests of indicators share: adopted versions and the actors of a set."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from indicators.models import IndicatorSet, IndicatorVersion, Publication
from tests.builders import Cast, Units
from tests.indicators import builders


@pytest.fixture
def adopt(cast: Cast, now: datetime) -> Callable[..., IndicatorVersion]:
    """`adopt(code, **fields)`: an adopted version, decided by the head of the unit."""

    def adopt(code: str = "KES-01", **over: Any) -> IndicatorVersion:
        return builders.adopt(actor=cast.head, now=over.pop("now", now), code=code, **over)

    return adopt


@pytest.fixture
def draft(cast: Cast, units: Units, now: datetime) -> Callable[..., IndicatorSet]:
    """`draft({version: weight}, **details)`: a draft of the city."""

    def draft(weights: dict[IndicatorVersion, str | int], **over: Any) -> IndicatorSet:
        return builders.draft_set(
            facilitator=cast.facilitator,
            scope=over.pop("scope", units.city),
            weights=weights,
            now=over.pop("now", now),
            **over,
        )

    return draft


@pytest.fixture
def publish(cast: Cast, units: Units, now: datetime) -> Callable[..., Publication]:
    """`publish({version: weight}, **details)`: a published set; each a minute after the last."""
    minutes = iter(range(1, 1000))

    def publish(weights: dict[IndicatorVersion, str | int], **over: Any) -> Publication:
        return builders.publish_set(
            facilitator=cast.facilitator,
            publisher=cast.publisher,
            scope=over.pop("scope", units.city),
            weights=weights,
            now=over.pop("now", None) or builders.later(now, next(minutes) - 1000),
            **over,
        )

    return publish
