"""Deliberation without scripts: every feature by links, buttons and forms alone."""

from collections.abc import Callable

import pytest

from people.models import Person
from tests.browser import deliberation
from tests.browser.conftest import Screen
from tests.browser.hands import Pointer, Reader

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("journey", deliberation.JOURNEYS, ids=lambda journey: journey.__name__)
def test_without_scripts(
    screen_of: Callable[..., Screen], journey: Callable[[deliberation.Table], None]
) -> None:
    screens: dict[Person | None, Screen] = {}

    def reader_of(person: Person | None) -> Reader:
        if person not in screens:
            screens[person] = screen_of(person, width=360, scripts=False)
        return Reader(Pointer(screens[person]))

    journey(deliberation.lay(reader_of))
    assert not any(screen.sideways() > 0 for screen in screens.values())
