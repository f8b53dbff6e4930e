"""The way of one indicator in Chromium, on a desktop and on a phone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Locator
from pytest_django.live_server_helper import LiveServer

from people.models import Person
from tests.browser.conftest import Screen
from tests.builders import build_cast, build_units
from tests.journey import walk
from tests.proposals.builders import build_round


def _touch(box: Locator) -> None:
    """Mark a radio or a checkbox as a finger does: on its label, once it holds still."""
    if not box.is_checked():
        box.page.locator(f"label[for='{box.get_attribute('id')}']").click()
    assert box.is_checked()


@dataclass
class BrowserWalker:
    """A person at a screen."""

    screen: Screen

    def open(self, path: str) -> None:
        self.screen.open(path)

    def follow(self, words: str) -> None:
        self.screen.page.get_by_role("link").filter(has_text=words).first.click()

    def send(
        self, button: str, fields: Mapping[str, str] | None = None, *, every_choice: str = ""
    ) -> None:
        page = self.screen.page
        press = page.locator("main").get_by_role("button", name=button, exact=True).first
        press.wait_for(state="attached")  # the page that the last click led to
        closed = page.locator("main details:not([open]) > summary")
        while closed.count():
            closed.first.click()
        form = press.locator("xpath=ancestor::form[1]")
        for name, typed in (fields or {}).items():
            inputs = form.locator(f"[name='{name}'], [name^='{name}-']").all()
            assert inputs, f"no field {name} beside “{button}”"
            self._fill(inputs, typed)
        if every_choice:
            choices = form.locator(f"input[type=radio][value={every_choice}]").all()
            assert choices, f"nothing to choose beside “{button}”"
            for choice in choices:
                _touch(choice)
        press.click()
        page.wait_for_load_state()

    @staticmethod
    def _fill(inputs: list[Locator], typed: str) -> None:
        kind = inputs[0].evaluate("one => one.type || one.tagName.toLowerCase()")
        for one in inputs:
            if kind in ("radio", "checkbox"):
                if one.get_attribute("value") == typed:
                    _touch(one)
            elif kind.startswith("select"):
                one.select_option(typed)
            else:
                one.fill(typed)

    def says(self, words: str) -> bool:
        """Whether the page says it, or comes to say it: htmx answers a moment later."""
        for _ in range(50):
            if words in " ".join(self.screen.page.locator("body").inner_text().split()):
                return True
            self.screen.page.wait_for_timeout(100)
        return False

    def seen(self) -> str:
        page = self.screen.page
        return f"{page.url} {' '.join(page.locator('main').inner_text().split())[:1500]}"


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, True), (360, False)])
@pytest.mark.django_db(transaction=True)
def test_a_proposal_walks_to_a_published_set(
    screen_of: Callable[..., Screen],
    live_server: LiveServer,
    now: datetime,
    width: int,
    scripts: bool,
) -> None:
    units = build_units()
    cast = build_cast(units, today=now.date())
    build_round(units.unit, now=now, title="Putaran latihan")
    screens: dict[Any, Screen] = {}

    def walker_of(person: Person | None) -> BrowserWalker:
        key = person and person.pk
        if key not in screens:
            screens[key] = screen_of(person, width=width, scripts=scripts)
        return BrowserWalker(screens[key])

    walk(cast, walker_of)
    for screen in screens.values():
        assert screen.take_complaints() == []
        assert screen.sideways() <= 0
