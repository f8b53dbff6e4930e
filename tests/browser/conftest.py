"""Debian's Chromium on the pages that Django's live server gives."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from people.models import Person

from .contact_sheet import write_sheets

# Playwright keeps an event loop in the thread of the tests, which the ORM would refuse to work in.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
LISTEN = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip("chromium is not installed (Debian: chromium)"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    folder = session.config.getoption("--contact-sheet")
    if folder and CHROMIUM and not hasattr(session.config, "workerinput"):
        write_sheets(folder, CHROMIUM, QUIET.split())


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": QUIET.split()}


class Screen:
    """A page in the browser of one person, and what went wrong on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def open(self, path: str) -> Any:
        """Go to a path of the site and return the answer."""
        return self.page.goto(self.address + path)

    def take_complaints(self) -> list[str]:
        """What the console said and the content policy refused since the last call."""
        refused = self.page.evaluate("window.violations.splice(0)")
        found = self.complaints + [f"policy: {violation}" for violation in refused]
        self.complaints.clear()
        return found

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


class Traffic:
    """Counts the requests that the live server is working on, by Django's own signals."""

    def __init__(self) -> None:
        self.at_work = 0
        self._count = threading.Lock()

    def begin(self, **_signal: object) -> None:
        with self._count:
            self.at_work += 1

    def end(self, **_signal: object) -> None:
        with self._count:
            self.at_work -= 1

    def wait(self) -> None:
        """Until nothing is worked on: the database must not be emptied under a late request."""
        for _turn in range(200):
            if self.at_work <= 0:
                return
            time.sleep(0.05)


@pytest.fixture
def traffic(live_server: LiveServer) -> Iterator[Traffic]:
    """The requests of this test; at its end the last of them is waited for."""
    traffic = Traffic()
    request_started.connect(traffic.begin)
    request_finished.connect(traffic.end)
    yield traffic
    traffic.wait()
    request_started.disconnect(traffic.begin)
    request_finished.disconnect(traffic.end)


@pytest.fixture
def screen_of(
    browser: Browser, live_server: LiveServer, traffic: Traffic
) -> Iterator[Callable[..., Screen]]:
    """`screen_of(person, width=360)`: a browser in which the person is signed in.

    With `touch` it is a phone: there are fingers, and no mouse need be.
    """
    contexts: list[BrowserContext] = []

    def screen_of(
        person: Person | AnonymousUser | None = None,
        *,
        width: int = 1280,
        height: int = 800,
        scripts: bool = True,
        touch: bool = False,
        scale: float = 1,
    ) -> Screen:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=touch,
            is_mobile=touch,
            device_scale_factor=scale,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
            java_script_enabled=scripts,
            base_url=live_server.url,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(LISTEN)
        if isinstance(person, Person):
            client = Client()
            client.force_login(person)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        return Screen(context.new_page(), live_server.url)

    yield screen_of
    for context in contexts:
        context.close()
