"""The API does what its OpenAPI description says, whatever it is asked."""

from collections.abc import Callable, Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from config.wsgi import application
from indicators.models import IndicatorVersion, Publication

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    missing_required_header,
    negative_data_rejection,
    unsupported_method,
]


@pytest.fixture(autouse=True)
def _the_connection_of_the_test_stays_open() -> Iterator[None]:
    """As Django's own test client does: between requests the transaction of the test goes on."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def published(
    adopt: Callable[..., IndicatorVersion], publish: Callable[..., Publication]
) -> list[Publication]:
    """`kota` 1.0.0 and 1.1.0, so that the examples of the description name something."""
    version = adopt()
    return [publish({version: 100}), publish({version: 100, adopt("KES-02"): 0})]


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_described(
    published: list[Publication], case: schemathesis.Case
) -> None:
    case.call_and_validate(checks=CHECKS)
