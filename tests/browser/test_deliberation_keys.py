"""Deliberation by the keyboard alone: every feature in reach, the focus in sight."""

from collections.abc import Callable

import pytest

from people.models import Person
from tests.browser import deliberation
from tests.browser.conftest import Screen
from tests.browser.hands import Keyboard, Reader

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("journey", deliberation.JOURNEYS, ids=lambda journey: journey.__name__)
def test_by_keyboard(
    screen_of: Callable[..., Screen], journey: Callable[[deliberation.Table], None]
) -> None:
    screens: dict[Person | None, Screen] = {}

    def reader_of(person: Person | None) -> Reader:
        if person not in screens:
            screens[person] = screen_of(person, width=1280)
        return Reader(Keyboard(screens[person]))

    journey(deliberation.lay(reader_of))
    assert [screen.take_complaints() for screen in screens.values()] == [[]] * len(screens)
