"""Opens every page of the site, in every state of the world: nothing may be wrong on any.

The pages are those that permissions.toml answers with 200, each as the first person who may see
it; `--all-roles` opens them as everyone, `--contact-sheet DIR` keeps a picture of each.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests import matrix
from tests.matrix import Row
from tests.worlds import World, build

from .conftest import Screen
from .contact_sheet import picture_name

MATRIX = matrix.read()
MODES = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
AXE = Axe().axe_script
RUN = "options => axe.run(options).then(({violations}) => violations)"
# What axe looks for: everything in the light; in the dark, which changes but colours, those alone.
RULES: dict[str, dict[str, object]] = {
    "light": {"rules": {"target-size": {"enabled": True}}},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}


def pages_in(state: str, *, everyone: bool) -> Iterator[tuple[Row, str]]:
    """The pages of a state, with who opens them."""
    for entry in MATRIX.entries.values():
        for row in entry.rows:
            if (row.method, row.state) == ("GET", state):
                readers = [actor for actor, answer in row.answers.items() if answer == "200"]
                for actor in readers if everyone else readers[:1]:
                    yield row, actor


@pytest.mark.parametrize("state", MATRIX.states())
@pytest.mark.django_db(transaction=True)
def test_nothing_is_wrong_on_any_page(
    state: str, screen_of: Callable[..., Screen], pytestconfig: pytest.Config
) -> None:
    world = build(state)
    sheet = pytestconfig.getoption("--contact-sheet")
    screens: dict[str, Screen] = {}
    wrong: list[str] = []
    for row, actor in pages_in(state, everyone=pytestconfig.getoption("--all-roles")):
        if actor not in screens:
            screens[actor] = screen_of(world.cast.everyone().get(actor))
        wrong += faults(screens[actor], world, row, actor, sheet)
    assert not wrong, "\n" + "\n".join(wrong)


def faults(screen: Screen, world: World, row: Row, actor: str, sheet: Path | None) -> Iterator[str]:
    """What is wrong on one page, in every mode."""
    place = f"{row.route} as {actor}"
    arguments = world.arguments(MATRIX.entries[row.route].url)
    if not is_page(screen, reverse(row.route, kwargs=arguments)):
        return
    screen.page.evaluate(AXE)
    for width, scheme in MODES:
        mode = f"{place} at {width}, {scheme}"
        screen.page.set_viewport_size({"width": width, "height": 800})
        screen.page.emulate_media(color_scheme=scheme)
        if sheet:
            name = sheet / picture_name(world.state, row.route, actor, width, scheme)
            name.parent.mkdir(parents=True, exist_ok=True)
            screen.page.screenshot(path=name, full_page=True)
        if screen.sideways() > 0:
            yield f"{mode}: {screen.sideways()} px too wide"
        looked_for = {"resultTypes": ["violations"], **RULES[scheme]}
        for violation in screen.page.evaluate(RUN, looked_for):
            for node in violation["nodes"]:
                yield f"{mode}: {violation['id']} {node['target']} {node['failureSummary']}"
    yield from (f"{place}: {complaint}" for complaint in screen.take_complaints())


def is_page(screen: Screen, path: str) -> bool:
    """Open a path if it holds a page for people, and no file or data for machines.

    What is for machines is asked for without a window: a browser that shows it looks for an icon
    that nobody promised.
    """
    asked = screen.page.request.get(screen.address + path)
    assert asked.status == 200, path
    if not asked.headers["content-type"].startswith("text/html"):
        return False
    screen.open(path)
    return True
