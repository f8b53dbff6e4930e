"""A figure that was typed or slid is found nowhere afterwards, and in no report of a crash."""

import logging
import sys
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.views.debug import ExceptionReporter

from indicators import curve, pages
from indicators.views import public
from tests.voting.test_secrecy import tables

MARKER = {"typed": {"actual": "73,9128"}, "slid": {"shown": "", "slide": "73.9128"}}
TRACES = ("73,9128", "73.9128", "739128")
DOOR = "/indicators/KES-01/versions/1/score/"


@pytest.mark.parametrize("way", MARKER)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_a_figure_is_found_nowhere_afterwards(
    way: str,
    headers: dict[str, str],
    client: Client,
    adopt: Any,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    adopt()
    before = tables()
    connection.force_debug_cursor = True
    try:
        with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django"):
            response = client.post(DOOR, MARKER[way], headers=headers)
    finally:
        connection.force_debug_cursor = False
    assert "73,9128 ÷ 80" in response.content.decode(), "the control: it was the figure asked for"
    assert "indicators_" in caplog.text, "the control: SQL was logged"
    assert tables() == before
    output = capfd.readouterr()
    places = {
        "log": caplog.text,
        "output": output.out + output.err,
        "cookies": str(client.cookies),
        "headers": str(response.headers),
        "address": response.request["PATH_INFO"] + response.request["QUERY_STRING"],
    }
    for place, text in places.items():
        for trace in TRACES:
            assert trace not in text, place


CRASHES: dict[str, tuple[object, str]] = {
    "reading the versions": (public, "indicator_page"),
    "taking the figure": (public, "exact"),
    "the formula": (pages, "score"),
    "the curve": (curve, "_rows"),
    "answering": (public, "render"),
}


@pytest.mark.parametrize("way", MARKER)
@pytest.mark.parametrize("point", CRASHES)
def test_a_crash_reports_no_figure(
    point: str, way: str, client: Client, adopt: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, name = CRASHES[point]
    reports: list[str] = []

    def keep(sender: object, request: HttpRequest, **kwargs: object) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.extend((reporter.get_traceback_html(), reporter.get_traceback_text()))

    def crash(*arguments: object, **others: object) -> object:
        inside = (arguments, others)
        raise RuntimeError(f"stopped at {len(inside)}")

    adopt()
    client.raise_request_exception = False
    got_request_exception.connect(keep)
    try:
        monkeypatch.setattr(place, name, crash)
        response = client.post(DOOR, MARKER[way])
    finally:
        got_request_exception.disconnect(keep)
    assert response.status_code == 500
    assert len(reports) == 2
    for text in reports:
        assert "stopped at 2" in text, "the control: it is that crash"
        for trace in TRACES:
            assert trace not in text
